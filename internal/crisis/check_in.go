package crisis

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// CheckInSignal is that somebody did not say a word at the time that they had agreed to. Package checkin keeps the times.
const CheckInSignal intake.Kind = "check_in"

// Missed opens the account's case, or raises the one that is open, because an agreed word did not come. It is serious, and
// a crisis when the open case, or the one that was closed a short time ago, was one. It joins the transaction of ctx.
func (s *Service) Missed(ctx context.Context, in intake.Submission) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		now := s.clock.Now()
		level := triage.Red
		before, err := s.store.OpenCaseOf(ctx, in.Account)
		if fault.Is(err, fault.NotFound) {
			before, err = s.store.LastClosed(ctx, in.Account, now.Add(-reopenFor))
		}
		switch {
		case err == nil && rank(before.PeakLevel) == triage.Crisis:
			level = triage.Crisis
		case err != nil && !fault.Is(err, fault.NotFound):
			return err
		}
		in.Kind = CheckInSignal
		if _, err := s.signal(ctx, in, unread(in, level), now); err != nil {
			return err
		}
		c, err := s.store.OpenCaseOf(ctx, in.Account)
		if err != nil {
			return err
		}
		return s.happened(ctx, c, "check_in_missed", now)
	})
}

// Heard writes into the account's open case that they were heard of, and tells whoever has it; without an open case
// nothing happens. It lowers and closes nothing. It joins the transaction of ctx.
func (s *Service) Heard(ctx context.Context, accountID, kind string) error {
	c, err := s.store.OpenCaseOf(ctx, accountID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	now := s.clock.Now()
	if err := s.tellHolder(ctx, c, now); err != nil {
		return err
	}
	return s.happened(ctx, c, kind, now)
}

// happened writes down what changes nothing.
func (s *Service) happened(ctx context.Context, c *Case, kind string, now time.Time) error {
	return s.store.AddEvent(ctx, &Event{CaseID: c.ID, Kind: kind, FromState: c.State, ToState: c.State, CreatedAt: now})
}

// tellHolder tells whoever has the case, else those who are called to it.
func (s *Service) tellHolder(ctx context.Context, c *Case, now time.Time) error {
	people := []string{c.Owner(now)}
	if people[0] == "" {
		var err error
		if people, err = s.Callable(ctx, deref(c.SpaceID), deref(c.AccountID)); err != nil {
			return err
		}
	}
	for _, p := range people {
		if err := s.notifier.Notify(ctx, p, NoticeCase, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// DutyAt says who is there at a moment that lies ahead, as the rota is planned now.
func (s *Service) DutyAt(ctx context.Context, spaceID string, actor account.Actor, at time.Time) (Duty, error) {
	return s.store.Duty(ctx, spaceID, actor.Account, at)
}
