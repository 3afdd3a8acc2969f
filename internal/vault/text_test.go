package vault_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samhold/internal/testkit"
	"samhold/internal/vault"
)

// TestEverySealedColumnIsDeclared holds Texts to the schema: a column that is called sealed, and a table with a key_id,
// is declared, and a declared one is there. That what is declared is really sealed is a test of package app.
func TestEverySealedColumnIsDeclared(t *testing.T) {
	var want []string
	for _, text := range vault.Texts {
		want = append(want, text.Table+".key_id")
		for _, column := range text.Columns {
			want = append(want, text.Table+"."+column)
		}
	}
	slices.Sort(want)
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		query := `SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns WHERE table_schema = 'public'`
		if db.Name == "sqlite" {
			query = `SELECT group_concat(t.name || '.' || c.name, ' ') FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'`
		}
		columns := strings.Fields(db.Text(t, query))
		got := slices.DeleteFunc(slices.Clone(columns), func(place string) bool {
			_, column, _ := strings.Cut(place, ".")
			return column != "key_id" && column != "sealed" && !strings.HasSuffix(column, "_sealed")
		})
		slices.Sort(got)
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("the database has -, vault.Texts has +:\n%s", diff)
		}
		for _, text := range vault.Texts {
			for _, column := range []string{text.Row, text.Version} {
				if column != "" && !slices.Contains(columns, text.Table+"."+column) {
					t.Errorf("%s has no column %s", text.Table, column)
				}
			}
			if text.Why == "" {
				t.Errorf("%s: nothing says why it is whose", text.Table)
			}
		}
	})
}
