package browser_test

import (
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/clock"
	"samhold/internal/crisis"
)

// nights walks what takes hours, in houses whose clock the test moves.
func nights(t *testing.T, w *world) {
	clocks := map[string]*clock.Fixed{}
	night := &world{chromium: w.chromium, neutral: w.neutral, texts: w.texts, houses: map[string]func() *house{}}
	for _, database := range []string{"sqlite", "postgres"} {
		now := clock.NewFixed(time.Now())
		clocks[database] = now
		night.houses[database] = sync.OnceValue(func() *house { return openHouse(t, database, w.neutral.URL, now) })
	}
	for _, way := range []way{
		{phone: true, script: false, lang: "da", database: "sqlite"},
		{phone: true, script: true, lang: "en", database: "postgres"},
	} {
		t.Run(way.String(), func(t *testing.T) { unstaffed(t, night, way, clocks[way.database]) })
	}
}

// unstaffed: nobody is on duty, everybody is called and nobody answers; the author is told so, and whom to call instead.
// In the morning somebody takes the case, and the author is told that.
func unstaffed(t *testing.T, w *world, way way, now *clock.Fixed) {
	p := w.visitor(t, way)
	p.house.db.Exec(t, "DELETE FROM shift")
	member, _ := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"] + "/new")
	p.write("#title", "Det er nat")
	p.write("#body", "Jeg vil ikke leve mere. Jeg tager mit liv i nat.")
	if got := p.press(".editor .button:not([name])"); got != 200 {
		t.Fatalf("the post answers %d", got)
	}
	p.reads("duty.none")
	p.reads("card.wait_text")

	lead := p.house.employed(t, way.lang, account.DutyLead)
	caseID := p.house.caseOf(t, lead, member.ID)
	state := func() crisis.State {
		c, err := p.house.app.Area.Crisis.File(t.Context(), p.house.lead(lead), caseID)
		if err != nil {
			t.Fatal(err)
		}
		return c.State
	}
	for waited := time.Duration(0); state() != crisis.Unstaffed; waited += 5 * time.Minute {
		if waited > 100*time.Minute {
			t.Fatalf("after %v the case is %s", waited, state())
		}
		if _, err := p.house.app.Area.Crisis.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		now.Advance(5 * time.Minute)
	}
	p.visit("/care")
	p.reads("card.unanswered")
	if got := p.text(".crisis a.call .call-number"); got != "112" {
		t.Errorf("the page leads with %q", got)
	}

	first := w.visitor(t, way)
	first.signIn(lead.Name)
	first.visit("/mod/cases/" + caseID)
	first.reads("case.unstaffed_title")
	first.press("button[value=take]")
	first.reads("case.state_acknowledged")
	p.visit("/care")
	p.hides(p.say("card.unanswered"))
	p.reads("card.taken")
	p.reads("card.held")

	// And when they have been written to, until somebody must answer anew.
	first.visit("/mod/cases/" + caseID)
	first.press("button[value=reach]")
	first.reads("case.state_in_contact")
	p.visit("/care")
	p.reads("card.answered")
}

// handOver: what one has in one's hands is handed to a colleague by name, with a line; the colleague receives it.
func handOver(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	member, _ := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"] + "/new")
	p.write("#title", "Ikke mere")
	p.write("#body", "Jeg vil ikke leve mere. Jeg tager mit liv i aften.")
	p.press(".editor .button:not([name])")

	first := w.visitor(t, way)
	lead := first.house.employed(t, way.lang, account.DutyLead)
	colleague := first.house.employed(t, way.lang, account.Moderator)
	path := "/mod/cases/" + first.house.caseOf(t, lead, member.ID)
	first.signIn(lead.Name)
	first.visit(path)
	first.press("button[value=take]")
	first.choose("#to", first.house.staffName(t, colleague))
	first.press("button[value=hand_over]")
	first.reads("crisis.note_missing")
	first.write("#note", "Hun venter ved telefonen. Ring efter klokken ni.")
	first.press("button[value=hand_over]")
	first.reads("case.state_handed_over")
	if first.count("button[value=receive]") != 0 {
		t.Error("who hands over may receive for the colleague")
	}

	second := w.visitor(t, way)
	second.signIn(colleague.Name)
	second.visit(path)
	second.shows("Ring efter klokken ni.")
	second.press("button[value=receive]")
	second.reads("case.state_acknowledged")
	second.shows(second.house.staffName(t, colleague))
}
