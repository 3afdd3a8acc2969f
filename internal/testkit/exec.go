package testkit

import (
	"context"
	"database/sql"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
	_ "modernc.org/sqlite"             // the driver named "sqlite"
)

// Exec runs a statement on the database beside the store, for rows that no service makes or that a test spoils.
// Values stand as ? on both databases; times are in UTC.
func (db *Database) Exec(t testing.TB, statement string, values ...any) {
	t.Helper()
	raw := db.raw(t)
	defer raw.Close()
	if _, err := raw.ExecContext(context.Background(), db.bind(statement), values...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Script runs many statements, with the values in them.
func (db *Database) Script(t testing.TB, statements string) {
	t.Helper()
	simple := *db
	if db.Name != "sqlite" {
		simple.URL += "&default_query_exec_mode=simple_protocol"
	}
	raw := simple.raw(t)
	defer raw.Close()
	if _, err := raw.ExecContext(context.Background(), statements); err != nil {
		t.Fatal(err)
	}
}

// ProveAll proves the second factor of every session that is open now, as if their owners had typed their codes. Tests
// call it after signing staff in.
func (db *Database) ProveAll(t testing.TB) {
	t.Helper()
	db.Exec(t, "UPDATE session SET stepped_up_at = seen_at WHERE stepped_up_at IS NULL")
}

// Int returns the number that a query of one row gives.
func (db *Database) Int(t testing.TB, query string, values ...any) int {
	t.Helper()
	return one[int](t, db, query, values)
}

// Text returns the text that a query of one row gives.
func (db *Database) Text(t testing.TB, query string, values ...any) string {
	t.Helper()
	return one[string](t, db, query, values)
}

func one[T any](t testing.TB, db *Database, query string, values []any) T {
	t.Helper()
	raw := db.raw(t)
	defer raw.Close()
	var v T
	if err := raw.QueryRowContext(context.Background(), db.bind(query), values...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// Tables are the names of the tables, sorted.
func (db *Database) Tables(t testing.TB) []string {
	t.Helper()
	query := "SELECT string_agg(table_name, ' ' ORDER BY table_name) FROM information_schema.tables WHERE table_schema = 'public'"
	if db.Name == "sqlite" {
		query = "SELECT group_concat(name, ' ' ORDER BY name) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
	}
	return slices.DeleteFunc(strings.Fields(db.Text(t, query)), func(name string) bool { return name == "goose_db_version" })
}

// Rows are the rows of a query, each as a line of name=value with the bytes as they are. It reads past the store, so
// that a test sees what is really there.
func (db *Database) Rows(t testing.TB, query string, values ...any) []string {
	t.Helper()
	raw := db.raw(t)
	defer raw.Close()
	rows, err := raw.QueryContext(context.Background(), db.bind(query), values...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(sql.RawBytes)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for i, c := range columns {
			b.WriteString(c + "=" + string(*cells[i].(*sql.RawBytes)) + " ")
		}
		lines = append(lines, b.String())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

func (db *Database) raw(t testing.TB) *sql.DB {
	t.Helper()
	driver, source := "pgx", db.URL
	if path, ok := strings.CutPrefix(db.URL, "sqlite:"); ok {
		driver = "sqlite"
		source = (&url.URL{Scheme: "file", Opaque: path, RawQuery: url.Values{
			"_time_format": {"sqlite"}, "_timezone": {"UTC"}, "_busy_timeout": {"10000"}, "_foreign_keys": {"1"},
		}.Encode()}).String()
	}
	raw, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// bind numbers the question marks where the database wants it.
func (db *Database) bind(statement string) string {
	if db.Name == "sqlite" {
		return statement
	}
	var b strings.Builder
	n := 0
	for _, r := range statement {
		if r != '?' {
			b.WriteRune(r)
			continue
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
	}
	return b.String()
}

// Occupy keeps everybody else from writing to a SQLite database for a while, as another process with a long transaction
// does.
func (db *Database) Occupy(t testing.TB, d time.Duration) {
	t.Helper()
	raw := db.raw(t)
	defer raw.Close()
	conn, err := raw.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for i, statement := range []string{"BEGIN IMMEDIATE", "ROLLBACK"} {
		if i == 1 {
			time.Sleep(d)
		}
		if _, err := conn.ExecContext(context.Background(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}
