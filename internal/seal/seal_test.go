package seal_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"samhold/internal/seal"
)

const (
	secret = "en-hemmelighed-til-prøver-0123456789"
	other  = "en-anden-hemmelighed-9876543210-abcdef"
)

func keyring(t *testing.T, secret string, retired ...string) *seal.Keyring {
	t.Helper()
	k, err := seal.NewKeyring(secret, retired...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newKey(id string) *seal.Key { return seal.NewKey(id, [seal.KeySize]byte(seal.NewKeyBytes())) }

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	k, at := newKey("k"), seal.Place{Table: "case_event", Column: "note_sealed", Row: "abc"}
	for _, plain := range []string{"", "a", "Jeg bor på Åvej 3", strings.Repeat("lang ", 5000)} {
		s := k.Seal([]byte(plain), at)
		got, err := k.Open(s, at)
		if err != nil || string(got) != plain {
			t.Errorf("got %q, %v, want %q", got, err, plain)
		}
		if len(plain) > 3 && bytes.Contains(s.Ciphertext, []byte(plain)) {
			t.Error("the text can be read in the ciphertext")
		}
	}
}

func TestTheSameTextSealsDifferently(t *testing.T) {
	k := newKey("k")
	if bytes.Equal(k.Seal([]byte("hej"), seal.Place{}).Ciphertext, k.Seal([]byte("hej"), seal.Place{}).Ciphertext) {
		t.Error("two sealings of one text are equal")
	}
}

func TestOpenRefuses(t *testing.T) {
	k, here := newKey("k"), seal.Place{Table: "concern", Column: "body_sealed", Row: "row1", Version: 2}
	s := k.Seal([]byte("hemmeligt"), here)
	changed := func(change func(*seal.Sealed)) seal.Sealed {
		c := seal.Sealed{KeyID: s.KeyID, Ciphertext: bytes.Clone(s.Ciphertext)}
		change(&c)
		return c
	}
	moved := func(change func(*seal.Place)) seal.Place {
		at := here
		change(&at)
		return at
	}
	stranger := newKey("k").Seal([]byte("hemmeligt"), here)
	tests := []struct {
		name   string
		sealed seal.Sealed
		at     seal.Place
		want   error
	}{
		{"another row", s, moved(func(p *seal.Place) { p.Row = "row2" }), seal.ErrBroken},
		{"another column", s, moved(func(p *seal.Place) { p.Column = "answer_sealed" }), seal.ErrBroken},
		{"another table", s, moved(func(p *seal.Place) { p.Table = "report" }), seal.ErrBroken},
		{"a newer version of the row", s, moved(func(p *seal.Place) { p.Version = 3 }), seal.ErrBroken},
		{"a place that reads the same run together", s, moved(func(p *seal.Place) { p.Table, p.Column = "concernb", "ody_sealed" }), seal.ErrBroken},
		{"a changed nonce", changed(func(s *seal.Sealed) { s.Ciphertext[0] ^= 1 }), here, seal.ErrBroken},
		{"a changed byte", changed(func(s *seal.Sealed) { s.Ciphertext[30] ^= 1 }), here, seal.ErrBroken},
		{"a changed tag", changed(func(s *seal.Sealed) { s.Ciphertext[len(s.Ciphertext)-1] ^= 1 }), here, seal.ErrBroken},
		{"cut off", changed(func(s *seal.Sealed) { s.Ciphertext = s.Ciphertext[:10] }), here, seal.ErrBroken},
		{"nothing", changed(func(s *seal.Sealed) { s.Ciphertext = nil }), here, seal.ErrBroken},
		{"another key's name", changed(func(s *seal.Sealed) { s.KeyID = "l" }), here, seal.ErrUnknownKey},
		{"another key under our key's name", stranger, here, seal.ErrBroken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := k.Open(test.sealed, test.at)
			if !errors.Is(err, test.want) || got != nil {
				t.Errorf("got %q, %v, want %v", got, err, test.want)
			}
		})
	}
}

func TestDerive(t *testing.T) {
	root := seal.NewRoot([]byte(secret))
	if root.Derive("csrf") != seal.NewRoot([]byte(secret)).Derive("csrf") {
		t.Error("the same root and label give different keys")
	}
	if root.Derive("csrf") == root.Derive("audit") || root.Derive("csrf") == seal.NewRoot([]byte(other)).Derive("csrf") {
		t.Error("another label or root gives the same key")
	}
}

func TestNothingPrintsKeys(t *testing.T) {
	for _, thing := range []any{keyring(t, secret), newKey("k"), seal.NewRoot([]byte(secret))} {
		for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
			if got := fmt.Sprintf(format, thing); !strings.HasPrefix(got, "seal.") || len(got) > 12 {
				t.Errorf("%s prints %q", format, got)
			}
		}
	}
}
