package browser_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// axe is the accessibility checker of Deque, from .cache, where scripts/setup puts it.
type axe struct {
	script string
}

func newAxe(t *testing.T) *axe {
	t.Helper()
	script, err := os.ReadFile("../../.cache/npm/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is missing: run scripts/setup: %v", err)
	}
	return &axe{script: string(script)}
}

// finding is what axe says of one element.
type finding struct {
	Kind, Rule, On, HTML, Why string
}

const runAxe = `axe.run(document, {resultTypes: ["violations", "incomplete"], elementRef: false}).then(r =>
	["violations", "incomplete"].flatMap(kind => r[kind].flatMap(rule => rule.nodes.map(n => ({
		Kind: kind, Rule: rule.id, On: n.target.join(" "), HTML: n.html.slice(0, 160),
		Why: [...n.any, ...n.all, ...n.none].map(c => c.message).join("; ")})))))`

// look fails the test for each violation, and for each doubt: what axe cannot measure, a reader may not see either.
func (a *axe) look(p *person, name string) {
	p.t.Helper()
	// What stands under the bar that follows the page cannot be measured.
	eval[bool](p, `scrollTo(0, 0), true`)
	if !eval[bool](p, `typeof axe !== "undefined"`) {
		eval[bool](p, a.script+"; true")
	}
	for _, f := range eval[[]finding](p, runAxe, chromedp.EvalAwaitPromise) {
		p.t.Errorf("%s: %s: %s on %s: %s: %s", name, f.Kind, f.Rule, f.On, f.HTML, f.Why)
	}
}

// fits fails the test if the page scrolls sideways on a screen of 320 px, or with text twice as large.
func (p *person) fits(name string) {
	p.t.Helper()
	for _, view := range []struct {
		name    string
		width   int64
		percent int
	}{{"320 px", 320, 100}, {"200 % text", 640, 200}} {
		p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
			_, err := cdp.Call(ctx, tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
				Width: view.width, Height: 844, DeviceScaleFactor: 1,
			})
			return err
		}))
		wide := eval[[]string](p, fmt.Sprintf(`(document.documentElement.style.fontSize = "%d%%",
			document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
			.filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.className).slice(0, 5))`, view.percent))
		if len(wide) > 0 {
			p.t.Errorf("%s: with %s the page scrolls sideways: %s", name, view.name, strings.Join(wide, ", "))
		}
	}
	p.sitDown()
	eval[bool](p, `document.documentElement.style.fontSize = "", true`)
}
