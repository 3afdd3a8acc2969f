package vault_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/testkit"
)

// soon is how long a test looks whether something goes on that must wait.
const soon = 300 * time.Millisecond

// mustWait runs other, which must not end before the transaction around during has, and returns its error.
func mustWait(t *testing.T, db *testkit.Database, during func(ctx context.Context) error, other func() error) error {
	t.Helper()
	ended := make(chan error, 1)
	err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
		if err := during(ctx); err != nil {
			return err
		}
		go func() { ended <- other() }()
		select {
		case err := <-ended:
			return errors.Join(errors.New("it did not wait"), err)
		case <-time.After(soon):
			return nil
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return <-ended
}

func TestRetiringAKeyWaitsForWhoeverSeals(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := testkit.Vault(t, db)
		anna := newAccount(t, db)
		err := mustWait(t, db, func(ctx context.Context) error {
			_, err := v.ForAccount(anna).Seal(ctx, []byte("en kladde"), draftPlace("d"))
			return err
		}, func() error {
			_, err := v.Rotate(context.WithoutCancel(t.Context()), 0, silent, quiet)
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestSealingWaitsForErasure(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := testkit.Vault(t, db)
		for name, had := range map[string]bool{"who has a key": true, "who has none": false} {
			anna := newAccount(t, db)
			if had {
				if _, err := sealed(t, db, v.ForAccount(anna), "en kladde", draftPlace("d")); err != nil {
					t.Fatal(err)
				}
			}
			err := mustWait(t, db, func(ctx context.Context) error {
				if err := v.DestroyAccount(ctx, anna); err != nil {
					return err
				}
				return db.Store.Accounts().SetState(ctx, anna, account.Erased)
			}, func() error {
				return db.Store.InTx(context.WithoutCancel(t.Context()), func(ctx context.Context) error {
					_, err := v.ForAccount(anna).Seal(ctx, []byte("en til"), draftPlace("e"))
					return err
				})
			})
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("somebody %s: %v", name, err)
			}
			if n := db.Int(t, "SELECT COUNT(*) FROM data_key WHERE account_id = ?", anna); n != 0 {
				t.Errorf("somebody %s: %d keys after the erasure", name, n)
			}
		}
	})
}
