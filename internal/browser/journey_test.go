package browser_test

import (
	"strings"
	"testing"

	"samhold/internal/account"
	"samhold/internal/topic"
)

// journeys walks what people come for from end to end, each in every way of meeting Samhold.
func journeys(t *testing.T, w *world) {
	for _, journey := range []struct {
		name string
		walk func(*testing.T, *world, way)
	}{
		{"join", join},
		{"enter", enter},
		{"write", write},
		{"search", searchFor},
		{"report", report},
		{"crisis", crisisSeen},
		{"talk", talk},
		{"hand over", handOver},
		{"concern", concern},
		{"exit", exit},
	} {
		t.Run(journey.name, func(t *testing.T) {
			t.Parallel()
			for _, way := range ways {
				t.Run(way.String(), func(t *testing.T) { journey.walk(t, w, way) })
			}
		})
	}
}

// join: from the welcome page to ten codes, out and in again.
func join(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	p.visit("/")
	p.reads("welcome.title")
	p.press("main a[href='/join']")
	p.write("#birth_year", "1981")
	p.press("main form .button")
	p.reads("consent.ask_title")
	if got := p.press("main form .button"); got != 422 {
		t.Errorf("without consent the form answers %d", got)
	}
	p.must("#consent-error")
	p.tick("label[for=consent]")
	p.press("main form .button")
	name := p.value("#name")
	p.write("#passphrase", secret)
	p.press("form:not(#another) .button")
	if got := p.count("#codes li"); got != 10 {
		t.Fatalf("%d codes, want 10: %s", got, p.text("main"))
	}
	p.press("main form[action='/me/codes'] .button")
	p.must(".nav")
	p.visit("/me")
	p.press("main form[action='/signout'] .button")
	p.signIn(name)
	p.hides(name)
}

// enter: a room's purpose, its agreement, a new name for it.
func enter(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	room := p.house.seeded.Spaces["koekkenbordet"]
	p.signIn(p.house.joined(t, way.lang).Name)
	p.visit("/spaces")
	p.press("main a[href='/s/" + room + "/about']")
	p.reads("space.listen")
	p.press("main a[href='/s/" + room + "/join']")
	alias := p.value("#suggestion-0")
	p.tick("label[for=suggestion-0]")
	if got := p.press("main form .button"); got != 422 {
		t.Errorf("without the agreement the form answers %d", got)
	}
	p.must("#accept-error")
	// What was chosen stands there still.
	if got := p.value("#alias"); got != alias && p.count("[name=suggestion]:checked") == 0 {
		t.Errorf("the name that was chosen is gone: %q", got)
	}
	p.tick("label[for=accept]")
	p.press("main form .button")
	p.reads("space.your_alias", "Alias", alias)
	if got := p.count(".topic"); got < 5 {
		t.Errorf("%d topics stand in the room", got)
	}
}

// write: a topic, seen before it is sent, and a reply.
func write(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	member, alias := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"])
	p.press("main a.button[href$='/new']")
	const body = "Han sov i bilen i nat.\n\nJeg lavede **kaffe** til os begge."
	p.write("#title", "En stille morgen, "+alias)
	p.write("#body", body)
	if got := p.press("button[name=preview]"); got != 200 {
		t.Fatalf("the preview answers %d", got)
	}
	if got := p.text(".preview .prose strong"); got != "kaffe" {
		t.Errorf("the preview shows %q in bold", got)
	}
	if got := p.value("#body"); got != body {
		t.Errorf("after the preview the text is %q", got)
	}
	p.press(".editor .button:not([name])")
	if got := p.text("h1"); got != "En stille morgen, "+alias {
		t.Fatalf("the topic is called %q: %s", got, p.text("main"))
	}
	p.write("#body", "Tak, fordi jeg måtte skrive det.")
	p.press(".editor .button:not([name])")
	if got := p.count(".post.own:not(.held)"); got != 2 {
		t.Errorf("%d posts stand there, want 2: %s", got, p.text("main"))
	}
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"])
	p.shows("En stille morgen, " + alias)
}

