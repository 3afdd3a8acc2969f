package account

import (
	"context"
	"crypto/rand"
	"time"

	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/recovery"
	"samhold/internal/signname"
)

// codesLast is how long a browser may show new codes again, after a reload or a lost tab.
const codesLast = 30 * time.Minute

// Recovery is somebody who has lost their passphrase and kept a code.
type Recovery struct {
	Name       string
	Code       string
	Passphrase string // the new one
	Address    string // only ever counted under a daily key
}

// Recover sets a new passphrase, uses the code up (one of the person's own, or one of two halves that the team gave), ends every session and begins a new one. An unknown name and a
// wrong or used code get the same answer at the same cost: an Invalid fault.
func (s *Service) Recover(ctx context.Context, r Recovery) (string, error) {
	name := signname.Fold(r.Name)
	if err := checkPassphrase("passphrase", r.Passphrase, name); err != nil {
		return "", err
	}
	brakes := []braked{{recoverBrake, name + "\x00" + r.Address}}
	if err := s.slow(ctx, brakes); err != nil {
		return "", err
	}
	counted := []count{{recoverByAddress, r.Address}}
	if err := s.take(ctx, counted); err != nil {
		return "", err
	}
	// Hashed before anything is looked up: a right code and a wrong one take as long.
	hash, err := s.passphrase.Hash(ctx, r.Passphrase)
	if err != nil {
		return "", err
	}
	var token string
	now := s.clock.Now()
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		a, err := s.store.UseCode(ctx, name, recovery.Hash(s.codeKey, r.Code), now)
		var assisted audit.Event
		switch {
		case fault.Is(err, fault.NotFound):
			a, assisted, err = s.useAssist(ctx, name, r.Code, now)
		case err == nil:
			err = s.Notify(ctx, a.ID, NoticeRecovered, "")
		}
		if fault.Is(err, fault.NotFound) {
			return fault.New(fault.Invalid, "recover.wrong")
		}
		if err != nil {
			return err
		}
		if err := s.voidCodesOfStaff(ctx, a.ID, now); err != nil {
			return err
		}
		if token, err = s.renew(ctx, a.ID, hash, now); err != nil {
			return err
		}
		if assisted.Action != "" {
			if err := s.audit.Append(ctx, assisted); err != nil {
				return err
			}
		}
		return s.trace(ctx, a.ID, StaffEntered, byCode)
	})
	if err != nil {
		return "", err
	}
	if err := s.release(ctx, brakes); err != nil {
		return "", err
	}
	return token, s.give(ctx, counted)
}

// voidCodesOfStaff takes the other codes away from who has a role: one sheet of paper must not be both the passphrase
// and the second factor. It joins the transaction of ctx.
func (s *Service) voidCodesOfStaff(ctx context.Context, accountID string, now time.Time) error {
	staff, err := s.store.HoldsGrant(ctx, accountID, now)
	if err != nil || !staff {
		return err
	}
	return s.store.SetCodes(ctx, accountID, nil, now)
}

// ChangePassphrase sets a new passphrase for the actor, who must know the old one, ends every session and returns
// the token of a new one for this browser. Faults stand on the fields "passphrase" and "new_passphrase".
func (s *Service) ChangePassphrase(ctx context.Context, actor Actor, old, fresh string) (string, error) {
	a, err := s.confirm(ctx, actor.Account, old, "passphrase")
	if err != nil {
		return "", err
	}
	if err := checkPassphrase("new_passphrase", fresh, a.Name); err != nil {
		return "", err
	}
	hash, err := s.passphrase.Hash(ctx, fresh)
	if err != nil {
		return "", err
	}
	var token string
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		now := s.clock.Now()
		if token, err = s.renew(ctx, a.ID, hash, now); err != nil {
			return err
		}
		if !actor.ProvenAt.IsZero() {
			if err := s.store.ProveSession(ctx, hashToken(token), actor.ProvenAt); err != nil {
				return err
			}
		}
		return s.trace(ctx, a.ID, StaffAccessChanged, byPassphrase)
	})
	return token, err
}

// renew sets the passphrase, ends every session and whatever help was under way, and begins a session. It joins the transaction of ctx.
func (s *Service) renew(ctx context.Context, accountID, hash string, now time.Time) (string, error) {
	if err := s.store.SetPassphrase(ctx, accountID, hash, now); err != nil {
		return "", err
	}
	if err := s.store.DropAssists(ctx, accountID); err != nil {
		return "", err
	}
	a, err := s.store.EndSessions(ctx, accountID)
	if err != nil {
		return "", err
	}
	return s.open(ctx, a, now, opening{})
}

// NewCodes replaces the actor's recovery codes; the old ones stop working. The actor must know the passphrase; a
// wrong one is a fault on the field "codes_passphrase". The codes are returned once.
func (s *Service) NewCodes(ctx context.Context, actor Actor, plain string) ([]string, error) {
	if _, err := s.confirm(ctx, actor.Account, plain, "codes_passphrase"); err != nil {
		return nil, err
	}
	codes, err := recovery.New(rand.Reader)
	if err != nil {
		return nil, err
	}
	return codes, s.tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.SetCodes(ctx, actor.Account, s.hashCodes(codes), s.clock.Now()); err != nil {
			return err
		}
		return s.trace(ctx, actor.Account, StaffAccessChanged, codesMade)
	})
}

// CodesLeft is how many of the actor's recovery codes still work.
func (s *Service) CodesLeft(ctx context.Context, actor Actor) (int, error) {
	return s.store.CodesLeft(ctx, actor.Account)
}

// Codes are recovery codes to show. A browser keeps them for us, sealed, so that a reload does not lose them.
type Codes struct {
	List  []string
	First bool // the first ones of a new account
	Until time.Time
}

// SealCodes writes new codes down for the browser of their owner.
func (s *Service) SealCodes(accountID string, c Codes) (string, error) {
	c.Until = s.clock.Now().Add(codesLast)
	return s.sealSlip("codes", accountID, c)
}

// OpenCodes returns what SealCodes wrote for this actor within the last half hour, or nothing.
func (s *Service) OpenCodes(actor Actor, sealed string) Codes {
	var c Codes
	if !s.openSlip("codes", actor.Account, sealed, &c) || s.clock.Now().After(c.Until) {
		return Codes{}
	}
	return c
}

func (s *Service) hashCodes(codes []string) [][]byte {
	hashes := make([][]byte, len(codes))
	for i, c := range codes {
		hashes[i] = recovery.Hash(s.codeKey, c)
	}
	return hashes
}
