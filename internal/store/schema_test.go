package store_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"samhold/internal/store"
	"samhold/internal/testkit"
)

func TestBothSchemasAgree(t *testing.T) {
	t.Parallel()
	sqlite, postgres := testkit.Open(t, "sqlite"), testkit.Open(t, "postgres")
	got, want := schema(t, sqlite), schema(t, postgres)
	if len(want) == 0 {
		t.Fatal("no schema was read")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("PostgreSQL has -, SQLite has +:\n%s", diff)
	}
}

// What the comparison looks at, seen to fail once.
func TestDifferencesBetweenSchemasAreSeen(t *testing.T) {
	t.Parallel()
	const up = "-- +goose Up\nCREATE TABLE a (id TEXT NOT NULL PRIMARY KEY);\n"
	files := fstest.MapFS{
		"9001_zoo.sqlite.sql": {Data: []byte(up + `
CREATE TABLE zoo (
    id     TEXT PRIMARY KEY,
    a_id   TEXT REFERENCES a (id),
    cage   INTEGER NOT NULL DEFAULT 0,
    sleeps TIMESTAMP,
    extra  TEXT,
    UNIQUE (a_id, cage)
);
CREATE UNIQUE INDEX zoo_awake ON zoo (cage) WHERE sleeps IS NULL AND cage IN (1, 2);
CREATE INDEX zoo_kind ON zoo (a_id) WHERE extra = 'x';
CREATE TABLE only_here (id TEXT NOT NULL PRIMARY KEY);
-- +goose Down
`)},
		"9001_zoo.postgres.sql": {Data: []byte(up + `
CREATE TABLE zoo (
    id     TEXT PRIMARY KEY,
    a_id   TEXT REFERENCES a (id) ON DELETE CASCADE,
    cage   BIGINT NOT NULL DEFAULT 1,
    sleeps TIMESTAMP NOT NULL,
    extra  TEXT,
    UNIQUE (cage, a_id)
);
CREATE UNIQUE INDEX zoo_awake ON zoo (cage) WHERE sleeps IS NULL AND cage IN (1, 2);
CREATE INDEX zoo_kind ON zoo (a_id) WHERE extra = 'y';
-- +goose Down
`)},
	}
	lines := map[string][]string{}
	for _, name := range []string{"sqlite", "postgres"} {
		db := testkit.Open(t, name)
		m, err := db.Store.MigrationsFrom(files)
		if err != nil {
			t.Fatal(err)
		}
		before := schema(t, db)
		if _, err := m.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
		lines[name] = without(schema(t, db), before)
	}
	if diff := cmp.Diff([]string{
		"only_here.id text not null",
		"only_here: primary key (id)",
		"zoo.cage integer not null default 0",
		"zoo.id text",
		"zoo.sleeps timestamp",
		"zoo: foreign key (a_id) references a (id)",
		"zoo: index zoo_kind (a_id) where extra='x'",
		"zoo: unique (a_id, cage)",
	}, without(lines["sqlite"], lines["postgres"])); diff != "" {
		t.Errorf("of SQLite alone:\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"zoo.cage bigint not null default 1",
		"zoo.id text not null",
		"zoo.sleeps timestamp not null",
		"zoo: foreign key (a_id) references a (id) on delete cascade",
		"zoo: index zoo_kind (a_id) where extra='y'",
		"zoo: unique (cage, a_id)",
	}, without(lines["postgres"], lines["sqlite"])); diff != "" {
		t.Errorf("of PostgreSQL alone:\n%s", diff)
	}
}

func without(lines, others []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return slices.Contains(others, l) })
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		m, err := db.Store.Migrations()
		if err != nil {
			t.Fatal(err)
		}
		want := schema(t, db)
		steps, err := m.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range slices.Backward(steps) {
			got, err := m.Down(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got.Name != step.Name {
				t.Errorf("took back %s, want %s", got.Name, step.Name)
			}
		}
		if left := schema(t, db); len(left) != 0 {
			t.Errorf("left behind: %q", left)
		}
		if err := m.Check(t.Context()); err == nil {
			t.Error("an empty database passes for a current one")
		}
		applied, err := m.Up(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(applied) != len(steps) {
			t.Errorf("applied %d steps, want %d", len(applied), len(steps))
		}
		if diff := cmp.Diff(want, schema(t, db)); diff != "" {
			t.Errorf("after going down and up again:\n%s", diff)
		}
	})
}

// schema describes the tables of Samhold, a line for each thing that the two databases must agree on.
func schema(t *testing.T, db *testkit.Database) []string {
	t.Helper()
	var lines []string
	if db.Name == "sqlite" {
		lines = sqliteSchema(t, db.Store)
	} else {
		lines = postgresSchema(t, db.Store)
	}
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "goose_db_version") })
	slices.Sort(lines)
	return lines
}

// A column, an index and a foreign key, as both databases are asked for them.
type (
	columnRow struct {
		Place    string
		Kind     string
		Required bool
		Initial  string
	}
	indexRow struct {
		Place   string
		Name    string // empty for one that comes from a constraint
		Primary bool
		Single  bool
		Columns string
		Partial string
	}
	referenceRow struct {
		Place     string
		Columns   string
		Target    string
		TargetKey string
		OnDelete  string
		OnUpdate  string
	}
)

func (r columnRow) String() string {
	s := r.Place + " " + strings.ToLower(strings.TrimSuffix(r.Kind, " without time zone"))
	if r.Required {
		s += " not null"
	}
	if r.Initial != "" {
		s += " default " + condition(r.Initial)
	}
	return s
}

