package account

import (
	"context"
	"time"

	"samhold/internal/fault"
	"samhold/internal/limit"
	"samhold/internal/signname"
)

// How often one may fail. Only failures count, so a family or a school behind one address is not shut out.
var (
	signInByAddress  = limit.Rule{Kind: "signin_address", Max: 100, Window: 15 * time.Minute}
	recoverByAddress = limit.Rule{Kind: "recover_address", Max: 50, Window: 15 * time.Minute}
	confirmByAccount = limit.Rule{Kind: "confirm", Max: 10, Window: 15 * time.Minute}
)

type signInStore interface {
	// Entrance returns the account of this name with the hash of its passphrase, if it is active or paused.
	Entrance(ctx context.Context, name string) (Account, string, error)
	// EntranceOf is Entrance by account.
	EntranceOf(ctx context.Context, accountID string) (Account, string, error)
	// SetPassphrase replaces the account's passphrase.
	SetPassphrase(ctx context.Context, accountID, hash string, at time.Time) error
}

// Attempt is somebody who wants in. Address is only ever counted under a daily key.
type Attempt struct {
	Name       string
	Passphrase string
	Address    string
	OwnDevice  bool   // they say that nobody else uses the device; staff are not believed
	Device     string // what an earlier Entered gave this browser to keep
}

// Entered is somebody who came in.
type Entered struct {
	AccountID string
	Token     string
	Staff     bool   // they have a role: their second factor is asked for
	Own       bool   // the session may outlive the browser's window
	Device    string // for the browser to keep for a long time, if Own
}

// SignIn begins a session. An unknown name, a closed account and a wrong passphrase get the same answer at the same
// cost: an Invalid fault. Failures make the next try wait, which is a RateLimited fault.
func (s *Service) SignIn(ctx context.Context, try Attempt) (Entered, error) {
	name := signname.Fold(try.Name)
	brakes, err := s.admit(ctx, name, try.Address, try.Device)
	if err != nil {
		return Entered{}, err
	}
	counted := []count{{signInByAddress, try.Address}}
	if err := s.take(ctx, counted); err != nil {
		return Entered{}, err
	}
	a, hash, err := s.store.Entrance(ctx, name)
	switch {
	case fault.Is(err, fault.NotFound):
		if err := s.passphrase.VerifyDummy(ctx, try.Passphrase); err != nil {
			return Entered{}, err
		}
		return Entered{}, errWrong()
	case err != nil:
		return Entered{}, err
	}
	ok, err := s.passphrase.Verify(ctx, try.Passphrase, hash)
	if err != nil {
		return Entered{}, err
	}
	if !ok {
		return Entered{}, errWrong()
	}
	entered, err := s.enter(ctx, a, try.OwnDevice, byPassphrase)
	if err != nil {
		return Entered{}, err
	}
	if err := s.release(ctx, brakes); err != nil {
		return Entered{}, err
	}
	return entered, s.give(ctx, counted)
}

// enter begins a session of somebody who has shown who they are.
func (s *Service) enter(ctx context.Context, a Account, own bool, by string) (Entered, error) {
	now := s.clock.Now()
	var entered Entered
	err := s.tx.InTx(ctx, func(ctx context.Context) (err error) {
		entered.AccountID = a.ID
		if entered.Staff, err = s.store.HoldsGrant(ctx, a.ID, now); err != nil {
			return err
		}
		entered.Own = own && !entered.Staff
		entered.Token, err = s.open(ctx, a, now, opening{own: entered.Own, proven: by == byPasskey})
		if err != nil {
			return err
		}
		return s.trace(ctx, a.ID, StaffEntered, by)
	})
	if err == nil && entered.Own {
		entered.Device, err = s.newDevice(a.Name)
	}
	return entered, err
}

func errWrong() error { return fault.New(fault.Invalid, "signin.wrong") }

// confirm makes sure that the person at the keyboard knows the account's passphrase; if not, it returns an Invalid
// fault on the given field.
func (s *Service) confirm(ctx context.Context, accountID, plain, field string) (Account, error) {
	counted := []count{{confirmByAccount, accountID}}
	if err := s.take(ctx, counted); err != nil {
		return Account{}, err
	}
	a, hash, err := s.store.EntranceOf(ctx, accountID)
	if err != nil {
		return Account{}, err
	}
	ok, err := s.passphrase.Verify(ctx, plain, hash)
	if err != nil {
		return Account{}, err
	}
	if !ok {
		var c fault.Check
		c.Add(field, "me.wrong_passphrase")
		return Account{}, c.Err()
	}
	return a, s.give(ctx, counted)
}

// count is one thing that a try counts against.
type count struct {
	rule limit.Rule
	who  string
}

func (s *Service) take(ctx context.Context, counts []count) error {
	for _, c := range counts {
		if err := s.limiter.Take(ctx, c.rule, c.who); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) give(ctx context.Context, counts []count) error {
	for _, c := range counts {
		if err := s.limiter.Give(ctx, c.rule, c.who); err != nil {
			return err
		}
	}
	return nil
}
