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
		if err := q.s.db(ctx).Exec("DELETE FROM brake WHERE free_at < ?", before).Error; err != nil {
			return err
		}
		return q.s.db(ctx).Exec("DELETE FROM rate_limit WHERE starts_at < ?", before).Error
	})
}

// Brake implements limit.Store.
func (q *Limits) Brake(ctx context.Context, bucket string) (tries int, freeAt time.Time, err error) {
	var rows []struct {
		Tries  int
		FreeAt time.Time
	}
	if err := q.s.db(ctx).Raw("SELECT tries, free_at FROM brake WHERE bucket = ?", bucket).Scan(&rows).Error; err != nil {
		return 0, time.Time{}, err
	}
	if len(rows) == 0 {
		return 0, time.Time{}, nil
	}
	return rows[0].Tries, rows[0].FreeAt, nil
}

// SetBrake implements limit.Store.
func (q *Limits) SetBrake(ctx context.Context, bucket string, was, tries int, freeAt time.Time) (bool, error) {
	var set int64
	err := q.s.InTx(ctx, func(ctx context.Context) error {
		statement, values := "UPDATE brake SET tries = ?, free_at = ? WHERE bucket = ? AND tries = ?", []any{tries, freeAt, bucket, was}
		if was == 0 {
			statement, values = "INSERT INTO brake (bucket, tries, free_at) VALUES (?, ?, ?) ON CONFLICT (bucket) DO NOTHING", []any{bucket, tries, freeAt}
		}
		res := q.s.db(ctx).Exec(statement, values...)
		set = res.RowsAffected
		return res.Error
	})
	return set == 1, err
}

// ReleaseBrake implements limit.Store.
func (q *Limits) ReleaseBrake(ctx context.Context, bucket string) error {
	return q.s.InTx(ctx, func(ctx context.Context) error {
		return q.s.db(ctx).Exec("DELETE FROM brake WHERE bucket = ?", bucket).Error
	})
}
