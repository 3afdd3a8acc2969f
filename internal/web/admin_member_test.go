package web_test

import (
	"net/http"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/id"
)

// duties plants what the moderator has in hand: a case, one handed over to them, a lease, shifts, and ways to be called.
func (h *house) duties() {
	h.t.Helper()
	h.caseOf()
	now, who := h.Clock.Now(), h.ids["moderator"]
	h.Exec(h.t, "INSERT INTO review_item (kind, target_id, lease_holder, lease_until, version) VALUES ('post', ?, ?, ?, 1)", h.post, who, now.Add(time.Hour))
	for _, at := range []time.Duration{-time.Hour, 24 * time.Hour} {
		h.Exec(h.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
			id.New(), who, h.room.ID, now.Add(at), now.Add(at+2*time.Hour), now)
	}
	h.Exec(h.t, `INSERT INTO shift_pattern (id, account_id, first_day, starts, ends, weeks, planned_to, created_at)
		VALUES (?, ?, '2026-11-02', '22:00', '08:00', 1, '2027-01-01', ?)`, id.New(), who, now)
	h.Exec(h.t, `INSERT INTO call_way (id, account_id, kind, position, address_sealed, key_id, code_tries, test_state, created_at)
		VALUES (?, ?, 'mail', 0, '', '', 0, '', ?)`, id.New(), who, now)
	h.Exec(h.t, "INSERT INTO signin_link (id, account_id, token_hash, created_at, expires_at) VALUES (?, ?, 'x', ?, ?)", id.New(), who, now, now.Add(time.Hour))
	h.Exec(h.t, "INSERT INTO staff_grant (id, account_id, role, starts_at, created_at) VALUES (?, ?, 'facilitator', ?, ?)", id.New(), who, now.Add(time.Hour), now)
}

// inHand counts each thing that the end of a service takes away.
func (h *house) inHand() map[string]int {
	now, who := h.Clock.Now(), h.ids["moderator"]
	got := map[string]int{}
	for name, query := range map[string]string{
		"sessions": "SELECT COUNT(*) FROM session WHERE account_id = ?",
		"leases":   "SELECT COUNT(*) FROM review_item WHERE lease_holder = ?",
		"cases":    "SELECT COUNT(*) FROM crisis_case WHERE owner_id = ?",
		"ways":     "SELECT COUNT(*) FROM call_way WHERE account_id = ?",
		"links":    "SELECT COUNT(*) FROM signin_link WHERE account_id = ?",
		"patterns": "SELECT COUNT(*) FROM shift_pattern WHERE last_day IS NULL AND account_id = ?",
	} {
		got[name] = h.Int(h.t, query, who)
	}
	got["roles"] = h.Int(h.t, "SELECT COUNT(*) FROM staff_grant WHERE (ends_at IS NULL OR ends_at > ?) AND account_id = ?", now, who)
	got["shifts"] = h.Int(h.t, "SELECT COUNT(*) FROM shift WHERE ends_at > ? AND account_id = ?", now, who)
	return got
}

