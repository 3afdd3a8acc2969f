package app_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/app"
	"samhold/internal/id"
	"samhold/internal/search/meili"
	"samhold/internal/search/meili/meilitest"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// pair is two processes of Samhold over one PostgreSQL and one search server, behind a proxy that turns from one to the
// other with every request. They share nothing in memory but the clock.
type pair struct {
	*talk
	apps  [2]*app.App
	at    [2]string
	front string
}

// sharedSearch gives a search server for several processes, and the key to it.
func sharedSearch(t *testing.T) (address, key string) {
	t.Helper()
	const least = "stand-in-least-key"
	s := meilitest.New(t)
	s.AddKey(least, meilitest.Key{Actions: meili.Actions, Patterns: []string{meili.Pattern}})
	return s.URL, least
}

// newPair lets two processes serve a talk. Of one person they take so many forms a minute, together.
func newPair(t *testing.T, k *talk, forms int) *pair {
	t.Helper()
	p := &pair{talk: k}
	b := &balancer{took: map[string]int{}}
	search, key := sharedSearch(t)
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	t.Cleanup(func() { stop(); wg.Wait() })
	for i := range p.apps {
		c := settings(t, k.Database)
		c.SearchURL, c.SearchKey = search, key
		c.SMTPURL, c.SMTPFrom = k.post.URL(), "besked@example.org"
		a, err := app.Open(t.Context(), c, app.Options{Clock: k.Clock, Volatile: true, MaxPosts: forms, Log: slog.New(slog.NewTextHandler(k.log, nil))})
		k.must(err)
		l, err := net.Listen("tcp", "127.0.0.1:0")
		k.must(err)
		wg.Go(func() {
			if err := errors.Join(a.Run(ctx, l), a.Close()); err != nil {
				t.Error(err)
			}
		})
		at := &url.URL{Scheme: "http", Host: l.Addr().String()}
		p.apps[i], p.at[i], b.ready = a, at.String(), append(b.ready, at)
	}
	front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: b.rewrite, Transport: &http.Transport{DisableKeepAlives: true}})
	t.Cleanup(front.Close)
	p.front = front.URL
	return p
}

// tell sends a form by one of the processes, or by the proxy.
func (p *pair) tell(h hand, address string, fields ...string) said {
	p.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	a, err := h.post(context.Background(), address, values)
	p.must(err)
	return a
}

// page asks one of the processes for a page.
func (p *pair) page(h hand, address string) said {
	p.t.Helper()
	a, err := h.ask(context.Background(), http.MethodGet, address, "")
	p.must(err)
	return a
}

