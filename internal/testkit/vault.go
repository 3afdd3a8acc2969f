package testkit

import (
	"strings"
	"testing"

	"samhold/internal/seal"
	"samhold/internal/vault"
)

// Secret is the secret of the databases that tests open without an app.
const Secret = "tre-gule-lamper-i-en-tung-nat-7392"

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

// Opened are all sealed texts of the database, open, by "table.column row". One that does not open fails the test, and
// so does one whose key is not there.
func (db *Database) Opened(t testing.TB, v *vault.Vault) map[string]string {
	t.Helper()
	opened := map[string]string{}
	for _, text := range vault.Texts {
		db.eachSealed(t, text, func(row string, version int, account *string, keyID, column string, ciphertext []byte) {
			at := seal.Place{Table: text.Table, Column: column, Row: row, Version: version}
			sealer := v.ForHouse()
			if account != nil {
				sealer = v.ForAccount(*account)
			}
			plain, err := sealer.Open(t.Context(), seal.Sealed{KeyID: keyID, Ciphertext: ciphertext}, at)
			if err != nil {
				t.Errorf("%s.%s of row %s, under key %s: %v", text.Table, column, row, keyID, err)
				return
			}
			opened[text.Table+"."+column+" "+row] = string(plain)
		})
	}
	return opened
}

// eachSealed visits the sealed columns of a table that hold something, with the account whose key seals them.
func (db *Database) eachSealed(t testing.TB, text vault.Text, visit func(string, int, *string, string, string, []byte)) {
	t.Helper()
	version := text.Version
	if version == "" {
		version = "0"
	}
	raw := db.raw(t)
	defer raw.Close()
	rows, err := raw.QueryContext(t.Context(), "SELECT "+text.Row+", "+version+", key_id, (SELECT account_id FROM data_key WHERE data_key.id = key_id), "+
		strings.Join(text.Columns, ", ")+" FROM "+text.Table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row, keyID string
		var number int
		var account *string
		ciphertexts := make([][]byte, len(text.Columns))
		into := []any{&row, &number, &keyID, &account}
		for i := range ciphertexts {
			into = append(into, &ciphertexts[i])
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for i, ciphertext := range ciphertexts {
			if len(ciphertext) > 0 {
				visit(row, number, account, keyID, text.Columns[i], ciphertext)
			}
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
