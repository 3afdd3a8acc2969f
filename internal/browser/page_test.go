package browser_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/moderation"
	"samhold/internal/support"
	"samhold/internal/topic"
	"samhold/internal/web"
)

// stop is a page on a tour, and how to come to it from the one before.
type stop struct {
	name string
	come func(p *person)
}

func at(name, path string) stop {
	return stop{name, func(p *person) { p.visit(path) }}
}

// wrong is a form that is sent with something missing.
func wrong(name, path, button string) stop {
	return stop{name, func(p *person) {
		p.visit(path)
		if got := p.press(button); got != 422 {
			p.t.Fatalf("%s answers %d, want a form with faults", path, got)
		}
	}}
}

// then presses something on the page before.
func then(name, selector string) stop {
	return stop{name, func(p *person) { p.press(selector) }}
}

// tours lead past every kind of page, for everyone who has pages of their own.
func tours(t *testing.T, h *house) map[string][]stop {
	room, other := "/s/"+h.seeded.Spaces["koekkenbordet"], "/s/"+h.seeded.Spaces["natlampen"]
	const button = "main form .button"
	as := func(role account.Role) stop {
		name := h.employed(t, "da", role).Name
		return stop{string(role) + " front", func(p *person) { p.signIn(name) }}
	}
	member, _ := h.enrolled(t, "da", "koekkenbordet")
	newcomer := h.joined(t, "da")
	author, _ := h.enrolled(t, "da", "koekkenbordet")
	lead := h.employed(t, "da", account.DutyLead)
	held := h.decided(t, h.lead(lead))
	helped := h.opened(t, lead)
	invited, err := h.app.Area.Account.AddStaff(t.Context(), account.NewStaff{Role: account.Moderator, StaffName: "Ny", Locale: "da"})
	if err != nil {
		t.Fatal(err)
	}
	enter := func(name, account string) stop { return stop{name, func(p *person) { p.signIn(account) }} }
	return map[string][]stop{
		"guest": {
			at("welcome", "/"), at("help", "/help"), at("resources", "/resources"), at("privacy", "/privacy"), at("signin", "/signin"),
			wrong("signin-failed", "/signin", "main form[action='/signin'] .button"),
			at("recover", "/recover"), wrong("recover-failed", "/recover", "main form[action='/recover'] .button"),
			at("concern", "/concern"), wrong("concern-failed", "/concern", "main form[action='/concern'] .button"),
			wrong("concern-receipt-failed", "/concern", "main form[action='/concern/answer'] .button"),
			{"concern-thanks", func(p *person) {
				p.visit("/concern")
				p.tick("label[for=about-other]")
				p.write("#body", "Jeg er bekymret for en, jeg har læst om.")
				p.press("main form[action='/concern'] .button")
			}},
			{"nothing-here", func(p *person) {
				if got := p.open("/ingenting"); got != 404 {
					p.t.Errorf("nothing answers %d", got)
				}
			}},
			at("join", "/join"), wrong("join-failed", "/join", button),
			{"join-young", func(p *person) {
				p.write("#birth_year", "2015")
				p.press(button)
			}},
			{"join-consent", func(p *person) {
				p.visit("/join")
				p.write("#birth_year", "1981")
				p.press(button)
			}},
			then("join-consent-failed", button),
			{"join-access", func(p *person) {
				p.tick("label[for=consent]")
				p.press(button)
			}},
			then("join-access-failed", "form:not(#another) .button"),
			{"codes", func(p *person) {
				p.write("#passphrase", secret)
				p.press("form:not(#another) .button")
			}},
			{"cover", func(p *person) {
				p.leave()
				p.visit("/")
			}},
		},
		"member": {
			enter("home", member.Name),
			at("spaces", "/spaces"), at("space", room), at("about", room+"/about"), at("about-other", other+"/about"),
			at("agreement", room+"/agreement"), at("join-space", other+"/join"), wrong("join-space-failed", other+"/join", button),
			at("leave-space", room+"/leave"), at("new", room+"/new"), wrong("new-failed", room+"/new", ".editor .button:not([name])"),
			{"preview", func(p *person) {
				p.visit(room + "/new")
				p.write("#title", "Søndag")
				p.write("#body", "Det **er** søndag.\n\n> Ja.\n\n- et\n- to")
				p.press("button[name=preview]")
			}},
			then("own-topic", ".editor .button:not([name])"),
			then("edit", "a[href$='/edit']"),
			{"edited", func(p *person) {
				p.write("#body", "Det er mandag.")
				p.press(".editor .button:not([name])")
			}},
			then("history", "a[href$='/history']"),
			{"delete", func(p *person) {
				p.back()
				p.press("a[href$='/delete']")
			}},
			at("topic", "/p/"+h.seeded.Posts["barnebarn-hos-mig#1"]), then("reply", "a[href*='/reply?quote=']"),
			at("report", "/p/"+h.seeded.Posts["barnebarn-hos-mig#1"]+"/report"),
			wrong("report-failed", "/p/"+h.seeded.Posts["barnebarn-hos-mig#1"]+"/report", button),
			at("search", "/search"), wrong("search-failed", "/search", "form[role=search] .button"),
			{"hits", func(p *person) {
				p.visit("/search")
				p.write("#q", "bamsen")
				p.press("form[role=search] .button")
			}},
			{"no-hits", func(p *person) {
				p.visit("/search")
				p.write("#q", "giraf")
				p.press("form[role=search] .button")
			}},
			at("me", "/me"), at("notices", "/me/notices"), at("language", "/me/language"), at("security", "/me/security"),
			at("confirm", "/me/confirm"), at("passkeys", "/me/passkeys"), at("blocks", "/me/blocks"),
			at("block", "/p/"+h.seeded.Posts["barnebarn-hos-mig#1"]+"/block"),
			at("invited", other+"/join/"+strings.Repeat("a", 32)),
			at("passphrase", "/me/passphrase"), wrong("passphrase-failed", "/me/passphrase", button), at("new-codes", "/me/codes"),
			at("sessions", "/me/sessions"), at("consent", "/me/consent"), at("trusted", "/me/contact"),
			wrong("trusted-failed", "/me/contact", button), at("pause", "/me/pause"),
			at("plan-none", "/me/plan"), wrong("plan-failed", "/me/plan/edit", button),
			{"plan", func(p *person) {
				p.visit("/me/plan/edit")
				p.write("#signs", "Jeg holder op med at svare.")
				p.press(button)
			}},
			then("plan-shared", "form[action='/me/plan/share'] button"),
			at("plan-edit", "/me/plan/edit"), at("export", "/me/export"), at("erase", "/me/erase"),
		},
		"newcomer": {enter("home-new", newcomer.Name), at("spaces-new", "/spaces"), at("notices-empty", "/me/notices")},
		"helped": {
			enter("home-helped", helped.Name), at("me-helped", "/me"), at("support-plan", "/me/support-plan"),
			at("support-edit", "/me/support-plan/edit"),
			{"support-edit-failed", func(p *person) {
				p.visit("/me/support-plan/edit")
				for _, part := range []string{"before", "helps", "agreed", "answers", "outside"} {
					p.write("#support_"+part, "")
				}
				if got := p.press(button); got != 422 {
					p.t.Fatalf("an empty support plan answers %d, want a form with faults", got)
				}
			}},
		},
		"author": {
			enter("home-author", author.Name),
			{"card", func(p *person) {
				p.visit(room + "/new")
				p.write("#title", "Jeg kan ikke mere")
				p.write("#body", "Jeg vil ikke leve mere. Jeg tager mit liv i aften.")
				p.press(".editor .button:not([name])")
			}},
			at("care", "/care"), at("talk", "/talk"), at("now", "/now"),
			at("check-in", "/me/check-in"), then("check-in-agreed", "form[action='/me/check-in'] .button"),
		},
		"duty_lead": {
			as(account.DutyLead), at("workbench", "/mod"), then("case", ".case-name a"), then("case-open", "form[action$='/open'] .button"),
			then("case-taken", "button[value=take]"),
			then("support", "a[href$='/support']"), then("support-failed", "form[action$='/support'] .button"),
			{"support-proposed", func(p *person) {
				p.write("#support_before", "Jeg sover ikke.")
				p.press("form[action$='/support'] .button")
			}},
			then("case-again", ".crumb a"), then("check-in-case", "a[href$='/check-in']"), then("case-once-more", ".crumb a"), then("referral", "a[href$='/referral']"), then("referral-failed", "form[action$='/referral'] .button"),
			{"referral-draft", func(p *person) {
				p.write("#referral_said", "Jeg sover i skuret, når de drikker.")
				p.press("form[action$='/referral'] .button")
			}},
			then("referral-paper", "a[href^='/mod/referrals/']:not([href$='/pdf'])"),
			{"review", func(p *person) {
				p.visit("/mod")
				p.press("a[href^='/mod/queue/posts/']")
			}},
			then("review-open", "form[action$='/open'] .button"),
			{"reported", func(p *person) {
				p.visit("/mod")
				p.press("a[href^='/mod/queue/reports/']")
			}},
			then("reported-open", "form[action$='/open'] .button"),
			{"worry", func(p *person) {
				p.visit("/mod")
				p.press("a[href^='/mod/concerns/']")
			}},
			then("worry-open", "form[action$='/open'] .button"),
			{"thread", func(p *person) {
				p.visit("/mod")
				p.press("a[href^='/mod/threads/']")
			}},
			then("thread-open", "form[action$='/open'] .button"),
			{"check-in-propose", func(p *person) {
				p.visit("/mod")
				p.press("a[href^='/mod/threads/']")
				p.press("a[href$='/check-in']")
			}},
			then("check-in-file", "a[href^='/mod/check-ins/']"),
			at("rota", "/mod/rota"), then("shift", "a[href^='/mod/rota/']"), at("times", "/mod/times"),
			at("times-crisis", "/mod/times/crisis"), at("times-red", "/mod/times/red"), at("times-amber", "/mod/times/amber"),
			at("ladder", "/mod/times/ladder"), at("handover", "/mod/handover"), at("figures", "/mod/figures"), at("board", "/mod/board"), at("keys", "/mod/keys"), at("care", "/mod/care"), at("care-team", "/mod/care/team"),
			at("reviews", "/mod/reviews"), then("opening", "a[href^='/mod/reviews/openings/']"),
			{"lookback", func(p *person) {
				p.visit("/mod/reviews")
				p.press("a[href^='/mod/reviews/cases/']")
			}},
			at("playbooks", "/mod/playbooks"), at("playbook", "/mod/playbooks/suicide-author"), at("rules", "/mod/rules"), at("raises", "/mod/rules/again"),
			at("lines", "/mod/resources"), at("line-new", "/mod/resources/new"), wrong("line-failed", "/mod/resources/new", button),
			{"line", func(p *person) {
				p.visit("/mod/resources")
				p.press("tbody a")
			}},
			at("calm", "/p/"+h.seeded.Posts["barnebarn-hos-mig#1"]+"/calm"), at("lead", "/mod/spaces/"+h.seeded.Spaces["natlampen"]),
			at("calls", "/me/calls"), at("factor", "/me/factor"), at("app", "/me/authenticator"),
		},
		"held": {
			enter("home-held", held.Name),
			{"decision", func(p *person) {
				p.visit("/me/notices")
				p.press("a[href^='/me/decisions/']")
			}},
		},
		"invited":           {at("welcome-staff", "/welcome/"+invited.Token)},
		"safeguarding_lead": {as(account.SafeguardingLead), at("log", "/mod/audit"), at("access", "/mod/access")},
		"admin": {
			as(account.Admin), at("numbers", "/admin"), at("jobs", "/admin/jobs"), at("team", "/admin/staff"), then("member", "a[href^='/admin/team/']"), then("member-failed", "form[action$='/declared'] .button"), at("words", "/admin/search"),
		},
	}
}

