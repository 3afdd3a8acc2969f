package seal_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"samhold/internal/seal"
)

func TestUnwrapReturnsWhatWasWrapped(t *testing.T) {
	w := keyring(t, secret).Wrap([]byte("nøgle"), "data_key", "id", "account", "anna")
	for name, tc := range map[string]struct {
		ring  *seal.Keyring
		whose []string
		want  error
	}{
		"the same secret":     {keyring(t, secret), []string{"data_key", "id", "account", "anna"}, nil},
		"a retired secret":    {keyring(t, other, secret), []string{"data_key", "id", "account", "anna"}, nil},
		"another secret":      {keyring(t, other), []string{"data_key", "id", "account", "anna"}, seal.ErrUnknownKey},
		"another account":     {keyring(t, secret), []string{"data_key", "id", "account", "bente"}, seal.ErrBroken},
		"another key's place": {keyring(t, secret), []string{"data_key", "ix", "account", "anna"}, seal.ErrBroken},
	} {
		got, err := tc.ring.Unwrap(w, tc.whose...)
		if !errors.Is(err, tc.want) || (err == nil) != (string(got) == "nøgle") {
			t.Errorf("%s: got %q, %v, want %v", name, got, err, tc.want)
		}
	}
	if ring := keyring(t, other, secret); ring.Wrap([]byte("x")).SecretID == w.SecretID || ring.Present() == w.SecretID {
		t.Error("a retired secret wraps")
	}
}

// TestFirstTextsOpen holds a text that the first version of Samhold sealed, under its secret itself.
func TestFirstTextsOpen(t *testing.T) {
	ciphertext, err := base64.StdEncoding.DecodeString(
		"wfv4flVGcL61xc72YMTUZNPEsFrfGF+Cap6bWYpzNoqvrvXHD+TpTziJXHbL/MuOM5zbtIYbz+TZz5RKBjI=")
	if err != nil {
		t.Fatal(err)
	}
	s, at := seal.Sealed{KeyID: "c7c104e05a57", Ciphertext: ciphertext}, seal.Place{Table: "concern", Column: "body_sealed", Row: "abc"}
	for name, ring := range map[string]*seal.Keyring{"present": keyring(t, secret), "retired": keyring(t, other, secret)} {
		if got, err := ring.OpenFirst(s, at); err != nil || string(got) != "fra den første udgave" {
			t.Errorf("%s secret: got %q, %v", name, got, err)
		}
	}
	if _, err := keyring(t, other).OpenFirst(s, at); !errors.Is(err, seal.ErrUnknownKey) {
		t.Errorf("another secret: %v", err)
	}
	at.Row = "abd"
	if _, err := keyring(t, secret).OpenFirst(s, at); !errors.Is(err, seal.ErrBroken) {
		t.Errorf("another row: %v", err)
	}
}

func TestNewKeyringReadsSecrets(t *testing.T) {
	raw := []byte("\x00\x01\x02\x03\x04\x05\x06\x07\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff0123456789abcdef")
	want := keyring(t, string(raw)).Present()
	for name, text := range map[string]string{
		"standard": base64.StdEncoding.EncodeToString(raw), "url": base64.URLEncoding.EncodeToString(raw),
		"without padding": base64.RawStdEncoding.EncodeToString(raw), "with a newline": base64.StdEncoding.EncodeToString(raw) + "\n",
	} {
		if keyring(t, text).Present() != want {
			t.Errorf("base64 %s is read as another secret", name)
		}
	}
	for name, bad := range map[string]string{
		"empty": " ", "short": "kort-hemmelig", "short in base64": base64.StdEncoding.EncodeToString([]byte("kort-men-kodet!!")),
		"repeating": strings.Repeat("ab", 40),
	} {
		for _, secrets := range [][]string{{bad}, {secret, bad}} {
			_, err := seal.NewKeyring(secrets[0], secrets[1:]...)
			if err == nil {
				t.Errorf("%s: the secret is taken", name)
				continue
			}
			if s := strings.TrimSpace(bad); s != "" && strings.Contains(err.Error(), s) {
				t.Errorf("%s: the error repeats the secret", name)
			}
		}
	}
}
