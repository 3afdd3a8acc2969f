package browser_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"samhold/internal/account"
	"samhold/internal/clock"
)

// byHand lets the test say when a page looks after itself, and listen to it: what a page would do every so often waits
// for wake, and tones are counted and not heard.
const byHand = `
window.__every = []; window.__asked = 0; window.__tones = 0;
window.setInterval = (act, wait) => window.__every.push({act, wait});
window.fetch = (fetch => function () { window.__asked++; return fetch.apply(this, arguments); })(window.fetch);
window.AudioContext = class {
	currentTime = 0; destination = {};
	createOscillator() { return {frequency: {}, connect: to => to, start() { window.__tones++; }, stop() {}}; }
	createGain() { return {gain: {}, connect: to => to}; }
};`

// beforehand runs a script in each page before the page's own.
func (p *person) beforehand(script string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// wake lets the time pass after which the page asks for itself, and says how long that is, in milliseconds.
func (p *person) wake() int {
	p.t.Helper()
	return eval[int](p, `window.__every.forEach(e => e.act()), window.__every.length === 1 ? window.__every[0].wait : -1`)
}

// strike strikes a key with a letter on it. Unlike chromedp's own, the letter is not written when the page says no.
func (p *person) strike(letter string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: letter, Text: letter}
		if _, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, down); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: letter})
		return err
	}))
}

// gone waits until nothing matches.
func (p *person) gone(selector string) {
	p.t.Helper()
	p.do(chromedp.WaitNotPresent(chromedp.CSS(selector)))
}

// cries makes somebody in danger write, and is the place of their case on a list.
func (h *house) cries(t *testing.T, lead account.Account) string {
	t.Helper()
	author, _ := h.author(t, "Jeg vil ikke leve mere. Jeg tager mit liv i aften.")
	return ".case-name a[href='/mod/cases/" + h.caseOf(t, lead, author.ID) + "']"
}

// boards: the board keeps itself fresh, makes a sound for what is new if somebody asked for one, and obeys the keyboard
// until somebody turns that off. The house is its own, so that nothing else is new in it.
func boards(t *testing.T, w *world) {
	h := openHouse(t, "sqlite", w.neutral.URL, clock.System{})
	lead := h.employed(t, "da", account.DutyLead)
	alone := &world{chromium: w.chromium, neutral: w.neutral, texts: w.texts, houses: map[string]func() *house{"sqlite": func() *house { return h }}}
	p := alone.visitor(t, way{script: true, lang: "da", database: "sqlite"})
	p.beforehand(byHand)
	p.signIn(lead.Name)
	t.Run("live", func(t *testing.T) { live(t, p, lead) })
	t.Run("keys", func(t *testing.T) { shortcuts(t, p) })
	t.Run("ended", func(t *testing.T) {
		p.visit("/mod/board")
		h.db.Exec(t, "DELETE FROM session")
		p.wake()
		p.waitFor("main form[action='/signin']")
	})
}

func live(t *testing.T, p *person, lead account.Account) {
	const sound = "[data-switch=sound]"
	pressed := func(want string) {
		t.Helper()
		if got := p.value(sound + "@aria-pressed"); got != want {
			t.Errorf("sound is pressed: %q, want %q", got, want)
		}
	}
	tones := func(want int) {
		t.Helper()
		if got := eval[int](p, "window.__tones"); got != want {
			t.Errorf("%d tones are heard, want %d", got, want)
		}
	}
	p.visit("/mod/board")
	p.reads("board.sound_off")
	pressed("false")
	eval[bool](p, "window.__same = true")

	first := p.house.cries(t, lead)
	if p.count(first) != 0 {
		t.Fatal("the case stands there before the page has asked")
	}
	if wait := p.wake(); wait != 30_000 {
		t.Errorf("the board asks after %d ms", wait)
	}
	p.waitFor(first)
	tones(0)

	p.tick(sound)
	pressed("true")
	tones(2) // once, so that one knows it
	eval[bool](p, `document.querySelector("[data-live]").firstElementChild.id = "old"`+", true")
	p.wake()
	p.gone("#old")
	tones(2)

	// Nothing moves under the hands of somebody who is about to press it.
	second := p.house.cries(t, lead)
	p.do(chromedp.Focus(chromedp.CSS(first)))
	asked := eval[int](p, "window.__asked")
	p.wake()
	if got := eval[int](p, "window.__asked"); got != asked || p.count(second) != 0 {
		t.Errorf("the list was asked for %d times while somebody stood in it", got-asked)
	}
	eval[bool](p, "document.activeElement.blur(), true")
	p.wake()
	p.waitFor(second)
	tones(4)
	if !eval[bool](p, "window.__same === true") {
		t.Error("the whole page was loaded again")
	}

	p.visit("/mod/board") // this browser remembers
	pressed("true")
	p.tick(sound)
	pressed("false")
}

func shortcuts(t *testing.T, p *person) {
	const cases = `[...document.querySelectorAll(".case-name a")].indexOf(document.activeElement)`
	press := func(keys ...string) {
		t.Helper()
		for _, key := range keys {
			p.strike(key)
		}
	}
	p.visit("/mod/board")
	press("j", "j")
	if got := eval[int](p, cases); got != 1 {
		t.Errorf("j twice leads to case %d", got)
	}
	press("k", "k")
	if got, last := eval[int](p, cases), p.count(".case-name a")-1; got != last {
		t.Errorf("k before the first case leads to %d, want the last, %d", got, last)
	}
	press("h")
	p.waitFor("dl.facts kbd")
	p.reads("keys.title")
	press("b")
	p.waitFor("[data-refresh='60']")

	p.press(".case-name a")
	press("n")
	if !eval[bool](p, `document.activeElement.id === "note"`) {
		t.Error("n does not lead to the note")
	}
	press("b", "j")
	if got := p.value("#note"); got != "bj" {
		t.Errorf("letters in a field are shortcuts: %q", got)
	}
	p.write("#note", "")

	p.visit("/mod/keys")
	p.tick("[data-switch=keys]")
	p.reads("keys.switch_off")
	p.visit("/mod/board")
	press("j", "b")
	if got := eval[int](p, cases); got != -1 || p.place() != "/mod/board" {
		t.Errorf("shortcuts that were turned off lead to case %d on %s", got, p.place())
	}
}