// searchFor: found by another form of the word, marked, and nothing from a room that is not one's own.
func searchFor(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	member, _ := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.press(".nav a[href='/search']")
	p.write("#q", "bamsen")
	p.press("form[role=search] .button")
	if got := p.text(".hit-title"); got != "Mit barnebarn bor hos mig nu" {
		t.Errorf("the first hit is %q", got)
	}
	if got := p.text(".hit-text mark"); got != "bamse" {
		t.Errorf("%q is marked", got)
	}
	p.press(".hit-title a")
	if got := p.text("h1"); got != "Mit barnebarn bor hos mig nu" {
		t.Errorf("the hit leads to %q", got)
	}
	other, _ := p.house.enrolled(t, way.lang, "natlampen")
	q := w.visitor(t, way)
	q.signIn(other.Name)
	q.visit("/search")
	q.write("#q", "bamsen")
	q.press("form[role=search] .button")
	q.reads("search.none_title")
	q.hides("barnebarn")
}

// report: told in confidence, read by a moderator who opens it.
func report(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	author, alias := p.house.enrolled(t, way.lang, "koekkenbordet")
	saved, err := p.house.app.Area.Topic.Start(t.Context(), p.house.actor(author), p.house.seeded.Spaces["koekkenbordet"],
		topic.Text{Key: topic.NewKey(), Title: "Om at sige fra", Body: "Smid ham dog bare ud.", Lang: way.lang})
	if err != nil {
		t.Fatal(err)
	}
	member, own := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/t/" + saved.Topic)
	p.press("a[href='/p/" + saved.Post + "/report']")
	p.write("#body", "Det er hårdt at læse.")
	if got := p.press("main form .button"); got != 422 {
		t.Errorf("without a reason the form answers %d", got)
	}
	if got := p.value("#body"); got != "Det er hårdt at læse." {
		t.Errorf("the words are gone: %q", got)
	}
	p.tick("label[for=reason-harsh]")
	p.press("main form .button")
	p.reads("report.thanks")

	m := w.visitor(t, way)
	m.signIn(m.house.employed(t, way.lang, account.Moderator).Name)
	m.visit("/mod")
	m.hides("hårdt at læse")
	path := eval[string](m, `[...document.querySelectorAll("a[href^='/mod/queue/reports/']")]
		.find(a => a.textContent.includes("(`+alias+`)"))?.getAttribute("href") ?? ""`)
	if path == "" {
		t.Fatalf("the report is not on the workbench: %s", m.text("main"))
	}
	m.press("a[href='" + path + "']")
	m.hides("hårdt at læse")
	m.press("form[action='" + path + "/open'] .button")
	m.shows("Det er hårdt at læse.")
	m.shows("Smid ham dog bare ud.")
	m.hides(own)
	m.hides(member.Name)
}

// crisisSeen: the card comes in the same answer; the case is taken by one person and closed by two.
func crisisSeen(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	member, _ := p.house.enrolled(t, way.lang, "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"] + "/new")
	const words = "Jeg vil ikke leve mere. Jeg tager mit liv i aften."
	p.write("#title", "Jeg kan ikke mere")
	p.write("#body", words)
	if got := p.press(".editor .button:not([name])"); got != 200 {
		t.Fatalf("the post answers %d", got)
	}
	if got := p.place(); !strings.HasSuffix(got, "/new") {
		t.Errorf("the card came by way of %s", got)
	}
	p.must(".crisis")
	p.reads("card.suicide_author.title")
	p.must(".crisis a.call[href^='tel:']")
	p.tick(".crisis summary")
	p.write("#contact_phone", "00 00 00 00")
	p.press(".crisis form .button")
	p.reads("crisis.contact_kept")

	first := w.visitor(t, way)
	lead := first.house.employed(t, way.lang, account.DutyLead)
	path := "/mod/cases/" + first.house.caseOf(t, lead, member.ID)
	first.signIn(lead.Name)
	first.visit("/mod")
	first.hides("leve mere")
	first.press("h3 a[href='" + path + "']")
	first.hides("leve mere")
	first.press("form[action='" + path + "/open'] .button")
	first.shows(words)
	first.hides("00 00 00 00")
	first.press("button[value=take]")
	first.write("#note", "Jeg har talt med hende. Hendes søster er hos hende.")
	first.choose("#outcome", "contact_made")
	first.press("button[value=close]")
	first.reads("case.state_monitoring")
	if first.count("button[value=sign]") != 0 {
		t.Error("who closed the case may sign for the second person")
	}

	second := w.visitor(t, way)
	second.signIn(second.house.employed(t, way.lang, account.SafeguardingLead).Name)
	second.visit(path)
	second.press("button[value=sign]")
	second.reads("case.state_closed")
}

