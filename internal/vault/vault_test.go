package vault_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/seal"
	"samhold/internal/testkit"
	"samhold/internal/vault"
)

const (
	newSecret   = "en-ny-hemmelighed-0123456789-abcdefgh"
	wrongSecret = "en-helt-anden-hemmelighed-9876543210"
)

// open opens the vault of the database under a secret, as another process would.
func open(t *testing.T, db *testkit.Database, secret string, retired ...string) (*vault.Vault, error) {
	t.Helper()
	ring, err := seal.NewKeyring(secret, retired...)
	if err != nil {
		t.Fatal(err)
	}
	return vault.Open(t.Context(), vault.Deps{Store: db.Store.Vault(), Tx: db.Store, Clock: db.Clock, Keyring: ring})
}

// newAccount adds a person and returns their account.
func newAccount(t *testing.T, db *testkit.Database) string {
	t.Helper()
	accountID := id.New()
	db.Exec(t, `INSERT INTO account (id, name, birth_year, locale, state, created_at) VALUES (?, ?, 1980, 'da', 'active', ?)`,
		accountID, accountID, db.Clock.Now())
	return accountID
}

func draftPlace(row string) seal.Place { return seal.Place{Table: "draft", Column: "sealed", Row: row} }

// sealed seals in a transaction of its own.
func sealed(t *testing.T, db *testkit.Database, s vault.Sealer, plain string, at seal.Place) (out seal.Sealed, err error) {
	t.Helper()
	err = db.Store.InTx(t.Context(), func(ctx context.Context) error {
		out, err = s.Seal(ctx, []byte(plain), at)
		return err
	})
	return out, err
}

func TestEachAccountHasItsOwnKey(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := testkit.Vault(t, db)
		anna, bente := newAccount(t, db), newAccount(t, db)
		text, err := sealed(t, db, v.ForAccount(anna), "en kladde", draftPlace("d"))
		if err != nil {
			t.Fatal(err)
		}
		again, err := sealed(t, db, v.ForAccount(anna), "en til", draftPlace("e"))
		if err != nil || again.KeyID != text.KeyID {
			t.Errorf("the account's second text is under key %s, the first under %s; %v", again.KeyID, text.KeyID, err)
		}
		if other, err := sealed(t, db, v.ForAccount(bente), "en anden", draftPlace("f")); err != nil || other.KeyID == text.KeyID {
			t.Errorf("two accounts share a key; %v", err)
		}
		for name, tc := range map[string]struct {
			sealer vault.Sealer
			at     seal.Place
			want   error
		}{
			"its owner":       {v.ForAccount(anna), draftPlace("d"), nil},
			"another account": {v.ForAccount(bente), draftPlace("d"), seal.ErrBroken},
			"the house":       {v.ForHouse(), draftPlace("d"), seal.ErrBroken},
			"another row":     {v.ForAccount(anna), draftPlace("e"), seal.ErrBroken},
		} {
			got, err := tc.sealer.Open(t.Context(), text, tc.at)
			if !errors.Is(err, tc.want) || (err == nil) != (string(got) == "en kladde") {
				t.Errorf("%s: got %q, %v, want %v", name, got, err, tc.want)
			}
		}
	})
}

func TestSealRefuses(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := testkit.Vault(t, db)
		anna := newAccount(t, db)
		for name, tc := range map[string]struct {
			sealer vault.Sealer
			at     seal.Place
		}{
			"a column that is not declared":    {v.ForHouse(), seal.Place{Table: "post", Column: "body", Row: "p"}},
			"the house for an account's own":   {v.ForHouse(), draftPlace("d")},
			"an account for the house's":       {v.ForAccount(anna), seal.Place{Table: "case_event", Column: "note_sealed", Row: "e"}},
			"a row with versions without one":  {v.ForHouse(), seal.Place{Table: "concern", Column: "body_sealed", Row: "c"}},
			"a row without versions, with one": {v.ForAccount(anna), seal.Place{Table: "draft", Column: "sealed", Row: "d", Version: 1}},
		} {
			if _, err := sealed(t, db, tc.sealer, "x", tc.at); err == nil || !strings.Contains(err.Error(), "not declared") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := v.ForAccount(anna).Seal(t.Context(), []byte("x"), draftPlace("d")); err == nil {
			t.Error("a text is sealed outside the transaction that saves it")
		}
	})
}

func TestDestroyedAccountsStayDestroyed(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := testkit.Vault(t, db)
		anna := newAccount(t, db)
		text, err := sealed(t, db, v.ForAccount(anna), "en kladde", draftPlace("d"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := v.ForAccount(anna).Open(t.Context(), text, draftPlace("d")); err != nil || string(got) != "en kladde" {
			t.Fatalf("got %q, %v", got, err)
		}
		err = db.Store.InTx(t.Context(), func(ctx context.Context) error { return v.DestroyAccount(ctx, anna) })
		if err != nil {
			t.Fatal(err)
		}
		db.Exec(t, "UPDATE account SET state = ? WHERE id = ?", account.Erased, anna)
		if n := db.Int(t, "SELECT COUNT(*) FROM data_key WHERE account_id = ?", anna); n != 0 {
			t.Errorf("%d keys are left", n)
		}
		_, err = v.ForAccount(anna).Open(t.Context(), text, draftPlace("d"))
		if !fault.Is(err, fault.NotFound) || !errors.Is(err, seal.ErrUnknownKey) {
			t.Errorf("the process that had the key in hand still opens: %v", err)
		}
		if _, err := sealed(t, db, v.ForAccount(anna), "x", draftPlace("e")); !fault.Is(err, fault.NotFound) {
			t.Errorf("an erased account gets a key: %v", err)
		}
	})
}

func TestFirstStartsAgree(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		const starts = 6
		roots := make([][32]byte, starts)
		var wg sync.WaitGroup
		for i := range starts {
			process := *db
			process.Store = testkit.Reopen(t, db)
			wg.Go(func() {
				v, err := open(t, &process, testkit.Secret)
				if err != nil {
					t.Error(err)
					return
				}
				roots[i] = v.Derive("x")
			})
		}
		wg.Wait()
		for i, root := range roots {
			if root != roots[0] {
				t.Errorf("start %d has another root", i)
			}
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM data_key"); n != 2 {
			t.Errorf("%d keys, want the root and the house's", n)
		}
	})
}

func TestSecrets(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		root := testkit.Vault(t, db).Derive("x")
		_, err := open(t, db, wrongSecret)
		if !errors.Is(err, vault.ErrSecret) || strings.ContainsAny(err.Error(), "\n") || strings.Contains(err.Error(), "hemmelighed") {
			t.Errorf("another secret: %v", err)
		}
		changed, err := open(t, db, newSecret, testkit.Secret)
		if err != nil || changed.Derive("x") != root {
			t.Errorf("a changed secret: %v", err)
		}
		db.Exec(t, "UPDATE data_key SET wrapped = ? WHERE kind = 'root'", []byte("noget andet, der ikke er pakket ind af os"))
		if _, err := open(t, db, testkit.Secret); !errors.Is(err, vault.ErrSecret) {
			t.Errorf("a root that does not unwrap: %v", err)
		}
	})
}

// TestFirstInstallations holds that a database from before there were keys keeps what was derived from its secret.
func TestFirstInstallations(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		newAccount(t, db)
		if got, want := testkit.Vault(t, db).Derive("audit"), seal.NewRoot([]byte(testkit.Secret)).Derive("audit"); got != want {
			t.Error("the audit log of an older installation does not verify any more")
		}
	})
}
