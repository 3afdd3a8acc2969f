// Package passkeytest is a device with a passkey, for tests: it answers what a site asks without a browser. It must never
// be part of the product.
package passkeytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// Device holds one passkey. Count is how often it says that it was used; zero for ever on devices that do not count.
type Device struct {
	Count  uint32
	t      testing.TB
	origin string
	site   [32]byte
	id     []byte
	handle []byte
	key    *ecdsa.PrivateKey
}

// New returns a device for the site at the origin, whose name is host.
func New(t testing.TB, origin, host string) *Device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	return &Device{t: t, origin: origin, site: sha256.Sum256([]byte(host)), id: id, key: key}
}

type question struct {
	Challenge string `json:"challenge"`
	User      struct {
		ID string `json:"id"`
	} `json:"user"`
}

// userThere is that somebody was there and proved it by finger, face or code; withKey, that a key follows.
const (
	userThere = 0x05
	withKey   = 0x40
)

// Make answers the options of a registration.
func (d *Device) Make(options string) string {
	d.t.Helper()
	q := d.read(options)
	d.handle = d.bytes(q.User.ID)
	data := append(d.data(userThere|withKey), make([]byte, 16)...) // no maker is named
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), d.public()...)
	// {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"), byte(len(data)>>8), byte(len(data)))
	return d.answer(map[string]string{
		"clientDataJSON": d.client("webauthn.create", q), "attestationObject": text(append(object, data...)),
	})
}

// Answer answers the options of a sign-in, and counts.
func (d *Device) Answer(options string) string {
	d.t.Helper()
	q := d.read(options)
	if d.Count > 0 {
		d.Count++
	}
	data, client := d.data(userThere), d.client("webauthn.get", q)
	hash := sha256.Sum256(d.bytes(client))
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, sum[:])
	if err != nil {
		d.t.Fatal(err)
	}
	return d.answer(map[string]string{
		"clientDataJSON": client, "authenticatorData": text(data), "signature": text(signature), "userHandle": text(d.handle),
	})
}

// data is who is asked, with what is known of the person and the count.
func (d *Device) data(flags byte) []byte {
	return binary.BigEndian.AppendUint32(append(append([]byte{}, d.site[:]...), flags), d.Count)
}

// public is the key as COSE writes it: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
func (d *Device) public() []byte {
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		d.t.Fatal(err)
	}
	out := append([]byte("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"), point[1:33]...)
	return append(append(out, "\x22\x58\x20"...), point[33:]...)
}

func (d *Device) client(kind string, q question) string {
	body, err := json.Marshal(map[string]any{"type": kind, "challenge": q.Challenge, "origin": d.origin, "crossOrigin": false})
	if err != nil {
		d.t.Fatal(err)
	}
	return text(body)
}

func (d *Device) answer(response map[string]string) string {
	body, err := json.Marshal(map[string]any{"id": text(d.id), "rawId": text(d.id), "type": "public-key", "response": response})
	if err != nil {
		d.t.Fatal(err)
	}
	return string(body)
}

func (d *Device) read(options string) question {
	d.t.Helper()
	var q question
	if err := json.Unmarshal([]byte(options), &q); err != nil {
		d.t.Fatal(err)
	}
	return q
}

func (d *Device) bytes(s string) []byte {
	d.t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
