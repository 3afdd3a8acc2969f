package doctor_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"samhold/internal/app"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/doctor"
	"samhold/internal/testkit"
)

// house is an installation on this machine.
type house struct {
	*testkit.Database
	env map[string]string
	dir string
}

func newHouse(t *testing.T, name string) *house {
	t.Helper()
	db, dir := testkit.Open(t, name), t.TempDir()
	db.Clock.Set(clock.System{}.Now())
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"backups", "search", "audit"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return &house{db, map[string]string{
		"SAMHOLD_LISTEN": "127.0.0.1:1", "SAMHOLD_BASE_URL": "http://localhost:1", "SAMHOLD_DATABASE_URL": db.URL,
		"SAMHOLD_SEARCH_URL": "bleve:" + filepath.Join(dir, "search", "index"), "SAMHOLD_SECRET_KEY": base64.StdEncoding.EncodeToString(secret),
		"SAMHOLD_AUDIT_FILE": filepath.Join(dir, "audit", "head"), "SAMHOLD_LEDGER_FILE": filepath.Join(dir, "audit", "ledger"),
		"SAMHOLD_BACKUP_DIR":       filepath.Join(dir, "backups"),
		"SAMHOLD_BACKUP_RECIPIENT": key.Recipient().String(), "SAMHOLD_TRUSTED_PROXIES": "127.0.0.1",
	}, dir}
}

func (h *house) open(t *testing.T) *app.App {
	t.Helper()
	c, err := config.Load(h.env)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), c, app.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// serve lets the house answer until the test ends, behind a proxy that changes requests as given.
func (h *house) serve(t *testing.T, rewrite func(*httputil.ProxyRequest)) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.env["SAMHOLD_LISTEN"] = l.Addr().String()
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(&url.URL{Scheme: "http", Host: l.Addr().String()})
		rewrite(r)
	}})
	t.Cleanup(proxy.Close)
	h.env["SAMHOLD_BASE_URL"] = proxy.URL
	a := h.open(t)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, _, err := a.Area.Backup.Nightly(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func honest(r *httputil.ProxyRequest) { r.SetXForwarded() }

// findings are what the doctor says, by subject, the worst first.
func (h *house) findings(t *testing.T, o doctor.Options) map[string][]doctor.Finding {
	t.Helper()
	found := map[string][]doctor.Finding{}
	doctor.Examine(t.Context(), h.env, o, func(f doctor.Finding) {
		if (f.Do == "") != (f.State == doctor.OK) {
			t.Errorf("%s is %s, and what to do is %q", f.Subject, f.State, f.Do)
		}
		for _, secret := range []string{h.env["SAMHOLD_SECRET_KEY"], "hemmeligt-kodeord"} {
			if strings.Contains(f.Says+f.Do, secret) {
				t.Errorf("%s shows a secret", f.Subject)
			}
		}
		found[f.Subject] = append(found[f.Subject], f)
	})
	return found
}

func TestWholeInstallation(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := newHouse(t, db.Name)
		h.serve(t, honest)
		found := h.findings(t, doctor.Options{})
		for subject, list := range found {
			for _, f := range list {
				// The machine that tests may be full, and nobody has confirmed the lines that are shipped.
				if f.State != doctor.OK && subject != "disk" && subject != "help lines" {
					t.Errorf("%s: %+v", subject, f)
				}
			}
		}
		want := []string{
			"address", "audit log", "backups", "clock", "database", "disk", "erasures", "file modes", "help lines", "jobs", "keys", "mail", "proxy", "schema",
			"search", "serving", "settings", "webhook",
		}
		if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, want) {
			t.Errorf("looked at %v, want %v", got, want)
		}
	})
}

