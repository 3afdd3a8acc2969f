package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// csrf makes and checks the hidden token of every form: a keyed hash of the browser's seed cookie and session,
// masked anew on every page so that compression tells nothing about it.
type csrf struct{ key [32]byte }

const csrfField = "_csrf"

func (k csrf) sum(seed, session string) []byte {
	m := hmac.New(sha256.New, k.key[:])
	m.Write([]byte(seed))
	m.Write([]byte{0})
	m.Write([]byte(session))
	return m.Sum(nil)[:16]
}

func (k csrf) token(seed, session string) string {
	sum := k.sum(seed, session)
	masked := make([]byte, 2*len(sum))
	mask := masked[:len(sum)]
	_, _ = rand.Read(mask) // crypto/rand.Read never returns an error
	for i := range sum {
		masked[len(sum)+i] = sum[i] ^ mask[i]
	}
	return base64.RawURLEncoding.EncodeToString(masked)
}

func (k csrf) valid(token, seed, session string) bool {
	if seed == "" {
		return false
	}
	masked, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(masked) != 32 {
		return false
	}
	got := make([]byte, 16)
	for i := range got {
		got[i] = masked[i] ^ masked[16+i]
	}
	return hmac.Equal(got, k.sum(seed, session))
}

func newSeed() string { return rand.Text() }
