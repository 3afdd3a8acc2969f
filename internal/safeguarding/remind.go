package safeguarding

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// How long a draft may wait before the team is asked about it: less where a child is in danger now.
const (
	unsent       = 24 * time.Hour
	unsentUrgent = time.Hour
)

func unsentWait(urgent bool) time.Duration {
	if urgent {
		return unsentUrgent
	}
	return unsent
}

// atOnce is how many are asked about in one look.
const atOnce = 100

// Remind asks the team about each draft that nobody has sent and each underretning that the municipality has not answered
// in time, again and again until somebody writes down what happened. Each commits by itself, so that one that fails keeps
// none of the others waiting.
func (s *Service) Remind(ctx context.Context) error {
	due, err := s.Store.DueReferrals(ctx, s.Clock.Now(), atOnce)
	if err != nil {
		return fmt.Errorf("underretninger to ask about: %w", err)
	}
	var failed []error
	for _, r := range due {
		if err := s.remind(ctx, r); err != nil {
			failed = append(failed, fmt.Errorf("ask about an underretning: %w", err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) remind(ctx context.Context, seen Referral) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		r, err := s.Store.Referral(ctx, seen.ID)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		if !r.Open() || r.RemindAt.After(now) {
			return nil // another process was first, or somebody did it meanwhile
		}
		kind := "referral_unsent"
		r.RemindAt = now.Add(unsentWait(r.Urgent))
		if r.State == Sent {
			kind = "referral_unanswered"
			r.RemindAt = NextOfficeHour(now.In(s.Zone)).UTC()
		}
		if err := s.Store.UpdateReferral(ctx, r); err != nil {
			return err
		}
		return s.Cases.Remind(ctx, r.CaseID, NoticeReferral, kind)
	})
}
