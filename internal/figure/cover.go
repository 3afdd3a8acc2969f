package figure

import (
	"context"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/rota"
)

// Uncovered is when nobody was on duty, as the rota says it: planned shifts of people who have a role.
type Uncovered struct {
	Weeks  []UncoveredWeek
	Spaces []UncoveredSpace
	None   bool // there was no shift at all yet
}

// UncoveredWeek is for how long in a week nobody was on duty in at least one space.
type UncoveredWeek struct {
	Week
	Time  time.Duration
	Begun bool // the house had a rota by then
}

// UncoveredSpace is for how long nobody was on duty in a space, in all of the weeks.
type UncoveredSpace struct {
	Name string
	Time time.Duration
}

// uncovered counts from the first shift that is known: before, there was no rota to have gaps.
func (s *Service) uncovered(ctx context.Context, scope crisis.Scope, weeks []Week) (Uncovered, error) {
	first, err := s.Store.FirstShift(ctx)
	if err != nil || first.IsZero() || first.After(weeks[len(weeks)-1].To) {
		return Uncovered{None: true}, err
	}
	spaces, err := s.Store.Spaces(ctx, scope)
	if err != nil {
		return Uncovered{}, err
	}
	whole := rota.Span{From: weeks[0].From, To: weeks[len(weeks)-1].To}
	if first.After(whole.From) {
		whole.From = first
	}
	var found Uncovered
	var gaps []rota.Span
	for _, space := range spaces {
		staffed, err := s.Rota.Staffed(ctx, []string{space.ID}, false, "", whole.From, whole.To)
		if err != nil {
			return found, err
		}
		gap := rota.Subtract([]rota.Span{whole}, staffed)
		gaps = append(gaps, gap...)
		found.Spaces = append(found.Spaces, UncoveredSpace{Name: space.Name, Time: rota.Total(gap)})
	}
	for _, w := range weeks {
		found.Weeks = append(found.Weeks, UncoveredWeek{
			Week: w, Time: rota.Total(rota.Intersect(gaps, []rota.Span{w.Span})), Begun: w.To.After(first),
		})
	}
	return found, nil
}
