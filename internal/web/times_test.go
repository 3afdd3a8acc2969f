package web_test

import (
	"net/http"
	"testing"
	"time"

	"samhold/internal/crisis"
)

func TestTimesAreSetAndApplied(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead := h.people["duty_lead"]
		form := lead.Get("/mod/times/crisis")
		bad := form.Submit("/mod/times/crisis", "goal", "20", "rung", "90", "reason", "")
		if bad.Status != http.StatusUnprocessableEntity || bad.Find("#rung-error, #reason-error").Length() != 2 {
			t.Errorf("a slow crisis without a reason: %d %s", bad.Status, bad.Text(".errors"))
		}
		want(t, form.Submit("/mod/times/crisis", "goal", "3", "rung", "7"), http.StatusSeeOther, "/mod/times")
		want(t, form.Submit("/mod/times/crisis", "goal", "3", "rung", "20", "reason", "Vi er kun tre om natten."), http.StatusSeeOther, "/mod/times")
		page := lead.Get("/mod/times")
		if !page.Has("7 minutter blev til 20 minutter") || !page.Has("5 minutter blev til 7 minutter") || !page.Has("Vi er kun tre om natten.") {
			t.Errorf("the history: %s", page.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'times_set' AND code = 'crisis'"); n != 2 {
			t.Errorf("%d changes are audited, want 2", n)
		}
		h.write("writer", "En svær nat", farewell)
		began := h.Clock.Now()
		cases, err := h.app.Store.Crisis().Cases(t.Context(), crisis.Scope{Everywhere: true})
		if err != nil || len(cases) != 1 || cases[0].DueAt.Sub(began) != 3*time.Minute {
			t.Errorf("the goal: %v, %v", cases, err)
		}
		h.climb(1)
		timers, err := h.app.Store.Crisis().DueTimers(t.Context(), began.Add(24*time.Hour), 10)
		if err != nil || len(timers) != 1 || timers[0].DueAt.Sub(began) != 20*time.Minute {
			t.Errorf("the next rung: %v, %v", timers, err)
		}
		want(t, lead.Get("/mod/times/crisis").Submit("/mod/times/crisis", "unset", "1"), http.StatusSeeOther, "/mod/times")
		if page := lead.Get("/mod/times"); page.Has("Sat for netop dette") {
			t.Errorf("it is still set: %s", page.Text("main"))
		}
	})
}

func TestALadderIsSetAndClimbed(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead, path := h.people["duty_lead"], "/mod/times/ladder?space="+h.room.ID
		form := lead.Get(path)
		empty := form.Submit("/mod/times/ladder", "rung1_moderator", "", "rung1_duty_lead", "", "rung1_safeguarding_lead", "", "rung1_duty", "",
			"rung2_duty_lead", "yes")
		if empty.Status != http.StatusUnprocessableEntity || empty.Find("#rung1-error").Length() != 1 {
			t.Errorf("an empty rung: %d %s", empty.Status, empty.Text(".errors"))
		}
		values := []string{"rung1_" + h.ids["colleague"], "yes", "rung2_duty_lead", "yes", "turns", "1"}
		for _, name := range []string{
			"rung1_moderator", "rung1_duty_lead", "rung1_safeguarding_lead", "rung1_duty", "rung2_safeguarding_lead",
			"rung3_moderator", "rung3_duty_lead", "rung3_safeguarding_lead",
		} {
			values = append(values, name, "")
		}
		want(t, form.Submit("/mod/times/ladder", values...), http.StatusSeeOther, "/mod/times?space="+h.room.ID)
		h.write("writer", "En svær nat", farewell)
		h.climb(1)
		if n := h.Int(t, "SELECT COUNT(*) FROM call_attempt"); n != 1 || h.Text(t, "SELECT account_id FROM call_attempt") != h.ids["colleague"] {
			t.Errorf("the first rung calls %d, want the colleague alone", n)
		}
		h.climb(2)
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.Unstaffed) {
			t.Errorf("after one turn of two rungs the case is %s", state)
		}
	})
}

func TestWhoSetsTimes(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for who, b := range h.people {
			status := http.StatusNotFound
			if who == "duty_lead" || who == "safeguarding" || who == "admin" {
				status = http.StatusOK
			}
			for _, path := range []string{"/mod/times", "/mod/times/ladder", "/mod/times?space=" + h.room.ID} {
				if got := b.Get(path); got.Status != status {
					t.Errorf("%s asks for %s: got %d, want %d", who, path, got.Status, status)
				}
			}
		}
		if got := h.people["duty_lead"].Get("/mod/times?space=nothing"); got.Status != http.StatusNotFound {
			t.Errorf("a space that is not there: %d", got.Status)
		}
		// Whoever has a role in one space alone sets nothing for the others.
		h.Exec(t, "UPDATE staff_grant SET space_id = ? WHERE account_id = ?", h.room.ID, h.ids["duty_lead"])
		if got := h.people["duty_lead"].Get("/mod/times/crisis"); got.Status != http.StatusNotFound {
			t.Errorf("what is for all: %d", got.Status)
		}
		if got := h.people["duty_lead"].Get("/mod/times/crisis?space=" + h.room.ID); got.Status != http.StatusOK {
			t.Errorf("what is for the own space: %d", got.Status)
		}
	})
}
