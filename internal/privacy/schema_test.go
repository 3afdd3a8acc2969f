package privacy_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samhold/internal/i18n"
	"samhold/internal/privacy"
	"samhold/internal/testkit"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestEveryColumnIsDeclared holds the table of package privacy to the schema: whoever adds a column says what it is
// for, when it ends, whether it is told to its person and what erasure does with it.
func TestEveryColumnIsDeclared(t *testing.T) {
	var declared []string
	for _, table := range privacy.Schema {
		for _, c := range table.Columns {
			declared = append(declared, table.Name+"."+c.Name)
		}
	}
	slices.Sort(declared)
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		if diff := cmp.Diff(columns(t, db), declared); diff != "" {
			t.Errorf("the database has -, internal/privacy/schema.go has +:\n%s", diff)
		}
	})
}

// columns are the columns of every table, as table.column.
func columns(t *testing.T, db *testkit.Database) []string {
	t.Helper()
	query := `SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns WHERE table_schema = 'public'`
	if db.Name == "sqlite" {
		query = `SELECT group_concat(t.name || '.' || c.name, ' ') FROM sqlite_schema t, pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'`
	}
	found := slices.DeleteFunc(strings.Fields(db.Text(t, query)), func(c string) bool { return strings.HasPrefix(c, "goose_db_version.") })
	slices.Sort(found)
	return found
}

func TestDeclarationsAreWhole(t *testing.T) {
	for _, table := range privacy.Schema {
		if !slices.Contains(privacy.Classes, table.Class) {
			t.Errorf("%s: no class %q", table.Name, table.Class)
		}
		if table.Clock != "" && privacy.ClockOf(table.Clock).Lasts == 0 {
			t.Errorf("%s: no clock %q", table.Name, table.Clock)
		}
		for _, c := range table.Columns {
			if c.Kind == "" || c.Fate == "" {
				t.Errorf("%s.%s: kind %q, fate %q", table.Name, c.Name, c.Kind, c.Fate)
			}
			if c.Told && (c.Kind == privacy.Hash || c.Kind == privacy.Key) {
				t.Errorf("%s.%s is told, and is a %s", table.Name, c.Name, c.Kind)
			}
			if table.Through == "" && (c.Told || c.Fate != privacy.Kept) {
				t.Errorf("%s.%s is told or erased, and belongs to nobody", table.Name, c.Name)
			}
			if table.Class.Personal() && c.Kind == privacy.Text && c.Fate == privacy.Kept {
				t.Errorf("%s.%s is what somebody wrote, and erasure keeps it", table.Name, c.Name)
			}
		}
	}
	for _, c := range privacy.Clocks {
		if c.Lasts <= 0 || !slices.Contains(privacy.Classes, c.Class) {
			t.Errorf("clock %s: class %q, %v", c.Key, c.Class, c.Lasts)
		}
	}
}

// TestRegister holds docs/register.md and its Danish sister to the table.
func TestRegister(t *testing.T) {
	catalog, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for lang, name := range map[i18n.Lang]string{i18n.English: "register.md", i18n.Danish: "register.da.md"} {
		got, err := privacy.Register(catalog.Texts(lang))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("..", "..", "docs", name)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("docs/%s is not what the table says; -update writes it anew:\n%s", name, diff)
		}
	}
}