// decided is a member whose post was taken down.
func (h *house) decided(t *testing.T, lead account.Actor) account.Account {
	t.Helper()
	author, post := h.author(t, "Smid ham dog bare ud.")
	step := moderation.Step{Kind: moderation.Hold, Version: 1, Reason: "harsh", Statement: "Ordene rammer den, der læser med."}
	if _, err := h.app.Area.Moderation.OpenPost(t.Context(), lead, post, "da"); err != nil {
		t.Fatal(err)
	}
	if err := h.app.Area.Moderation.DecidePost(t.Context(), lead, post, step); err != nil {
		t.Fatal(err)
	}
	return author
}

// opened makes a case in which the lead opened what a member had sealed.
func (h *house) opened(t *testing.T, lead account.Account) account.Account {
	t.Helper()
	author, _ := h.author(t, "Jeg vil ikke leve mere. Jeg tager mit liv i aften.")
	err := h.app.Area.Crisis.Trust(t.Context(), h.actor(author), crisis.TrustedPerson{Name: "Bente", Phone: "00 00 00 00", Relation: "min nabo"})
	if err != nil {
		t.Fatal(err)
	}
	actor := h.lead(lead)
	actor.ProvenAt = actor.At
	_, err = h.app.Area.Crisis.BreakGlass(t.Context(), actor, h.caseOf(t, lead, author.ID), crisis.Break{
		Field: crisis.GlassKinPhone, Reason: "send_help", Words: "Hun svarer ikke.",
	})
	if err != nil {
		t.Fatal(err)
	}
	err = h.app.Area.Support.Propose(t.Context(), actor, h.caseOf(t, lead, author.ID), support.Draft{
		Words: support.Words{Before: "Når jeg ikke har sovet i to nætter.", Agreed: "Jeg skriver til vagten, før det bliver nat."}, ReviewOn: actor.At.AddDate(0, 1, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return author
}

// author is a member who has written a text, and its id.
func (h *house) author(t *testing.T, body string) (account.Account, string) {
	t.Helper()
	author, _ := h.enrolled(t, "da", "koekkenbordet")
	saved, err := h.app.Area.Topic.Start(t.Context(), h.actor(author), h.seeded.Spaces["koekkenbordet"],
		topic.Text{Key: topic.NewKey(), Title: "I dag", Body: body, Lang: "da"})
	if err != nil {
		t.Fatal(err)
	}
	return author, saved.Post
}

// pages looks at every page of every tour: what axe finds in either theme, and whether it fits a narrow screen and
// large text.
func pages(t *testing.T, w *world) {
	axe := newAxe(t)
	h := w.houses["sqlite"]()
	var seen sync.Map // paths
	for name, tour := range tours(t, h) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Axe cannot judge what a narrow screen cuts off in the staff's wide tables.
			p := w.visitor(t, way{phone: !slices.Contains(account.Roles, account.Role(name)), script: true, lang: "da", database: "sqlite"})
			for _, s := range tour {
				s.come(p)
				seen.Store(eval[string](p, "location.pathname"), true)
				for _, theme := range []string{"light", "dark"} {
					p.theme(theme)
					axe.look(p, s.name+" "+theme)
				}
				p.fits(s.name)
			}
		})
	}
	t.Cleanup(func() { everyPage(t, h.app.Web.Routes(), &seen) })
}

