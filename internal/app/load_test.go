package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/testkit"
	"samhold/internal/topic"
)

// TestFaultsUnderLoad lets members write while the database is gone or held, search is broken and the clock jumps. Pages
// stay calm, what was answered with success is there once, and afterwards everything catches up. It counts.
func TestFaultsUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		takeAway, w := fragile(t, db)
		path, _ := strings.CutPrefix(w.app.Config.SearchURL, "bleve:")
		w.must(os.RemoveAll(path))
		w.must(os.WriteFile(path, []byte("not an index"), 0o600))
		k := newTalk(t, w, 6)

		crowd := &crowd{talk: k}
		stop := crowd.write()
		for range 2 {
			time.Sleep(700 * time.Millisecond)
			takeAway(time.Second)
			db.Clock.Advance(50 * time.Minute)
			time.Sleep(300 * time.Millisecond)
			db.Clock.Advance(-10 * time.Minute)
		}
		time.Sleep(time.Second)
		stop()

		// SQLite's writers wait for whoever holds it; a line that is cut answers at once.
		confirmed, _ := k.counts()
		if confirmed < 5 || db.Name == "postgres" && crowd.refused.Load() == 0 {
			t.Errorf("%d replies confirmed and %d refused: that was no load, or no fault", confirmed, crowd.refused.Load())
		}
		k.check()
		w.must(os.Remove(path))
		posts := w.Int(t, "SELECT COUNT(*) FROM post WHERE visibility = 'visible'")
		var indexed uint64
		for range 60 {
			db.Clock.Advance(time.Minute)
			w.app.Runner.Drain(t.Context())
			if n, err := w.app.Index.Count(t.Context()); err == nil {
				if indexed = uint64(n); int(indexed) == posts {
					break
				}
			}
		}
		if int(indexed) != posts {
			t.Errorf("the index has %d of %d posts", indexed, posts)
		}
		t.Logf("%s: %d replies confirmed, %d refused with a calm page, all confirmed are there, %d posts indexed afterwards",
			db.Name, confirmed, crowd.refused.Load(), indexed)
	})
}

// fragile opens a place over a database that can be taken away for a while: PostgreSQL by cutting the line to it, SQLite
// by another process that holds it.
func fragile(t *testing.T, db *testkit.Database) (func(time.Duration), *world) {
	t.Helper()
	if db.Name == "sqlite" {
		return func(d time.Duration) { db.Occupy(t, d) }, newPlace(t, db)
	}
	address, err := url.Parse(db.URL)
	if err != nil {
		t.Fatal(err)
	}
	wire := &line{to: address.Host}
	wire.listen(t, "127.0.0.1:0")
	t.Cleanup(func() { wire.cut() })
	direct := db.URL
	address.Host = wire.l.Addr().String()
	db.URL = address.String()
	w := newPlace(t, db)
	db.URL = direct
	return func(d time.Duration) {
		at := wire.cut()
		time.Sleep(d)
		wire.listen(t, at)
	}, w
}

// crowd is the members of a talk who write at once, within this process.
type crowd struct {
	*talk
	refused atomic.Int64
}

// write lets each of them write until stop is called.
func (c *crowd) write() (stop func()) {
	var wg sync.WaitGroup
	var done atomic.Bool
	for i, h := range c.hands {
		wg.Go(func() {
			for n := 0; !done.Load(); n++ {
				c.once(h, fmt.Sprintf("Tak for det, svar %d-%d.", i, n))
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	return func() { done.Store(true); wg.Wait() }
}

func (c *crowd) once(h hand, text string) {
	key := topic.NewKey()
	status, header, page, err := h.send(form(c.path, url.Values{"_csrf": {h.token}, "key": {key}, "body": {text}}))
	a := said{status: status, to: header.Get("Location"), page: page}
	switch {
	case err != nil:
		c.t.Errorf("no answer: %v", err)
	case a.saved():
		c.keep(key, false)
	case a.calm(text):
		c.refused.Add(1)
	default:
		c.t.Errorf("status %d, %s, no calm page with what was typed: %s", status, a.to, page)
	}
}

// calm reports whether the answer says that something does not work in a way that nobody needs to be afraid of: with
// help at hand, what was typed, and nothing of the inside.
func (a said) calm(typed string) bool {
	return (a.status == http.StatusInternalServerError || a.status == http.StatusServiceUnavailable) && strings.Contains(a.page, `href="/help"`) &&
		strings.Contains(a.page, typed) && !strings.Contains(a.page, "127.0.0.1") && !strings.Contains(a.page, "SELECT ")
}
