package rota_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"samhold/internal/rota"
)

var begin = time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC)

func randomSpans(rng *rand.Rand) []rota.Span {
	var spans []rota.Span
	for range rng.IntN(8) {
		from := begin.Add(time.Duration(rng.IntN(600)) * time.Minute)
		spans = append(spans, rota.Span{From: from, To: from.Add(time.Duration(rng.IntN(200)-10) * time.Minute)})
	}
	return spans
}

func in(spans []rota.Span, at time.Time) bool {
	for _, s := range spans {
		if s.Has(at) {
			return true
		}
	}
	return false
}

// What is computed by intervals is what somebody finds who looks at every minute.
func TestIntervalsAreTheirMinutes(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 400 {
		a, b := randomSpans(rng), randomSpans(rng)
		merged, less, both := rota.Merge(a), rota.Subtract(a, b), rota.Intersect(a, b)
		var minutes time.Duration
		for m := range 820 {
			at := begin.Add(time.Duration(m) * time.Minute)
			inA, inB := in(a, at), in(b, at)
			if in(merged, at) != inA || in(less, at) != (inA && !inB) || in(both, at) != (inA && inB) {
				t.Fatalf("round %d, minute %d: a %v, b %v, merged %v, less %v, both %v", round, m, a, b, merged, less, both)
			}
			if inA {
				minutes += time.Minute
			}
		}
		if got := rota.Total(a); got != minutes {
			t.Fatalf("round %d: %s, want %s", round, got, minutes)
		}
		for i := 1; i < len(merged); i++ {
			if !merged[i-1].To.Before(merged[i].From) {
				t.Fatalf("round %d: %v touch", round, merged)
			}
		}
	}
}
