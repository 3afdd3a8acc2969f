package web_test

import (
	"net/http"
	"strings"
	"testing"

	"samhold/internal/playbook"
)

func TestAPlaybookIsEditedAndApprovedByName(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead, path := h.people["duty_lead"], "/mod/playbooks/suicide-author"
		if list := lead.Get("/mod/playbooks"); strings.Count(list.Text("main"), "Ikke godkendt af jeres fagperson") != len(playbook.Categories)*len(playbook.Subjects) {
			t.Errorf("the list: %s", list.Text("main"))
		}
		form := lead.Get(path)
		want(t, form.Submit(path+"/approve"), http.StatusSeeOther, path)
		if got := h.people["safeguarding"].Get(path); !got.Has("Godkendt af duty_lead") {
			t.Errorf("approved: %s", got.Text(".page-head"))
		}
		want(t, form.Submit(path, "steps", "Sæt dig ned\nRing til søens vagt"), http.StatusConflict, "") // it builds on the version before
		form = lead.Get(path)
		want(t, form.Submit(path, "steps", " "), http.StatusUnprocessableEntity, "")
		want(t, form.Submit(path, "steps", "Sæt dig ned\nRing til søens vagt"), http.StatusSeeOther, path)
		got := lead.Get(path)
		if !strings.Contains(got.Text(".page-head"), "Ikke godkendt") || !got.Has("Udgave 1 af duty_lead") || !got.Has("Udgave 2 af duty_lead") {
			t.Errorf("a new version: %s", got.Text("main"))
		}
		for _, who := range []string{"moderator", "facilitator", "admin", "reader"} {
			want(t, h.people[who].Get(path), http.StatusNotFound, "")
		}
		want(t, lead.Get("/mod/playbooks/suicide-nobody"), http.StatusNotFound, "")
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('playbook_edited', 'playbook_approved')"); n != 2 {
			t.Errorf("%d lines in the log, want 2", n)
		}
	})
}

func TestAStepIsTickedByName(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.caseOf()
		page := h.people["moderator"].Get(path)
		if !page.Has("Spørg direkte, om personen tænker på at tage sit liv") || !page.Has("Ikke godkendt af jeres fagperson") {
			t.Fatalf("the checklist: %s", page.Text("[aria-labelledby=playbook-title]"))
		}
		want(t, page.Submit(path+"/check", "step_note", "uden skridt"), http.StatusUnprocessableEntity, "")
		step := playbook.StepHash("Spørg direkte, om personen tænker på at tage sit liv")
		for range 2 { // a button pressed twice
			want(t, page.Submit(path+"/check", "step", step, "step_note", "Hun svarede ja."), http.StatusSeeOther, path)
		}
		other := h.people["colleague"].Get(path)
		if card := other.Text("[aria-labelledby=playbook-title]"); strings.Count(card, "Hun svarede ja.") != 1 || !strings.Contains(card, "moderator") {
			t.Errorf("a colleague reads %s", card)
		}
		tick := h.Text(t, "SELECT id FROM case_tick")
		want(t, h.people["colleague"].Post(path+"/uncheck", "tick", tick), http.StatusNotFound, "")
		want(t, h.people["moderator"].Get(path).Submit(path+"/uncheck", "tick", tick), http.StatusSeeOther, path)
		if n := h.Int(t, "SELECT COUNT(*) FROM case_tick"); n != 0 {
			t.Error("it is still ticked")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('case_step_done', 'case_step_undone')"); n != 2 {
			t.Errorf("%d lines in the log, want 2", n)
		}
		for _, who := range []string{"facilitator", "admin", "reader", "writer"} {
			want(t, h.people[who].Post(path+"/check", "step", step), http.StatusNotFound, "")
		}
	})
}
