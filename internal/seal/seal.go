// Package seal keeps sensitive text unreadable to whoever gets hold of the database or a backup. Texts are sealed
// under data keys; data keys are wrapped under the operator's secret, which is in neither. A sealed text is bound to
// its place (table, column, row, version), so that it opens nowhere else. This package is pure: it keeps and reads
// nothing. It must never write a key, a secret or an opened text into an error or a log.
package seal

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

var (
	// ErrUnknownKey says that the key which sealed the text is not there: it was destroyed, or belongs to a secret
	// that this process was not given.
	ErrUnknownKey = errors.New("seal: the key that sealed this text is not there")
	// ErrBroken says that the text was changed, moved to another place, or sealed under another key.
	ErrBroken = errors.New("seal: the text does not open here")
)

// KeySize is the length of a data key in bytes.
const KeySize = chacha20poly1305.KeySize

// Sealed is a text that only the holder of its key can read.
type Sealed struct {
	KeyID      string
	Ciphertext []byte // 24 bytes of nonce, then the sealed text with its tag
}

// Place is where a sealed text stands. Version counts how often the row was sealed, so that an older text of the same
// row does not open; rows that are sealed once have 0.
type Place struct {
	Table, Column, Row string
	Version            int
}

// bytes writes the place so that no two places give the same bytes.
func (p Place) bytes() []byte {
	return binary.BigEndian.AppendUint64(join(p.Table, p.Column, p.Row), uint64(p.Version))
}

// Key is one data key, ready for use. It is safe for concurrent use.
type Key struct {
	id   string
	aead cipher.AEAD
}

// NewKeyBytes makes the bytes of a new data key.
func NewKeyBytes() []byte {
	b := make([]byte, KeySize)
	_, _ = rand.Read(b) // crypto/rand.Read never returns an error
	return b
}

// NewKey makes a data key of its id and its bytes.
func NewKey(id string, bytes [KeySize]byte) *Key { return &Key{id: id, aead: newAEAD(bytes)} }

// ID names the key in the rows that it sealed.
func (k *Key) ID() string { return k.id }

// Seal seals a text for one place.
func (k *Key) Seal(plain []byte, at Place) Sealed {
	return Sealed{KeyID: k.id, Ciphertext: sealBytes(k.aead, plain, at.bytes())}
}

// Open returns the text sealed for this place, or ErrUnknownKey or ErrBroken.
func (k *Key) Open(s Sealed, at Place) ([]byte, error) {
	if s.KeyID != k.id {
		return nil, ErrUnknownKey
	}
	return openBytes(k.aead, s.Ciphertext, at.bytes())
}

// String and GoString keep the key out of anything that prints it.
func (k *Key) String() string { return "seal.Key " + k.id }

// GoString implements fmt.GoStringer.
func (k *Key) GoString() string { return k.String() }

// Root is what every key is derived from that must outlive a change of the secret and of the data keys.
type Root struct{ bytes []byte }

// NewRoot makes a root of its bytes.
func NewRoot(bytes []byte) Root { return Root{bytes} }

// Derive returns the key for one purpose. Different labels give unrelated keys.
func (r Root) Derive(label string) [KeySize]byte { return derive(r.bytes, "derive "+label) }

// String and GoString keep the root out of anything that prints it.
func (r Root) String() string { return "seal.Root" }

// GoString implements fmt.GoStringer.
func (r Root) GoString() string { return r.String() }

func sealBytes(aead cipher.AEAD, plain, about []byte) []byte {
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	_, _ = rand.Read(nonce) // crypto/rand.Read never returns an error
	return aead.Seal(nonce, nonce, plain, about)
}

func openBytes(aead cipher.AEAD, ciphertext, about []byte) ([]byte, error) {
	if len(ciphertext) < aead.NonceSize() {
		return nil, ErrBroken
	}
	plain, err := aead.Open(nil, ciphertext[:aead.NonceSize()], ciphertext[aead.NonceSize():], about)
	if err != nil {
		return nil, ErrBroken
	}
	return plain, nil
}

func derive(from []byte, label string) [KeySize]byte {
	// The length is within what HKDF can give, the only thing that can fail.
	key, _ := hkdf.Key(sha256.New, from, nil, "samhold/1 "+label, KeySize)
	return [KeySize]byte(key)
}

func newAEAD(key [KeySize]byte) cipher.AEAD {
	aead, _ := chacha20poly1305.NewX(key[:]) // fails for another length alone
	return aead
}

// join writes the parts so that no two lists of parts give the same bytes.
func join(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
		b = append(b, p...)
	}
	return b
}
