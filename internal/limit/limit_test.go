package limit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/limit"
)

var rule = limit.Rule{Kind: "try", Max: 3, Window: 15 * time.Minute}

func start() *clock.Fixed { return clock.NewFixed(time.Date(2026, 11, 22, 3, 5, 0, 0, time.UTC)) }

func TestTakeRefusesAfterTheLastTry(t *testing.T) {
	now := start()
	l := limit.New(limit.NewMemory(), now, [32]byte{1})
	for range rule.Max {
		if err := l.Take(t.Context(), rule, "a"); err != nil {
			t.Fatal(err)
		}
	}
	err := l.Take(t.Context(), rule, "a")
	if !fault.Is(err, fault.RateLimited) {
		t.Fatalf("got %v, want a RateLimited fault", err)
	}
	f, _ := errors.AsType[*fault.Error](err)
	if f.Wait != 10*time.Minute {
		t.Errorf("wait is %v, want the rest of the window", f.Wait)
	}
	if err := l.Take(t.Context(), rule, "b"); err != nil {
		t.Errorf("somebody else is refused: %v", err)
	}
	if err := l.Take(t.Context(), limit.Rule{Kind: "other", Max: 3, Window: 15 * time.Minute}, "a"); err != nil {
		t.Errorf("another kind is refused: %v", err)
	}
	now.Advance(10 * time.Minute)
	if err := l.Take(t.Context(), rule, "a"); err != nil {
		t.Errorf("the next window is refused: %v", err)
	}
}

func TestGiveTakesATryBack(t *testing.T) {
	l := limit.New(limit.NewMemory(), start(), [32]byte{1})
	for range 10 * rule.Max {
		if err := l.Take(t.Context(), rule, "a"); err != nil {
			t.Fatal(err)
		}
		if err := l.Give(t.Context(), rule, "a"); err != nil {
			t.Fatal(err)
		}
	}
}

// buckets notes what a store gets to see.
type buckets struct {
	*limit.Memory
	seen []string
}

func (b *buckets) Add(ctx context.Context, bucket string, at time.Time, n int) (int, error) {
	b.seen = append(b.seen, bucket)
	return b.Memory.Add(ctx, bucket, at, n)
}

func TestBucketsHideWhomTheyCount(t *testing.T) {
	now, store := start(), &buckets{Memory: limit.NewMemory()}
	one, two := limit.New(store, now, [32]byte{1}), limit.New(store, now, [32]byte{2})
	take := func(l *limit.Limiter) {
		t.Helper()
		if err := l.Take(t.Context(), rule, "192.0.2.7"); err != nil {
			t.Fatal(err)
		}
	}
	take(one)
	take(one)
	take(two)
	now.Advance(24 * time.Hour)
	take(one)
	if store.seen[0] != store.seen[1] {
		t.Error("one day, one key: the buckets differ")
	}
	if store.seen[0] == store.seen[2] {
		t.Error("another key gives the same bucket")
	}
	if store.seen[0] == store.seen[3] {
		t.Error("the next day gives the same bucket")
	}
	for _, b := range store.seen {
		if strings.Contains(b, "192") {
			t.Errorf("bucket %q shows the address", b)
		}
	}
}
