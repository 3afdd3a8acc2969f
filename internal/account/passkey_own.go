package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/passkey"
	"samhold/internal/seal"
)

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
	name, err := passkeyName("passkey_name", name)
	if err != nil {
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
		if err := s.sealName(ctx, p, name); err != nil {
			return err
		}
		if err := s.store.AddPasskey(ctx, p); err != nil {
			return err
		}
		return s.changed(ctx, actor, now, byPasskey)
	})
}

func passkeyName(field, name string) (string, error) {
	name = strings.TrimSpace(name)
	var check fault.Check
	check.Require(name != "" && utf8.ValidString(name) && !strings.ContainsRune(name, 0) &&
		utf8.RuneCountInString(name) <= maxPasskeyName, field, "passkey.name_wrong", "Max", maxPasskeyName)
	return name, check.Err()
}

func (s *Service) sealName(ctx context.Context, p *Passkey, name string) error {
	sealed, err := s.vault.ForAccount(p.AccountID).Seal(ctx, []byte(name), p.place())
	if err != nil {
		return fmt.Errorf("seal name of passkey: %w", err)
	}
	p.NameSealed, p.KeyID = sealed.Ciphertext, sealed.KeyID
	return nil
}

// RenamePasskey gives one of the actor's passkeys another name; one that is not theirs is NotFound. Faults stand on the
// field "new_name".
func (s *Service) RenamePasskey(ctx context.Context, actor Actor, passkeyID, name string) error {
	name, err := passkeyName("new_name", name)
	if err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		all, err := s.store.Passkeys(ctx, actor.Account)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(p Passkey) bool { return p.ID == passkeyID })
		if i < 0 {
			return fault.Missing()
		}
		p := all[i]
		p.ID = id.New() // the old name, put back by somebody, fits no row
		if err := s.sealName(ctx, &p, name); err != nil {
			return err
		}
		return s.store.NamePasskey(ctx, passkeyID, p)
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
