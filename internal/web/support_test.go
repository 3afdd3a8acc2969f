package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestASupportPlanIsMadeWithTheMember(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b, caseOf := h.people["writer"], h.caseOf()
		path := caseOf + "/support"
		if page := b.Get("/me/support-plan"); !page.Has("Der er ingen støtteplan") || b.Get("/me").Has("/me/support-plan") {
			t.Errorf("without a plan: %s", page.Text("main"))
		}
		want(t, b.Get("/me/support-plan/edit"), http.StatusNotFound, "")
		if page := h.people["moderator"].Get(caseOf); page.Has("Lav en støtteplan sammen") || !page.Has("Lav en støtteplan med personen") {
			t.Errorf("a first case says %s", page.Text("main"))
		}
		h.Exec(t, "UPDATE case_event SET kind = 'reopen' WHERE kind = 'opened'")
		if page := h.people["moderator"].Get(caseOf); !page.Has("Lav en støtteplan sammen") {
			t.Errorf("a case that came back says %s", page.Text("main"))
		}

		// The team suggests; what it typed is there after a proof that had run out.
		page := h.proven("moderator", path)
		want(t, page.Submit(path, "support_day", "2020-01-01"), http.StatusUnprocessableEntity, "")
		h.Exec(t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now().Add(-11*time.Minute))
		if stale := page.Submit(path, "support_before", "Nætter uden søvn."); !strings.HasPrefix(stale.Location, "/me/confirm") {
			t.Errorf("without a fresh proof: %d %s", stale.Status, stale.Location)
		}
		page = h.proven("moderator", path)
		if got := page.Find("#support_before").Text(); got != "Nætter uden søvn." {
			t.Errorf("what was typed is lost: %q", got)
		}
		day := h.Clock.Now().AddDate(0, 0, 20).Format(time.DateOnly)
		want(t, page.Submit(path, "support_day", day), http.StatusSeeOther, path)
		if page := h.people["moderator"].Get(caseOf); page.Has("Nætter uden søvn") || !page.Has("Venter på svar") {
			t.Errorf("the case says %s", page.Text("main"))
		}

		// The member reads it, writes in their own words, and the team says yes.
		if page := b.Get("/me/notices"); !page.Has("Teamet har skrevet i din støtteplan") {
			t.Errorf("the member's notices say %s", page.Text("main"))
		}
		mine := b.Get("/me/support-plan")
		if !mine.Has("Nætter uden søvn.") || !mine.Has("Teamet har skrevet et forslag") || !mine.Has("moderator") || !mine.Has("Vi ser på den sammen igen") {
			t.Errorf("the member reads %s", mine.Text("main"))
		}
		edit := b.Get("/me/support-plan/edit")
		want(t, edit.Submit("/me/support-plan/edit", "support_before", "Når jeg drømmer om far."), http.StatusSeeOther, "/me/support-plan")
		want(t, mine.Submit("/me/support-plan/agree"), http.StatusConflict, "") // they said yes to words that are not there any more
		if stale := edit.Submit("/me/support-plan/edit", "support_before", "Noget andet."); stale.Status != http.StatusConflict || stale.Find("#support_before").Text() != "Noget andet." {
			t.Errorf("an older version: %d %s", stale.Status, stale.Text("main"))
		}
		if desk := h.people["moderator"].Get("/mod"); !desk.Has("1 støtteplan venter på jer") || desk.Has("drømmer") {
			t.Errorf("the workbench says %s", desk.Text("main"))
		}
		page = h.proven("moderator", path)
		if !page.Has("Når jeg drømmer om far.") || !page.Has("Nætter uden søvn.") {
			t.Errorf("the team reads %s", page.Text("main"))
		}
		want(t, page.Submit(path+"/agree"), http.StatusSeeOther, path)
		if page := b.Get("/me/support-plan"); !page.Has("Det, vi er enige om") || page.Has("Teamet har skrevet et forslag") {
			t.Errorf("the member reads %s", page.Text("main"))
		}

		// A cry for help in it is answered as everywhere.
		card := b.Get("/me/support-plan/edit").Submit("/me/support-plan/edit", "support_helps", "Jeg tager mit liv i aften.")
		if card.Find(".crisis").Length() != 1 || !card.Has("Teamet kan læse det") {
			t.Errorf("a cry for help in a support plan: %d %s", card.Status, card.Text("main"))
		}
		if opened := h.people["moderator"].Get(caseOf).Submit(caseOf + "/open"); !opened.Has("Personen skrev det i den støtteplan, I har sammen.") {
			t.Errorf("staff read: %s", opened.Text("main"))
		}

		// After a no nobody of the team reads it.
		want(t, b.Get("/me/support-plan").Submit("/me/support-plan/decline"), http.StatusSeeOther, "/me/support-plan")
		if page := h.proven("moderator", path); !page.Has("Personen har sagt nej tak") || page.Has("drømmer") || page.Find("textarea").Length() > 0 {
			t.Errorf("after a no the team reads %s", page.Text("main"))
		}
		for _, who := range []string{"admin", "facilitator"} {
			if page := h.proven(who, path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", who, page.Status)
			}
		}
		want(t, b.Get("/me/support-plan").Submit("/me/support-plan/drop"), http.StatusSeeOther, "/me/support-plan")
		if n := h.Int(t, "SELECT COUNT(*) FROM support_plan"); n != 0 {
			t.Errorf("%d plans after dropping it", n)
		}
	})
}
