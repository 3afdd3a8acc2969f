package app_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"samhold/internal/id"
	"samhold/internal/store"
	"samhold/internal/testkit"
)

// TestDiskFullUnderLoad lets members write to a process whose disk gets full: the database's, the index's and that of the
// backups. Who reads goes on reading, who writes sees a calm page that keeps the text, whoever watches over the machine
// hears of it, and what was answered with success is there once. It counts.
func TestDiskFullUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		d, may := small(t)
		if !may {
			t.Skip("nobody may mount a disk here; the limit on the process shows the same")
		}
		fullDisk(t, onDisk(t, d), d, 0)
	})
	t.Run("sqlite without a disk of its own", func(t *testing.T) {
		t.Parallel()
		d := refused(t)
		fullDisk(t, onDisk(t, d), d, 0)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		db, server := testkit.Alone(t)
		fullDisk(t, db, refused(t), server.PID())
	})
}

// onDisk is a SQLite database on the disk.
func onDisk(t *testing.T, d *disk) *testkit.Database {
	t.Helper()
	db := testkit.Open(t, "sqlite")
	if err := db.Store.Close(); err != nil {
		t.Fatal(err)
	}
	from, _ := strings.CutPrefix(db.URL, "sqlite:")
	body, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(d.dir, "samhold.db")
	if err := os.WriteFile(to, body, 0o600); err != nil {
		t.Fatal(err)
	}
	db.URL = "sqlite:" + to
	db.Store = testkit.Reopen(t, db)
	return db
}

func fullDisk(t *testing.T, db *testkit.Database, d *disk, server int) {
	k := newTalkNow(t, db, 4)
	env := childSettings(t, db)
	env["SAMHOLD_SEARCH_URL"] = "bleve:" + filepath.Join(d.dir, "search")
	env["SAMHOLD_AUDIT_FILE"], env["SAMHOLD_LEDGER_FILE"] = filepath.Join(d.dir, "head"), filepath.Join(d.dir, "erased")
	env["SAMHOLD_METRICS_LISTEN"] = freeAddress(t)
	address, cmd := childProcess(t, childServes, env)
	t.Cleanup(func() { end(cmd) })
	d.starve(cmd.Process.Pid)
	r := &readers{talk: k, address: address}
	stop := r.begin()
	if !r.until(func() bool { return r.saved.Load() > 20 && r.read.Load() > 5 }) {
		t.Fatal("nobody writes or reads")
	}

	d.fill(t)
	if server != 0 {
		fillServer(t, db, server)
	}
	before := r.refused.Load()
	full := "samhold_database_full 1"
	if !r.until(func() bool { return r.refused.Load() >= before+40 && strings.Contains(r.metrics(env), full) }) {
		t.Fatalf("the disk is full: %d replies are refused, and the metrics do not tell", r.refused.Load()-before)
	}
	if server != 0 && !store.IsFull(k.app.Store.Room(t.Context())) {
		t.Error("samhold doctor would not tell")
	}
	reads, unread, refusals := r.read.Load(), r.unread.Load(), r.refused.Load()
	r.until(func() bool { return r.read.Load() > reads+10 })
	if refusals < before+40 || r.read.Load() <= reads+10 || r.unread.Load() > unread {
		t.Errorf("with a full disk %d replies are refused, %d pages read and %d not", refusals-before, r.read.Load()-reads, r.unread.Load()-unread)
	}

	d.free(t)
	if server != 0 {
		limitFiles(t, server, unlimited)
	}
	saved := r.saved.Load()
	if !r.until(func() bool { return r.saved.Load() > saved+20 }) {
		t.Fatal("there is space again, and nothing is saved")
	}
	if !r.until(func() bool { return strings.Contains(r.metrics(env), "samhold_database_full 0") }) {
		t.Error("the metrics do not tell that there is space again")
	}
	k.must(k.app.Store.Room(t.Context()))
	stop()
	k.must(cmd.Process.Signal(syscall.SIGTERM))
	if err := cmd.Wait(); err != nil {
		t.Errorf("a process that has seen a full disk does not end well: %v", err)
	}
	a := k.catchUp(env)
	k.check()
	posts, urgent := k.counts()
	t.Logf("%d replies confirmed (%d urgent), %d refused with a calm page, %d pages read and %d not; all confirmed are there, %d indexed afterwards",
		posts, urgent, r.refused.Load(), r.read.Load(), r.unread.Load(), k.indexed(a))
}

// readers are members who write and read at once, through a process of its own.
type readers struct {
	*talk
	address                      string
	saved, refused, read, unread atomic.Int64
}

// begin lets them write and read until stop is called.
func (r *readers) begin() (stop func()) {
	var wg sync.WaitGroup
	done := make(chan struct{})
	again := func(fn func(n int)) {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				case <-time.After(10 * time.Millisecond):
					fn(n)
				}
			}
		})
	}
	for i, h := range r.hands {
		again(func(n int) { r.write(h, fmt.Sprintf("Tak for det, svar %d-%d.", i, n), n%9 == 8) })
	}
	again(func(int) { r.look(r.hands[0]) })
	stop = sync.OnceFunc(func() { close(done); wg.Wait() })
	r.t.Cleanup(stop)
	return stop
}

func (r *readers) write(h hand, text string, urgent bool) {
	key, body := id.New(), text+strings.Repeat(" Jeg tænker på jer.", 60) // so that it takes some space
	if urgent {
		body += " Jeg tager mit eget liv i aften."
	}
	a, err := h.post(context.Background(), r.address+r.path, url.Values{"key": {key}, "body": {body}})
	switch {
	case err != nil:
		r.t.Errorf("no answer: %v", err)
	case a.saved():
		r.keep(key, urgent)
		r.saved.Add(1)
	case a.calm(text):
		r.refused.Add(1)
	default:
		r.t.Errorf("status %d, %s, no calm page with what was typed: %s", a.status, a.to, a.page)
	}
}

// look reads the topic's newest page, which has something new on it, and the page that must always be there.
func (r *readers) look(h hand) {
	for _, path := range []string{strings.TrimSuffix(r.path, "/reply"), "/help"} {
		a, err := h.ask(context.Background(), http.MethodGet, r.address+path, "")
		if err == nil && a.status == http.StatusOK {
			r.read.Add(1)
		} else {
			r.unread.Add(1)
		}
	}
}

// until waits for something for a while, and reports whether it came.
func (r *readers) until(is func() bool) bool { return comes(is) }

func comes(is func() bool) bool {
	for end := time.After(30 * time.Second); ; {
		if is() {
			return true
		}
		select {
		case <-end:
			return false
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// metrics are what the process tells whoever watches over the machine.
func (r *readers) metrics(env map[string]string) string {
	a, err := hand{}.ask(context.Background(), http.MethodGet, "http://"+env["SAMHOLD_METRICS_LISTEN"]+"/metrics", "")
	if err != nil {
		return ""
	}
	return a.page
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
