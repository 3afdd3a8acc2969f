// Package id makes the opaque identifiers of every row. They are random, so that they tell neither order nor
// number nor who made them; they must never be derived from content, time or a person.
package id

import (
	"crypto/rand"
	"encoding/base32"
)

// Length is the number of characters of an id: 20 characters of base32 carry 100 random bits.
const Length = 20

const alphabet = "abcdefghijklmnopqrstuvwxyz234567"

var encoding = base32.NewEncoding(alphabet).WithPadding(base32.NoPadding)

// New returns a new id.
func New() string {
	var b [13]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never returns an error
	return encoding.EncodeToString(b[:])[:Length]
}

// Valid reports whether s has the form of an id. It says nothing about whether the row exists.
func Valid(s string) bool {
	if len(s) != Length {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}
