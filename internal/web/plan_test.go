package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAMemberWritesAPlan(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b := h.people["writer"]
		if page := b.Get("/me/plan"); !page.Has("Du har ikke lavet en plan endnu") {
			t.Errorf("without a plan: %s", page.Text("main"))
		}
		form := b.Get("/me/plan/edit")
		want(t, form.Submit("/me/plan/edit"), http.StatusUnprocessableEntity, "")
		// What is hard at one's worst is no cry for help: it is what the plan is about.
		want(t, form.Submit("/me/plan/edit", "signs", "Jeg tænker på at dø, når jeg ikke har sovet.", "places", "Ind til Mågen"), http.StatusSeeOther, "/me/plan")
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case"); n != 0 {
			t.Errorf("warning signs open %d cases", n)
		}
		if page := b.Get("/me/plan"); !page.Has("Ind til Mågen") || !page.Has("ring 112") {
			t.Errorf("the plan reads: %s", page.Text("main"))
		}
		card := b.Get("/me/plan/edit").Submit("/me/plan/edit", "signs", "Jeg tager mit liv i aften.")
		if card.Find(".crisis").Length() != 1 || !card.Has("Kun du kan læse det") || card.Find("a[href='/me/plan']").Length() == 0 {
			t.Fatalf("a cry for help in a plan: %d %s", card.Status, card.Text("main"))
		}
		want(t, b.Get("/care"), http.StatusOK, "")
		m := h.people["moderator"]
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		opened := m.Get(path).Submit(path + "/open")
		if !opened.Has("Personens egen sikkerhedsplan") {
			t.Errorf("staff read: %s", opened.Text("main"))
		}
		for _, page := range []string{opened.Body, m.Get("/mod").Body} {
			if strings.Contains(page, "Mågen") || strings.Contains(page, "mit liv") {
				t.Error("staff read the plan")
			}
		}
		want(t, b.Get("/me/plan").Submit("/me/plan/drop"), http.StatusSeeOther, "/me/plan")
		if page := b.Get("/care"); page.Status != http.StatusOK || page.Has("Se din sikkerhedsplan") {
			t.Errorf("the card after the plan is gone: %d", page.Status)
		}
	})
}

func TestAMemberSharesThePlanWithWhoeverHelpsThem(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b, path := h.people["writer"], h.caseOf()
		none := func(after string) {
			t.Helper()
			if page := h.proven("moderator", path); !page.Has("Personen deler ingen sikkerhedsplan") || page.Find("#plan_why").Length() > 0 {
				t.Errorf("%s the case says %s", after, page.Text("main"))
			}
			want(t, h.people["moderator"].Post(path+"/plan", "plan_why", "Vi taler nu."), http.StatusNotFound, "")
		}
		none("without a plan")
		want(t, b.Get("/me/plan/edit").Submit("/me/plan/edit", "places", "Ind til Mågen"), http.StatusSeeOther, "/me/plan")
		none("before it is shared")
		page := b.Get("/me/plan")
		if !page.Has("Planen er ikke delt") || !page.Has("Kun den i teamet, der har taget sig af dig i en krise") {
			t.Errorf("the plan says %s", page.Text("main"))
		}
		want(t, page.Submit("/me/plan/share"), http.StatusSeeOther, "/me/plan")
		if card := b.Get("/care"); !card.Has("Se din sikkerhedsplan") {
			t.Errorf("the card says %s", card.Text("main"))
		}

		// A colleague on the same desk who does not have the case, and an admin.
		if page := h.proven("colleague", path); !page.Has("Kun den, der har sagen i hånden") || page.Find("#plan_why").Length() > 0 {
			t.Errorf("a colleague reads %s", page.Text("main"))
		}
		for _, who := range []string{"colleague", "admin"} {
			want(t, h.people[who].Post(path+"/plan", "plan_why", "Vi taler nu."), http.StatusNotFound, "")
		}

		page = h.proven("moderator", path)
		if page.Has("Mågen") {
			t.Error("the case's page shows the plan unasked")
		}
		want(t, page.Submit(path+"/plan"), http.StatusUnprocessableEntity, "")
		h.Exec(t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now().Add(-11*time.Minute))
		stale := page.Submit(path+"/plan", "plan_why", "Vi taler om i nat.")
		if stale.Status != http.StatusSeeOther || !strings.HasPrefix(stale.Location, "/me/confirm") {
			t.Errorf("without a fresh proof: %d %s", stale.Status, stale.Location)
		}
		page = h.proven("moderator", path)
		if got := page.Find("#plan_why").AttrOr("value", ""); got != "Vi taler om i nat." {
			t.Errorf("what was typed is lost: %q", got)
		}
		opened := page.Submit(path + "/plan")
		if opened.Status != http.StatusOK || !opened.Has("Ind til Mågen") || !opened.Has("får besked") {
			t.Errorf("the plan reads: %d %s", opened.Status, opened.Text("main"))
		}
		if page := h.people["moderator"].Get(path); !page.Has("Åbnede personens sikkerhedsplan") || !page.Has("Vi taler om i nat.") {
			t.Errorf("the case says %s", page.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'case_plan_opened'"); n != 1 {
			t.Errorf("%d openings in the log", n)
		}
		if page := b.Get("/me"); !page.Has("åbnede den sikkerhedsplan, du deler") {
			t.Errorf("the owner is told %s", page.Text("main"))
		}
		if page := b.Get("/me/notices"); !page.Has("har åbnet noget, du havde låst") {
			t.Errorf("the owner's notices say %s", page.Text("main"))
		}

		want(t, b.Get("/me/plan").Submit("/me/plan/unshare"), http.StatusSeeOther, "/me/plan")
		none("after it was taken back")
	})
}
