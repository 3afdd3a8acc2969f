package browser_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"

	"samhold/internal/account"
	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/crisis"
	"samhold/internal/demo"
	"samhold/internal/passphrase"
	"samhold/internal/space"
	"samhold/internal/testkit"
)

// secret is what everybody signs in with.
const secret = app.DemoPassphrase

// neutralSite is where "Forlad siden" leads.
type neutralSite struct {
	*httptest.Server
}

func newNeutralSite(t *testing.T) *neutralSite {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="da"><link rel="icon" href="data:,"><title>Vejret</title><h1>Vejret i dag</h1>`)
	}))
	t.Cleanup(s.Close)
	return &neutralSite{Server: s}
}

// house is Samhold on one database, lived in by the demo community.
type house struct {
	app     *app.App
	url     string
	neutral string
	seeded  *demo.Seeded
	clock   clock.Clock
	db      *testkit.Database
	hash    string
	born    atomic.Int64 // gives each new person a name of their own
}

// openHouse opens a seeded Samhold on a free port of this machine. It ends with the test.
func openHouse(t *testing.T, database, neutral string, now clock.Clock) *house {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	db := testkit.Open(t, database)
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	// A passkey belongs to a name, and this is the one that a browser trusts without https.
	h := &house{url: "http://localhost:" + port, neutral: neutral, clock: now, db: db}
	c, err := config.Load(map[string]string{
		"SAMHOLD_LISTEN":       l.Addr().String(),
		"SAMHOLD_BASE_URL":     h.url,
		"SAMHOLD_EXIT_URL":     neutral + "/",
		"SAMHOLD_DATABASE_URL": db.URL,
		"SAMHOLD_SEARCH_URL":   "bleve:" + t.TempDir(),
		"SAMHOLD_SECRET_KEY":   "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
	})
	if err != nil {
		t.Fatal(err)
	}
	h.app, err = app.Open(context.Background(), c, app.Options{Clock: now, Log: slog.New(slog.DiscardHandler), Volatile: true, MaxPosts: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	if h.seeded, err = h.app.SeedDemo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if h.hash, err = passphrase.NewHasher().Hash(context.Background(), secret); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.app.Run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := h.app.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// joined makes an account that nobody else in the tests uses, in no space, and returns it.
func (h *house) joined(t *testing.T, lang string) account.Account {
	t.Helper()
	return h.create(t, lang, "")
}

func (h *house) create(t *testing.T, lang, staffName string) account.Account {
	t.Helper()
	var a account.Account
	err := h.app.Store.InTx(t.Context(), func(ctx context.Context) (err error) {
		a, err = h.app.Area.Account.CreateMember(ctx, account.NewMember{
			BirthYear: 1984, Locale: lang, StaffName: staffName, Hash: h.hash, JoinedAt: h.clock.Now(),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// enrolled makes an account that is known in a space, so that its posts need no approval.
func (h *house) enrolled(t *testing.T, lang, room string) (account.Account, string) {
	t.Helper()
	a := h.joined(t, lang)
	alias := fmt.Sprintf("Vandrer %d", h.born.Add(1))
	_, err := h.app.Area.Space.Enrol(t.Context(), space.Enrolment{
		Account: a.ID, Space: h.seeded.Spaces[room], Alias: alias, At: h.clock.Now(), Accepts: true, Approved: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a, alias
}

// employed makes an account that has a role everywhere.
func (h *house) employed(t *testing.T, lang string, role account.Role) account.Account {
	t.Helper()
	a := h.create(t, lang, fmt.Sprintf("Vagt %d", h.born.Add(1)))
	err := h.app.Store.InTx(t.Context(), func(ctx context.Context) error {
		return h.app.Area.Account.Grant(ctx, a.ID, role, "", "")
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// staffName is what colleagues call a member of staff.
func (h *house) staffName(t *testing.T, a account.Account) string {
	t.Helper()
	return h.db.Text(t, "SELECT staff_name FROM account WHERE id = ?", a.ID)
}

// sign returns the sign-in name of the demo's person with the role.
func (h *house) sign(t *testing.T, role string) string {
	t.Helper()
	for _, s := range h.seeded.SignIns {
		if s.Role == role {
			return s.Name
		}
	}
	t.Fatalf("nobody in the demo is %s", role)
	return ""
}

// actor is how a member without a role asks.
func (h *house) actor(a account.Account) account.Actor {
	return account.Actor{Account: a.ID, BirthYear: a.BirthYear, At: h.clock.Now()}
}

// lead is how a duty lead asks.
func (h *house) lead(a account.Account) account.Actor {
	actor := h.actor(a)
	actor.Grants = []account.Grant{{Role: account.DutyLead}}
	return actor
}

// caseOf is the open case about an account.
func (h *house) caseOf(t *testing.T, lead account.Account, about string) string {
	t.Helper()
	cases, err := h.app.Area.Crisis.Cases(t.Context(), h.lead(lead))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if c.AccountID != nil && *c.AccountID == about {
			return c.ID
		}
	}
	t.Fatal("no case was opened")
	return ""
}

// newestConcern is the guest's concern that came last.
func (h *house) newestConcern(t *testing.T, lead account.Account) string {
	t.Helper()
	concerns, err := h.app.Area.Crisis.Concerns(t.Context(), h.lead(lead))
	if err != nil || len(concerns) == 0 {
		t.Fatalf("%d concerns, %v", len(concerns), err)
	}
	return slices.MaxFunc(concerns, func(a, b crisis.Concern) int { return a.CreatedAt.Compare(b.CreatedAt) }).ID
}
