package testkit

import (
	"context"
	"database/sql"
	"strings"
	"testing"
)

// Snapshot keeps every row as it is now and returns a function that puts the database back to that, as restoring a
// backup does.
func (db *Database) Snapshot(t testing.TB) (restore func()) {
	t.Helper()
	kept := map[string][][]any{}
	columns := map[string][]string{}
	raw := db.raw(t)
	defer raw.Close()
	for _, table := range db.Tables(t) {
		columns[table], kept[table] = cells(t, raw, "SELECT * FROM "+table)
	}
	return func() {
		t.Helper()
		raw := db.raw(t)
		defer raw.Close()
		raw.SetMaxOpenConns(1) // the setting below is the connection's
		exec := func(statement string, values ...any) {
			if _, err := raw.ExecContext(context.Background(), db.bind(statement), values...); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		if db.Name == "sqlite" {
			exec("PRAGMA foreign_keys = OFF")
		} else {
			exec("SET session_replication_role = replica")
		}
		for table, rows := range kept {
			exec("DELETE FROM " + table)
			marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns[table])), ", ")
			for _, row := range rows {
				exec("INSERT INTO "+table+" ("+strings.Join(columns[table], ", ")+") VALUES ("+marks+")", row...)
			}
		}
	}
}

func cells(t testing.TB, raw *sql.DB, query string) (columns []string, all [][]any) {
	t.Helper()
	rows, err := raw.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	if columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok && b == nil {
				row[i] = []byte{} // an empty one, which is not null
			}
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return columns, all
}
