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
	signInByName     = limit.Rule{Kind: "signin_name", Max: 10, Window: 15 * time.Minute}
	signInByAddress  = limit.Rule{Kind: "signin_address", Max: 100, Window: 15 * time.Minute}
	recoverByName    = limit.Rule{Kind: "recover_name", Max: 10, Window: 15 * time.Minute}
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
}

// SignIn begins a session and returns its token. An unknown name, a closed account and a wrong passphrase get the
// same answer at the same cost: an Invalid fault. Too many failures are a RateLimited fault.
func (s *Service) SignIn(ctx context.Context, try Attempt) (string, error) {
	name := signname.Fold(try.Name)
	counted := []count{{signInByAddress, try.Address}, {signInByName, name}}
	if err := s.take(ctx, counted); err != nil {
		return "", err
	}
	a, hash, err := s.store.Entrance(ctx, name)
	switch {
	case fault.Is(err, fault.NotFound):
		if err := s.passphrase.VerifyDummy(ctx, try.Passphrase); err != nil {
			return "", err
		}
		return "", errWrong()
	case err != nil:
		return "", err
	}
	ok, err := s.passphrase.Verify(ctx, try.Passphrase, hash)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", errWrong()
	}
	var token string
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		token, err = s.open(ctx, a, s.clock.Now())
		return err
	})
	if err != nil {
		return "", err
	}
	return token, s.give(ctx, counted)
}

func errWrong() error { return fault.New(fault.Invalid, "signin.wrong") }

// Confirm makes sure that the person at the keyboard is the actor: it wants the passphrase; a wrong one is an Invalid
// fault on the field "passphrase". Areas call it before what cannot be undone and before they hand out everything.
func (s *Service) Confirm(ctx context.Context, actor Actor, plain string) error {
	_, err := s.confirm(ctx, actor.Account, plain, "passphrase")
	return err
}

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
