package limit_test

import (
	"errors"
	"testing"
	"time"

	"samhold/internal/fault"
	"samhold/internal/limit"
)

var brake = limit.Brake{Kind: "brake", Free: 3, First: 5 * time.Second, Most: 30 * time.Second}

func TestBrakeGrowsAndIsBounded(t *testing.T) {
	now := start()
	l := limit.New(limit.NewMemory(), now, [32]byte{1})
	for range brake.Free - 1 {
		if err := l.Brake(t.Context(), brake, "a"); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []time.Duration{5, 10, 20, 30, 30} {
		if err := l.Brake(t.Context(), brake, "a"); err != nil {
			t.Fatal(err)
		}
		// Hammering is refused and makes the wait no longer.
		for range 5 {
			err := l.Brake(t.Context(), brake, "a")
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != fault.RateLimited || f.Wait != want*time.Second {
				t.Fatalf("got %v, want a wait of %d s", err, want)
			}
		}
		now.Advance(want * time.Second)
	}
	if err := l.Brake(t.Context(), brake, "b"); err != nil {
		t.Errorf("somebody else is refused: %v", err)
	}
}

func TestBrakeForgets(t *testing.T) {
	now := start()
	l := limit.New(limit.NewMemory(), now, [32]byte{1})
	stop := func() {
		t.Helper()
		for range brake.Free {
			if err := l.Brake(t.Context(), brake, "a"); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.Brake(t.Context(), brake, "a"); !fault.Is(err, fault.RateLimited) {
			t.Fatalf("got %v, want a RateLimited fault", err)
		}
	}
	stop()
	if err := l.Release(t.Context(), brake, "a"); err != nil {
		t.Fatal(err)
	}
	stop()
	now.Advance(2 * time.Hour)
	stop()
}
