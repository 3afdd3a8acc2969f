// Package limit says when somebody has tried too often. It counts in fixed windows under a keyed hash whose key
// is another every day, so that no address and no name is ever stored. It must never lock anybody out for longer
// than one window, and it must never log whom it counts.
package limit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
)

// Rule is how often something may be done in one window.
type Rule struct {
	Kind   string // a short code; each kind has buckets of its own
	Max    int
	Window time.Duration // at most a day: the key of the hash lives no longer
}

// Store counts. It knows buckets only, which cannot be turned back into whom they count.
type Store interface {
	// Add adds n (which may be negative) to the bucket's window and returns the sum.
	Add(ctx context.Context, bucket string, startsAt time.Time, n int) (int, error)
	// Forget deletes every window that began before the given moment, and every brake that was free before it.
	Forget(ctx context.Context, before time.Time) error

	// Brake returns how many tries a brake has counted and when the next is allowed; zeros for an unknown bucket.
	Brake(ctx context.Context, bucket string) (tries int, freeAt time.Time, err error)
	// SetBrake sets both if there are still as many tries as was, and reports whether it did.
	SetBrake(ctx context.Context, bucket string, was, tries int, freeAt time.Time) (bool, error)
	// ReleaseBrake forgets the bucket.
	ReleaseBrake(ctx context.Context, bucket string) error
}

// Limiter counts by rules. It is safe for concurrent use.
type Limiter struct {
	store Store
	clock clock.Clock
	key   [32]byte
}

// New returns a limiter over store. Processes that share the store must share the key.
func New(store Store, c clock.Clock, key [32]byte) *Limiter {
	return &Limiter{store: store, clock: c, key: key}
}

// Take counts one try of who, an address or a name, against the rule. When there have been too many it returns a
// RateLimited fault that says how long to wait. It must not be called inside a transaction that may be undone.
func (l *Limiter) Take(ctx context.Context, rule Rule, who string) error {
	now := l.clock.Now()
	start := now.Truncate(rule.Window)
	hits, err := l.store.Add(ctx, l.bucket(now, rule.Kind, who), start, 1)
	if err != nil {
		return err
	}
	if hits > rule.Max {
		return fault.TooMany(start.Add(rule.Window).Sub(now))
	}
	return nil
}

// Give takes one try back that turned out to be a good one, so that only those that fail count.
func (l *Limiter) Give(ctx context.Context, rule Rule, who string) error {
	now := l.clock.Now()
	_, err := l.store.Add(ctx, l.bucket(now, rule.Kind, who), now.Truncate(rule.Window), -1)
	return err
}

// Forget deletes what no window needs any more.
func (l *Limiter) Forget(ctx context.Context) error {
	return l.store.Forget(ctx, l.clock.Now().Add(-longestWindow))
}

const longestWindow = 24 * time.Hour

// bucket is a keyed hash of the kind and of who, under a key that holds for one day.
func (l *Limiter) bucket(now time.Time, kind, who string) string {
	day := hmac.New(sha256.New, l.key[:])
	day.Write([]byte(now.UTC().Format(time.DateOnly)))
	m := hmac.New(sha256.New, day.Sum(nil))
	m.Write([]byte(kind))
	m.Write([]byte{0})
	m.Write([]byte(who))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:18])
}
