package browser_test

import (
	"strings"
	"testing"

	"samhold/internal/account"
)

// talk: the button without a word, a message, an answer that began as a template, and that answer read.
func talk(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	member, alias := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/help")
	p.press("a[href='/now']")
	p.press("main form[action='/now'] .button")
	p.reads("press.ask")
	p.press("button[name=danger][value=hard]")
	p.reads("press.said_hard")
	p.press("main a[href='/talk']")
	const words = "Kan I hjælpe mig med at finde ro?"
	p.write("#body", words)
	p.press("main form[action='/talk'] .button")
	p.shows(words)
	p.reads("talk.unopened")

	first := w.visitor(t, way)
	lead := first.house.employed(t, way.lang, account.DutyLead)
	path := "/mod/cases/" + first.house.caseOf(t, lead, member.ID)
	first.signIn(lead.Name)
	first.visit(path)
	first.hides("finde ro")
	first.hides(alias)
	first.press("form[action='" + path + "/thread/open'] .button")
	first.shows(words)
	first.shows(alias)
	first.tick("#thread details summary")
	first.press("button[name=begin][value=first]")
	if got := first.value("#thread #body"); !strings.Contains(got, "[[") {
		t.Errorf("the template reads %q", got)
	}
	send := "form[action='" + path + "/thread'] .button:not([name])"
	if got := first.press(send); got != 422 {
		t.Errorf("a template as it is answers %d", got)
	}
	first.reads("playbook.placeholder")
	signed := "Jeg er her i aften, og jeg har læst det. Er du i sikkerhed? " + first.house.staffName(t, lead)
	first.write("#thread #body", signed)
	first.press(send)
	first.reads("talk.answered")
	first.reads("case.state_in_contact")

	p.visit("/talk")
	p.shows(signed)
	p.reads("talk.new")
}