// unseen are the addresses that are no page of their own, and why.
var unseen = map[string]string{
	"/p/:id":                        "leads to the post in its topic",
	"/p/:id/react":                  "leads to the post in its topic",
	"/t/:id/unread":                 "leads to the first unread post",
	"/t/:id/lock":                   "leads to the first unread post",
	"/t/:id/pin":                    "leads to the first unread post",
	"/care/contact":                 "is /care, with what was written before the session ran out",
	"/mod/queue/posts/:id/level":    "is /mod/queue/posts/:id/open, with what was written before the session ran out",
	"/mod/queue/posts/:id/decide":   "is /mod/queue/posts/:id/open, with what was written before the session ran out",
	"/mod/queue/reports/:id/decide": "is /mod/queue/reports/:id/open, with what was written before the session ran out",
	"/mod/rules/corrections":        "is a file",
	"/mod/referrals/:id/pdf":        "is a file",
}

// everyPage fails the test for a page of the application that no tour led past.
func everyPage(t *testing.T, routes []web.Route, seen *sync.Map) {
	t.Helper()
	// Those without a parameter come first, as the application looks for them.
	slices.SortStableFunc(routes, func(a, b web.Route) int { return strings.Count(a.Path, ":") - strings.Count(b.Path, ":") })
	met := map[string]bool{}
	seen.Range(func(path, _ any) bool {
		for _, r := range routes {
			if r.Method == http.MethodGet && matches(r.Path, path.(string)) {
				met[r.Path] = true
				break
			}
		}
		return true
	})
	for _, r := range routes {
		if r.Method == http.MethodGet && met[r.Path] == (unseen[r.Path] != "") {
			t.Errorf("%s: a tour leads past it: %t; it is no page of its own: %q", r.Path, met[r.Path], unseen[r.Path])
		}
	}
}

// matches reports whether the path is one of the route's.
func matches(route, path string) bool {
	return slices.EqualFunc(strings.Split(route, "/"), strings.Split(path, "/"),
		func(want, have string) bool { return strings.HasPrefix(want, ":") || want == have })
}
