package seal

import (
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

const (
	minSecret   = 32 // bytes
	minDistinct = 10 // different bytes in a secret; 32 random ones practically never have fewer
)

// Keyring holds what the operator's secrets give: it wraps data keys under the present secret, and unwraps those
// that were wrapped under it or a retired one. It is safe for concurrent use.
type Keyring struct {
	current string
	secrets map[string]secret // by the id of the wrapping key
	first   []byte            // the present secret
}

type secret struct {
	wrap   cipher.AEAD
	direct cipher.AEAD // sealed texts itself, before there were data keys
	old    string      // the id of direct
}

// NewKeyring makes a keyring from a secret of at least 32 random bytes, written in base64 or as they are. What was
// wrapped under retired secrets still opens. The error says what is wrong with a secret without repeating it.
func NewKeyring(present string, retired ...string) (*Keyring, error) {
	k := &Keyring{secrets: make(map[string]secret, 1+len(retired))}
	bytes, err := readSecret(present)
	if err != nil {
		return nil, err
	}
	k.first = bytes
	k.current = k.add(bytes)
	for i, s := range retired {
		old, err := readSecret(s)
		if err != nil {
			return nil, fmt.Errorf("retired secret %d: %w", i+1, err)
		}
		k.add(old)
	}
	return k, nil
}

// add derives the keys of a secret, and their names, which tell nothing about it.
func (k *Keyring) add(bytes []byte) string {
	id := name(bytes, "wrap key id")
	k.secrets[id] = secret{
		wrap: newAEAD(derive(bytes, "wrap")), direct: newAEAD(derive(bytes, "seal")), old: name(bytes, "seal key id"),
	}
	return id
}

func name(bytes []byte, label string) string {
	n := derive(bytes, label)
	return hex.EncodeToString(n[:6])
}

// Wrapped is a data key that only the holder of the secret can unwrap.
type Wrapped struct {
	SecretID   string
	Ciphertext []byte
}

// Wrap wraps the bytes of a key under the present secret. They are bound to whose says what the key is for.
func (k *Keyring) Wrap(key []byte, whose ...string) Wrapped {
	return Wrapped{SecretID: k.current, Ciphertext: sealBytes(k.secrets[k.current].wrap, key, join(whose...))}
}

// Unwrap returns the bytes of a key that was wrapped for the same purpose, or ErrUnknownKey or ErrBroken.
func (k *Keyring) Unwrap(w Wrapped, whose ...string) ([]byte, error) {
	s, ok := k.secrets[w.SecretID]
	if !ok {
		return nil, ErrUnknownKey
	}
	return openBytes(s.wrap, w.Ciphertext, join(whose...))
}

// Present names the present secret, as the rows that it wrapped do.
func (k *Keyring) Present() string { return k.current }

// Known names every secret that the keyring holds.
func (k *Keyring) Known() []string {
	ids := make([]string, 0, len(k.secrets))
	for id := range k.secrets {
		ids = append(ids, id)
	}
	return ids
}

// FirstRoot is the root of an installation from before there were data keys: its secret itself, so that what was
// derived from it still fits.
func (k *Keyring) FirstRoot() []byte { return k.first }

// OpenFirst opens a text that was sealed before there were data keys, under the secret itself and without a version.
func (k *Keyring) OpenFirst(s Sealed, at Place) ([]byte, error) {
	for _, of := range k.secrets {
		if of.old == s.KeyID {
			return openBytes(of.direct, s.Ciphertext, join(at.Table, at.Column, at.Row))
		}
	}
	return nil, ErrUnknownKey
}

// String and GoString keep the keys out of anything that prints a keyring.
func (k *Keyring) String() string { return "seal.Keyring" }

// GoString implements fmt.GoStringer.
func (k *Keyring) GoString() string { return k.String() }

func readSecret(text string) ([]byte, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, errors.New("is empty")
	}
	b := []byte(text)
	trimmed := strings.TrimRight(text, "=")
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if decoded, err := encoding.DecodeString(trimmed); err == nil && len(decoded) >= minSecret {
			b = decoded
			break
		}
	}
	if len(b) < minSecret {
		return nil, fmt.Errorf("is %d bytes long, at least %d are needed", len(b), minSecret)
	}
	var seen [256]bool
	distinct := 0
	for _, c := range b {
		if !seen[c] {
			seen[c] = true
			distinct++
		}
	}
	if distinct < minDistinct {
		return nil, fmt.Errorf("repeats itself: only %d different bytes", distinct)
	}
	return b, nil
}
