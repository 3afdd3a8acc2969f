package checkin

import (
	"context"
	"fmt"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/message"
)

// Newest returns the newest check-in with the person of a case or a conversation, without its note; NotFound when there
// is none within the actor's scope.
func (s *Service) Newest(ctx context.Context, actor account.Actor, d message.Door) (*CheckIn, error) {
	whose, _, err := s.Talk.Whose(ctx, actor, d)
	if err != nil {
		return nil, err
	}
	return s.Store.NewestWithin(ctx, scopeOf(actor), whose)
}

// Propose proposes a time to the person of a case or a conversation, and returns the check-in. Nothing follows from it
// before they have said yes. It is Conflict while another of theirs waits, and audited.
func (s *Service) Propose(ctx context.Context, actor account.Actor, d message.Door, w Wish) (string, error) {
	whose, space, err := s.Talk.Whose(ctx, actor, d)
	if err != nil {
		return "", err
	}
	due, err := w.check(s.Zone, actor.At)
	if err != nil {
		return "", err
	}
	c := &CheckIn{
		AccountID: whose, SpaceID: optional(space), StaffID: &actor.Account, State: Proposed, DueAt: due, NextAt: &due, Grace: w.Grace, Days: w.Days - 1,
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.add(ctx, c, w.Note, actor.At); err != nil {
			return err
		}
		if err := s.Notifier.Notify(ctx, whose, NoticeProposed, ""); err != nil {
			return err
		}
		return s.record(ctx, actor, c, "check_in_proposed")
	})
	return c.ID, err
}

// Show returns a check-in with its note to staff, which is audited; NotFound beyond the actor's scope.
func (s *Service) Show(ctx context.Context, actor account.Actor, checkInID string) (f *File, err error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.Store.Within(ctx, scopeOf(actor), checkInID)
		if err != nil {
			return err
		}
		if f, err = s.file(ctx, c); err != nil {
			return err
		}
		return s.record(ctx, actor, c, "check_in_viewed")
	})
	return f, err
}

// Withdraw takes a proposal or an agreement back, and lets the member know. It is audited. What is over stays as it is.
func (s *Service) Withdraw(ctx context.Context, actor account.Actor, checkInID string) error {
	if !actor.Can(account.WorkCases) {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.Store.Within(ctx, scopeOf(actor), checkInID)
		if err != nil || !c.State.Waits() {
			return err
		}
		c.settle(Ended, "", actor.At)
		if err := s.Store.Update(ctx, c, c.Version); err != nil {
			return err
		}
		if err := s.Notifier.Notify(ctx, c.AccountID, NoticeEnded, ""); err != nil {
			return err
		}
		return s.record(ctx, actor, c, "check_in_withdrawn")
	})
}

func (s *Service) record(ctx context.Context, actor account.Actor, c *CheckIn, action audit.Action) error {
	err := s.Audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "check_in", ObjectID: c.ID, SpaceID: deref(c.SpaceID),
	})
	if err != nil {
		return fmt.Errorf("record: %w", err)
	}
	return nil
}
