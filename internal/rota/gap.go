package rota

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
)

// How far the rota looks ahead: gaps are shown for six weeks, loudly when they begin within 72 hours, and patterns make
// their shifts two weeks further, so that no gap is shown only because nothing was made yet.
const (
	gapsAhead = 6 * 7 * 24 * time.Hour
	soonAhead = 72 * time.Hour
	madeAhead = 8 * 7 // days
	deskAhead = 24 * time.Hour
)

// Gap is a stretch in which nobody is on duty in some spaces.
type Gap struct {
	Span
	Spaces []string // names
	All    bool     // in every space that the reader sees
}

// Week is seven days of gaps.
type Week struct {
	From time.Time
	Gaps []Gap
	Time time.Duration // in which nobody is on duty in at least one space
}

// Gaps returns the stretches from one moment to another in which nobody is on duty in a space that the actor sees.
func (s *Service) Gaps(ctx context.Context, a account.Actor, from, to time.Time) ([]Gap, error) {
	if !a.Can(account.SeeRota) {
		return nil, missing()
	}
	spaces, err := s.Store.OpenSpaces(ctx, reachOf(a, account.SeeRota))
	if err != nil {
		return nil, err
	}
	served, err := s.Store.Served(ctx, from, to, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	return gaps(served, spaces, Span{from, to}), nil
}

// Soon returns the gaps that begin within three days.
func (s *Service) Soon(ctx context.Context, a account.Actor) ([]Gap, error) {
	return s.Gaps(ctx, a, a.At, a.At.Add(soonAhead))
}

// gaps finds where nobody serves, each stretch with the same spaces once.
func gaps(served []Served, spaces []Space, in Span) []Gap {
	cuts := []time.Time{in.From, in.To}
	open := make([][]Span, len(spaces))
	for i, space := range spaces {
		var on []Span
		for _, d := range served {
			if d.SpaceID == "" || d.SpaceID == space.ID {
				on = append(on, d.Span)
			}
		}
		open[i] = Subtract([]Span{in}, on)
		for _, gap := range open[i] {
			cuts = append(cuts, gap.From, gap.To)
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var found []Gap
	for i := 0; i+1 < len(cuts); i++ {
		g := Gap{Span: Span{cuts[i], cuts[i+1]}}
		for j, space := range spaces {
			if slices.ContainsFunc(open[j], func(s Span) bool { return s.Has(g.From) }) {
				g.Spaces = append(g.Spaces, space.Name)
			}
		}
		g.All = len(g.Spaces) == len(spaces)
		n := len(found)
		switch {
		case len(g.Spaces) == 0:
		case n > 0 && found[n-1].To.Equal(g.From) && slices.Equal(found[n-1].Spaces, g.Spaces):
			found[n-1].To = g.To
		default:
			found = append(found, g)
		}
	}
	return found
}

// weeks sorts gaps into weeks from a moment on. A gap stands in the week in which it begins; its time counts in each.
func weeks(found []Gap, from time.Time, zone *time.Location) []Week {
	var sorted []Week
	day := DayOf(from, zone)
	for at := from; at.Before(from.Add(gapsAhead)); {
		day = day.Add(7)
		end := Between(day, "00:00", "00:00", zone).From
		w := Week{From: at}
		var spans []Span
		for _, g := range found {
			if !g.From.Before(at) && g.From.Before(end) {
				w.Gaps = append(w.Gaps, g)
			}
			spans = append(spans, g.Span)
		}
		w.Time = Total(Intersect(spans, []Span{{at, end}}))
		sorted = append(sorted, w)
		at = end
	}
	return sorted
}
