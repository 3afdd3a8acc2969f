package message

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"samhold/internal/fault"
	"samhold/internal/intake"
)

// When somebody is told again that a message waits which nobody has opened: after an hour, then every four hours. From
// the last of these on it is a case, so that the ladder calls until a human answers. Of what was opened and not answered
// they are told once a day.
const (
	firstReminder  = time.Hour
	nextReminder   = 4 * time.Hour
	unheardAfter   = 24 * time.Hour
	answerReminder = 24 * time.Hour
)

// sweepEvery is how often a process looks for what is due.
const sweepEvery = 20 * time.Second

// atOnce is how much one look takes.
const atOnce = 100

// Watch sweeps until ctx is done. Several processes may watch one database.
func (s *Service) Watch(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		if _, err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "messages not swept", "err", err.Error())
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
	due, err := s.Store.DueReminders(ctx, s.Clock.Now(), atOnce)
	if err != nil {
		return 0, fmt.Errorf("due reminders: %w", err)
	}
	var failed []error
	for _, threadID := range due {
		if err := s.remind(ctx, threadID); err != nil {
			failed = append(failed, fmt.Errorf("remind of a message: %w", err))
			continue
		}
		done++
	}
	return done, errors.Join(failed...)
}

// remind tells everybody who could open it, on duty or not, that a message waits.
func (s *Service) remind(ctx context.Context, threadID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		// The thread is locked first: two processes with the same reminder meet here.
		thread, err := s.Store.LockThread(ctx, threadID)
		if fault.Is(err, fault.NotFound) {
			return nil // its account is gone
		}
		if err != nil {
			return err
		}
		if thread.RemindAt == nil || thread.RemindAt.After(now) {
			return nil // another process was first
		}
		next := nextReminder
		m, _, err := s.Store.Unopened(ctx, threadID)
		if fault.Is(err, fault.NotFound) {
			next = answerReminder
			m, err = s.Store.Unanswered(ctx, threadID)
		}
		if fault.Is(err, fault.NotFound) {
			return s.calm(ctx, thread)
		}
		if err != nil {
			return err
		}
		thread.RemindAt = new(now.Add(next))
		if err := s.Store.Remind(ctx, thread); err != nil {
			return err
		}
		people, err := s.Desk.Everybody(ctx, deref(m.SpaceID), m.AccountID)
		if err != nil {
			return fmt.Errorf("whom to tell: %w", err)
		}
		if err := s.notify(ctx, people, threadID); err != nil {
			return err
		}
		if m.OpenedAt != nil || now.Sub(m.CreatedAt) < unheardAfter {
			return nil
		}
		return s.Desk.Unheard(ctx, intake.Submission{
			Kind: intake.Message, ID: m.ID, Account: m.AccountID, Space: deref(m.SpaceID),
		})
	})
}
