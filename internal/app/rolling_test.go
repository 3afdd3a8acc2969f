package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samhold/internal/id"
	"samhold/internal/testkit"
)

// balancer is a proxy in front of several processes, which sends nothing to one that is not ready.
type balancer struct {
	mu    sync.Mutex
	ready []*url.URL
	next  int
	took  map[string]int // requests by process
}

func (b *balancer) rewrite(r *httputil.ProxyRequest) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	to := b.ready[b.next%len(b.ready)]
	b.took[to.Host]++
	r.SetURL(to)
	r.SetXForwarded()
}

// look asks every process whether it is ready.
func (b *balancer) look(all []*url.URL) {
	var ready []*url.URL
	for _, to := range all {
		res, err := http.Get(to.JoinPath("readyz").String())
		if err != nil {
			continue
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			ready = append(ready, to)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(ready) > 0 {
		b.ready = ready
	}
}

// TestRollingRestart replaces two processes on one PostgreSQL one after the other while members write through a proxy. No
// request may fail, every answer must be true, and a session holds in every process.
func TestRollingRestart(t *testing.T) {
	if testing.Short() {
		t.Skip("restarts processes for a while")
	}
	const writers, restarts = 4, 4
	db := testkit.Open(t, "postgres")
	k := newTalkNow(t, db, writers)

	env := childSettings(t, db)
	env["SAMHOLD_SEARCH_URL"], env["SAMHOLD_SEARCH_KEY"] = sharedSearch(t)
	processes := map[string]*exec.Cmd{}
	start := func() *url.URL {
		address, cmd := childProcess(t, childServes, env)
		at, err := url.Parse(address)
		k.must(err)
		processes[at.Host] = cmd
		return at
	}
	t.Cleanup(func() {
		for _, cmd := range processes {
			end(cmd)
		}
	})
	all := []*url.URL{start(), start()}
	b := &balancer{took: map[string]int{}}
	b.look(all)
	front := httptest.NewServer(&httputil.ReverseProxy{Rewrite: b.rewrite, Transport: &http.Transport{DisableKeepAlives: true}})
	defer front.Close()

	var answered, failed atomic.Int64
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for i, h := range k.hands {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				key := id.New()
				if h.reply(front.URL+k.path, key, fmt.Sprintf("Svar %d fra %d.", n, i)) {
					answered.Add(1)
					k.keep(key, false)
				} else {
					failed.Add(1)
				}
			}
		})
	}
	var list sync.Mutex
	looking := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-looking:
				return
			case <-time.After(100 * time.Millisecond):
			}
			list.Lock()
			now := append([]*url.URL(nil), all...)
			list.Unlock()
			b.look(now)
		}
	})
	for range restarts {
		fresh := start()
		list.Lock()
		old := all[0]
		all = append(all[1:], fresh, old)
		list.Unlock()
		time.Sleep(500 * time.Millisecond) // the proxy finds the new one
		k.must(processes[old.Host].Process.Signal(syscall.SIGTERM))
		if err := processes[old.Host].Wait(); err != nil {
			t.Errorf("a process that was told to end: %v", err)
		}
		delete(processes, old.Host)
		list.Lock()
		all = all[:2]
		list.Unlock()
	}
	close(stop)
	close(looking)
	wg.Wait()

	if failed.Load() > 0 {
		t.Errorf("%d of %d requests failed", failed.Load(), failed.Load()+answered.Load())
	}
	k.check()
	served := 0
	for _, n := range b.took {
		if n > 0 {
			served++
		}
	}
	t.Logf("%d restarts, %d answers by %d processes", restarts, answered.Load(), served)
	if answered.Load() < 50 || served < restarts+1 {
		t.Errorf("%d answers by %d processes: the test shows nothing", answered.Load(), served)
	}
}
