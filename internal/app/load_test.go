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
		w.room("home", "account", nobody)
		var hands []hand
		for i := range 6 {
			name := fmt.Sprintf("writer %d", i)
			w.person(name, 1980)
			w.enrol(name, "home", "", nobody, 9)
			hands = append(hands, newHand(t, w, w.clients[name]))
		}
		w.start("writer 0", "home", "talk", nobody)

		crowd := &crowd{t: t, path: "/t/" + w.ids["talk topic"] + "/reply", confirmed: map[string]bool{}}
		stop := crowd.write(hands)
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
		if len(crowd.confirmed) < 5 || db.Name == "postgres" && crowd.refused.Load() == 0 {
			t.Errorf("%d replies confirmed and %d refused: that was no load, or no fault", len(crowd.confirmed), crowd.refused.Load())
		}
		missing := 0
		for text := range crowd.confirmed {
			if n := w.Int(t, "SELECT COUNT(*) FROM post WHERE body LIKE ?", "%"+text+"%"); n != 1 {
				missing++
			}
		}
		if missing > 0 {
			t.Errorf("%d of %d confirmed replies are not there exactly once", missing, len(crowd.confirmed))
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM post WHERE id NOT IN (SELECT source_id FROM assessment WHERE source_kind = 'post')"); n != 0 {
			t.Errorf("%d posts were not assessed", n)
		}
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
			db.Name, len(crowd.confirmed), crowd.refused.Load(), indexed)
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

// crowd is people who write at once, and what they were told.
type crowd struct {
	t         *testing.T
	path      string
	mu        sync.Mutex
	confirmed map[string]bool
	refused   atomic.Int64
}

// write lets each hand write until stop is called.
func (c *crowd) write(hands []hand) (stop func()) {
	var wg sync.WaitGroup
	var done atomic.Bool
	for i, h := range hands {
		wg.Go(func() {
			for n := 0; !done.Load(); n++ {
				c.once(h, fmt.Sprintf("svar-%d-%d-slut", i, n))
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	return func() { done.Store(true); wg.Wait() }
}

func (c *crowd) once(h hand, text string) {
	status, header, body, err := h.send(form(c.path, url.Values{"_csrf": {h.token}, "key": {topic.NewKey()}, "body": {"Tak for det, " + text}}))
	switch {
	case err != nil:
		c.t.Errorf("no answer: %v", err)
	case status == http.StatusSeeOther && !strings.HasPrefix(header.Get("Location"), "/signin"):
		c.mu.Lock()
		c.confirmed[text] = true
		c.mu.Unlock()
	case status == http.StatusInternalServerError || status == http.StatusServiceUnavailable:
		c.refused.Add(1)
		if !strings.Contains(body, `href="/help"`) || strings.Contains(body, "127.0.0.1") || strings.Contains(body, "SELECT ") {
			c.t.Errorf("no calm page: %s", body)
		}
	default:
		c.t.Errorf("status %d, %s", status, header.Get("Location"))
	}
}
