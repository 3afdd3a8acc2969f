package browser_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"samhold/internal/i18n"
)

// person is somebody at a browser of their own, with its own cookies. What a page does that it must not do (asks
// another host, writes an error to the console, breaks the content policy) fails the test.
type person struct {
	t     *testing.T
	ctx   context.Context
	house *house
	way   way
	texts *i18n.Texts
	disk  string // the file of their own that they open, if they do

	mu     sync.Mutex
	faults []string
	asked  int // how often a page asked whether its words may be lost
}

// visitor opens a browser that has been nowhere yet.
func (w *world) visitor(t *testing.T, way way) *person {
	t.Helper()
	bounded, cancel := context.WithTimeout(w.chromium, patience)
	t.Cleanup(cancel)
	ctx, closeTab := chromedp.NewContext(bounded, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	p := &person{t: t, ctx: ctx, house: w.houses[way.database](), way: way, texts: w.texts.Texts(i18n.Lang(way.lang))}
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		for _, enable := range []func() error{
			func() error { _, err := cdp.Call(ctx, tab, log.Enable, cdp.Empty{}); return err },
			func() error { _, err := cdp.Call(ctx, tab, runtime.Enable, cdp.Empty{}); return err },
			func() error {
				_, err := cdp.Call(ctx, tab, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
					Headers: network.Headers{"Accept-Language": way.lang},
				})
				return err
			},
			func() error {
				_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !way.script})
				return err
			},
		} {
			if err := enable(); err != nil {
				return err
			}
		}
		return nil
	}))
	p.sitDown()
	if err := chromedp.Listen(ctx, p.watch); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.behaved)
	return p
}

// sitDown gives the person a phone's screen or a desktop's.
func (p *person) sitDown() {
	p.t.Helper()
	if p.way.phone {
		p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulatePortrait))
		return
	}
	p.do(chromedp.EmulateViewport(1280, 900))
}

// watch notes what a page must not do.
func (p *person) watch(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && (u.Scheme == "data" || u.Scheme == "blob" || e.Request.URL == p.disk ||
			strings.HasPrefix(e.Request.URL, p.house.url+"/") || strings.HasPrefix(e.Request.URL, p.house.neutral+"/")) {
			return
		}
		p.fault("asks for %s", e.Request.URL)
	case *page.EventJavascriptDialogOpening:
		if e.Type == page.DialogTypeBeforeunload {
			p.mu.Lock()
			p.asked++
			p.mu.Unlock()
		} else {
			p.fault("opens a dialog: %s", e.Message)
		}
		go func() { // an answer from here would wait for itself
			err := chromedp.Do(p.ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
				_, err := cdp.Call(ctx, tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
				return err
			}))
			if err != nil {
				p.fault("keeps its dialog open: %v", err)
			}
		}()
	case *runtime.EventExceptionThrown:
		p.fault("throws %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		p.fault("writes to the console: %s", e.Type)
	case *log.EventEntryAdded:
		// Chromium also notes each answer of 4xx here; the journeys look at the status themselves.
		if e.Entry.Source == "network" && strings.Contains(e.Entry.Text, "status of 4") {
			return
		}
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			p.fault("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	}
}

func (p *person) fault(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, fmt.Sprintf(format, args...))
}

// behaved fails the test for what the pages did that they must not do.
func (p *person) behaved() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		p.t.Errorf("a page %s", f)
	}
}

// do fails the test unless all steps succeed.
func (p *person) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v", p.place(), err)
	}
}

// place is where the person is, for messages.
func (p *person) place() string {
	where, err := chromedp.Run(p.ctx, chromedp.Location())
	if err != nil {
		return "nowhere"
	}
	return strings.TrimPrefix(where, p.house.url)
}

// load does what leads to another page and returns that page's status.
func (p *person) load(what string, steps ...chromedp.Action[chromedp.Void]) int64 {
	p.t.Helper()
	before := p.place()
	res, err := chromedp.RunResponse(p.ctx, steps...)
	if err != nil {
		p.t.Fatalf("%s on %s: %v", what, before, err)
	}
	if res == nil {
		return 0 // taken from the browser's memory
	}
	return res.Status
}

// open goes to an address of the house and returns the status.
func (p *person) open(path string) int64 {
	p.t.Helper()
	return p.load("open "+path, chromedp.Navigate(p.house.url+path))
}

// visit goes to an address that must answer.
func (p *person) visit(path string) {
	p.t.Helper()
	if got := p.open(path); got != 200 {
		p.t.Fatalf("%s answers %d: %s", path, got, p.text("main"))
	}
}

// press presses what matches and waits for the page that it leads to.
func (p *person) press(selector string) int64 {
	p.t.Helper()
	p.must(selector)
	return p.load("press "+selector, chromedp.Click(chromedp.CSS(selector)))
}

