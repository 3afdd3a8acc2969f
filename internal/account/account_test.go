package account_test

import (
	"database/sql"
	"net/url"
	"strings"
	"testing"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/limit"
	"samhold/internal/passkey"
	"samhold/internal/passphrase"
	"samhold/internal/testkit"
)

const (
	secret  = "tre-gule-lamper-i-en-tung-nat-7392"
	known   = "fire stole uden ben"
	another = "seks kopper bag et hegn"
	address = "192.0.2.7"
)

// house is the service over one database.
type house struct {
	*account.Service
	*testkit.Database
	t      testing.TB
	hasher *passphrase.Hasher // of this house alone, so that it can be counted
}

func open(t testing.TB, db *testkit.Database) *house {
	t.Helper()
	ring := testkit.Vault(t, db)
	base, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}
	site, err := passkey.New(base)
	if err != nil {
		t.Fatal(err)
	}
	counted := passphrase.NewHasher()
	return &house{t: t, Database: db, hasher: counted, Service: account.New(account.Deps{
		Store: db.Store.Accounts(), Tx: db.Store, Clock: db.Clock,
		Limiter: limit.New(db.Store.Limits(), db.Clock, ring.Derive("limit")),
		Vault:   ring, Passphrase: counted,
		Audit: audit.New(db.Store, db.Store.Audit(), ring.Derive("audit")), Passkeys: site,
	})}
}

// each runs the test on both databases.
func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) { test(t, open(t, db)) })
}

// member adds a member with the known passphrase.
func (h *house) member() account.Account {
	h.t.Helper()
	a, err := h.CreateMember(h.t.Context(), account.NewMember{BirthYear: 1990, Hash: testkit.Hash(h.t, known), JoinedAt: h.Clock.Now()})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// signIn signs the account in with the known passphrase and returns its token.
func (h *house) signIn(name string) string {
	h.t.Helper()
	in, err := h.SignIn(h.t.Context(), account.Attempt{Name: name, Passphrase: known, Address: address})
	if err != nil {
		h.t.Fatal(err)
	}
	return in.Token
}

// actor is who the token belongs to.
func (h *house) actor(token string) account.Actor {
	h.t.Helper()
	who, err := h.Identify(h.t.Context(), token)
	if err != nil {
		h.t.Fatal(err)
	}
	return who.Actor
}

// tables are those that hold something about accounts.
var tables = []string{
	"account", "credential", "recovery_code", "session", "signin_link", "consent", "rate_limit", "notice", "staff_grant", "authenticator", "passkey", "brake",
	"assisted_recovery", "opening",
}

// dump reports whether mark stands anywhere in the tables.
func (h *house) dump(mark string) bool {
	h.t.Helper()
	for _, table := range tables {
		for _, row := range h.rows("SELECT * FROM " + table) {
			if strings.Contains(row, mark) {
				return true
			}
		}
	}
	return false
}

func (h *house) count(table string) int {
	h.t.Helper()
	return len(h.rows("SELECT 1 FROM " + table))
}

// rows are the rows as text, read past the store.
func (h *house) rows(query string) []string {
	h.t.Helper()
	driver, source := "sqlite", strings.TrimPrefix(h.URL, "sqlite:")
	if h.Name == "postgres" {
		driver, source = "pgx", h.URL
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		h.t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(h.t.Context(), query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new([]byte)
		}
		if err := rows.Scan(values...); err != nil {
			h.t.Fatal(err)
		}
		var b strings.Builder
		for _, v := range values {
			b.Write(*v.(*[]byte))
			b.WriteByte('\n')
		}
		all = append(all, b.String())
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return all
}
