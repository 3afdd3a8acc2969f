// Package testkit gives tests real databases with the schema in them. It must never be imported by the product.
package testkit

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"samhold/internal/clock"
	"samhold/internal/id"
	"samhold/internal/store"
	"samhold/internal/testkit/postgres"
)

// Noon is where the clock of a test stands unless it says otherwise: a Sunday in November.
var Noon = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

// Database is a fresh, migrated database of one test.
type Database struct {
	Name  string // sqlite or postgres
	URL   string // for opening it once more
	Store *store.Store
	Clock *clock.Fixed
}

// EachDatabase runs the test on SQLite and on PostgreSQL, each with a fresh database. A missing PostgreSQL fails the
// test.
func EachDatabase(t *testing.T, test func(t *testing.T, db *Database)) {
	t.Helper()
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, Open(t, name))
		})
	}
}

// Open returns a fresh, migrated database of the given kind, "sqlite" or "postgres". It is gone after the test.
func Open(t testing.TB, name string) *Database {
	t.Helper()
	db := &Database{Name: name, Clock: clock.NewFixed(Noon)}
	if name == "sqlite" {
		db.URL = sqliteCopy(t)
	} else {
		db.URL = postgresCopy(t)
	}
	db.Store = Reopen(t, db)
	return db
}

// Alone returns a fresh, migrated PostgreSQL database on a server of its own, which is gone after the test, and that
// server: tests that take its disk or its life away must not do so to others.
func Alone(t testing.TB) (*Database, *postgres.Server) {
	t.Helper()
	s, err := postgres.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("stop PostgreSQL: %v", err)
		}
	})
	db := &Database{Name: "postgres", URL: s.URL(), Clock: clock.NewFixed(Noon)}
	if err := migrate(t.Context(), db.URL); err != nil {
		t.Fatal(err)
	}
	db.Store = Reopen(t, db)
	return db, s
}

// Empty returns a database without a schema, and without a store. It is gone after the test.
func Empty(t testing.TB, name string) *Database {
	t.Helper()
	db := &Database{Name: name, Clock: clock.NewFixed(Noon)}
	if name == "sqlite" {
		db.URL = "sqlite:" + filepath.Join(t.TempDir(), "samhold.db")
	} else {
		db.URL = postgresDatabase(t, "template0")
	}
	return db
}

// Reopen opens the database once more, as another process would.
func Reopen(t testing.TB, db *Database) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), db.URL, store.Options{Clock: db.Clock, Volatile: true, MaxConns: 8})
	if err != nil {
		t.Fatalf("open %s: %v", db.Name, err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close %s: %v", db.Name, err)
		}
	})
	return s
}

func migrate(ctx context.Context, address string) error {
	s, err := store.Open(ctx, address, store.Options{Volatile: true})
	if err != nil {
		return fmt.Errorf("open template: %w", err)
	}
	m, err := s.Migrations()
	if err == nil {
		_, err = m.Up(ctx)
	}
	if closed := s.Close(); err == nil {
		err = closed
	}
	return err
}

// sqliteTemplate is a migrated file, made once a process.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "samhold-sqlite-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for SQLite: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "template.db")
	if err := migrate(context.Background(), "sqlite:"+path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func sqliteCopy(t testing.TB) string {
	t.Helper()
	body, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "samhold.db")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// postgresTemplate is the server's address and the name of a migrated database on it, made once a process. The
// server is the one of SAMHOLD_TEST_POSTGRES_URL, or one of this process's own.
var postgresTemplate = sync.OnceValues(func() (serverTemplate, error) {
	ctx := context.Background()
	t := serverTemplate{server: os.Getenv("SAMHOLD_TEST_POSTGRES_URL"), name: "template_" + id.New()}
	if t.server == "" {
		s, err := postgres.Start(ctx)
		if err != nil {
			return t, err
		}
		t.server = s.URL() // it ends with this process
	}
	if err := t.exec(ctx, "CREATE DATABASE "+t.name); err != nil {
		return t, err
	}
	address, err := t.address(t.name)
	if err != nil {
		return t, err
	}
	return t, migrate(ctx, address)
})

type serverTemplate struct {
	server string
	name   string
}

func (s serverTemplate) exec(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.server)
	if err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

func (s serverTemplate) address(name string) (string, error) {
	u, err := url.Parse(s.server)
	if err != nil {
		return "", fmt.Errorf("address of PostgreSQL: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// copying keeps two copies of the template from being made at once: PostgreSQL refuses that.
var copying sync.Mutex

func postgresCopy(t testing.TB) string {
	t.Helper()
	server, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	return postgresDatabase(t, server.name)
}

// postgresDatabase makes a database of its own for the test.
func postgresDatabase(t testing.TB, template string) string {
	t.Helper()
	server, err := postgresTemplate()
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + id.New()
	copying.Lock()
	err = server.exec(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template)
	copying.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.exec(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop database: %v", err)
		}
	})
	address, err := server.address(name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}
