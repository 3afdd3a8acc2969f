package checkin

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"samhold/internal/fault"
	"samhold/internal/intake"
)

// sweepEvery is how often a process looks for what is due.
const sweepEvery = 20 * time.Second

// atOnce is how much one look takes.
const atOnce = 100

// down is how late a look is that shows that nobody was looking: no process was up, and the member could not answer.
const down = 5 * time.Minute

// Watch sweeps until ctx is done. Several processes may watch one database.
func (s *Service) Watch(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		if _, err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "check-ins not swept", "err", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Sweep does what is due now, each in a transaction of its own, and returns how much there was. One that fails keeps
// none of the others waiting.
func (s *Service) Sweep(ctx context.Context) (done int, err error) {
	due, err := s.Store.Due(ctx, s.Clock.Now(), atOnce)
	if err != nil {
		return 0, fmt.Errorf("due check-ins: %w", err)
	}
	var failed []error
	for _, checkInID := range due {
		if err := s.look(ctx, checkInID); err != nil {
			failed = append(failed, fmt.Errorf("look at a check-in: %w", err))
			continue
		}
		done++
	}
	return done, errors.Join(failed...)
}

// look does with one check-in what its time asks for.
func (s *Service) look(ctx context.Context, checkInID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		// The check-in is locked first: two processes that found it meet here.
		c, err := s.Store.Lock(ctx, checkInID)
		if fault.Is(err, fault.NotFound) {
			return nil // its account is gone
		}
		if err != nil {
			return err
		}
		if c.NextAt == nil || c.NextAt.After(now) {
			return nil // another process was first, or the member was
		}
		if c.State == Proposed {
			c.settle(Ended, "", now)
			if err := s.Store.Update(ctx, c, c.Version); err != nil {
				return err
			}
			return s.tell(ctx, c)
		}
		wrote, err := s.Store.WroteSince(ctx, c.AccountID, c.listens())
		switch {
		case err != nil:
			return err
		case wrote:
			return s.answered(ctx, c, Wrote, now)
		case c.RemindedAt == nil || s.wasDown(c, now):
			return s.remind(ctx, c, now)
		default:
			return s.missed(ctx, c, now)
		}
	})
}

// wasDown reports whether nobody looked when the grace was over, so that the member may have stood before a closed door.
// That is excused once: somebody whom nobody hears of must not wait for a house that is down again and again.
func (s *Service) wasDown(c *CheckIn, now time.Time) bool {
	return now.Sub(*c.NextAt) > down && !c.RemindedAt.After(c.DueAt.Add(c.grace()))
}

// remind tells the member that it is time; the grace runs from then on.
func (s *Service) remind(ctx context.Context, c *CheckIn, now time.Time) error {
	c.RemindedAt = &now
	c.NextAt = new(now.Add(c.grace()))
	if err := s.Store.Update(ctx, c, c.Version); err != nil {
		return err
	}
	return s.Notifier.Notify(ctx, c.AccountID, NoticeDue, "")
}

// missed calls those on duty. A row of days ends with it: the case is where it goes on.
func (s *Service) missed(ctx context.Context, c *CheckIn, now time.Time) error {
	c.State, c.MissedAt, c.NextAt = Missed, &now, nil
	if err := s.Store.Update(ctx, c, c.Version); err != nil {
		return err
	}
	membership, err := s.Store.Membership(ctx, c.AccountID, deref(c.SpaceID))
	if err != nil {
		return err
	}
	return s.Desk.Missed(ctx, intake.Submission{ID: c.ID, Account: c.AccountID, Membership: membership, Space: deref(c.SpaceID)})
}

// PersonLeft tells those on duty that somebody with whom a time is agreed has erased the account: nobody will hear of them
// any more. It joins the transaction of ctx, before the check-in goes with the account.
func (s *Service) PersonLeft(ctx context.Context, accountID string) error {
	c, err := s.Store.Own(ctx, accountID)
	if fault.Is(err, fault.NotFound) || err == nil && c.State != Agreed {
		return nil
	}
	if err != nil {
		return err
	}
	people, err := s.Desk.Callable(ctx, deref(c.SpaceID), accountID)
	if err != nil {
		return fmt.Errorf("whom to tell: %w", err)
	}
	for _, p := range people {
		if err := s.Notifier.Notify(ctx, p, NoticeLeft, ""); err != nil {
			return err
		}
	}
	return nil
}
