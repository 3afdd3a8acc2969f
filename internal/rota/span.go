package rota

import (
	"slices"
	"time"
)

// Span is a stretch of time, without its end.
type Span struct {
	From time.Time
	To   time.Time
}

// Empty reports whether nothing lies in the span.
func (s Span) Empty() bool { return !s.From.Before(s.To) }

// Has reports whether the moment lies in the span.
func (s Span) Has(at time.Time) bool { return !at.Before(s.From) && at.Before(s.To) }

// Length is how long the span lasts: an hour that the clocks repeat counts twice.
func (s Span) Length() time.Duration { return s.To.Sub(s.From) }

// Meets reports whether both have a moment in common.
func (s Span) Meets(o Span) bool { return s.From.Before(o.To) && o.From.Before(s.To) }

// Merge returns the same time as spans in order that neither overlap nor touch.
func Merge(spans []Span) []Span {
	sorted := slices.DeleteFunc(slices.Clone(spans), Span.Empty)
	slices.SortFunc(sorted, func(a, b Span) int { return a.From.Compare(b.From) })
	var merged []Span
	for _, s := range sorted {
		if n := len(merged); n > 0 && !s.From.After(merged[n-1].To) {
			if s.To.After(merged[n-1].To) {
				merged[n-1].To = s.To
			}
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// Subtract returns what lies in a and not in b.
func Subtract(a, b []Span) []Span {
	var rest []Span
	cuts := Merge(b)
	for _, s := range Merge(a) {
		for _, cut := range cuts {
			if !cut.Meets(s) {
				continue
			}
			if s.From.Before(cut.From) {
				rest = append(rest, Span{s.From, cut.From})
			}
			s.From = cut.To
		}
		if !s.Empty() {
			rest = append(rest, s)
		}
	}
	return rest
}

// Intersect returns what lies in both.
func Intersect(a, b []Span) []Span {
	var both []Span
	for _, x := range Merge(a) {
		for _, y := range Merge(b) {
			if x.Meets(y) {
				both = append(both, Span{later(x.From, y.From), earlier(x.To, y.To)})
			}
		}
	}
	return both
}

// Total is how long the spans last together, what they share counted once.
func Total(spans []Span) time.Duration {
	var sum time.Duration
	for _, s := range Merge(spans) {
		sum += s.Length()
	}
	return sum
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
