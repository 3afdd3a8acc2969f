package app_test

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// line is a telephone line to a database: it can be cut and mended.
type line struct {
	mu   sync.Mutex
	to   string
	l    net.Listener
	open map[net.Conn]bool
}

func (w *line) listen(t *testing.T, at string) {
	t.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	w.l, w.open = l, map[net.Conn]bool{}
	w.mu.Unlock()
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", w.to)
			if err != nil {
				_ = from.Close()
				continue
			}
			w.mu.Lock()
			w.open[from], w.open[to] = true, true
			w.mu.Unlock()
			go pipe(from, to)
			go pipe(to, from)
		}
	}()
}

func pipe(from, to net.Conn) {
	_, _ = io.Copy(to, from)
	_, _ = from.Close(), to.Close()
}

func (w *line) cut() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	at := w.l.Addr().String()
	_ = w.l.Close()
	for c := range w.open {
		_ = c.Close()
	}
	return at
}

// TestDatabaseStopsAndComesBack cuts the line to the database under a running server.
func TestDatabaseStopsAndComesBack(t *testing.T) {
	db := testkit.Open(t, "postgres")
	address, err := url.Parse(db.URL)
	if err != nil {
		t.Fatal(err)
	}
	wire := &line{to: address.Host}
	wire.listen(t, "127.0.0.1:0")
	t.Cleanup(func() { wire.cut() })
	address.Host = wire.l.Addr().String()
	direct := db.URL
	db.URL = address.String()
	w := newPlace(t, db)
	db.URL = direct
	w.room("home", "account", nobody)
	w.person("writer", 1980)
	w.enrol("writer", "home", "", nobody, 9)
	w.start("writer", "home", "talk", nobody)
	writer := w.clients["writer"]
	talk, guest := "/t/"+w.ids["talk topic"], browse.New(t, w.app.Web.App())
	compose := writer.Get(talk + "/reply")
	if compose.Status != http.StatusOK {
		t.Fatalf("before: %d", compose.Status)
	}

	at := wire.cut()
	if help := guest.Get("/help"); help.Status != http.StatusOK || !help.Has("tel:112") {
		t.Errorf("help without a database: %d", help.Status)
	}
	if help := writer.Get("/help"); help.Status != http.StatusOK {
		t.Errorf("help for a member without a database: %d", help.Status)
	}
	if guest.Get("/healthz").Status != http.StatusOK || guest.Get("/readyz").Status != http.StatusServiceUnavailable {
		t.Error("healthz and readyz do not tell the process from the database")
	}
	lost := compose.Submit(talk+"/reply", "body", "Det her må ikke gå tabt.")
	if !lost.Has("Det her må ikke gå tabt.") {
		t.Error("what was typed is gone")
	}
	for name, page := range map[string]*browse.Page{"home": writer.Get("/"), "topic": writer.Get(talk), "reply": lost, "me": writer.Get("/me"), "search": writer.Post("/search", "q", "hjælp")} {
		if page.Status != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", name, page.Status)
		}
		if !anyID.MatchString(page.Text("main code")) || !page.Has(`href="/help"`) {
			t.Errorf("%s: no calm page with a request id: %s", name, page.Text("main"))
		}
		for _, inside := range []string{"connect", "127.0.0.1", "SQL", "pgx", "refused", "dial"} {
			if strings.Contains(page.Text("main"), inside) {
				t.Errorf("%s: tells of %s", name, inside)
			}
		}
	}
	if out := browse.New(t, w.app.Web.App()); out.Send("/exit", nil).Status != http.StatusSeeOther {
		t.Error("one cannot leave")
	}

	wire.listen(t, at)
	t.Cleanup(func() { wire.cut() })
	var again *browse.Page
	for range 20 { // connections that died are given up one by one
		if again = writer.Get(talk); again.Status == http.StatusOK {
			break
		}
	}
	if again.Status != http.StatusOK || guest.Get("/readyz").Status != http.StatusOK {
		t.Fatalf("the database is back, the forum is not: %d", again.Status)
	}
	if saved := compose.Submit(talk+"/reply", "body", "Det her må ikke gå tabt."); saved.Status != http.StatusSeeOther {
		t.Errorf("the reply sent again: %d", saved.Status)
	}
}

// TestSearchIsDownAndCatchesUp puts a file where the index should be.
func TestSearchIsDownAndCatchesUp(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		path, _ := strings.CutPrefix(w.app.Config.SearchURL, "bleve:")
		w.must(os.RemoveAll(path))
		w.must(os.WriteFile(path, []byte("not an index"), 0o600))
		w.room("home", "account", nobody)
		w.person("writer", 1980)
		w.enrol("writer", "home", "", nobody, 9)
		w.start("writer", "home", "talk", nobody)
		w.app.Runner.Drain(t.Context())
		writer := w.clients["writer"]

		for _, at := range []string{"/", "/s/" + w.ids["home"], "/t/" + w.ids["talk topic"], "/search"} {
			if page := writer.Get(at); page.Status != http.StatusOK {
				t.Errorf("%s without search: %d", at, page.Status)
			}
		}
		down := writer.Post("/search", "q", word("talk body"))
		if down.Status != http.StatusServiceUnavailable || !down.Has(word("talk body")) || down.Find("form[action='/search']").Length() == 0 {
			t.Errorf("search while it is down: %d %s", down.Status, down.Text("main"))
		}
		form := writer.Get("/t/" + w.ids["talk topic"] + "/reply")
		if saved := form.Submit("/t/"+w.ids["talk topic"]+"/reply", "body", "Skrevet "+word("meanwhile")+" imens"); saved.Status != http.StatusSeeOther {
			t.Errorf("a reply while search is down: %d", saved.Status)
		}

		w.must(os.Remove(path))
		found := func(what string) bool {
			page := writer.Post("/search", "q", word(what))
			return page.Status == http.StatusSeeOther && page.Follow().Find(".hit").Length() == 1
		}
		for _, what := range []string{"talk body", "meanwhile"} {
			ok := false
			for range 100 {
				db.Clock.Advance(time.Minute) // failed jobs and a failed opening wait for a while
				w.app.Runner.Drain(t.Context())
				if ok = found(what); ok {
					break
				}
				if db.Clock.Now().Sub(testkit.Noon) > 25*time.Minute {
					writer = w.signedIn("writer")
				}
			}
			if !ok {
				t.Errorf("the index does not catch up with the %s; %s", what, filepath.Base(path))
			}
		}
	})
}