// settled waits until no job of a kind is left.
func (p *pair) settled(kind string) {
	p.t.Helper()
	for range 300 {
		if p.Int(p.t, "SELECT COUNT(*) FROM job WHERE kind = ? AND due_at <= ?", kind, p.Clock.Now()) == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	p.t.Fatalf("jobs of kind %s are not done", kind)
}

func TestTwoProcesses(t *testing.T) {
	db := testkit.Open(t, "postgres")
	w := newPlace(t, db)
	k := newTalk(t, w, 12)
	for _, lead := range []string{"duty lead", "other lead"} {
		w.person(lead, 0, account.Grant{Role: account.DutyLead})
		w.reachable(lead)
	}
	told := len(w.post.Mails()) // the codes
	p := newPair(t, k, 1_000_000)

	t.Run("what is written in one is found by both", func(t *testing.T) {
		words := map[string]string{}
		for i := range 40 {
			key := id.New()
			if a := p.tell(k.hands[i%12], p.front+k.path, "key", key, "body", "Så skrev jeg "+word(key)+"."); !a.saved() {
				t.Fatalf("reply: %d", a.status)
			}
			k.keep(key, false)
			words[key] = word(key)
		}
		p.settled("rebuild_index")
		p.settled("index_post")
		turn := 0
		for key, text := range words {
			turn++
			a := p.tell(k.hands[1], p.at[turn%2]+"/search", "q", text)
			if a.status != http.StatusSeeOther {
				t.Fatalf("search: %d", a.status)
			}
			if page := p.page(k.hands[1], p.at[(turn+1)%2]+a.to); strings.Count(page.page, `<li class="hit"`) != 1 {
				t.Errorf("post %s is not found by process %d", key, turn%2)
			}
		}
		first, second := p.apps[0].Runner.Counts(), p.apps[1].Runner.Counts()
		if first.Done == 0 || second.Done == 0 || first.Failed+second.Failed > 0 {
			t.Errorf("they share no work, or fail: %+v, %+v", first, second)
		}
	})

	t.Run("each call is made once", func(t *testing.T) {
		for i, h := range k.hands {
			key := id.New()
			if a := p.tell(h, p.front+k.path, "key", key, "body", "Jeg tager mit eget liv i aften."); !a.saved() {
				t.Fatalf("cry %d: %d", i, a.status)
			}
			k.keep(key, true)
		}
		for range 8 {
			db.Clock.Advance(6 * time.Minute)
			var wg sync.WaitGroup
			for _, a := range p.apps {
				wg.Go(func() {
					if _, err := a.Area.Crisis.Sweep(context.Background()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			p.settled("case_call")
		}
		times := map[string]int{}
		for _, m := range w.post.Mails()[told:] {
			times[m.Header.Get("Message-Id")]++
		}
		for key, n := range times {
			if n > 1 {
				t.Errorf("call %s left %d times", key, n)
			}
		}
		calls, cases := w.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE way = 'mail'"), w.Int(t, "SELECT COUNT(*) FROM crisis_case")
		if len(times) != calls || calls < 5*cases || cases != len(k.hands) {
			t.Errorf("%d calls left of %d, for %d cases", len(times), calls, cases)
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM (SELECT 1 FROM case_timer WHERE fired_at IS NOT NULL GROUP BY case_id, generation HAVING COUNT(*) > 1) AS twice"); n > 0 {
			t.Errorf("%d timers were fired twice", n)
		}
		t.Logf("%d cases, %d calls by mail, each once; timers fired %d", cases, calls, w.Int(t, "SELECT COUNT(*) FROM case_timer WHERE fired_at IS NOT NULL"))
		k.check()
	})

	t.Run("a session that ends in one has ended in the other", func(t *testing.T) {
		for _, at := range p.at {
			if a := p.page(k.hands[0], at+"/me"); a.status != http.StatusOK {
				t.Fatalf("before: %d", a.status)
			}
		}
		if a := p.tell(k.hands[0], p.at[0]+"/signout"); a.status != http.StatusSeeOther {
			t.Fatalf("sign out: %d", a.status)
		}
		for _, at := range p.at {
			if a := p.page(k.hands[0], at+"/me"); a.status == http.StatusOK {
				t.Errorf("the session goes on at %s", at)
			}
		}
	})
}

// TestTwoProcessesHaveOneBudget sends forms to both in turn: what one has counted, the other knows.
func TestTwoProcessesHaveOneBudget(t *testing.T) {
	const forms = 40
	k := newTalk(t, newPlace(t, testkit.Open(t, "postgres")), 2)
	p := newPair(t, k, forms)
	refused := func(h hand, n int, path string, fields ...string) (times int) {
		t.Helper()
		for range n {
			if p.tell(h, p.front+path, fields...).status == http.StatusTooManyRequests {
				times++
			}
		}
		return times
	}
	if n := refused(k.hands[0], forms+15, k.path, "body", ""); n != 15 {
		t.Errorf("of %d forms in a minute %d are refused, want 15", forms+15, n)
	}
	if n := refused(k.hands[1], 5, k.path, "body", ""); n != 0 {
		t.Error("somebody else is refused")
	}
	guest := newHand(t, k.world, browse.New(t, k.app.Web.App()))
	if n := refused(guest, 14, "/signin", "name", k.accounts["writer 0"].Name, "passphrase", "helt forkert kodeord"); n != 4 {
		t.Errorf("of 14 wrong sign-ins %d are put off, want 4", n)
	}
}

// TestFolderIsOfOneProcess refuses a second process whose index is a folder of its own, and lets it in when the first ends.
func TestFolderIsOfOneProcess(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		run := func(patience time.Duration) (address string, stop func(), ended chan error) {
			a, err := app.Open(t.Context(), settings(t, db), app.Options{
				Clock: db.Clock, Volatile: true, Log: slog.New(slog.DiscardHandler), HandOver: patience,
			})
			if err != nil {
				t.Fatal(err)
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(context.Background())
			ended = make(chan error, 1)
			go func() {
				err := a.Run(ctx, l)
				ended <- errors.Join(err, l.Close(), a.Close())
			}()
			return "http://" + l.Addr().String(), stop, ended
		}
		serves := func(address string) bool {
			for range 300 {
				c := http.Client{Timeout: time.Second}
				if res, err := c.Get(address + "/readyz"); err == nil {
					_ = res.Body.Close()
					return res.StatusCode == http.StatusOK
				}
				time.Sleep(50 * time.Millisecond)
			}
			return false
		}
		first, stopFirst, firstEnded := run(time.Millisecond)
		if !serves(first) {
			t.Fatal("the first does not serve")
		}
		_, stopSecond, secondEnded := run(time.Millisecond)
		defer stopSecond()
		if err := <-secondEnded; !errors.Is(err, app.ErrFolderOfOne) {
			t.Errorf("the second: %v", err)
		}
		third, stopThird, thirdEnded := run(time.Minute)
		stopFirst()
		if err := <-firstEnded; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Errorf("the first ends with %v", err)
		}
		if !serves(third) {
			t.Error("the third does not take over")
		}
		stopThird()
		if err := <-thirdEnded; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(fmt.Errorf("the third ends with %w", err))
		}
	})
}
