package browser_test

import (
	"context"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"samhold/internal/clock"
	"samhold/internal/i18n"
)

// Everything in this package happens inside one test, which holds what is dear to start: one Chromium, and one
// Samhold per kind of database, opened when it is first asked for.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("make check leaves Chromium out")
	}
	w := newWorld(t)
	for _, group := range []struct {
		name string
		run  func(*testing.T, *world)
	}{
		{"journey", journeys},
		{"night", nights},
		{"referral", referrals},
		{"copy", exports},
		{"page", pages},
		{"keyboard", keyboard},
		{"board", boards},
		{"script", scripts},
		{"hostile", hostileTexts},
		{"passkey", passkeys},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			group.run(t, w)
		})
	}
}

// patience is how long one test may take on a busy machine; alone it takes a few seconds.
const patience = 3 * time.Minute

// world is Chromium and what it visits.
type world struct {
	chromium context.Context
	neutral  *neutralSite
	texts    *i18n.Catalog
	houses   map[string]func() *house
}

func newWorld(t *testing.T) *world {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is missing: run scripts/setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("font-render-hinting", "none"),
		// Nothing but this machine can be reached; what a page asks for elsewhere is still seen.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	chromium, closeChromium := chromedp.NewContext(allocator)
	t.Cleanup(closeChromium)
	if err := chromedp.Do(chromium); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	texts, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{chromium: chromium, texts: texts, neutral: newNeutralSite(t), houses: map[string]func() *house{}}
	for _, database := range []string{"sqlite", "postgres"} {
		w.houses[database] = sync.OnceValue(func() *house { return openHouse(t, database, w.neutral.URL, clock.System{}) })
	}
	return w
}