// concern: a guest tells, somebody answers, the receipt shows the answer.
func concern(t *testing.T, w *world, way way) {
	p := w.visitor(t, way)
	p.visit("/")
	p.press(".foot a[href='/concern']")
	p.write("#body", "Jeg er bekymret for en, der skriver her. Det er "+way.String()+".")
	p.tick("label[for=about-person]")
	if got := p.press("main form[action='/concern'] .button"); got != 200 {
		t.Fatalf("the concern answers %d: %s", got, p.text("main"))
	}
	receipt := p.text(".receipt")
	if receipt == "" {
		t.Fatalf("no receipt: %s", p.text("main"))
	}

	m := w.visitor(t, way)
	lead := m.house.employed(t, way.lang, account.DutyLead)
	path := "/mod/concerns/" + m.house.newestConcern(t, lead)
	m.signIn(lead.Name)
	m.visit("/mod")
	m.hides("bekymret for en")
	m.press("a[href='" + path + "']")
	m.press("form[action='" + path + "/open'] .button")
	m.shows("Det er " + way.String() + ".")
	m.write("#answer", "Tak, fordi du skrev. Vi ser efter hende i aften.")
	m.press("form[action='" + path + "/answer'] .button")

	again := w.visitor(t, way)
	again.visit("/concern")
	again.write("#receipt", receipt)
	again.press("form[action='/concern/answer'] .button")
	again.shows("Vi ser efter hende i aften.")
}

// exit: gone at once, and Back shows the cover alone, for guests and members.
func exit(t *testing.T, w *world, way way) {
	guest := w.visitor(t, way)
	for _, path := range []string{"/", "/join", "/signin", "/recover", "/privacy", "/help", "/concern"} {
		guest.visit(path)
	}
	guest.goneBehindTheCover(guest.say("concern.title"))

	p := w.visitor(t, way)
	member, alias := p.house.enrolled(t, way.lang, "koekkenbordet")
	room := "/s/" + p.house.seeded.Spaces["koekkenbordet"]
	p.visit("/")
	p.signIn(member.Name)
	p.visit("/spaces")
	p.visit(room)
	p.visit("/me")
	p.visit("/p/" + p.house.seeded.Posts["barnebarn-hos-mig#1"])
	p.goneBehindTheCover(alias)
	if got := p.open(room); got != 200 || p.count(".cover") != 1 {
		t.Errorf("the room answers %d: %s", got, p.text("body"))
	}
	p.press("form[action='/continue'] .button")
	p.reads("welcome.title")
	if p.count(".nav") != 0 {
		t.Error("the session lives on behind the cover")
	}
}

// goneBehindTheCover leaves, and goes back five times: nothing of the pages before is there, nor the words.
func (p *person) goneBehindTheCover(words string) {
	p.t.Helper()
	p.leave()
	if got := p.text("h1"); got != "Vejret i dag" {
		p.t.Fatalf("leaving leads to %s: %s", p.place(), p.text("body"))
	}
	for i := range 5 {
		p.back()
		p.waitFor(".cover")
		if p.text("h1") != p.say("cover.title") || p.count(".nav, .post, header") != 0 {
			p.t.Errorf("Back %d shows %s", i+1, p.text("body"))
		}
		p.hides(words)
	}
}