func TestBrokenInstallations(t *testing.T) {
	exec := func(statement string, values ...any) func(*testing.T, *house) {
		return func(t *testing.T, h *house) { h.Exec(t, statement, values...) }
	}
	set := func(name, value string) func(*testing.T, *house) {
		return func(_ *testing.T, h *house) { h.env[name] = value }
	}
	unset := func(names ...string) func(*testing.T, *house) {
		return func(_ *testing.T, h *house) {
			for _, name := range names {
				delete(h.env, name)
			}
		}
	}
	now := clock.System{}.Now()
	const note = "INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)"
	job := func(column string) string {
		return "INSERT INTO job (id, kind, payload, due_at, attempts, last_error, created_at, parked_at) VALUES ('j', 'x', '{}', ?, 1, '', ?, " + column + ")"
	}
	tests := []struct {
		name    string
		spoil   func(*testing.T, *house)
		subject string
		state   doctor.State
		says    string
	}{
		{"a misspelled setting", set("SAMHOLD_BASE_ULR", "x"), "settings", doctor.Broken, "SAMHOLD_BASE_ULR"},
		{"a typed secret", set("SAMHOLD_SECRET_KEY", "aGVtbWVsaWcgaGVtbWVsaWcgaGVtbWVsaWcgaGVtbWVsaWc="), "settings", doctor.Broken, "SAMHOLD_SECRET_KEY"},
		{"no database", set("SAMHOLD_DATABASE_URL", "postgres://samhold:hemmeligt-kodeord@127.0.0.1:1/samhold"), "database", doctor.Broken, "does not answer"},
		{"an older schema", exec("DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)"), "schema", doctor.Broken, "older"},
		{"a newer schema", exec("INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (9999, true, ?)", now), "schema", doctor.Broken, "newer"},
		{"nobody serves", func(*testing.T, *house) {}, "serving", doctor.Broken, "nobody answers"},
		{"jobs are stuck", exec(job("?"), now, now, now), "jobs", doctor.Attention, "1 are stuck"},
		{"jobs wait", exec(job("NULL"), now.Add(-time.Hour), now), "jobs", doctor.Broken, "waited 1h"},
		{"a late backup", exec(note, "backup_made", `{"made_at":"2020-01-01T00:00:00Z"}`, now), "backups", doctor.Broken, "2020-01-01"},
		{"a failed backup", func(t *testing.T, h *house) {
			h.Exec(t, note, "backup_made", fmt.Sprintf(`{"made_at":%q}`, now.Add(-time.Hour).Format(time.RFC3339)), now)
			h.Exec(t, note, "backup_failed", fmt.Sprintf(`{"at":%q,"code":"no_space"}`, now.Format(time.RFC3339)), now)
		}, "backups", doctor.Attention, "no_space"},
		{"no backups", func(_ *testing.T, h *house) {
			delete(h.env, "SAMHOLD_BACKUP_DIR")
		}, "backups", doctor.Attention, "none was ever made"},
		{"no ledger", unset("SAMHOLD_LEDGER_FILE"), "erasures", doctor.Attention, "SAMHOLD_LEDGER_FILE"},
		{"no checkpoint", unset("SAMHOLD_AUDIT_FILE"), "audit log", doctor.Attention, "SAMHOLD_AUDIT_FILE"},
		{"no recipient", unset("SAMHOLD_BACKUP_RECIPIENT", "SAMHOLD_BACKUP_DIR"), "backups", doctor.Attention, "SAMHOLD_BACKUP_RECIPIENT"},
		{"no backups at night", unset("SAMHOLD_BACKUP_DIR"), "backups", doctor.Attention, "SAMHOLD_BACKUP_DIR"},
		{"no folder for backups", set("SAMHOLD_BACKUP_DIR", "/nowhere/at/all"), "disk", doctor.Broken, "/nowhere/at/all"},
		{"an open file", func(t *testing.T, h *house) {
			path := filepath.Join(h.dir, "audit", "head")
			if err := os.WriteFile(path, []byte("0\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}, "file modes", doctor.Broken, "0644"},
		{"a changed audit log", func(t *testing.T, h *house) {
			h.note(t)
			h.note(t)
			h.Exec(t, "UPDATE audit_event SET action = 'other' WHERE seq = 2")
		}, "audit log", doctor.Broken, "at event 2"},
		{"another secret", func(t *testing.T, h *house) {
			h.note(t)
			h.env["SAMHOLD_SECRET_KEY"] = "Kk9x0zq3yTqJk1Zb7mVfY2rWnE8sLdG5hQpXcUaBiOo="
		}, "keys", doctor.Broken, "another secret"},
		{"a changed secret", func(t *testing.T, h *house) {
			h.note(t)
			h.env["SAMHOLD_OLD_SECRET_KEYS"] = h.env["SAMHOLD_SECRET_KEY"]
			h.env["SAMHOLD_SECRET_KEY"] = "Kk9x0zq3yTqJk1Zb7mVfY2rWnE8sLdG5hQpXcUaBiOo="
		}, "keys", doctor.Attention, "old secret"},
		{"an interrupted rotation", func(t *testing.T, h *house) {
			h.note(t)
			h.Exec(t, "UPDATE data_key SET generation = 2 WHERE kind = 'house'")
		}, "keys", doctor.Attention, "interrupted"},
		{"a clock that went back", func(t *testing.T, h *house) {
			h.note(t)
			h.Exec(t, "UPDATE audit_event SET at = ?", now.Add(time.Hour))
		}, "clock", doctor.Broken, "behind what was written"},
		{"no mail server", set("SAMHOLD_SMTP_URL", "smtp://samhold:hemmeligt-kodeord@127.0.0.1:1"), "mail", doctor.Broken, "does not answer"},
		{"no search", func(t *testing.T, h *house) {
			path := filepath.Join(h.dir, "search", "index")
			if err := os.WriteFile(path, []byte("not a folder"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "search", doctor.Broken, "does not answer"},
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				h := newHouse(t, db.Name)
				test.spoil(t, h)
				found := h.findings(t, doctor.Options{})
				if !slices.ContainsFunc(found[test.subject], func(f doctor.Finding) bool {
					return f.State == test.state && strings.Contains(f.Says, test.says)
				}) {
					t.Errorf("of %s: %+v, want %s and %q", test.subject, found[test.subject], test.state, test.says)
				}
			})
		}
	})
}

// note writes an event into the audit log.
func (h *house) note(t *testing.T) {
	t.Helper()
	a := h.open(t)
	err := a.Store.InTx(t.Context(), func(ctx context.Context) error {
		return a.Area.Audit.Append(ctx, audit.Event{At: clock.System{}.Now(), Action: "test", ObjectKind: "job"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestProxiesThatMislead(t *testing.T) {
	tests := []struct {
		name    string
		rewrite func(*httputil.ProxyRequest)
		trusted string
		says    string
	}{
		{"passes claims on", func(r *httputil.ProxyRequest) { r.Out.Header["X-Forwarded-For"] = r.In.Header["X-Forwarded-For"] }, "127.0.0.1", "whatever address a visitor claims"},
		{"leads elsewhere", func(r *httputil.ProxyRequest) { r.Out.Header.Del("X-Samhold-Probe") }, "127.0.0.1", "another installation"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := newHouse(t, "sqlite")
			h.env["SAMHOLD_TRUSTED_PROXIES"] = test.trusted
			h.serve(t, test.rewrite)
			found := h.findings(t, doctor.Options{})["proxy"]
			if len(found) != 1 || found[0].State != doctor.Broken || !strings.Contains(found[0].Says, test.says) {
				t.Errorf("got %+v, want %q", found, test.says)
			}
		})
	}
	t.Run("a certificate that nobody trusts", func(t *testing.T) {
		h := newHouse(t, "sqlite")
		h.serve(t, honest)
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
		server.StartTLS()
		defer server.Close()
		h.env["SAMHOLD_BASE_URL"] = server.URL
		found := h.findings(t, doctor.Options{})["address"]
		if len(found) != 1 || found[0].State != doctor.Broken || !strings.Contains(found[0].Says, "certificate") {
			t.Errorf("got %+v", found)
		}
	})
}

// post is a mail server without encryption that keeps what it is told.
type post struct {
	mu   sync.Mutex
	said []string
}

func (p *post) listen(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go p.talk(conn)
		}
	}()
	return l.Addr().String()
}

func (p *post) talk(conn net.Conn) {
	defer conn.Close()
	fmt.Fprint(conn, "220 hello\r\n")
	lines := bufio.NewScanner(conn)
	data := false
	for lines.Scan() {
		line := lines.Text()
		p.mu.Lock()
		p.said = append(p.said, line)
		p.mu.Unlock()
		switch {
		case data && line != ".":
		case line == "DATA":
			data = true
			fmt.Fprint(conn, "354 go on\r\n")
		case line == "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			return
		default:
			data = false
			fmt.Fprint(conn, "250 fine\r\n")
		}
	}
}

func TestMailIsSentOnlyWhenAsked(t *testing.T) {
	for _, to := range []string{"", "post@nabohus.dk"} {
		h, server := newHouse(t, "sqlite"), &post{}
		h.env["SAMHOLD_SMTP_URL"] = "smtp://" + server.listen(t)
		found := h.findings(t, doctor.Options{MailTo: to})["mail"]
		if len(found) != 1 || found[0].State != doctor.Attention || !strings.Contains(found[0].Says, "without encryption") {
			t.Errorf("got %+v", found)
		}
		server.mu.Lock()
		said := strings.Join(server.said, "\n")
		server.mu.Unlock()
		if sent := strings.Contains(said, "RCPT TO:<post@nabohus.dk>"); sent != (to != "") {
			t.Errorf("to %q: the server heard\n%s", to, said)
		}
	}
}

// TestTheWebhookIsLookedAt without anything being sent to it.
func TestTheWebhookIsLookedAt(t *testing.T) {
	asked := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("something was sent") })
	open, sealed := httptest.NewServer(asked), httptest.NewUnstartedServer(asked)
	sealed.Config.ErrorLog = log.New(io.Discard, "", 0)
	sealed.StartTLS()
	gone := httptest.NewTLSServer(asked)
	gone.Close()
	t.Cleanup(open.Close)
	t.Cleanup(sealed.Close)
	const token = "/hemmeligt-kodeord"
	tests := map[string]struct {
		address, private string
		state            doctor.State
		says             string
	}{
		"none":                  {"", "no", doctor.OK, "none is named"},
		"on the own network":    {sealed.URL, "no", doctor.Broken, "not on the open network"},
		"a false certificate":   {sealed.URL, "yes", doctor.Broken, "certificate"},
		"without TLS":           {open.URL, "yes", doctor.Attention, "without TLS"},
		"plain behind https":    {strings.Replace(open.URL, "http:", "https:", 1), "yes", doctor.Broken, "does not speak TLS"},
		"nobody":                {gone.URL, "yes", doctor.Broken, "nobody answers"},
		"a name without a host": {"https://nowhere.invalid", "yes", doctor.Broken, "leads nowhere"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, "sqlite")
			if test.address != "" {
				h.env["SAMHOLD_CALL_WEBHOOK_URL"] = test.address + token
				h.env["SAMHOLD_CALL_WEBHOOK_SECRET"] = "whsec_" + h.env["SAMHOLD_SECRET_KEY"]
			}
			h.env["SAMHOLD_CALL_WEBHOOK_PRIVATE"] = test.private
			found := h.findings(t, doctor.Options{})["webhook"]
			if len(found) != 1 || found[0].State != test.state || !strings.Contains(found[0].Says, test.says) {
				t.Errorf("got %+v, want %s and %q", found, test.state, test.says)
			}
		})
	}
}
