package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/clock"
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

// TestMailDeadUnderLoad lets members write, some of them for help, while the mail server is slow, refuses, and is gone.
// Nobody waits for it, nobody's case is lost, and once it is back everybody who should have been called is.
func TestMailDeadUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		wire := &line{to: w.post.Addr}
		wire.listen(t, "127.0.0.1:0")
		t.Cleanup(func() { wire.cut() })
		w.app, _ = openApp(t, db, w.log, "smtp://"+wire.l.Addr().String())
		k := newTalk(t, w, 6)
		for _, lead := range []string{"duty lead", "other lead"} {
			w.person(lead, 0, account.Grant{Role: account.DutyLead})
			w.reachable(lead)
		}
		ctx, end := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		wg.Go(func() { w.app.Runner.Run(ctx) })
		wg.Go(func() { w.app.Area.Crisis.Watch(ctx, slog.New(slog.DiscardHandler)) })

		crowd := &crowd{talk: k}
		stop := crowd.write()
		pass := func() {
			for range 4 {
				time.Sleep(200 * time.Millisecond)
				db.Clock.Advance(20 * time.Second)
			}
		}
		pass()
		calm := time.Duration(crowd.slowest.Load())
		const never, later, forGood, well = -1, 451, 550, 0
		for _, code := range []int{never, later, forGood} {
			w.post.Fail(code)
			pass()
		}
		at := wire.cut()
		pass()
		// However slow the machine is, this much must have happened while mail was down.
		failed := 0
		if !comes(func() bool {
			pass()
			posts, urgent := k.counts()
			failed = w.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE way = 'mail' AND code <> ''")
			return posts >= 20 && urgent > 0 && failed > 0
		}) {
			t.Error("that was no load, or no fault")
		}
		stop()
		w.post.Fail(well)
		wire.listen(t, at)
		end()
		wg.Wait()

		posts, urgent := k.counts()
		slowest := time.Duration(crowd.slowest.Load())
		if n := crowd.refused.Load(); n > 0 {
			t.Errorf("%d replies were refused", n)
		}
		if slowest > 8*time.Second+calm { // a call waits ten, and a busy machine a while before that
			t.Errorf("a reply took %s, and %s while mail was well", slowest, calm)
		}
		k.check()
		for range 90 {
			db.Clock.Advance(time.Minute)
			if _, err := w.app.Area.Crisis.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
			w.app.Runner.Drain(t.Context())
		}
		for range 4 { // calls that the last look has made may be tried again
			db.Clock.Advance(30 * time.Second)
			w.app.Runner.Drain(t.Context())
		}
		for what, query := range map[string]string{
			"cases for which nobody was reached by mail": `SELECT COUNT(*) FROM crisis_case c WHERE NOT EXISTS
				(SELECT 1 FROM call_attempt a WHERE a.case_id = c.id AND a.way = 'mail' AND a.state = 'sent')`,
			"calls that were never ended": "SELECT COUNT(*) FROM call_attempt WHERE state = 'waiting'",
			"jobs that were given up":     "SELECT COUNT(*) FROM job WHERE parked_at IS NOT NULL",
		} {
			if n := w.Int(t, query); n > 0 {
				t.Errorf("%d %s", n, what)
			}
		}
		t.Logf("%s: %d replies confirmed (%d urgent, %d cases), the slowest in %s, none refused; %d calls failed, %d mails arrived in the end; %d posts indexed",
			db.Name, posts, urgent, w.Int(t, "SELECT COUNT(*) FROM crisis_case"), slowest.Round(time.Millisecond), failed, len(w.post.Mails()), k.indexed(w.app))
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
	slowest atomic.Int64 // answer, in nanoseconds
}

// write lets each of them write until stop is called.
func (c *crowd) write() (stop func()) {
	var wg sync.WaitGroup
	var done atomic.Bool
	for i, h := range c.hands {
		wg.Go(func() {
			for n := 0; !done.Load(); n++ {
				c.once(h, fmt.Sprintf("Tak for det, svar %d-%d.", i, n), n%8 == 7)
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	return func() { done.Store(true); wg.Wait() }
}

func (c *crowd) once(h hand, text string, urgent bool) {
	key, body, began := topic.NewKey(), text, clock.System{}.Now()
	if urgent {
		body += " Jeg tager mit eget liv i aften."
	}
	status, header, page, err := h.send(form(c.path, url.Values{"_csrf": {h.token}, "key": {key}, "body": {body}}))
	c.slowest.Store(max(c.slowest.Load(), int64(clock.System{}.Now().Sub(began))))
	a := said{status: status, to: header.Get("Location"), page: page}
	switch {
	case err != nil:
		c.t.Errorf("no answer: %v", err)
	case a.saved():
		c.keep(key, urgent)
	case a.calm(text):
		c.refused.Add(1)
	default:
		c.t.Errorf("status %d, %s, no calm page with what was typed: %s", status, a.to, page)
	}
}

// calm reports whether the answer says that something does not work in a way that nobody needs to be afraid of: with
// help at hand, what was typed, and nothing of the inside.
func (a said) calm(typed string) bool {
	return a.status == http.StatusServiceUnavailable && strings.Contains(a.page, `href="/help"`) &&
		strings.Contains(a.page, typed) && !strings.Contains(a.page, "127.0.0.1") && !strings.Contains(a.page, "SELECT ")
}
