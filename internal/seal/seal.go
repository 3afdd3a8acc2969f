// Package seal keeps sensitive text unreadable to whoever gets hold of the database or a backup: the key is in
// neither. A sealed text is bound to its place (table, column, row), so that moved to another row it does not
// open. It must never write a key, a secret or an opened text into an error or a log.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	minSecret   = 32 // bytes
	minDistinct = 10 // different bytes in a secret; 32 random ones practically never have fewer
)

var (
	// ErrUnknownKey says that the text was sealed under a key that this keyring does not hold.
	ErrUnknownKey = errors.New("seal: the key that sealed this text is not in the keyring")
	// ErrBroken says that the text was changed, moved to another place, or sealed under another secret.
	ErrBroken = errors.New("seal: the text does not open here")
)

// Sealed is a text that only a keyring can read.
type Sealed struct {
	KeyID      string
	Ciphertext []byte // 24 bytes of nonce, then the sealed text with its tag
}

// Keyring seals under its current key, and opens under that and retired ones. It is safe for concurrent use.
type Keyring struct {
	current string
	keys    map[string]cipher.AEAD
	root    []byte
}

// NewKeyring makes a keyring from a secret of at least 32 random bytes, written in base64 or as they are. Texts
// sealed under retired secrets still open. The error says what is wrong with a secret without repeating it.
func NewKeyring(secret string, retired ...string) (*Keyring, error) {
	root, err := readSecret(secret)
	if err != nil {
		return nil, err
	}
	k := &Keyring{keys: make(map[string]cipher.AEAD, 1+len(retired)), root: root}
	if k.current, err = k.add(root); err != nil {
		return nil, err
	}
	for i, s := range retired {
		old, err := readSecret(s)
		if err != nil {
			return nil, fmt.Errorf("retired secret %d: %w", i+1, err)
		}
		if _, err := k.add(old); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// add derives the sealing key of a secret, and its name, which tells nothing about it.
func (k *Keyring) add(root []byte) (string, error) {
	key := derive(root, "seal")
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	name := derive(root, "seal key id")
	id := hex.EncodeToString(name[:6])
	k.keys[id] = aead
	return id, nil
}

// Seal seals a text for one place.
func (k *Keyring) Seal(plain []byte, table, column, row string) (Sealed, error) {
	nonce := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(plain)+chacha20poly1305.Overhead)
	_, _ = rand.Read(nonce) // crypto/rand.Read never returns an error
	return Sealed{
		KeyID:      k.current,
		Ciphertext: k.keys[k.current].Seal(nonce, nonce, plain, place(table, column, row)),
	}, nil
}

// Open returns the text sealed for this place, or ErrUnknownKey or ErrBroken.
func (k *Keyring) Open(s Sealed, table, column, row string) ([]byte, error) {
	aead, ok := k.keys[s.KeyID]
	if !ok {
		return nil, ErrUnknownKey
	}
	if len(s.Ciphertext) < chacha20poly1305.NonceSizeX {
		return nil, ErrBroken
	}
	nonce, sealed := s.Ciphertext[:chacha20poly1305.NonceSizeX], s.Ciphertext[chacha20poly1305.NonceSizeX:]
	plain, err := aead.Open(nil, nonce, sealed, place(table, column, row))
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

// CurrentKeyID names the key that Seal uses now.
func (k *Keyring) CurrentKeyID() string { return k.current }

// Derive returns the key for another purpose of the current secret. Different labels give unrelated keys.
func (k *Keyring) Derive(label string) [32]byte { return derive(k.root, "derive "+label) }

// String and GoString keep the keys out of anything that prints a keyring.
func (k *Keyring) String() string { return "seal.Keyring" }

// GoString implements fmt.GoStringer.
func (k *Keyring) GoString() string { return k.String() }

func derive(root []byte, label string) [32]byte {
	// The length is within what HKDF can give, the only thing that can fail.
	key, _ := hkdf.Key(sha256.New, root, nil, "samhold/1 "+label, 32)
	return [32]byte(key)
}

// place writes the associated data so that no two places give the same bytes.
func place(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return b
}

func readSecret(secret string) ([]byte, error) {
	secret = strings.TrimSpace(secret)
	if secret == "" {
		return nil, errors.New("is empty")
	}
	b := []byte(secret)
	trimmed := strings.TrimRight(secret, "=")
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
