package web_test

import (
	"net/http"
	"strings"
	"testing"

	"samhold/internal/account"
)

// A facilitator may be a peer: they lead a group, and know no more of its members than members do.
func TestAFacilitatorSeesNoCasesNoListenersAndNoBlocks(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		facilitator, topic := h.people["facilitator"], "/t/"+h.Text(t, "SELECT topic_id FROM post WHERE id = ?", h.post)
		pages := []string{"/", "/spaces", "/s/" + h.room.ID, "/s/" + h.room.ID + "/about", "/mod/spaces/" + h.room.ID, topic, "/me", "/me/notices"}
		look := func() string {
			var all strings.Builder
			for _, path := range pages {
				page := facilitator.Get(path)
				if page.Status != http.StatusOK {
					t.Errorf("%s: %d", path, page.Status)
				}
				all.WriteString(page.Text("main"))
			}
			return all.String()
		}
		before := look()
		// The reader only reads, and chooses not to see the writer.
		listener := h.Text(t, "SELECT alias FROM membership WHERE account_id = ?", h.ids["reader"])
		path := "/p/" + h.post + "/block"
		want(t, h.people["reader"].Get(path).Submit(path), http.StatusSeeOther, topic+"#p-"+h.post)
		after := look()
		if strings.Contains(after, listener) {
			t.Errorf("a listener is named: %s", after)
		}
		if after != before {
			t.Errorf("a block can be told:\n%s\nbefore\n%s", after, before)
		}

		opened := h.caseOf()
		caseID := strings.TrimPrefix(opened, "/mod/cases/")
		if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE account_id = ?", h.ids["facilitator"]); n != 0 {
			t.Errorf("%d notices", n)
		}
		for _, route := range h.app.Web.Routes() {
			capability, staff := strings.CutPrefix(route.Access.String(), "staff:")
			if !staff || account.Facilitator.Can(account.Capability(capability)) {
				continue
			}
			path := strings.NewReplacer(":id", caseID, ":code", "x").Replace(route.Path)
			if route.Method == http.MethodGet {
				want(t, facilitator.Get(path), http.StatusNotFound, "")
			} else {
				want(t, facilitator.Post(path), http.StatusNotFound, "")
			}
		}
		for _, capability := range []account.Capability{account.WorkCases, account.Moderate, account.AnswerGuests, account.OpenContact, account.CallEmergency} {
			if account.Facilitator.Can(capability) {
				t.Errorf("a facilitator may %s", capability)
			}
		}
	})
}
