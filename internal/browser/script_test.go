package browser_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"samhold/internal/account"
)

// scripts: each thing that a page can do only with JavaScript, and that no journey needs. The board's own are in
// board_test.go, those of passkeys in passkey_test.go.
func scripts(t *testing.T, w *world) {
	for _, s := range []struct {
		name string
		try  func(*testing.T, *person)
	}{
		{"leaving", leavesNothing},
		{"shift", leavesByShift},
		{"from memory", asksAgain},
		{"guard", guardsWords},
		{"grow", growsWithText},
		{"copy", copies},
		{"refresh", refreshes},
		{"calls", isCalled},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.try(t, w.visitor(t, way{phone: true, script: true, lang: "da", database: "sqlite"}))
		})
	}
}

// at the editor of a room, as a member.
func (p *person) atEditor() {
	p.t.Helper()
	member, _ := p.house.enrolled(p.t, "da", "koekkenbordet")
	p.signIn(member.Name)
	p.visit("/s/" + p.house.seeded.Spaces["koekkenbordet"] + "/new")
}

// leavesNothing: the page that was left is not a step of the browser's history, as it is without a script.
func leavesNothing(t *testing.T, p *person) {
	p.visit("/help")
	p.visit("/concern")
	steps := eval[int](p, "history.length")
	p.leave()
	if got := eval[int](p, "history.length"); got != steps || p.text("h1") != "Vejret i dag" {
		t.Errorf("after leaving there are %d steps, want %d, and the page says %q", got, steps, p.text("h1"))
	}
}

// leavesByShift: Shift three times leaves from anywhere, and capital letters do not.
func leavesByShift(t *testing.T, p *person) {
	p.atEditor()
	p.tick("#body")
	for _, key := range []string{kb.Shift, kb.Shift, "a", kb.Shift} {
		p.do(chromedp.KeyEvent(key))
	}
	if got := p.place(); !strings.HasSuffix(got, "/new") {
		t.Fatalf("writing leads to %s", got)
	}
	p.do(chromedp.KeyEvent(kb.Shift))
	p.load("Shift three times", chromedp.KeyEvent(kb.Shift))
	if got := p.text("h1"); got != "Vejret i dag" {
		t.Errorf("Shift three times leads to %s: %q", p.place(), got)
	}
}

// asksAgain: a page that the browser takes out of its memory is unseen until the server has been asked.
func asksAgain(t *testing.T, p *person) {
	p.atEditor()
	unseen := eval[bool](p, `window.__old = true, dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true})),
		getComputedStyle(document.documentElement).display === "none"`)
	if !unseen {
		t.Error("what the browser remembers is shown at once")
	}
	p.waitFor("html:not(.left) .editor")
	if eval[bool](p, "window.__old === true") {
		t.Error("the server was not asked")
	}
}

// guardsWords: whoever goes away from words that are not sent is asked, and whoever sends them is not.
func guardsWords(t *testing.T, p *person) {
	p.atEditor()
	p.visit("/spaces")
	p.back()
	asked := func() int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.asked
	}
	if asked() != 0 {
		t.Error("somebody who wrote nothing is asked")
	}
	p.write("#title", "En stille morgen")
	p.tick("#body")
	p.write("#body", "Jeg lavede kaffe.")
	p.visit("/spaces")
	if got := asked(); got != 1 {
		t.Errorf("asked %d times about words that are not sent, want once", got)
	}
	p.back()
	p.write("#title", "En stille morgen")
	p.tick("#body")
	p.write("#body", "Jeg lavede kaffe.")
	p.press(".editor .button:not([name])")
	if got := asked(); got != 1 {
		t.Errorf("sending asks: %d", got)
	}
}

// growsWithText: where the style sheet alone cannot do it, a field is as tall as what is written in it.
func growsWithText(t *testing.T, p *person) {
	p.beforehand(`CSS.supports = () => false;`)
	p.atEditor()
	height := func() int { return eval[int](p, `parseInt(document.querySelector("#body").style.height || "0", 10)`) }
	before := height()
	p.write("#body", strings.Repeat("En linje.\n", 40))
	if after := height(); before == 0 || after <= before {
		t.Errorf("the field is %d px tall before and %d after", before, after)
	}
}

