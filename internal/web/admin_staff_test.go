package web_test

import (
	"net/http"
	"testing"
	"time"
)

func TestRolesAreGivenAndEnded(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b, grants := h.people["admin"], func(who string) int {
			return h.Int(t, "SELECT COUNT(*) FROM staff_grant WHERE account_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)",
				h.ids[who], h.Clock.Now(), h.Clock.Now())
		}
		page := b.Get("/admin/staff")
		if page.Has(h.Text(t, "SELECT name FROM account WHERE id = ?", h.ids["moderator"])) || page.Has("Kanariefuglen") {
			t.Error("the page shows a sign-in name, or what people wrote")
		}
		tomorrow := h.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)
		give := func(who, role, space, until string) int {
			return b.Get("/admin/staff").Submit("/admin/staff", "account", h.ids[who], "role", role, "space", space, "until", until).Status
		}
		if got := give("facilitator", "moderator", h.room.ID, tomorrow); got != http.StatusSeeOther || grants("facilitator") != 2 {
			t.Fatalf("got %d and %d roles", got, grants("facilitator"))
		}
		for name, got := range map[string]int{
			"twice":              give("facilitator", "moderator", h.room.ID, ""),
			"to somebody else":   b.Post("/admin/staff", "account", h.ids["writer"], "role", "admin").Status,
			"to themselves":      b.Post("/admin/staff", "account", h.ids["admin"], "role", "moderator").Status,
			"unheard of":         b.Post("/admin/staff", "account", h.ids["moderator"], "role", "king").Status,
			"ended before":       give("colleague", "duty_lead", "", "2020-01-01"),
			"on no day":          give("colleague", "duty_lead", "", "i morgen"),
			"for a space unseen": b.Post("/admin/staff", "account", h.ids["colleague"], "role", "moderator", "space", "x").Status,
			// A duty lead gives what they may do themselves, and no more.
			"above one's own": h.people["duty_lead"].Post("/admin/staff", "account", h.ids["colleague"], "role", "admin").Status,
		} {
			if got != http.StatusUnprocessableEntity {
				t.Errorf("%s: got %d", name, got)
			}
		}
		want(t, h.people["duty_lead"].Post("/admin/staff", "account", h.ids["colleague"], "role", "facilitator", "space", h.room.ID), http.StatusSeeOther, "/admin/staff")
		for _, who := range []string{"moderator", "safeguarding", "writer", "facilitator"} {
			want(t, h.people[who].Get("/admin/staff"), http.StatusNotFound, "")
		}

		grant := func(who, role string) string {
			return "/admin/staff/" + h.Text(t, "SELECT id FROM staff_grant WHERE account_id = ? AND role = ?", h.ids[who], role) + "/end"
		}
		// Not one's own, and not above one's own.
		want(t, b.Post(grant("admin", "admin")), http.StatusNotFound, "")
		want(t, h.people["duty_lead"].Post(grant("admin", "admin")), http.StatusNotFound, "")
		want(t, h.people["duty_lead"].Post(grant("safeguarding", "safeguarding_lead")), http.StatusNotFound, "")

		want(t, b.Get("/admin/staff").Submit(grant("facilitator", "moderator")), http.StatusSeeOther, "/admin/staff")
		want(t, h.people["facilitator"].Get("/me"), http.StatusOK, "")
		want(t, h.people["facilitator"].Get("/mod"), http.StatusNotFound, "")
		want(t, b.Get("/admin/staff").Submit(grant("facilitator", "facilitator")), http.StatusSeeOther, "/admin/staff")
		if n := h.Int(t, "SELECT COUNT(*) FROM session WHERE account_id = ?", h.ids["facilitator"]); n != 0 {
			t.Errorf("%d sessions are open after the last role", n)
		}
		want(t, h.people["facilitator"].Get("/me"), http.StatusSeeOther, "/signin?next=%2Fme")
		want(t, b.Post(grant("facilitator", "facilitator")), http.StatusNotFound, "")
		for action, n := range map[string]int{"staff_granted": 2, "staff_ended": 2} {
			if got := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ?", action); got != n {
				t.Errorf("the log knows of %d %s, want %d", got, action, n)
			}
		}
	})
}
