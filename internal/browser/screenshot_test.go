package browser_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"samhold/internal/account"
	"samhold/internal/clock"
)

// evening is when the screenshots are taken, always: a Sunday in November.
var evening = time.Date(2026, 11, 22, 20, 14, 0, 0, time.UTC)

// tallest is how much of a page a screenshot shows, in pixels; of those that are whole, everything.
const tallest = 1200

var whole = []string{"figures", "check-in"}

var devices = []way{
	{phone: true, script: true, lang: "da", database: "sqlite"},
	{phone: false, script: true, lang: "da", database: "sqlite"},
}

// take writes a page as two pictures, light and dark.
func take(p *person, name string) {
	p.t.Helper()
	device := "desktop"
	if p.way.phone {
		device = "phone"
	}
	for _, theme := range []string{"light", "dark"} {
		p.theme(theme)
		most := float64(tallest)
		if slices.Contains(whole, name) {
			most = math.MaxInt16
		}
		p.photograph(filepath.Join("..", "..", "docs", "screenshots", name+"-"+device+"-"+theme+".png"), most)
	}
}

// TestScreenshots writes docs/screenshots when SAMHOLD_SCREENSHOTS is set: see make screenshots.
func TestScreenshots(t *testing.T) {
	if os.Getenv("SAMHOLD_SCREENSHOTS") == "" {
		t.Skip("make screenshots takes them")
	}
	w := newWorld(t)
	h := openHouse(t, "sqlite", w.neutral.URL, clock.NewFixed(evening))
	w.houses["sqlite"] = func() *house { return h }
	room := "/s/" + h.seeded.Spaces["koekkenbordet"]
	for _, way := range devices {
		guest := w.visitor(t, way)
		guest.visit("/")
		take(guest, "welcome")
		guest.visit("/resources")
		take(guest, "resources")
		guest.visit("/join")
		guest.write("#birth_year", "1981")
		guest.press("main form .button")
		guest.tick("label[for=consent]")
		guest.press("main form .button")
		take(guest, "join")
		guest.write("#passphrase", secret)
		guest.press("form:not(#another) .button")
		take(guest, "codes")

		reader := w.visitor(t, way)
		reader.signIn(h.sign(t, "member"))
		reader.visit(room)
		take(reader, "space")
		reader.visit("/p/" + h.seeded.Posts["barnebarn-hos-mig#1"])
		take(reader, "topic")
		reader.visit(room + "/new")
		reader.write("#title", "Første jul uden løgne")
		reader.write("#body", "Vi har aftalt, at der **ikke** er vin på bordet i år.\n\nJeg er lettet, og jeg er bange for, at nogen siger noget.")
		reader.press("button[name=preview]")
		take(reader, "editor")
		reader.visit("/me/plan")
		if way.phone { // the same person has it on the desktop afterwards
			reader.visit("/me/plan/edit")
			reader.write("#signs", "Jeg holder op med at svare, og jeg sover ikke.")
			reader.write("#helps", "En tur ned til vandet. At skrive det ned.")
			reader.write("#people", "Min søster. Karin fra koret.")
			reader.press("main form .button")
		}
		take(reader, "plan")
		reader.visit("/talk")
		take(reader, "talk")
		reader.visit("/me/check-in")
		take(reader, "check-in")
		reader.visit("/now")
		take(reader, "now")
		reader.visit("/search")
		reader.write("#q", "flasken")
		reader.press("form[role=search] .button")
		take(reader, "search")

		lead := w.visitor(t, way)
		lead.signIn(h.sign(t, string(account.DutyLead)))
		lead.visit("/mod")
		take(lead, "workbench")
		lead.visit(eval[string](lead, `document.querySelector(".case-name a").getAttribute("href")`))
		lead.press("form[action$='/open'] .button")
		take(lead, "case")
		if way.phone { // the same person has it on the desktop afterwards
			lead.press("button[value=take]")
		}
		for _, page := range []struct{ name, path string }{
			{"rota", "/mod/rota"},
			{"handover", "/mod/handover"},
			{"times", "/mod/times"},
			{"reviews", "/mod/reviews"},
			{"playbooks", "/mod/playbooks"},
			{"rules", "/mod/rules"},
			{"lines", "/mod/resources"},
			{"calls", "/me/calls"},
			{"board", "/mod/board"},
			{"figures", "/mod/figures"},
			{"care", "/mod/care"},
		} {
			lead.visit(page.path)
			take(lead, page.name)
		}
	}
	// The cards come last: they open cases of their own, and the workbench shows the demo's alone.
	for _, way := range devices {
		for name, text := range map[string]string{
			"card":          "Jeg vil ikke leve mere. Jeg tager mit liv i aften.",
			"card-child":    "Min datter på 14 siger, at hun vil tage sit liv i aften.",
			"card-overdose": "Min mand har taget en masse piller, og jeg kan ikke vække ham.",
			"card-violence": "Min mand slår mig, og jeg er bange for ham.",
		} {
			author, _ := h.enrolled(t, "da", "koekkenbordet")
			writer := w.visitor(t, way)
			writer.signIn(author.Name)
			writer.visit(room + "/new")
			writer.write("#title", "Jeg kan ikke mere")
			writer.write("#body", text)
			writer.press(".editor .button:not([name])")
			take(writer, name)
		}
	}
}

// theme sets what the device prefers.
func (p *person) theme(name string) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	}))
}

// photograph writes the page as a picture, from its top, so many pixels of it.
func (p *person) photograph(path string, most float64) {
	p.t.Helper()
	eval[bool](p, `document.activeElement.blur(), scrollTo(0, 0), true`)
	eval[bool](p, `document.fonts.ready.then(() => true)`, chromedp.EvalAwaitPromise)
	size := eval[[]float64](p, `[innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]`)
	beyond := true
	picture, err := chromedp.Run(p.ctx, chromedp.Action[page.CaptureScreenshotResult](func(ctx context.Context, tab *chromedp.Target) (page.CaptureScreenshotResult, error) {
		return cdp.Call(ctx, tab, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Format: "png", CaptureBeyondViewport: &beyond,
			Clip: &page.Viewport{Width: size[0], Height: min(size[1], most), Scale: 1},
		})
	}))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, picture.Data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
