package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"samhold/internal/backup"
	"samhold/internal/store"
	"samhold/internal/testkit"
)

// TestLoadingLeavesTheDatabaseCareful: whether a load comes to its end or not, a row that refers to nothing is refused again.
func TestLoadingLeavesTheDatabaseCareful(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		newest, err := store.Newest()
		if err != nil {
			t.Fatal(err)
		}
		boom := errors.New("boom")
		for _, end := range []error{boom, nil} {
			err := db.Store.Backup().Load(t.Context(), newest, func(context.Context, backup.Put) error { return end })
			if !errors.Is(err, end) {
				t.Errorf("got %v, want %v", err, end)
			}
			err = db.Store.InTx(t.Context(), func(ctx context.Context) error {
				return db.Store.DB(ctx).Exec("INSERT INTO recovery_code (id, account_id, code_hash, created_at) VALUES ('a', 'nobody', ?, ?)",
					[]byte("x"), db.Clock.Now()).Error
			})
			if refused := map[string]string{"sqlite": "sqlite 787", "postgres": "23503"}[db.Name]; err == nil || !strings.Contains(err.Error(), refused) {
				t.Errorf("after %v, a code of nobody: %v", end, err)
			}
		}
	})
}