func (r indexRow) String() string {
	kind := "index"
	switch {
	case r.Primary:
		kind = "primary key"
	case r.Single:
		kind = "unique"
	}
	s := r.Place + ": " + kind
	if r.Name != "" && !r.Primary {
		s += " " + r.Name
	}
	s += " (" + r.Columns + ")"
	if r.Partial != "" {
		s += " where " + condition(r.Partial)
	}
	return s
}

func (r referenceRow) String() string {
	s := fmt.Sprintf("%s: foreign key (%s) references %s (%s)", r.Place, r.Columns, r.Target, r.TargetKey)
	const nothing = "no action"
	if action := strings.ToLower(r.OnDelete); action != nothing {
		s += " on delete " + action
	}
	if action := strings.ToLower(r.OnUpdate); action != nothing {
		s += " on update " + action
	}
	return s
}

var (
	castPattern = regexp.MustCompile(`::[a-z ]+(\[\])?`)
	listPattern = regexp.MustCompile(`=any\(?array\[([^\]]*)\]\)?`)
	dullPattern = regexp.MustCompile(`[\s()]`)
)

// condition is a small SQL expression in the one spelling of both databases.
func condition(sql string) string {
	s := castPattern.ReplaceAllString(strings.ToLower(sql), "")
	s = dullPattern.ReplaceAllString(s, "")
	return listPattern.ReplaceAllString(s, "in$1")
}

func read[T fmt.Stringer](t *testing.T, s *store.Store, query string) []string {
	t.Helper()
	var rows []T
	if err := s.DB(t.Context()).Raw(query).Scan(&rows).Error; err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range rows {
		lines = append(lines, r.String())
	}
	return lines
}

func sqliteSchema(t *testing.T, s *store.Store) []string {
	t.Helper()
	const tables = ` FROM (SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\') t`
	return slices.Concat(
		read[columnRow](t, s, `SELECT t.name || '.' || c.name AS place, c.type AS kind, c."notnull" AS required,
			COALESCE(c.dflt_value, '') AS initial`+tables+`, pragma_table_xinfo(t.name) c`),
		read[indexRow](t, s, `SELECT t.name AS place, '' AS name, true AS "primary", true AS single,
			(SELECT group_concat(name, ', ' ORDER BY pk) FROM pragma_table_info(t.name) WHERE pk > 0) AS columns, '' AS partial`+
			tables+` WHERE columns IS NOT NULL`),
		read[indexRow](t, s, `SELECT t.name AS place, CASE i.origin WHEN 'c' THEN i.name ELSE '' END AS name, false AS "primary",
			i."unique" AS single,
			(SELECT group_concat(COALESCE(name, '(expression)') || CASE WHEN "desc" THEN ' desc' ELSE '' END, ', ' ORDER BY seqno)
				FROM pragma_index_xinfo(i.name) WHERE key) AS columns,
			CASE WHEN i.partial THEN substr(m.sql, instr(upper(m.sql), ' WHERE ') + 7) ELSE '' END AS partial`+
			tables+`, pragma_index_list(t.name) i LEFT JOIN sqlite_schema m ON m.name = i.name WHERE i.origin <> 'pk'`),
		read[referenceRow](t, s, `SELECT t.name AS place, group_concat(f."from", ', ' ORDER BY f.seq) AS columns, f."table" AS target,
			group_concat(f."to", ', ' ORDER BY f.seq) AS target_key, f.on_delete, f.on_update`+
			tables+`, pragma_foreign_key_list(t.name) f GROUP BY t.name, f.id`),
	)
}

func postgresSchema(t *testing.T, s *store.Store) []string {
	t.Helper()
	const (
		names = `(SELECT string_agg(a.attname, ', ' ORDER BY k.n)
			FROM unnest(%s) WITH ORDINALITY k (num, n) JOIN pg_attribute a ON a.attrelid = %s AND a.attnum = k.num)`
		action = `CASE %s WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
			ELSE 'set default' END`
	)
	return slices.Concat(
		read[columnRow](t, s, `SELECT table_name || '.' || column_name AS place, data_type AS kind, is_nullable = 'NO' AS required,
			COALESCE(column_default, '') AS initial FROM information_schema.columns WHERE table_schema = 'public'`),
		read[indexRow](t, s, `SELECT t.relname AS place,
			CASE WHEN EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = x.indexrelid AND contype = 'u') THEN '' ELSE i.relname END AS name,
			x.indisprimary AS "primary", x.indisunique AS single,
			(SELECT string_agg(COALESCE(a.attname, '(expression)') || CASE WHEN x.indoption[k.n::int - 1] & 1 = 1 THEN ' desc' ELSE '' END,
				', ' ORDER BY k.n)
				FROM unnest(x.indkey::int2[]) WITH ORDINALITY k (num, n)
				LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num) AS columns,
			COALESCE(pg_get_expr(x.indpred, x.indrelid), '') AS partial
			FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
			WHERE t.relnamespace = 'public'::regnamespace`),
		read[referenceRow](t, s, `SELECT c.conrelid::regclass::text AS place, `+fmt.Sprintf(names, "c.conkey", "c.conrelid")+` AS columns,
			c.confrelid::regclass::text AS target, `+fmt.Sprintf(names, "c.confkey", "c.confrelid")+` AS target_key, `+
			fmt.Sprintf(action, "c.confdeltype")+` AS on_delete, `+fmt.Sprintf(action, "c.confupdtype")+` AS on_update
			FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`),
	)
}
