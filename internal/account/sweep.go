package account

import (
	"context"
	"time"
)

type sweepStore interface {
	// Sweep deletes sessions not seen since seenBefore, but for those on own devices, or expired before expiredBefore.
	Sweep(ctx context.Context, seenBefore, expiredBefore time.Time) error
}

// Sweep deletes sessions that have ended by themselves, and old limits. It may run at any time and as often as one
// likes; once in ten minutes is plenty. The clocks of package privacy delete the rest.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now()
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.store.Sweep(ctx, now.Add(-idleMember-rescueWindow), now.Add(-rescueWindow))
	})
	if err != nil {
		return err
	}
	return s.limiter.Forget(ctx)
}
