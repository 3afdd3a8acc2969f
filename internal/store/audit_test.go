package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"samhold/internal/audit"
	"samhold/internal/id"
	"samhold/internal/store"
	"samhold/internal/testkit"
)

var auditKey = [32]byte{7}

func logOf(s *store.Store) *audit.Log { return audit.New(s, s.Audit(), auditKey) }

func taken(db *testkit.Database) audit.Event {
	return audit.Event{
		At: db.Clock.Now(), Actor: id.New(), Action: "case_taken", ObjectKind: "case", ObjectID: id.New(),
		SpaceID: id.New(), Code: "lease",
	}
}

func appendEvents(t *testing.T, db *testkit.Database, n int) *audit.Log {
	t.Helper()
	log := logOf(db.Store)
	for range n {
		if err := log.Append(t.Context(), taken(db)); err != nil {
			t.Fatal(err)
		}
	}
	return log
}

// tamper does to the database what nobody may, past the store.
func tamper(t *testing.T, db *testkit.Database, statements ...string) {
	t.Helper()
	driver, address := "pgx", db.URL
	if db.Name == "sqlite" {
		driver, address = "sqlite", strings.TrimPrefix(db.URL, "sqlite:")
	}
	conn, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, statement := range statements {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestAuditEventsComeBackWhole(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		log := appendEvents(t, db, 1)
		if err := log.Append(t.Context(), audit.Event{At: db.Clock.Now(), Action: "key_rotated", ObjectKind: "key"}); err != nil {
			t.Fatal(err)
		}
		events, err := db.Store.Audit().Events(t.Context(), 1, 10)
		if err != nil || len(events) != 2 {
			t.Fatalf("got %d events, %v", len(events), err)
		}
		if !events[0].At.Equal(testkit.Noon) || events[1].Actor != "" || events[1].Seq != 2 {
			t.Errorf("got %+v", events)
		}
		r, err := log.Verify(t.Context(), nil)
		if err != nil || r.Checked != 2 || len(r.Problems) != 0 {
			t.Errorf("got %+v, %v", r, err)
		}
	})
}

func TestAuditEventIsLostWithItsTransaction(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		log := appendEvents(t, db, 1)
		no := errors.New("no")
		err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
			if err := log.Append(ctx, taken(db)); err != nil {
				return err
			}
			return no
		})
		if !errors.Is(err, no) {
			t.Fatal(err)
		}
		if err := log.Append(t.Context(), taken(db)); err != nil {
			t.Fatal(err)
		}
		r, err := log.Verify(t.Context(), nil)
		if err != nil || r.Checked != 2 || len(r.Problems) != 0 {
			t.Errorf("got %+v, %v", r, err)
		}
	})
}

// TestAuditChainHoldsUnderManyWriters appends from two processes at once, while the chain is being verified.
func TestAuditChainHoldsUnderManyWriters(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		const writers, each = 6, 15
		other := testkit.Reopen(t, db)
		var wg sync.WaitGroup
		for i := range writers {
			log := logOf([]*store.Store{db.Store, other}[i%2])
			wg.Go(func() {
				for range each {
					if err := log.Append(t.Context(), taken(db)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Go(func() {
			for range 10 {
				if r, err := logOf(other).Verify(t.Context(), nil); err != nil || len(r.Problems) != 0 {
					t.Errorf("while writing: %v, %v", r.Problems, err)
				}
			}
		})
		wg.Wait()
		r, err := logOf(db.Store).Verify(t.Context(), nil)
		if err != nil || r.Checked != writers*each || len(r.Problems) != 0 {
			t.Errorf("got %+v, %v", r, err)
		}
	})
}

func TestAuditVerifyFindsTampering(t *testing.T) {
	tests := []struct {
		name       string
		statements []string
		want       []audit.Problem
	}{
		{"edited", []string{"UPDATE audit_event SET code = 'other' WHERE seq = 3"}, []audit.Problem{{Seq: 3, Kind: audit.Changed}}},
		{"deleted", []string{"DELETE FROM audit_event WHERE seq = 3"}, []audit.Problem{{Seq: 2, Kind: audit.Missing}}},
		{
			"inserted",
			[]string{`INSERT INTO audit_event (seq, at, actor, action, object_kind, object_id, space_id, code, prev_mac, mac) SELECT 7, at, actor, action, object_kind, object_id, space_id, code, prev_mac, mac
				FROM audit_event WHERE seq = 6`, "UPDATE audit_head SET seq = 7"},
			[]audit.Problem{{Seq: 7, Kind: audit.Changed}},
		},
		{
			"reordered",
			[]string{
				"UPDATE audit_event SET seq = 99 WHERE seq = 3", "UPDATE audit_event SET seq = 3 WHERE seq = 4",
				"UPDATE audit_event SET seq = 4 WHERE seq = 99",
			},
			[]audit.Problem{{Seq: 3, Kind: audit.Changed}, {Seq: 4, Kind: audit.Changed}, {Seq: 5, Kind: audit.Unlinked}},
		},
		{"cut off", []string{"DELETE FROM audit_event WHERE seq > 4"}, []audit.Problem{{Seq: 4, Kind: audit.Truncated}}},
		{
			"cut off with the head",
			[]string{
				"DELETE FROM audit_event WHERE seq > 4",
				"UPDATE audit_head SET seq = 4, mac = (SELECT mac FROM audit_event WHERE seq = 4)",
			},
			[]audit.Problem{{Seq: 4, Kind: audit.Truncated}}, // by the checkpoint
		},
		{"emptied", []string{"DELETE FROM audit_event", "DELETE FROM audit_head"}, []audit.Problem{{Seq: 0, Kind: audit.Truncated}}},
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				tamper(t, db, "DELETE FROM audit_event", "DELETE FROM audit_head")
				log := appendEvents(t, db, 6)
				path := filepath.Join(t.TempDir(), "checkpoint")
				if _, err := log.Checkpoint(t.Context(), path); err != nil {
					t.Fatal(err)
				}
				checkpoint, err := audit.ReadCheckpoint(path)
				if err != nil {
					t.Fatal(err)
				}
				tamper(t, db, test.statements...)
				r, err := log.Verify(t.Context(), checkpoint)
				if err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(r.Problems, test.want) {
					t.Errorf("got %v, want %v", r.Problems, test.want)
				}
			})
		}
	})
}
