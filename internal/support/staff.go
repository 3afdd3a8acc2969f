package support

import (
	"context"
	"errors"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// returnsWithin is how long after its end an earlier case makes the next one a return.
const returnsWithin = 90 * 24 * time.Hour

// Brief is what a case's own page shows, without a word of the plan.
type Brief struct {
	Plan    *Plan // nil for none
	Returns bool  // the case came back, or there was another one not long ago
}

// Suggest reports whether the page should say that a plan could be made with the person.
func (b *Brief) Suggest() bool { return b.Returns && b.Plan == nil }

// Brief returns that for the case's staff; NotFound of a guest's case. Only earlier cases that the actor may know of count.
func (s *Service) Brief(ctx context.Context, a account.Actor, caseID string) (*Brief, error) {
	c, err := s.person(ctx, a, caseID)
	if err != nil {
		return nil, err
	}
	b := &Brief{}
	if b.Plan, err = s.Store.Support(ctx, *c.AccountID); fault.Is(err, fault.NotFound) {
		b.Plan, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	b.Returns, err = s.Store.Returned(ctx, scopeOf(a), c, c.OpenedAt.Add(-returnsWithin))
	return b, err
}

func scopeOf(a account.Actor) crisis.Scope {
	everywhere, spaces := a.Reach(account.WorkCases)
	return crisis.Scope{Everywhere: everywhere, Spaces: spaces, Account: a.Account}
}

// person returns the case of a member that the actor works.
func (s *Service) person(ctx context.Context, a account.Actor, caseID string) (*crisis.Case, error) {
	c, err := s.Cases.Known(ctx, a, caseID)
	if err == nil && c.AccountID == nil {
		err = fault.Missing()
	}
	return c, err
}

// at runs fn with the locked case and with its person's plan, nil for none, for somebody of its staff who has just shown
// who they are.
func (s *Service) at(ctx context.Context, a account.Actor, caseID string, fn func(ctx context.Context, c *crisis.Case, p *Plan) error) error {
	c, err := s.person(ctx, a, caseID)
	if err != nil {
		return err
	}
	if !a.Fresh() {
		return fault.New(fault.Forbidden, "fault.confirm")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		// The plan is locked before the case here too, as where its person writes.
		p, err := s.Store.Support(ctx, *c.AccountID)
		if fault.Is(err, fault.NotFound) {
			p, err = nil, nil
		}
		if err != nil {
			return err
		}
		c, err := s.person(ctx, a, caseID)
		if err != nil {
			return err
		}
		return fn(ctx, c, p)
	})
}

// File is the plan of a case's person before the case's staff.
type File struct {
	CaseID   string
	Declined bool  // the person wants none now
	Open     *Open // nil for none, and for one that was declined
}

// File opens the plan of a case's person. Reading it is audited.
func (s *Service) File(ctx context.Context, a account.Actor, caseID string) (*File, error) {
	f := &File{CaseID: caseID}
	err := s.at(ctx, a, caseID, func(ctx context.Context, c *crisis.Case, p *Plan) error {
		if p == nil || p.State == Declined {
			f.Declined = p != nil
			return nil
		}
		var err error
		if f.Open, err = s.open(ctx, p); err != nil {
			return err
		}
		e := audit.Event{At: a.At, Actor: a.Account, Action: "case_support_read", ObjectKind: "case", ObjectID: c.ID}
		if c.SpaceID != nil {
			e.SpaceID = *c.SpaceID
		}
		return s.Audit.Append(ctx, e)
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Propose saves what the team suggests as the newest version. Its person can read it at once and is told. One that was
// declined, and what builds on an older version than the newest, is refused with Conflict.
func (s *Service) Propose(ctx context.Context, a account.Actor, caseID string, d Draft) error {
	if err := d.clean(a.At); err != nil {
		return err
	}
	return s.at(ctx, a, caseID, func(ctx context.Context, c *crisis.Case, p *Plan) error {
		switch {
		case p == nil && d.Version == 0:
			p = &Plan{ID: id.New(), AccountID: *c.AccountID, BegunAt: a.At}
		case p == nil || p.Version != d.Version || p.State == Declined:
			return fault.Stale()
		}
		p.CaseID = &c.ID
		if err := s.write(ctx, p, d, &a.Account, a.At); err != nil {
			return err
		}
		if err := s.Notifier.Notify(ctx, p.AccountID, NoticeOffered, ""); err != nil {
			return err
		}
		return s.Cases.Record(ctx, a, c, "support_proposed")
	})
}

// Confirm is the team's yes to what the person wrote last; Conflict when that is another version by now.
func (s *Service) Confirm(ctx context.Context, a account.Actor, caseID string, version int) error {
	return s.at(ctx, a, caseID, func(ctx context.Context, c *crisis.Case, p *Plan) error {
		if p == nil {
			return fault.Stale()
		}
		p.CaseID = &c.ID
		if err := s.agree(ctx, p, version, true); err != nil {
			return err
		}
		if err := s.Notifier.Notify(ctx, p.AccountID, NoticeOffered, ""); err != nil {
			return err
		}
		return s.Cases.Record(ctx, a, c, "support_confirmed")
	})
}

// Waiting returns the plans that the team must look at, of cases that the actor works: for the workbench.
func (s *Service) Waiting(ctx context.Context, a account.Actor) ([]Plan, error) {
	if !a.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	return s.Store.WaitingSupports(ctx, scopeOf(a), a.At)
}

// again is how long after a reminder the team is asked once more, until somebody sets another day.
const again = 7 * 24 * time.Hour

// atOnce is how many are asked about in one look.
const atOnce = 100

// Remind asks the team about each plan whose day to look at it again has come. Each commits by itself.
func (s *Service) Remind(ctx context.Context) error {
	due, err := s.Store.DueSupports(ctx, s.Clock.Now(), atOnce)
	if err != nil {
		return fmt.Errorf("support plans to ask about: %w", err)
	}
	var failed []error
	for _, p := range due {
		failed = append(failed, s.Tx.InTx(ctx, func(ctx context.Context) error { return s.remind(ctx, p.AccountID) }))
	}
	return errors.Join(failed...)
}

func (s *Service) remind(ctx context.Context, accountID string) error {
	p, err := s.Store.Support(ctx, accountID)
	now := s.Clock.Now()
	if fault.Is(err, fault.NotFound) || err == nil && (p.RemindAt == nil || p.RemindAt.After(now)) {
		return nil // another process was first, or somebody did it meanwhile
	}
	if err != nil {
		return err
	}
	next := now.Add(again)
	if p.RemindAt = &next; p.CaseID == nil {
		p.RemindAt = nil
	}
	if err := s.Store.UpdateSupport(ctx, p); err != nil || p.CaseID == nil {
		return err
	}
	return s.Cases.Tell(ctx, *p.CaseID, NoticeWaits, "support_review")
}
