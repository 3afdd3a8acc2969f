package web_test

import (
	"net/http"
	"testing"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/id"
	"samhold/internal/totp"
)

// An amber case waits for hours of duty, and its deadline moves when the rota does.
func TestAnAmberCaseWaitsForHoursOfDuty(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		now := h.Clock.Now()
		on := func(who string, from, to time.Duration) string {
			shift := id.New()
			h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
				shift, h.ids[who], now.Add(from), now.Add(to), now)
			return shift
		}
		on("moderator", -time.Hour, time.Hour)
		later := on("moderator", 10*time.Hour, 18*time.Hour)
		h.write("writer", "En svær nat", farewell)
		h.Exec(t, "UPDATE crisis_case SET level = 'amber', peak_level = 'amber'")
		h.climb(1)
		due := func() time.Duration {
			t.Helper()
			timers, err := h.app.Store.Crisis().DueTimers(t.Context(), now.Add(200*time.Hour), 10)
			if err != nil || len(timers) != 1 {
				t.Fatalf("timers: %v, %v", timers, err)
			}
			return timers[0].DueAt.Sub(now)
		}
		if got := due(); got != 13*time.Hour {
			t.Errorf("one hour now and three later: due after %s, want 13 h", got)
		}
		lead := h.people["duty_lead"]
		want(t, lead.Get("/mod/rota/"+later).Submit("/mod/rota/"+later+"/remove"), http.StatusSeeOther, "/mod/rota")
		if got := due(); got != 4*time.Hour {
			t.Errorf("with no other shift: due after %s, want 4 h", got)
		}
		// A role that ends is met when the timer is due.
		on("colleague", 2*time.Hour, 30*time.Hour)
		if err := h.app.Area.Crisis.RotaChanged(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := due(); got != 5*time.Hour {
			t.Errorf("with a colleague: due after %s, want 5 h", got)
		}
		on("moderator", 20*time.Hour, 30*time.Hour)
		h.Exec(t, "UPDATE staff_grant SET ends_at = ? WHERE account_id = ?", now.Add(3*time.Hour), h.ids["colleague"])
		h.Clock.Advance(6 * time.Hour)
		h.climb(1)
		if got := due(); got != 22*time.Hour {
			t.Errorf("with a colleague who left after an hour: due after %s, want 22 h", got)
		}
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.Called) {
			t.Errorf("the case is %s", state)
		}
	})
}

// What nobody answers is shown to whoever signs in, at once.
func TestWhoeverSignsInIsCalled(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		h.Exec(t, "UPDATE crisis_case SET state = 'unstaffed', turn = 5")
		h.Exec(t, "DELETE FROM notice")
		for who, waits := range map[string]int{"moderator": 1, "facilitator": 0, "admin": 0, "writer": 0} {
			got, err := h.app.Area.Crisis.Arrived(t.Context(), h.ids[who])
			if err != nil || got != waits {
				t.Errorf("%s: %d cases wait, want %d (%v)", who, got, waits, err)
			}
			if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE account_id = ? AND kind = 'case'", h.ids[who]); n != waits {
				t.Errorf("%s has %d notices, want %d", who, n, waits)
			}
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE account_id = ? AND way = 'workbench'", h.ids["moderator"]); n != 1 {
			t.Errorf("the call stands %d times in the case", n)
		}
	})
}

// It is what signing in leads to, before the page that was asked for.
func TestSigningInLeadsToWhatNobodyAnswers(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		secret := h.connect(h.people["moderator"])
		h.write("writer", "En svær nat", farewell)
		h.Exec(t, "UPDATE crisis_case SET state = 'unstaffed', turn = 5")
		h.Clock.Advance(time.Minute)
		b := h.browser()
		b.SignIn(h.Text(t, "SELECT name FROM account WHERE id = ?", h.ids["moderator"]), known)
		code := totp.Code(secret, totp.Step(h.Clock.Now()))
		want(t, b.Get("/me/confirm?next=%2Fmod%2Frota").Submit("/me/confirm", "code", code), http.StatusSeeOther, "/mod")
		if desk := b.Get("/mod"); !desk.Has("En sag venter, og ingen har taget den. Se den først.") {
			t.Errorf("the workbench says %s", desk.Text("main"))
		}
	})
}

// Whoever has a crisis in their hands is passed over, and the next rung called at once, not after its time.
func TestWhoeverHasACrisisIsPassedOver(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.caseOf()
		h.write("reader", "Også her", farewell)
		if _, err := h.app.Area.Crisis.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := h.noticesOf("moderator", "case"); n != 0 {
			t.Errorf("who has a crisis is called to another %d times", n)
		}
		if n := h.noticesOf("duty_lead", "case"); n != 1 {
			t.Errorf("the next rung is called %d times at once, want once", n)
		}
	})
}
