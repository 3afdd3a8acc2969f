package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"samhold/internal/id"
)

// Whoever goes off duty is asked once, hands each case on with a line and a name, and the next receives it by name, or
// the ladder is climbed again.
func TestACaseIsHandedOnWhenTheShiftEnds(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		now := h.Clock.Now()
		for who, hours := range map[string][2]time.Duration{"moderator": {-8 * time.Hour, 10 * time.Minute}, "colleague": {10 * time.Minute, 8 * time.Hour}} {
			h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
				id.New(), h.ids[who], now.Add(hours[0]), now.Add(hours[1]), now)
		}
		mine, next := h.people["moderator"], h.people["colleague"]
		h.write("writer", "En svær nat", farewell)
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		want(t, mine.Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
		for range 2 {
			if err := h.app.Area.Crisis.AskToHandOver(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = 'hand_over'"); n != 1 || h.Text(t, "SELECT account_id FROM notice WHERE kind = 'hand_over'") != h.ids["moderator"] {
			t.Errorf("%d are asked", n)
		}
		if desk := mine.Get("/mod"); desk.Find(".notice a[href='/mod/handover']").Length() != 1 {
			t.Errorf("the workbench says nothing: %s", desk.Text(".notice"))
		}
		page := mine.Get("/mod/handover")
		on := strings.Replace(path, "/mod/cases/", "/mod/handover/", 1)
		if got := page.Find("option[selected]").Text(); got != h.Text(t, "SELECT staff_name FROM account WHERE id = ?", h.ids["colleague"]) {
			t.Errorf("next is %q", got)
		}
		empty := page.Submit(on, "note", "")
		if empty.Status != http.StatusUnprocessableEntity || empty.Find("#note-error").Length() != 1 {
			t.Errorf("without a line: %d %s", empty.Status, empty.Text("main"))
		}
		h.Clock.Advance(20 * time.Minute) // the lease is over, and nobody else took it
		want(t, mine.Get("/mod/handover").Submit(on, "note", "Hun venter på et opkald."), http.StatusSeeOther, "/mod/handover")
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != "handed_over" {
			t.Fatalf("the case is %s", state)
		}
		if mine.Get("/mod/handover").Find("form[action$=step]").Length() != 0 {
			t.Error("one can receive what one has handed on")
		}
		want(t, next.Get("/mod/handover").Submit(path+"/step", "action", "receive"), http.StatusSeeOther, path)
		if owner := h.Text(t, "SELECT owner_id FROM crisis_case"); owner != h.ids["colleague"] {
			t.Error("the colleague does not have it")
		}
		if !next.Get(path).Has("Hun venter på et opkald.") {
			t.Error("the line is not in the case")
		}
		want(t, next.Get("/mod/handover").Submit(on, "note", "Tilbage til dig.", "to", h.Text(t, "SELECT staff_name FROM account WHERE id = ?", h.ids["moderator"])),
			http.StatusSeeOther, "/mod/handover")
		h.Clock.Advance(16 * time.Minute)
		h.climb(1)
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != "paged" {
			t.Errorf("what nobody received is %s", state)
		}
	})
}
