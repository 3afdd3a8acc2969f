package account

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

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
	// NamePasskey saves the name of the account's passkey with this id, and its new id.
	NamePasskey(ctx context.Context, passkeyID string, p Passkey) error
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
	switch {
	case errors.Is(err, passkey.ErrCopied):
		return Account{}, copiedError{string(handle)}
	case errors.Is(err, passkey.ErrAnswer):
		return Account{}, fault.Missing()
	case err != nil:
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
	if err != nil {
		return Entered{}, s.refused(ctx, err)
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
	}
	return s.refused(ctx, err)
}

// copiedError is the answer of a passkey whose count went back. A second device may hold what one alone should.
type copiedError struct{ account string }

func (copiedError) Error() string { return "a passkey that was copied" }

// refused turns what an answer went wrong with into what its page says. The owner of a passkey that may have been copied
// is told by a notice, which is all that the one at the keyboard does not see.
func (s *Service) refused(ctx context.Context, err error) error {
	copied, ok := errors.AsType[copiedError](err)
	if ok {
		err := s.tx.InTx(ctx, func(ctx context.Context) error {
			if err := s.Notify(ctx, copied.account, NoticePasskeyCopied, ""); err != nil {
				return err
			}
			return s.trace(ctx, copied.account, StaffProofFailed, byCopy)
		})
		if err != nil {
			return err
		}
	}
	if ok || fault.Is(err, fault.NotFound) {
		return fault.New(fault.Invalid, "passkey.wrong")
	}
	return err
}
