package support

import (
	"context"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/intake"
)

// Mine returns the actor's own plan, opened, or NotFound.
func (s *Service) Mine(ctx context.Context, a account.Actor) (*Open, error) {
	if a.Guest() {
		return nil, fault.Missing()
	}
	p, err := s.Store.Support(ctx, a.Account)
	if err != nil {
		return nil, err
	}
	return s.open(ctx, p)
}

// Has reports whether the actor has a plan.
func (s *Service) Has(ctx context.Context, a account.Actor) (bool, error) {
	_, err := s.Store.Support(ctx, a.Account)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// own runs fn with the actor's own plan, locked, and tells the team in the same transaction that something of that kind
// happened.
func (s *Service) own(ctx context.Context, a account.Actor, kind string, fn func(ctx context.Context, p *Plan) error) error {
	if a.Guest() {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Store.Support(ctx, a.Account)
		if err != nil {
			return err
		}
		if err := fn(ctx, p); err != nil || p.CaseID == nil {
			return err
		}
		return s.Cases.Tell(ctx, *p.CaseID, NoticeWaits, kind)
	})
}

// Edit saves the actor's own words as the newest version, which then waits for the team's yes. What somebody writes about
// dying tonight is a cry for help here too. What builds on an older version than the newest is refused with Conflict.
func (s *Service) Edit(ctx context.Context, a account.Actor, d Draft, lang string) (intake.Verdict, error) {
	var verdict intake.Verdict
	if err := d.clean(s.Clock.Now()); err != nil {
		return verdict, err
	}
	err := s.own(ctx, a, "support_written", func(ctx context.Context, p *Plan) error {
		if p.Version != d.Version {
			return fault.Stale()
		}
		home, err := s.Store.Home(ctx, a.Account)
		if err != nil {
			return err
		}
		verdict, err = s.Intake.Receive(ctx, intake.Submission{
			Kind: intake.Plan, ID: p.ID, Revision: d.Version + 1, Account: a.Account, Membership: home.Membership, Space: home.Space,
			SpaceKind: home.Kind, Text: d.Words.text(), Lang: lang,
		})
		if err != nil {
			return err
		}
		return s.write(ctx, p, d, nil, s.Clock.Now())
	})
	return verdict, err
}

// Accept is the actor's yes to what the team wrote last; Conflict when that is another version by now.
func (s *Service) Accept(ctx context.Context, a account.Actor, version int) error {
	return s.own(ctx, a, "support_accepted", func(ctx context.Context, p *Plan) error { return s.agree(ctx, p, version, false) })
}

// Decline says that the actor wants no plan now. Nobody of the team reads it or is reminded of it from then on; the actor
// can write in it again whenever they like.
func (s *Service) Decline(ctx context.Context, a account.Actor) error {
	return s.own(ctx, a, "support_declined", func(ctx context.Context, p *Plan) error {
		p.State, p.AgreedVersion, p.AgreedAt, p.RemindAt, p.ChangedAt = Declined, 0, nil, nil, s.Clock.Now()
		return s.Store.UpdateSupport(ctx, p)
	})
}

// Drop deletes the actor's plan with all its versions.
func (s *Service) Drop(ctx context.Context, a account.Actor) error {
	return s.own(ctx, a, "support_dropped", func(ctx context.Context, p *Plan) error { return s.Store.DropSupport(ctx, p.AccountID) })
}
