// Package recovery makes the one-time codes that let a person back in without e-mail. A code is shown once, on
// paper or on the screen; only its keyed hash is kept. It must never be logged.
package recovery

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	// Count is how many codes an account is given at a time.
	Count = 10
	// Length is the number of letters and digits of a code: 24 of them carry 120 random bits.
	Length = 24
	group  = 4
)

// alphabet is Crockford's: no I, L, O or U, which are misread on paper.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// New returns ten codes as they are shown, in groups of four: "7K3M-…". random is crypto/rand.Reader.
func New(random io.Reader) ([]string, error) {
	codes := make([]string, Count)
	for i := range codes {
		var b [Length]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return nil, fmt.Errorf("make recovery codes: %w", err)
		}
		for j, c := range b {
			b[j] = alphabet[c%32] // 256 is a multiple of 32: every sign is equally likely
		}
		codes[i] = grouped(string(b[:]))
	}
	return codes, nil
}

// Fold returns the code that a person most likely means, in the form that New gives: small letters, spaces and
// other dashes are forgiven, and O, I and L are read as the digits that they look like. What is no code gives "".
func Fold(typed string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(typed) {
		r = unicode.ToUpper(r)
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		}
		switch {
		case r < 0x80 && strings.ContainsRune(alphabet, r):
			b.WriteRune(r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return ""
		}
		if b.Len() > Length {
			return ""
		}
	}
	if b.Len() != Length {
		return ""
	}
	return grouped(b.String())
}

// Hash returns what is stored of a code, however it was typed, or nil for what is no code. A code is random enough
// that a fast hash is right; the key, from the keyring, keeps a stolen database from being searched at all.
func Hash(key [32]byte, code string) []byte {
	folded := Fold(code)
	if folded == "" {
		return nil
	}
	h := hmac.New(sha256.New, key[:])
	h.Write([]byte("samhold recovery code 1 " + folded))
	return h.Sum(nil)
}

func grouped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i += group {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(s[i : i+group])
	}
	return b.String()
}
