package account

import (
	"context"
	"time"
)

type sweepStore interface {
	// Sweep deletes sessions not seen since seenBefore, but for those on own devices, or expired before expiredBefore, links, drafts and searches
	// that have expired, and notices seen before noticesBefore.
	Sweep(ctx context.Context, s Sweeping) error
}

// Sweeping says what has had its time.
type Sweeping struct {
	Now           time.Time
	SeenBefore    time.Time
	ExpiredBefore time.Time
	NoticesBefore time.Time
}

// Sweep deletes what nobody needs any more: sessions, links, limits, drafts, searches and old notices. It may run
// at any time and as often as one likes; once in ten minutes is plenty.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.clock.Now()
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.store.Sweep(ctx, Sweeping{
			Now: now, SeenBefore: now.Add(-idleMember - rescueWindow), ExpiredBefore: now.Add(-rescueWindow),
			NoticesBefore: now.Add(-noticesKept),
		})
	})
	if err != nil {
		return err
	}
	return s.limiter.Forget(ctx)
}
