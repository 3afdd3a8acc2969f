package migrations_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"samhold/migrations"
)

func TestEveryStepIsForBothDatabases(t *testing.T) {
	for _, fault := range faults(t, migrations.Files) {
		t.Error(fault)
	}
}

func TestHalfStepsAreFound(t *testing.T) {
	tests := []struct {
		name  string
		files []string
		want  []string
	}{
		{"shared", []string{"0001_a.sql", "0002_b.sql"}, nil},
		{"a pair", []string{"0001_a.sql", "0002_b.postgres.sql", "0002_b.sqlite.sql"}, nil},
		{"half a pair", []string{"0001_a.sqlite.sql"}, []string{"step 0001: has [a.sqlite]"}},
		{"a pair of two names", []string{"0001_a.sqlite.sql", "0001_b.postgres.sql"}, []string{"step 0001: has [a.sqlite b.postgres]"}},
		{"a number used twice", []string{"0001_a.sql", "0001_b.sql"}, []string{"step 0001: has [a b]"}},
		{"shared beside a pair", []string{"0001_a.postgres.sql", "0001_a.sql", "0001_a.sqlite.sql"}, []string{"step 0001: has [a.postgres a a.sqlite]"}},
		{"a gap", []string{"0001_a.sql", "0003_c.sql"}, []string{"step 0003 stands where 0002 is due"}},
		{"another ending", []string{"0001_a.mysql.sql"}, []string{"0001_a.mysql.sql: not a name of a migration"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for _, name := range test.files {
				fsys[name] = &fstest.MapFile{}
			}
			if diff := cmp.Diff(test.want, faults(t, fsys)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

var fileName = regexp.MustCompile(`^(\d{4})_(([a-z_]+)(?:\.(?:sqlite|postgres))?)\.sql$`)

// faults says what is wrong with the names of the migrations.
func faults(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	names, err := fs.Glob(fsys, "*")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Fatal("no migrations")
	}
	var found, numbers []string
	steps := map[string][]string{}
	for _, name := range names {
		m := fileName.FindStringSubmatch(name)
		if m == nil {
			found = append(found, name+": not a name of a migration")
			continue
		}
		if !slices.Contains(numbers, m[1]) {
			numbers = append(numbers, m[1])
		}
		steps[m[1]] = append(steps[m[1]], m[2])
	}
	for i, number := range numbers {
		if due := fmt.Sprintf("%04d", i+1); number != due {
			found = append(found, "step "+number+" stands where "+due+" is due")
		}
		step := steps[number]
		title := fileName.FindStringSubmatch(number + "_" + step[0] + ".sql")[3]
		if !slices.Equal(step, []string{title}) && !slices.Equal(step, []string{title + ".postgres", title + ".sqlite"}) {
			found = append(found, fmt.Sprintf("step %s: has %v", number, step))
		}
	}
	return found
}