func TestTheEndOfAServiceTakesEverythingAtOnce(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.duties()
		page := "/admin/team/" + h.ids["moderator"]
		before := h.inHand()
		for name, n := range before {
			if n == 0 {
				t.Fatalf("no %s to take away", name)
			}
		}
		// A step that fails takes all the others back.
		h.Exec(t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now())
		h.Exec(t, "ALTER TABLE staff_file RENAME TO mislaid")
		boss := account.Actor{
			Account: h.ids["admin"], At: h.Clock.Now(), ProvenAt: h.Clock.Now(), Grants: []account.Grant{{Role: account.Admin, StartsAt: h.Clock.Now()}},
		}
		if err := h.app.Area.Admin.Finish(t.Context(), boss, h.ids["moderator"]); err == nil {
			t.Fatal("a service ended without its file")
		}
		h.Exec(t, "ALTER TABLE mislaid RENAME TO staff_file")
		if got := h.inHand(); got["sessions"] != before["sessions"] || got["roles"] != before["roles"] || got["shifts"] != before["shifts"] || got["cases"] != 1 {
			t.Errorf("half a service ended: %v, want %v", got, before)
		}

		for _, who := range []string{"moderator", "colleague", "facilitator", "safeguarding", "writer"} {
			want(t, h.people[who].Post(page+"/finish"), http.StatusNotFound, "")
		}
		want(t, h.people["admin"].Post("/admin/team/"+h.ids["admin"]+"/finish"), http.StatusNotFound, "") // nobody for themselves
		want(t, h.people["duty_lead"].Post("/admin/team/"+h.ids["admin"]+"/finish"), http.StatusNotFound, "")

		want(t, h.people["admin"].Get(page).Submit(page+"/declared", "declared_on", "2026-11-01", "declared_version", "2026-1"), http.StatusSeeOther, page)
		want(t, h.proven("admin", page).Submit(page+"/finish"), http.StatusSeeOther, "/admin/staff")
		for name, n := range h.inHand() {
			if n != 0 {
				t.Errorf("%d %s are left", n, name)
			}
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM shift_vacancy WHERE account_id = ?", h.ids["moderator"]); n != 2 {
			t.Errorf("%d shifts are vacant, want 2", n)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM shift WHERE account_id = ?", h.ids["moderator"]); n != 1 {
			t.Errorf("%d shifts were served, want the hour that was", n)
		}
		// The case is called again at once, and never to whoever left.
		if _, err := h.app.Area.Crisis.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != "paged" && state != "unstaffed" {
			t.Errorf("the case is %s", state)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM case_event WHERE kind = 'released'"); n != 1 {
			t.Error("the case does not say why")
		}
		newest := h.Int(t, "SELECT MAX(generation) FROM call_attempt")
		if n := h.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE generation = ? AND account_id = ?", newest, h.ids["moderator"]); n != 0 {
			t.Error("whoever left is called")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE generation = ?", newest); n == 0 {
			t.Error("nobody is called")
		}
		for action, n := range map[string]int{"staff_finished": 1, "staff_ended": 2, "case_released": 1, "staff_declared": 1} {
			if got := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ?", action); got != n {
				t.Errorf("%s stands %d times in the log, want %d", action, got, n)
			}
		}
		// What stays: the account, and the promise.
		if state := h.Text(t, "SELECT state FROM account WHERE id = ?", h.ids["moderator"]); state != "active" {
			t.Errorf("the account is %s", state)
		}
		staff := h.people["admin"].Get("/admin/staff")
		if !staff.Has("Har været her") || !staff.Has("2026-1") || !staff.Has("Tavshedspligten gælder stadig") {
			t.Errorf("the staff page says %s", staff.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM staff_file WHERE ended_at IS NOT NULL AND declared_on IS NOT NULL"); n != 1 {
			t.Error("the promise is not kept")
		}
	})
}

func TestACaseThatWaitedToBeReceivedByWhoeverLeavesIsCalledAgain(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.caseOf()
		h.Exec(t, "UPDATE crisis_case SET state = 'handed_over', owner_id = NULL, owner_until = NULL, handed_to = ?", h.ids["colleague"])
		page := "/admin/team/" + h.ids["colleague"]
		want(t, h.proven("admin", page).Submit(page+"/finish"), http.StatusSeeOther, "/admin/staff")
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE handed_to IS NULL AND state IN ('paged', 'unstaffed')"); n != 1 {
			t.Errorf("the case is %s", h.Text(t, "SELECT state FROM crisis_case"))
		}
	})
}

func TestEachSeesTheirOwnDutyInTheCaseOfAChild(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.child()
		page := "/admin/team/" + h.ids["moderator"]
		if staff := h.people["admin"].Get("/admin/staff"); !staff.Has("har ingen tavshedserklæring") {
			t.Errorf("nobody is warned: %s", staff.Text("main"))
		}
		says := func(want string) {
			t.Helper()
			for _, at := range []string{path, path[:len(path)-len("/referral")]} {
				if got := h.proven("moderator", at); !got.Has(want) {
					t.Errorf("%s does not say %q: %s", at, want, got.Text("main"))
				}
			}
		}
		says("ikke skrevet ned, om du har skærpet")
		form := h.people["admin"].Get(page)
		want(t, form.Submit(page+"/duty", "duty", "king"), http.StatusUnprocessableEntity, "")
		want(t, form.Submit(page+"/duty", "duty", "yes", "duty_since", "2099-01-01"), http.StatusUnprocessableEntity, "")
		want(t, form.Submit(page+"/duty", "duty", "yes", "duty_since", "2026-01-01"), http.StatusSeeOther, page)
		says("Du har skærpet underretningspligt")
		want(t, h.people["admin"].Get(page).Submit(page+"/duty", "duty", "no"), http.StatusSeeOther, page)
		says("Du har den pligt, alle har")
		want(t, form.Submit(page+"/declared", "declared_on", "", "declared_version", ""), http.StatusUnprocessableEntity, "")
		for _, who := range []string{"moderator", "facilitator", "writer"} {
			for _, at := range []string{"/duty", "/declared"} {
				want(t, h.people[who].Post(page+at, "duty", "no"), http.StatusNotFound, "")
			}
			want(t, h.people[who].Get(page), http.StatusNotFound, "")
		}
		want(t, h.people["admin"].Post("/admin/team/"+h.ids["admin"]+"/duty", "duty", "no"), http.StatusNotFound, "")
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'staff_duty_set' AND code IN ('yes', 'no')"); n != 2 {
			t.Errorf("%d changes stand in the log, want 2", n)
		}
	})
}
