package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"samhold/internal/testkit"
	"samhold/internal/topic"
	"samhold/internal/web"
)

// TestEveryPageWhilePostgresDies asks for every page and sends every form, again and again, while PostgreSQL is killed,
// recovers, and ends connections in the middle of what they do. A person meets what they asked for, or 503: a page that
// says to try again. 500 would say that something is wrong with what they did, and would wake whoever looks after the
// machine for the wrong reason. It counts.
func TestEveryPageWhilePostgresDies(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	t.Parallel()
	db, server := testkit.Alone(t)
	w := newWorld(t, db)
	h := &hammer{world: w, statuses: map[int]int{}, wrong: map[string]int{}}
	stop := h.begin("guest", "writer", "member", "moderator", "duty lead", "admin")
	for _, how := range []func() error{
		func() error { return server.Kill(t.Context()) },
		func() error { return h.hangUp(20) },
		func() error { return server.Kill(t.Context()) },
		func() error { return h.hangUp(20) },
		func() error { return server.Kill(t.Context()) },
	} {
		before := h.well.Load()
		if !comes(func() bool { return h.well.Load() > before+200 }) {
			t.Fatal("nobody is answered")
		}
		if err := how(); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	t.Logf("answers by status: %v", h.statuses)
	if h.statuses[http.StatusServiceUnavailable] < 50 || h.statuses[http.StatusOK] < 100 {
		t.Error("that was no load, or no fault")
	}
	for _, what := range slices.Sorted(maps.Keys(h.wrong)) {
		t.Errorf("%d times %s", h.wrong[what], what)
	}
	for line := range strings.Lines(w.log.String()) {
		if strings.Contains(line, "level=ERROR") && (strings.Contains(line, "request failed") || strings.Contains(line, "panic")) {
			t.Errorf("%.600s", line)
		}
	}
}

// hammer is people who ask for everything.
type hammer struct {
	*world
	well     atomic.Int64 // how many were answered without a failure
	mu       sync.Mutex
	statuses map[int]int
	wrong    map[string]int // how often which route answered with what must not come
}

// begin lets each of them ask for everything, from different ends, until stop is called.
func (h *hammer) begin(who ...string) (stop func()) {
	var wg sync.WaitGroup
	done := make(chan struct{})
	routes := slices.DeleteFunc(slices.Clone(h.app.Web.Routes()), func(r web.Route) bool { return slices.Contains(kept, r.Path) })
	for i, name := range who {
		hand := newHand(h.t, h.world, h.signedIn(name))
		wg.Go(func() {
			for n := i * len(routes) / len(who); ; n++ {
				select {
				case <-done:
					return
				default:
					h.ask(hand, routes[n%len(routes)])
				}
			}
		})
	}
	return func() { close(done); wg.Wait() }
}

func (h *hammer) ask(who hand, route web.Route) {
	path := paths(route.Path, suited(h.world, route.Path))
	req := httptest.NewRequest(route.Method, path, nil)
	if route.Method == http.MethodPost {
		req = form(path, url.Values{
			"_csrf": {who.token}, "q": {word("visible body")}, "body": {"Tak for det."}, "title": {"Tak"}, "key": {topic.NewKey()},
			"name": {"rolig-fjord-11"}, "passphrase": {secret}, "version": {"1"}, "about": {"person"},
		})
	}
	status, _, page, err := who.send(req)
	if status < http.StatusInternalServerError {
		h.well.Add(1)
	} else {
		time.Sleep(5 * time.Millisecond) // or most would be asked while nobody answers
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.statuses[status]++
	switch what := fmt.Sprintf("%s %s: %d", route.Method, route.Path, status); {
	case err != nil:
		h.wrong[what+" "+err.Error()]++
	case status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable:
		h.wrong[what]++
	case status == http.StatusServiceUnavailable && route.Path != "/readyz" && !strings.Contains(page, `href="/help"`):
		h.wrong[what+" without a calm page"]++
	}
}

// hangUp ends every connection so many times, whatever it does.
func (h *hammer) hangUp(times int) error {
	conn, err := pgx.Connect(h.t.Context(), h.URL)
	if err != nil {
		return err
	}
	for range times {
		if _, err := conn.Exec(h.t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return conn.Close(h.t.Context())
}
