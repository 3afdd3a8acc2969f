// Package totp makes and checks the six digits of an authenticator app (RFC 6238: SHA-1, half minutes). It must never
// keep a secret: its callers seal it.
package totp

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // what RFC 6238 and every app use; HMAC does not need a hash without collisions
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	secretBytes = 20 // RFC 4226 asks for 16, and recommends this
	digits      = 6
	period      = 30 * time.Second
	skew        = 1 // half minutes that a clock may be wrong by, or a person slow
)

// NewSecret returns a secret to share with an app.
func NewSecret() []byte {
	secret := make([]byte, secretBytes)
	_, _ = rand.Read(secret) // crypto/rand.Read never returns an error
	return secret
}

// Step is the number of the half minute.
func Step(at time.Time) int64 { return at.Unix() / int64(period/time.Second) }

// Code returns the digits of a half minute.
func Code(secret []byte, step int64) string {
	m := hmac.New(sha1.New, secret)
	_ = binary.Write(m, binary.BigEndian, step) // a hash takes everything
	sum := m.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", digits, n%1_000_000)
}

// Match returns the half minute around the given moment whose digits were typed, and whether there is one. The caller
// refuses a half minute that is not newer than the last one used.
func Match(secret []byte, typed string, at time.Time) (step int64, ok bool) {
	code := Fold(typed)
	for s := Step(at) - skew; s <= Step(at)+skew; s++ {
		if subtle.ConstantTimeCompare([]byte(Code(secret, s)), []byte(code)) == 1 {
			step, ok = s, true
		}
	}
	return step, ok
}

// Next returns the digits of the oldest half minute that is newer than last and still accepted, or nothing.
func Next(secret []byte, last int64, at time.Time) string {
	step := max(last+1, Step(at)-skew)
	if step > Step(at)+skew {
		return ""
	}
	return Code(secret, step)
}

// Fold returns the digits of what was typed, or nothing when it is no code.
func Fold(typed string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(typed) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case !unicode.IsSpace(r) && r != '-':
			return ""
		}
	}
	if b.Len() != digits {
		return ""
	}
	return b.String()
}

// Text is the secret for typing into an app, in groups of four.
func Text(secret []byte) string {
	text := plain(secret)
	var groups []string
	for len(text) > 4 {
		groups = append(groups, text[:4])
		text = text[4:]
	}
	return strings.Join(append(groups, text), " ")
}

// URI is the secret for an app's camera. The app shows issuer and name.
func URI(secret []byte, issuer, name string) string {
	u := url.URL{
		Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + name,
		RawQuery: url.Values{"secret": {plain(secret)}, "issuer": {issuer}}.Encode(),
	}
	return u.String()
}

func plain(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}
