package limit

import (
	"context"
	"time"

	"samhold/internal/fault"
)

// Brake slows down whoever fails again and again: each try after the free ones makes the next one wait twice as long,
// up to a bound. A try that comes too early is refused and changes nothing, so hammering makes nobody wait longer.
type Brake struct {
	Kind  string // a short code; each kind has buckets of its own
	Free  int    // tries without waiting
	First time.Duration
	Most  time.Duration
}

// forgetBrake is how long after the last wait a brake forgets.
const forgetBrake = time.Hour

// brakeRaces is how often somebody else may be quicker with the same bucket before a try is refused.
const brakeRaces = 10

// Brake counts one try of who. When the last one was too short ago it returns a RateLimited fault that says how long
// to wait. It must not be called inside a transaction that may be undone.
func (l *Limiter) Brake(ctx context.Context, b Brake, who string) error {
	now := l.clock.Now()
	bucket := l.bucket(now, b.Kind, who)
	for range brakeRaces {
		was, freeAt, err := l.store.Brake(ctx, bucket)
		if err != nil {
			return err
		}
		if now.Before(freeAt) {
			return fault.TooMany(freeAt.Sub(now))
		}
		tries := was + 1
		if now.Sub(freeAt) >= forgetBrake {
			tries = 1
		}
		won, err := l.store.SetBrake(ctx, bucket, was, tries, now.Add(b.wait(tries)))
		if err != nil || won {
			return err
		}
	}
	return fault.TooMany(time.Second)
}

// Release forgets the tries of who, after a good one.
func (l *Limiter) Release(ctx context.Context, b Brake, who string) error {
	return l.store.ReleaseBrake(ctx, l.bucket(l.clock.Now(), b.Kind, who))
}

// wait is how long the next try has to wait after so many.
func (b Brake) wait(tries int) time.Duration {
	over := tries - b.Free
	if over < 0 {
		return 0
	}
	wait := b.First
	for range over {
		if wait >= b.Most {
			return b.Most
		}
		wait *= 2
	}
	return min(wait, b.Most)
}
