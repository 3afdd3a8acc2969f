package testkit

import (
	"testing"

	"samhold/internal/seal"
	"samhold/internal/vault"
)

// Secret is the secret of the databases that tests open without an app.
const Secret = "tre-gule-lamper-i-en-tung-nat-7392" //nolint:gosec // of tests

// Vault returns the vault of the database under Secret, as a process that starts would open it.
func Vault(t testing.TB, db *Database) *vault.Vault {
	t.Helper()
	keyring, err := seal.NewKeyring(Secret)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(t.Context(), vault.Deps{Store: db.Store.Vault(), Tx: db.Store, Clock: db.Clock, Keyring: keyring})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
