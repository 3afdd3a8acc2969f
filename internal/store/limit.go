package store

import (
	"context"
	"time"

	"samhold/internal/limit"
)

// Limits implements limit.Store. Its writes are transactions of their own.
type Limits struct{ s *Store }

// Limits returns the counters of the rate limits.
func (s *Store) Limits() *Limits { return &Limits{s} }

var _ limit.Store = (*Limits)(nil)

// Add implements limit.Store.
func (q *Limits) Add(ctx context.Context, bucket string, startsAt time.Time, n int) (int, error) {
	var hits int
	err := q.s.InTx(ctx, func(ctx context.Context) error {
		return q.s.db(ctx).Raw(`INSERT INTO rate_limit (bucket, starts_at, hits) VALUES (?, ?, ?)
			ON CONFLICT (bucket, starts_at) DO UPDATE SET hits = rate_limit.hits + excluded.hits RETURNING hits`,
			bucket, startsAt, n).Scan(&hits).Error
	})
	return hits, err
}

// Forget implements limit.Store.
func (q *Limits) Forget(ctx context.Context, before time.Time) error {
	return q.s.InTx(ctx, func(ctx context.Context) error {
		return q.s.db(ctx).Exec("DELETE FROM rate_limit WHERE starts_at < ?", before).Error
	})
}
