package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// markStops lists what Tab must visit, in the order of the page: of a group of radio buttons only one.
const markStops = `window.__stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
	.filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== "hidden" && e.checkVisibility({visibilityProperty: true}))
	.filter((e, i, all) => e.type !== "radio" || all.find(o => o.type === "radio" && o.name === e.name && o.form === e.form) === e);
	document.activeElement.blur(); scrollTo(0, 0); window.__stops.length`

// stopped says where the focus is and whether it can be seen.
type stopped struct {
	Index int
	Seen  bool
	HTML  string
}

const whereStopped = `(() => { const e = document.activeElement, s = getComputedStyle(e);
	const around = [e, e.labels?.[0]].filter(Boolean).map(x => getComputedStyle(x));
	const box = e.getBoundingClientRect();
	return {Index: window.__stops.indexOf(e), HTML: e.outerHTML.slice(0, 120),
		Seen: around.some(s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none") &&
			box.bottom > 0 && box.top < innerHeight && box.width > 0}; })()`

// keyboard goes through the main pages with Tab alone.
func keyboard(t *testing.T, w *world) {
	h := w.houses["sqlite"]()
	room := "/s/" + h.seeded.Spaces["koekkenbordet"]
	post := h.seeded.Posts["barnebarn-hos-mig#1"]
	for _, walk := range []struct {
		who   string
		paths []string
	}{
		{"", []string{"/", "/help", "/resources", "/join", "/signin", "/concern"}},
		{"member", []string{"/spaces", room, room + "/new", "/p/" + post, "/p/" + post + "/report", "/search", "/me", "/me/plan/edit", "/me/contact", "/me/erase"}},
		{"duty_lead", []string{
			"/mod", "/mod/rota", "/mod/times", "/mod/times/crisis", "/mod/handover", "/mod/reviews", "/mod/playbooks", "/mod/rules", "/mod/resources", "/me/calls",
		}},
	} {
		t.Run("as "+walk.who, func(t *testing.T) {
			t.Parallel()
			p := w.visitor(t, way{script: true, lang: "da", database: "sqlite"})
			if walk.who != "" {
				p.signIn(h.sign(t, walk.who))
			}
			for _, path := range walk.paths {
				p.visit(path)
				// A page that was opened at a post begins there for Tab, too.
				if page, post, ok := strings.Cut(p.place(), "#"); ok && post != "" {
					p.visit(page)
				}
				p.tabThrough(path)
			}
		})
	}
}

// tabThrough fails the test unless Tab visits every stop once, in order, visibly, begins with the way out, and
// comes out at the end.
func (p *person) tabThrough(name string) {
	p.t.Helper()
	total := eval[int](p, markStops)
	if total < 4 {
		p.t.Errorf("%s has %d stops", name, total)
		return
	}
	at := -1
	for range 3 * total { // a date has several stops inside it
		p.do(chromedp.KeyEvent(kb.Tab))
		now := eval[stopped](p, whereStopped)
		switch {
		case now.Index == at:
			continue
		case now.Index < 0 && at == total-1:
			return
		case now.Index != at+1:
			p.t.Errorf("%s: from stop %d Tab goes to %d of %d: %s", name, at, now.Index, total, now.HTML)
			return
		case !now.Seen:
			p.t.Errorf("%s: the focus cannot be seen on %s", name, now.HTML)
		}
		at = now.Index
		if at == 0 && p.count(".exit-button:focus") != 1 {
			p.t.Errorf("%s: the first stop is %s, not the way out", name, now.HTML)
		}
	}
	p.t.Errorf("%s: Tab is trapped at stop %d of %d", name, at, total)
}
