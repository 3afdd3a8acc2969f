// Package passkey runs the ceremonies of passkeys (WebAuthn) and keeps nothing. A passkey is asked for without a name: it
// says itself whose it is, and it wants its owner's finger, face or code, so that it is two factors by itself. What an
// authenticator is made of and by whom is neither asked for nor kept.
package passkey

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// ErrAnswer says that what came back is not the answer of a passkey to what was asked.
var ErrAnswer = errors.New("passkey: not an answer to what was asked")

// ErrCopied says that the passkey's count has not gone up since it was last used: somebody may have copied what cannot be
// copied. The answer is refused.
var ErrCopied = errors.New("passkey: used elsewhere, or copied")

// Key is the public half of a passkey.
type Key struct {
	ID       []byte
	Public   []byte
	Count    uint32 // how often it was used, where it counts
	Eligible bool   // it may be copied between its owner's devices
	BackedUp bool
}

// Ceremony is a question to a browser. Options are for its script; State is kept until the answer, unseen and unchanged.
type Ceremony struct {
	Options string
	State   []byte
}

// Site is where passkeys are good.
type Site struct{ web *webauthn.WebAuthn }

// New returns the site at the base address, or nil for an address that cannot have passkeys: one without a name.
func New(base *url.URL) (*Site, error) {
	host := base.Hostname()
	if net.ParseIP(host) != nil {
		return nil, nil
	}
	web, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: "Samhold", RPOrigins: []string{base.Scheme + "://" + base.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys of %s: %w", host, err)
	}
	return &Site{web}, nil
}

// owner is an account as the library wants to see it.
type owner struct {
	handle []byte
	name   string
	keys   []Key
}

func (o owner) WebAuthnID() []byte          { return o.handle }
func (o owner) WebAuthnName() string        { return o.name }
func (o owner) WebAuthnDisplayName() string { return o.name }

func (o owner) WebAuthnCredentials() []webauthn.Credential {
	all := make([]webauthn.Credential, len(o.keys))
	for i, k := range o.keys {
		all[i] = webauthn.Credential{
			ID: k.ID, PublicKey: k.Public,
			Flags: webauthn.CredentialFlags{
				UserPresent: true, UserVerified: true, BackupEligible: k.Eligible, BackupState: k.BackedUp,
			},
			Authenticator: webauthn.Authenticator{SignCount: k.Count},
		}
	}
	return all
}

// Register asks a browser to make a passkey for the account with the handle; name is what the device shows. A device
// that has one of the keys makes no second.
func (s *Site) Register(handle []byte, name string, have []Key) (Ceremony, error) {
	who := owner{handle, name, have}
	options, state, err := s.web.BeginRegistration(who,
		webauthn.WithExclusions(webauthn.Credentials(who.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a new passkey: %w", err)
	}
	return ceremony(options.Response, state)
}

// Registered returns the passkey that a browser made.
func (s *Site) Registered(handle, state []byte, answer string) (Key, error) {
	var asked webauthn.SessionData
	if err := json.Unmarshal(state, &asked); err != nil {
		return Key{}, fmt.Errorf("read ceremony: %w", err)
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return Key{}, ErrAnswer
	}
	made, err := s.web.CreateCredential(owner{handle: handle}, asked, parsed)
	if err != nil {
		return Key{}, ErrAnswer
	}
	return keyOf(made), nil
}

// Ask asks a browser for any passkey of the site.
func (s *Site) Ask() (Ceremony, error) {
	options, state, err := s.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return ceremony(options.Response, state)
}

// Answered returns the handle of who answered and their passkey as it is now; with ErrCopied, the handle alone. keysOf returns the keys of a handle; its
// error is returned as ErrAnswer too, so that nobody learns which handles there are.
func (s *Site) Answered(state []byte, answer string, keysOf func(handle []byte) ([]Key, error)) (handle []byte, used Key, err error) {
	var asked webauthn.SessionData
	if err := json.Unmarshal(state, &asked); err != nil {
		return nil, Key{}, fmt.Errorf("read ceremony: %w", err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return nil, Key{}, ErrAnswer
	}
	find := func(_, handle []byte) (webauthn.User, error) {
		keys, err := keysOf(handle)
		return owner{handle: handle, keys: keys}, err
	}
	who, credential, err := s.web.ValidatePasskeyLogin(find, asked, parsed)
	if err != nil {
		return nil, Key{}, ErrAnswer
	}
	if credential.Authenticator.CloneWarning {
		return who.WebAuthnID(), Key{}, ErrCopied
	}
	return who.WebAuthnID(), keyOf(credential), nil
}

func keyOf(c *webauthn.Credential) Key {
	return Key{
		ID: c.ID, Public: c.PublicKey, Count: c.Authenticator.SignCount,
		Eligible: c.Flags.BackupEligible, BackedUp: c.Flags.BackupState,
	}
}

func ceremony(options any, state *webauthn.SessionData) (Ceremony, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, fmt.Errorf("write options: %w", err)
	}
	kept, err := json.Marshal(state)
	if err != nil {
		return Ceremony{}, fmt.Errorf("write ceremony: %w", err)
	}
	return Ceremony{Options: string(text), State: kept}, nil
}
