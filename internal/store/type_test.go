package store_test

import (
	"context"
	"math"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samhold/internal/fault"
	"samhold/internal/testkit"
)

// sample has a column of each type that the schema uses, required and not.
type sample struct {
	ID        string
	Text      string
	Number    int
	Long      int64
	Flag      bool
	Sealed    []byte
	At        time.Time
	NoText    *string
	NoNumber  *int
	NoFlag    *bool
	NoSealed  []byte
	NoTime    *time.Time
	CreatedAt time.Time
}

var sampleFiles = fstest.MapFS{"9001_sample.sql": {Data: []byte(`-- +goose Up
CREATE TABLE sample (
    id         TEXT NOT NULL PRIMARY KEY,
    text       TEXT NOT NULL,
    number     INTEGER NOT NULL,
    long       BIGINT NOT NULL,
    flag       BOOLEAN NOT NULL,
    sealed     BYTEA NOT NULL,
    at         TIMESTAMP NOT NULL,
    no_text    TEXT,
    no_number  INTEGER,
    no_flag    BOOLEAN,
    no_sealed  BYTEA,
    no_time    TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
-- +goose Down
DROP TABLE sample;
`)}}

func openWithSamples(t *testing.T, db *testkit.Database) {
	t.Helper()
	m, err := db.Store.MigrationsFrom(sampleFiles)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, db *testkit.Database, row any) {
	t.Helper()
	err := db.Store.InTx(t.Context(), func(ctx context.Context) error { return db.Store.DB(ctx).Create(row).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func TestTypesComeBackAsTheyWent(t *testing.T) {
	copenhagen, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	text, number, flag := "", 0, false
	at := time.Date(2026, 3, 29, 2, 59, 59, 123456000, time.UTC) // the hour that Danish clocks skip
	tests := []struct {
		name     string
		row      sample
		wantTime time.Time
	}{
		{"plain", sample{
			Text: "rødgrød 👪 \t\n'\"\\%_", Number: math.MaxInt32, Long: math.MaxInt64, Flag: true, Sealed: []byte{0, 1, 0xff, '\'', 0}, At: at,
		}, at},
		{"lowest", sample{Number: math.MinInt32, Long: math.MinInt64, Sealed: []byte{}, At: time.Unix(0, 0)}, time.Unix(0, 0).UTC()},
		{"zero is not null", sample{
			Sealed: []byte("x"), At: at, NoText: &text, NoNumber: &number, NoFlag: &flag, NoSealed: []byte{}, NoTime: &at,
		}, at},
		{"text that looks like something else", sample{Text: "2026-11-22 11:00:00", Sealed: []byte("2026-11-22 11:00:00"), At: at}, at},
		{"another zone", sample{Sealed: []byte("x"), At: at.In(copenhagen)}, at},
		{"after midnight in Denmark", sample{Sealed: []byte("x"), At: time.Date(2026, 7, 1, 0, 30, 0, 0, copenhagen)}, time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC)},
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		openWithSamples(t, db)
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				row := test.row
				row.ID = test.name
				save(t, db, &row)
				var got sample
				if err := db.Store.DB(t.Context()).Take(&got, "id = ?", row.ID).Error; err != nil {
					t.Fatal(err)
				}
				want := row
				want.At, want.CreatedAt = test.wantTime, testkit.Noon
				// Empty bytes may come back as nil: nothing that is sealed is empty.
				if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Error(diff)
				}
				for _, at := range []time.Time{got.At, got.CreatedAt} {
					if at.Location() != time.UTC {
						t.Errorf("got a time in %s, want UTC", at.Location())
					}
				}
				var n int64
				if err := db.Store.DB(t.Context()).Model(&sample{}).Where("id = ? AND at = ?", row.ID, test.row.At).Count(&n).Error; err != nil {
					t.Fatal(err)
				}
				if n != 1 {
					t.Error("the row is not found by its time")
				}
			})
		}
	})
}

func TestTimesSortAndCompare(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		openWithSamples(t, db)
		// Whole and broken seconds, where the texts that SQLite keeps would sort in another order than the times.
		steps := []time.Duration{0, time.Microsecond, 100 * time.Millisecond, time.Second, time.Second + 10*time.Microsecond, 10 * time.Second}
		var want []string
		for i, step := range steps {
			name := string(rune('a' + i))
			want = append(want, name)
			save(t, db, &sample{ID: name, Sealed: []byte{}, At: testkit.Noon.Add(step)})
		}
		var got []string
		if err := db.Store.DB(t.Context()).Model(&sample{}).Order("at").Pluck("id", &got).Error; err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in order of time:\n%s", diff)
		}
		for i, step := range steps {
			var before, until int64
			at := testkit.Noon.Add(step).In(time.FixedZone("east", 7200))
			if err := db.Store.DB(t.Context()).Model(&sample{}).Where("at < ?", at).Count(&before).Error; err != nil {
				t.Fatal(err)
			}
			if err := db.Store.DB(t.Context()).Model(&sample{}).Where("at <= ?", at).Count(&until).Error; err != nil {
				t.Fatal(err)
			}
			if before != int64(i) || until != int64(i)+1 {
				t.Errorf("%s: got %d before and %d until, want %d and %d", step, before, until, i, i+1)
			}
		}
	})
}

func TestNullIsRefusedWhereAValueIsRequired(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		openWithSamples(t, db)
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
			return db.Store.DB(ctx).Create(&sample{ID: "null", Sealed: nil, At: testkit.Noon}).Error
		})
		if err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("got %v, want an internal fault", err)
		}
	})
}