// tick presses what matches and stays on the page.
func (p *person) tick(selector string) {
	p.t.Helper()
	p.must(selector)
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// write puts text into a field, in the place of what stands there.
func (p *person) write(selector, text string) {
	p.t.Helper()
	p.must(selector)
	p.do(chromedp.Focus(chromedp.CSS(selector)), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, runtime.Evaluate, runtime.EvaluateParams{Expression: "document.activeElement.select()"}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// choose picks an option of a list.
func (p *person) choose(selector, value string) {
	p.t.Helper()
	p.must(selector)
	p.do(chromedp.SetValue(chromedp.CSS(selector), value))
}

// back goes back once, as the browser's own button does.
func (p *person) back() {
	p.t.Helper()
	p.do(chromedp.NavigateBack())
}

// eval asks the page something. It works with JavaScript off, too: that is for the page's own.
func eval[T any](p *person, expression string, options ...chromedp.EvaluateOption) T {
	p.t.Helper()
	got, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		p.t.Fatalf("%s: %.200s: %v", p.place(), expression, err)
	}
	return got
}

// text is what a reader sees of the first match, with single spaces; nothing if there is none.
func (p *person) text(selector string) string {
	p.t.Helper()
	return eval[string](p, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "").replace(/\s+/g, " ").trim()`, selector))
}

// value is what stands in a field, or an attribute when a name is given after @.
func (p *person) value(selector string) string {
	p.t.Helper()
	if at := strings.LastIndex(selector, "@"); at >= 0 {
		return eval[string](p, fmt.Sprintf(`document.querySelector(%q)?.getAttribute(%q) ?? ""`, selector[:at], selector[at+1:]))
	}
	return eval[string](p, fmt.Sprintf(`document.querySelector(%q)?.value ?? ""`, selector))
}

// count is how many elements match.
func (p *person) count(selector string) int {
	p.t.Helper()
	return eval[int](p, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
}

// must fails the test at once unless something matches.
func (p *person) must(selector string) {
	p.t.Helper()
	if p.count(selector) == 0 {
		p.t.Fatalf("%s has no %s: %.600s", p.place(), selector, p.text("body"))
	}
}

// say is the text of a key in the person's language, with pairs of name and value in it.
func (p *person) say(key string, args ...any) string {
	p.t.Helper()
	text, err := p.texts.T(key, args...)
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

// reads fails the test at once unless the page shows the text of a key in the person's language.
func (p *person) reads(key string, data ...any) {
	p.t.Helper()
	p.shows(p.say(key, data...))
}

// shows fails the test at once unless the page shows the text.
func (p *person) shows(text string) {
	p.t.Helper()
	want := strings.Join(strings.Fields(text), " ")
	if got := p.text("body"); !strings.Contains(got, want) {
		p.t.Fatalf("%s does not show %q: %.900s", p.place(), want, got)
	}
}

// hides fails the test if the page's source has the text anywhere.
func (p *person) hides(text string) {
	p.t.Helper()
	if eval[bool](p, fmt.Sprintf(`document.documentElement.outerHTML.includes(%q)`, text)) {
		p.t.Errorf("%s holds %q", p.place(), text)
	}
}

// signIn signs in through the form. Staff are taken past the question for their second factor.
func (p *person) signIn(name string) {
	p.t.Helper()
	p.visit("/signin")
	p.write("#name", name)
	p.write("#passphrase", secret)
	if got := p.press("main form[action='/signin'] .button"); got != 200 {
		p.t.Fatalf("sign in: %d %s", got, p.text("main"))
	}
	p.must(".nav")
	// Theirs alone: others live in the same house at the same time, and one of them is to be asked.
	p.house.db.Exec(p.t, "UPDATE session SET stepped_up_at = seen_at WHERE stepped_up_at IS NULL AND account_id IN (SELECT id FROM account WHERE name = ?)", name)
	if strings.HasPrefix(p.place(), "/me/") {
		p.visit("/")
	}
}

// waitFor waits until something matches.
func (p *person) waitFor(selector string) {
	p.t.Helper()
	p.do(chromedp.WaitReady(chromedp.CSS(selector)))
}

// leave presses "Forlad siden" and waits until the browser is covered: with JavaScript the page is left before the
// server has answered.
func (p *person) leave() {
	p.t.Helper()
	p.press(".exit-button")
	for {
		cookies, err := chromedp.Run(p.ctx, chromedp.Action[network.GetCookiesResult](func(ctx context.Context, tab *chromedp.Target) (network.GetCookiesResult, error) {
			return cdp.Call(ctx, tab, network.GetCookies, network.GetCookiesParams{URLs: []string{p.house.url}})
		}))
		if err != nil {
			p.t.Fatalf("leave: %v", err)
		}
		for _, c := range cookies.Cookies {
			if c.Name == "cover" {
				return
			}
		}
	}
}
