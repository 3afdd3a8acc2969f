package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/passkey"
	"samhold/internal/seal"
)

const (
	askedLasts     = 15 * time.Minute // how long a page may stand before its button is pressed
	maxPasskeys    = 10
	maxPasskeyName = 40 // characters
)

// Passkey is the public half of a passkey, as it is stored.
type Passkey struct {
	ID             string `gorm:"primaryKey"`
	AccountID      string
	CredentialID   []byte
	PublicKey      []byte
	SignCount      int64
	BackupEligible bool
	BackedUp       bool
	NameSealed     []byte
	KeyID          string
	CreatedAt      time.Time
}

func (p Passkey) place() seal.Place {
	return seal.Place{Table: "passkey", Column: "name_sealed", Row: p.ID}
}

func (p Passkey) key() passkey.Key {
	return passkey.Key{
		ID: p.CredentialID, Public: p.PublicKey, Count: uint32(p.SignCount),
		Eligible: p.BackupEligible, BackedUp: p.BackedUp,
	}
}

// NamedPasskey is a passkey as its owner sees it.
type NamedPasskey struct {
	ID        string
	Name      string
	CreatedAt time.Time
}

type passkeyStore interface {
	AddPasskey(ctx context.Context, p *Passkey) error
	// Passkeys lists the account's passkeys, oldest first.
	Passkeys(ctx context.Context, accountID string) ([]Passkey, error)
	// UsePasskey writes down how the account's passkey came back from its use.
	UsePasskey(ctx context.Context, accountID string, credentialID []byte, count int64, backedUp bool) error
	// DeletePasskey deletes one of the account's passkeys, if there is such a one.
	DeletePasskey(ctx context.Context, accountID, passkeyID string) error
	// SpendAnswer reports whether the answer is used for the first time.
	SpendAnswer(ctx context.Context, hash []byte, until time.Time) (bool, error)
}

// Asked is a question to a browser: options for its script, and a slip for the form, which opens for its holder alone.
// Both are empty where there can be no passkeys.
type Asked struct {
	Options string
	Slip    string
}

type asked struct {
	State []byte
	Until time.Time
}

// AskPasskey asks for any passkey. holder is a secret of the browser, or the session that is to be proven.
func (s *Service) AskPasskey(holder string) (Asked, error) {
	if s.passkeys == nil || holder == "" {
		return Asked{}, nil
	}
	c, err := s.passkeys.Ask()
	if err != nil {
		return Asked{}, err
	}
	return s.sealAsked("passkey", holder, c)
}

func (s *Service) sealAsked(kind, holder string, c passkey.Ceremony) (Asked, error) {
	slip, err := s.sealSlip(kind, holder, asked{State: c.State, Until: s.clock.Now().Add(askedLasts)})
	return Asked{Options: c.Options, Slip: slip}, err
}

// openAsked returns what was asked, and uses the slip up: an answer that somebody caught is worth nothing. It joins the
// transaction of ctx.
func (s *Service) openAsked(ctx context.Context, kind, holder, slip string) (asked, bool, error) {
	var a asked
	if s.passkeys == nil || !s.openSlip(kind, holder, slip, &a) || !s.clock.Now().Before(a.Until) {
		return a, false, nil
	}
	hash := sha256.Sum256([]byte(slip))
	first, err := s.store.SpendAnswer(ctx, hash[:], a.Until)
	return a, first, err
}

// answered returns the account whose passkey answered, or NotFound. It joins the transaction of ctx.
func (s *Service) answered(ctx context.Context, holder, slip, answer string) (Account, error) {
	a, ok, err := s.openAsked(ctx, "passkey", holder, slip)
	if err != nil {
		return Account{}, err
	}
	if !ok {
		return Account{}, fault.Missing()
	}
	handle, used, err := s.passkeys.Answered(a.State, answer, func(handle []byte) ([]passkey.Key, error) {
		return s.keysOf(ctx, string(handle))
	})
	if errors.Is(err, passkey.ErrAnswer) {
		return Account{}, fault.Missing()
	}
	if err != nil {
		return Account{}, err
	}
	owner, _, err := s.store.EntranceOf(ctx, string(handle))
	if err != nil {
		return Account{}, err
	}
	return owner, s.store.UsePasskey(ctx, owner.ID, used.ID, int64(used.Count), used.BackedUp)
}

func (s *Service) keysOf(ctx context.Context, accountID string) ([]passkey.Key, error) {
	if !id.Valid(accountID) {
		return nil, fault.Missing()
	}
	all, err := s.store.Passkeys(ctx, accountID)
	if err != nil {
		return nil, err
	}
	keys := make([]passkey.Key, len(all))
	for i, p := range all {
		keys[i] = p.key()
	}
	return keys, nil
}

// SignInWithPasskey begins a session of whoever's passkey answered; its second factor is proven. What is no answer is an
// Invalid fault. Address is only ever counted under a daily key.
func (s *Service) SignInWithPasskey(ctx context.Context, holder, slip, answer, address string) (Entered, error) {
	counted := []count{{signInByAddress, address}}
	if err := s.take(ctx, counted); err != nil {
		return Entered{}, err
	}
	var entered Entered
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		owner, err := s.answered(ctx, holder, slip, answer)
		if err != nil {
			return err
		}
		entered, err = s.enter(ctx, owner, false, byPasskey)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return Entered{}, fault.New(fault.Invalid, "passkey.wrong")
	}
	if err != nil {
		return Entered{}, err
	}
	return entered, s.give(ctx, counted)
}

