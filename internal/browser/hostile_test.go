package browser_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"samhold/internal/markup/hostile"
	"samhold/internal/testkit/browse"
	"samhold/internal/topic"
)

// hostileTexts are stored through the form by a member and read in Chromium: nothing runs, nothing is asked of
// another host, and the page around them stands.
func hostileTexts(t *testing.T, w *world) {
	h := w.houses["sqlite"]()
	vectors, err := hostile.Vectors()
	if err != nil {
		t.Fatal(err)
	}
	author, _ := h.enrolled(t, "da", "koekkenbordet")
	saved, err := h.app.Area.Topic.Start(t.Context(), h.actor(author), h.seeded.Spaces["koekkenbordet"],
		topic.Text{Key: topic.NewKey(), Title: "Prøver", Body: "Prøver.", Lang: "da"})
	if err != nil {
		t.Fatal(err)
	}
	b := browse.New(t, h.app.Web.App())
	b.SignIn(author.Name, secret)
	path := "/t/" + saved.Topic + "/reply"
	stored := 0
	for _, v := range vectors {
		switch got := b.Get(path).Submit(path, "body", v.Input); got.Status {
		case http.StatusSeeOther, http.StatusOK:
			stored++
		case http.StatusUnprocessableEntity: // too long, or nothing is left of it
		default:
			t.Errorf("%s: the form answers %d", v.Name, got.Status)
		}
	}
	if stored < 150 {
		t.Fatalf("%d of %d texts were stored", stored, len(vectors))
	}
	t.Logf("%d of %d texts were stored", stored, len(vectors))
	p := w.visitor(t, way{phone: true, script: true, lang: "da", database: "sqlite"})
	p.signIn(author.Name)
	seen := 0
	for page := 1; ; page++ {
		p.visit(fmt.Sprintf("/t/%s?page=%d", saved.Topic, page))
		posts := p.count("main > .post-list > article.post")
		seen += posts
		for _, broken := range eval[[]string](p, frameBroken) {
			t.Errorf("page %d: %s", page, broken)
		}
		if p.count("a[rel=next]") == 0 {
			break
		}
	}
	if seen != stored+1 {
		t.Errorf("%d posts stand in the topic, want %d", seen, stored+1)
	}
}

// frameBroken says what a text did to the page around it.
var frameBroken = strings.TrimSpace(`
(() => {
	const broken = [], one = selector => document.querySelectorAll(selector).length === 1 || broken.push("not one " + selector);
	if (window.__ran !== undefined) broken.push("a script ran");
	["body > header.bar .exit-button", "body > nav.nav", "body > main", "body > footer", "title", "base, head > meta[name=robots]"].forEach(one);
	if (document.title !== "Emne") broken.push("the title is " + document.title);
	for (const e of document.querySelectorAll(".prose *")) {
		if (/^(SCRIPT|STYLE|IFRAME|OBJECT|EMBED|FORM|INPUT|BUTTON|SVG|MATH|IMG|VIDEO|AUDIO|LINK|META|BASE)$/i.test(e.tagName)) broken.push("holds " + e.tagName);
		for (const a of e.attributes) {
			if (/^on|^style$|^srcdoc$/.test(a.name) || (a.name === "id")) broken.push(e.tagName + " has " + a.name);
		}
		if (e.href && !/^https?:$/.test(e.protocol)) broken.push("leads to " + e.href);
		const s = getComputedStyle(e);
		if (s.position === "fixed" || s.position === "absolute") broken.push(e.tagName + " leaves its place");
	}
	if (document.documentElement.scrollWidth > innerWidth) broken.push("the page scrolls sideways");
	return broken;
})()`)
