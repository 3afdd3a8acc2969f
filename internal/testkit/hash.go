package testkit

import (
	"testing"

	"github.com/alexedwards/argon2id"
)

// Hash is the hash of a passphrase with which signing in takes no time: what it costs is written in it. Whatever the
// product hashes by itself costs what it always does.
func Hash(t testing.TB, passphrase string) string {
	t.Helper()
	hash, err := argon2id.CreateHash(passphrase, &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	return hash
}
