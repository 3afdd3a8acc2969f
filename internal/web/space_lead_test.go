package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"samhold/internal/space"
)

func TestInvitationsAreMadeShownOnceAndTakenBack(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "UPDATE space SET join_policy = 'invitation' WHERE id = ?", h.room.ID)
		path, lead := "/mod/spaces/"+h.room.ID, h.people["facilitator"]
		if lead.Get("/s/"+h.room.ID).Find("a[href='"+path+"']").Length() != 1 || h.people["writer"].Get("/s/"+h.room.ID).Find("a[href='"+path+"']").Length() != 0 {
			t.Error("the space does not lead its facilitator, or leads others, to its desk")
		}
		made := lead.Get(path).Submit(path + "/invite")
		link := regexp.MustCompile(`http://[^<]*/join/[A-Z2-7]{26}`).FindString(made.Body)
		if made.Status != http.StatusOK || link == "" {
			t.Fatalf("got %d: %s", made.Status, made.Text("main"))
		}
		code := link[strings.LastIndexByte(link, '/')+1:]
		again := lead.Get(path)
		if again.Has(code) || again.Find("form[action='"+path+"/revoke']").Length() != 1 {
			t.Errorf("shown again: %s", again.Text("main"))
		}
		guest, _ := h.member()
		form := guest.Get("/s/" + h.room.ID + "/join/" + code)
		if form.Find("#code").AttrOr("value", "") != code {
			t.Fatalf("the link does not fill in its code: %s", form.Text("main"))
		}
		if page := guest.Get("/s/" + h.room.ID + "/join/kanariefugl"); page.Has("kanariefugl") {
			t.Error("an address fills in a form")
		}
		want(t, form.Submit("/s/"+h.room.ID+"/join", "alias", "Fjeld", "accept", "1"), http.StatusSeeOther, "/s/"+h.room.ID)
		if page := lead.Get(path); page.Find("form[action='"+path+"/revoke']").Length() != 0 {
			t.Error("a used invitation is still offered")
		}

		// One that a colleague takes back lets nobody in.
		made = lead.Get(path).Submit(path + "/invite")
		link = regexp.MustCompile(`/s/[^<]*/join/[A-Z2-7]{26}`).FindString(made.Body)
		want(t, h.people["moderator"].Get(path).Submit(path+"/revoke"), http.StatusSeeOther, path)
		late, _ := h.member()
		want(t, late.Get(link).Submit("/s/"+h.room.ID+"/join", "alias", "Fjord", "accept", "1"), http.StatusUnprocessableEntity, "")
		for action, n := range map[string]int{"invitation_made": 2, "invitation_revoked": 1} {
			if got := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ?", action); got != n {
				t.Errorf("the log knows of %d %s, want %d", got, action, n)
			}
		}
		for _, who := range []string{"writer", "admin", "safeguarding"} {
			want(t, h.people[who].Get(path), http.StatusNotFound, "")
			want(t, h.people[who].Post(path+"/invite"), http.StatusNotFound, "")
		}
		elsewhere := h.front.room(func(s *space.Space) { s.JoinPolicy = space.JoinByInvite })
		want(t, lead.Post("/mod/spaces/"+elsewhere.ID+"/invite"), http.StatusNotFound, "")
		h.Exec(t, "UPDATE space SET join_policy = 'open' WHERE id = ?", h.room.ID)
		want(t, lead.Post(path+"/invite"), http.StatusConflict, "")
	})
}

func TestANewAgreementIsAcceptedBeforeWriting(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path, lead := "/mod/spaces/"+h.room.ID, h.people["moderator"]
		form := lead.Get(path)
		preview := form.Submit(path+"/agreement", "body", "Vi *lytter* her.", "preview", "1")
		if !preview.Has("Vi <em>lytter</em> her.") || h.Int(t, "SELECT COUNT(*) FROM agreement WHERE space_id = ?", h.room.ID) != 1 {
			t.Errorf("the preview: %s", preview.Text("main"))
		}
		want(t, h.people["writer"].Get("/s/"+h.room.ID+"/new"), http.StatusOK, "")
		want(t, form.Submit(path+"/agreement"), http.StatusUnprocessableEntity, "") // as it was
		want(t, form.Submit(path+"/agreement", "body", ""), http.StatusUnprocessableEntity, "")
		want(t, form.Submit(path+"/agreement", "body", "Vi lytter her."), http.StatusSeeOther, path)
		want(t, h.people["writer"].Get("/s/"+h.room.ID+"/new"), http.StatusForbidden, "")
		if page := h.people["writer"].Get("/s/" + h.room.ID + "/agreement"); !page.Has("Vi lytter her.") {
			t.Errorf("members read: %s", page.Text("main"))
		}
		stale := form.Submit(path+"/agreement", "body", "Vi taler her.")
		if stale.Status != http.StatusConflict || !stale.Has("Vi lytter her.") || stale.Text("#body") != "Vi taler her." {
			t.Errorf("built on an older one: %d %s", stale.Status, stale.Text("main"))
		}
		// A facilitator may be a peer: they invite, and do not write the rules.
		peer := h.people["facilitator"].Get(path)
		if peer.Status != http.StatusOK || peer.Find("#body").Length() != 0 {
			t.Errorf("the facilitator sees: %d %s", peer.Status, peer.Text("main"))
		}
		want(t, h.people["facilitator"].Post(path+"/agreement", "body", "Nyt", "version", "2"), http.StatusNotFound, "")
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'agreement_amended'"); n != 1 {
			t.Errorf("the log knows of %d agreements, want 1", n)
		}
	})
}
