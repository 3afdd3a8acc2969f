package seal_test

import (
	"bytes"
	"encoding/base64"
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

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	k := keyring(t, secret)
	for _, plain := range []string{"", "a", "Jeg bor på Åvej 3", strings.Repeat("lang ", 5000)} {
		s, err := k.Seal([]byte(plain), "case_note", "body", "abc")
		if err != nil {
			t.Fatal(err)
		}
		got, err := k.Open(s, "case_note", "body", "abc")
		if err != nil || string(got) != plain {
			t.Errorf("got %q, %v, want %q", got, err, plain)
		}
		if plain != "" && len(plain) > 3 && bytes.Contains(s.Ciphertext, []byte(plain)) {
			t.Error("the text can be read in the ciphertext")
		}
	}
}

func TestTheSameTextSealsDifferently(t *testing.T) {
	k := keyring(t, secret)
	a, _ := k.Seal([]byte("hej"), "t", "c", "r")
	b, _ := k.Seal([]byte("hej"), "t", "c", "r")
	if bytes.Equal(a.Ciphertext, b.Ciphertext) {
		t.Error("two sealings of one text are equal")
	}
}

func TestOpenRefuses(t *testing.T) {
	k := keyring(t, secret)
	s, err := k.Seal([]byte("hemmeligt"), "message", "body", "row1")
	if err != nil {
		t.Fatal(err)
	}
	changed := func(change func(*seal.Sealed)) seal.Sealed {
		c := seal.Sealed{KeyID: s.KeyID, Ciphertext: bytes.Clone(s.Ciphertext)}
		change(&c)
		return c
	}
	stranger, _ := keyring(t, other).Seal([]byte("hemmeligt"), "message", "body", "row1")
	tests := []struct {
		name               string
		sealed             seal.Sealed
		table, column, row string
		want               error
	}{
		{"another row", s, "message", "body", "row2", seal.ErrBroken},
		{"another column", s, "message", "title", "row1", seal.ErrBroken},
		{"another table", s, "draft", "body", "row1", seal.ErrBroken},
		{"a place that reads the same run together", s, "messageb", "ody", "row1", seal.ErrBroken},
		{"a changed nonce", changed(func(s *seal.Sealed) { s.Ciphertext[0] ^= 1 }), "message", "body", "row1", seal.ErrBroken},
		{"a changed byte", changed(func(s *seal.Sealed) { s.Ciphertext[30] ^= 1 }), "message", "body", "row1", seal.ErrBroken},
		{"a changed tag", changed(func(s *seal.Sealed) { s.Ciphertext[len(s.Ciphertext)-1] ^= 1 }), "message", "body", "row1", seal.ErrBroken},
		{"cut off", changed(func(s *seal.Sealed) { s.Ciphertext = s.Ciphertext[:10] }), "message", "body", "row1", seal.ErrBroken},
		{"nothing", changed(func(s *seal.Sealed) { s.Ciphertext = nil }), "message", "body", "row1", seal.ErrBroken},
		{"an unknown key", changed(func(s *seal.Sealed) { s.KeyID = "000000000000" }), "message", "body", "row1", seal.ErrUnknownKey},
		{"another secret", stranger, "message", "body", "row1", seal.ErrUnknownKey},
		{"another secret under our key's name", seal.Sealed{KeyID: s.KeyID, Ciphertext: stranger.Ciphertext}, "message", "body", "row1", seal.ErrBroken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := k.Open(test.sealed, test.table, test.column, test.row)
			if !errors.Is(err, test.want) || got != nil {
				t.Errorf("got %q, %v, want %v", got, err, test.want)
			}
		})
	}
}

func TestRetiredKeysStillOpen(t *testing.T) {
	old := keyring(t, other)
	s, _ := old.Seal([]byte("fra før"), "t", "c", "r")
	k := keyring(t, secret, other)
	if got, err := k.Open(s, "t", "c", "r"); err != nil || string(got) != "fra før" {
		t.Errorf("got %q, %v", got, err)
	}
	if fresh, _ := k.Seal(nil, "t", "c", "r"); fresh.KeyID == s.KeyID || fresh.KeyID != k.CurrentKeyID() {
		t.Errorf("new texts are sealed under %s, not the current key", fresh.KeyID)
	}
}

func TestDerive(t *testing.T) {
	k := keyring(t, secret)
	if k.Derive("csrf") != keyring(t, secret).Derive("csrf") {
		t.Error("the same secret and label give different keys")
	}
	if k.Derive("csrf") == k.Derive("audit") || k.Derive("csrf") == keyring(t, other).Derive("csrf") {
		t.Error("another label or secret gives the same key")
	}
}

func TestNewKeyringReadsSecrets(t *testing.T) {
	raw := []byte("\x00\x01\x02\x03\x04\x05\x06\x07\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff0123456789abcdef")
	want := keyring(t, string(raw)).Derive("x")
	for name, text := range map[string]string{
		"standard": base64.StdEncoding.EncodeToString(raw), "url": base64.URLEncoding.EncodeToString(raw),
		"without padding": base64.RawStdEncoding.EncodeToString(raw), "with a newline": base64.StdEncoding.EncodeToString(raw) + "\n",
	} {
		if keyring(t, text).Derive("x") != want {
			t.Errorf("base64 %s is read as another secret", name)
		}
	}
	for name, bad := range map[string]string{
		"empty": " ", "short": "kort-hemmelig", "short in base64": base64.StdEncoding.EncodeToString([]byte("kort-men-kodet!!")),
		"repeating": strings.Repeat("ab", 40),
	} {
		_, err := seal.NewKeyring(bad)
		if err == nil {
			t.Errorf("%s: the secret is taken", name)
			continue
		}
		if s := strings.TrimSpace(bad); s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("%s: the error repeats the secret", name)
		}
	}
}

func TestAKeyringPrintsNoKeys(t *testing.T) {
	k := keyring(t, secret)
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(format, k); got != "seal.Keyring" {
			t.Errorf("%s prints %q", format, got)
		}
	}
}