// ProveWithPasskey proves the session's second factor with one of the actor's passkeys. What is no answer of theirs is an
// Invalid fault.
func (s *Service) ProveWithPasskey(ctx context.Context, actor Actor, slip, answer string) error {
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		owner, err := s.answered(ctx, actor.Session, slip, answer)
		if err != nil {
			return err
		}
		if owner.ID != actor.Account {
			return fault.Missing()
		}
		if err := s.store.ConfirmSession(ctx, actor.Session, s.clock.Now(), true); err != nil {
			return err
		}
		return s.trace(ctx, actor.Account, StaffProven, byPasskey)
	})
	if fault.Is(err, fault.NotFound) {
		if err := s.trace(ctx, actor.Account, StaffProofFailed, byPasskey); err != nil {
			return err
		}
		return fault.New(fault.Invalid, "passkey.wrong")
	}
	return err
}

// OfferPasskey asks the browser to make a passkey for its owner.
func (s *Service) OfferPasskey(ctx context.Context, who Identity) (Asked, error) {
	if s.passkeys == nil {
		return Asked{}, nil
	}
	have, err := s.keysOf(ctx, who.Actor.Account)
	if err != nil {
		return Asked{}, err
	}
	c, err := s.passkeys.Register([]byte(who.Actor.Account), who.Name, have)
	if err != nil {
		return Asked{}, err
	}
	return s.sealAsked("new passkey", who.Actor.Session, c)
}

// AddPasskey keeps the passkey that the browser made, under a name of its owner's own, and ends their other sessions;
// this one is proven. Faults stand on the field "passkey_name", or on none.
func (s *Service) AddPasskey(ctx context.Context, who Identity, slip, answer, name string) error {
	name = strings.TrimSpace(name)
	var check fault.Check
	check.Require(name != "" && utf8.ValidString(name) && !strings.ContainsRune(name, 0) &&
		utf8.RuneCountInString(name) <= maxPasskeyName, "passkey_name", "passkey.name_wrong", "Max", maxPasskeyName)
	if err := check.Err(); err != nil {
		return err
	}
	actor, now := who.Actor, s.clock.Now()
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		a, ok, err := s.openAsked(ctx, "new passkey", actor.Session, slip)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Invalid, "passkey.again")
		}
		key, err := s.passkeys.Registered([]byte(actor.Account), a.State, answer)
		if errors.Is(err, passkey.ErrAnswer) {
			return fault.New(fault.Invalid, "passkey.wrong")
		}
		if err != nil {
			return err
		}
		have, err := s.store.Factors(ctx, actor.Account)
		if err != nil {
			return err
		}
		if have.Passkeys >= maxPasskeys {
			return fault.New(fault.Conflict, "passkey.full")
		}
		p := &Passkey{
			ID: id.New(), AccountID: actor.Account, CredentialID: key.ID, PublicKey: key.Public, SignCount: int64(key.Count),
			BackupEligible: key.Eligible, BackedUp: key.BackedUp, CreatedAt: now,
		}
		sealed, err := s.vault.ForAccount(actor.Account).Seal(ctx, []byte(name), p.place())
		if err != nil {
			return fmt.Errorf("seal name of passkey: %w", err)
		}
		p.NameSealed, p.KeyID = sealed.Ciphertext, sealed.KeyID
		if err := s.store.AddPasskey(ctx, p); err != nil {
			return err
		}
		return s.changed(ctx, actor, now, byPasskey)
	})
}

// Passkeys lists the actor's passkeys, oldest first.
func (s *Service) Passkeys(ctx context.Context, actor Actor) ([]NamedPasskey, error) {
	all, err := s.store.Passkeys(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	named := make([]NamedPasskey, len(all))
	for i, p := range all {
		name, err := s.vault.ForAccount(actor.Account).Open(ctx, seal.Sealed{KeyID: p.KeyID, Ciphertext: p.NameSealed}, p.place())
		if err != nil {
			return nil, fmt.Errorf("open name of passkey: %w", err)
		}
		named[i] = NamedPasskey{ID: p.ID, Name: string(name), CreatedAt: p.CreatedAt}
	}
	return named, nil
}

// RemovePasskey forgets one of the actor's passkeys and ends their other sessions; one that is not theirs is no error.
// Who has a role keeps one second factor: if it is the last one, the fault is a Conflict.
func (s *Service) RemovePasskey(ctx context.Context, who Identity, passkeyID string) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.DeletePasskey(ctx, who.Actor.Account, passkeyID); err != nil {
			return err
		}
		return s.afterRemoval(ctx, who, passkeyRemoved)
	})
}

// afterRemoval ends the other sessions of who has removed a second factor, unless they have a role and none is left. It
// joins the transaction of ctx.
func (s *Service) afterRemoval(ctx context.Context, who Identity, what string) error {
	have, err := s.store.Factors(ctx, who.Actor.Account)
	if err != nil {
		return err
	}
	if who.Staff() && !have.Any() {
		return fault.New(fault.Conflict, "factor.last")
	}
	if err := s.store.EndSessionsBut(ctx, who.Actor.Account, who.Actor.Session); err != nil {
		return err
	}
	return s.trace(ctx, who.Actor.Account, StaffAccessChanged, what)
}
