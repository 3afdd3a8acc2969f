package web_test

import (
	"net/http"
	"strings"
	"testing"
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