// copies: the codes can be copied and printed.
func copies(t *testing.T, p *person) {
	p.signIn(p.house.joined(t, "da").Name)
	p.visit("/me/codes")
	p.write("#codes_passphrase", secret)
	p.press("main form[action='/me/codes'] .button")
	p.must("button[data-print]:not([hidden])")
	eval[bool](p, `window.print = () => { window.__printed = true; }, navigator.clipboard.writeText = async text => { window.__copied = text; }, true`)
	p.tick("button[data-print]")
	p.tick("button[data-copy]")
	p.reads("codes.copied")
	code := p.text("#codes code")
	if code == "" || !strings.Contains(eval[string](p, "window.__copied"), code) || !eval[bool](p, "window.__printed === true") {
		t.Error("the codes were not copied or not printed")
	}
}

// refreshes: the workbench asks for itself when nobody uses it, says that nobody asked, and not so when somebody did.
func refreshes(t *testing.T, p *person) {
	p.beforehand(byHand)
	p.signIn(p.house.employed(t, "da", account.DutyLead).Name)
	p.visit("/mod?refresh=1")
	if got := eval[string](p, "location.search"); got != "" {
		t.Errorf("loading by hand would say %q", got)
	}
	p.do(chromedp.Focus(chromedp.CSS(".nav a")))
	eval[bool](p, `document.documentElement.dataset.old = "", true`)
	if wait := p.wake(); wait != 60_000 || p.count("html[data-old]") != 1 {
		t.Errorf("after %d ms the page goes from under somebody's hands", wait)
	}
	eval[bool](p, "document.activeElement.blur(), true")
	p.wake()
	p.waitFor("html:not([data-old])")
}

// isCalled: this browser can be called, and shows what comes while no page is open. The vendor's part is the test's.
func isCalled(t *testing.T, p *person) {
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: "notifications"}, Setting: browser.PermissionSettingGranted,
			Origin: p.house.url, BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		})
		return err
	}))
	p.beforehand(`window.PushManager && (PushManager.prototype.subscribe = async asked => {
		const pair = await crypto.subtle.generateKey({name: "ECDH", namedCurve: "P-256"}, true, ["deriveBits"]);
		const text = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
		const key = text(await crypto.subtle.exportKey("raw", pair.publicKey));
		if (asked.applicationServerKey.length !== 65 || !asked.userVisibleOnly) throw new Error("not so");
		return {endpoint: "https://push.example.org/a", toJSON: () => ({keys: {p256dh: key, auth: text(new Uint8Array(16))}})};
	});`)
	p.signIn(p.house.employed(t, "da", account.DutyLead).Name)
	p.visit("/me/calls")
	if got := p.press("form[data-push] .button"); got != 200 {
		t.Fatalf("adding this browser answers %d: %s", got, p.text("main"))
	}
	p.reads("calls.added")
	p.reads("calls.kind_push")

	var worker *serviceworker.Registration
	found, err := chromedp.Run(p.ctx, chromedp.WaitEvent(serviceworker.WorkerRegistrationUpdated, func(e serviceworker.EventWorkerRegistrationUpdated) bool {
		for _, r := range e.Registrations {
			if strings.HasPrefix(r.ScopeURL, p.house.url) {
				worker = r
			}
		}
		return worker != nil
	}, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, serviceworker.Enable, cdp.Empty{})
		return err
	})))
	if err != nil {
		t.Fatalf("%v: %v", found, err)
	}
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{
			Origin: p.house.url + "/", RegistrationID: worker.RegistrationID,
			Data: `{"title":"Samhold","body":"Nogen venter","tag":"a","url":"` + p.house.url + `/mod"}`,
		})
		return err
	}))
	shown := eval[string](p, `(async () => {
		const worker = await navigator.serviceWorker.getRegistration("/me/calls");
		for (;;) {
			const [one] = await worker.getNotifications();
			if (one) return [one.title, one.body, one.tag, one.data].join(" | ");
			await new Promise(done => setTimeout(done, 20));
		}
	})()`, chromedp.EvalAwaitPromise)
	if want := "Samhold | Nogen venter | a | " + p.house.url + "/mod"; shown != want {
		t.Errorf("the browser shows %q, want %q", shown, want)
	}
}
