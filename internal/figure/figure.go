// Package figure counts how the desk does: how many wait, for how long, when nobody was there, and whether what is
// only worrying is still answered. It reads through a small store of its own and writes nothing. It must never return
// a word that somebody wrote, nor a count so small that it points at a person.
package figure

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/rota"
)

// few is the smallest count that is told: one or two of something in a small house are somebody.
const few = 3

// Count is a count as it may be told.
type Count int

// Told reports whether the count itself may be said; otherwise only that it is small.
func (c Count) Told() bool { return c == 0 || c >= few }

// Share is how many of some there were, in per cent. It is told only when there were enough of them.
type Share struct {
	Of      Count
	Percent int // 0 when it is not told
}

func shareOf(part, of int) Share {
	s := Share{Of: Count(of)}
	if of >= few {
		s.Percent = (100*part + of/2) / of
	}
	return s
}

// Known reports whether the share is told.
func (s Share) Known() bool { return s.Of >= few }

// Levels are the levels that the figures tell apart, the worst first. What is amber or green waits alike.
var Levels = []string{"crisis", "red", "amber"}

// weeksBack is how many weeks of the calendar the figures cover, the present one among them.
const weeksBack = 12

// Week is a week of the calendar, from Monday; the present one ends now.
type Week struct {
	rota.Span
	Number int
}

// Rota says when somebody was on duty.
type Rota interface {
	// Staffed returns when somebody is on duty in one of the spaces, or anywhere, apart and in order.
	Staffed(ctx context.Context, spaces []string, anywhere bool, without string, from, to time.Time) ([]rota.Span, error)
	// Served returns the shifts behind it as they are planned.
	Served(ctx context.Context, spaces []string, anywhere bool, without string, from, to time.Time) ([]rota.Span, error)
}

// Rules gives the times that hold now.
type Rules interface {
	Rules(ctx context.Context) (crisis.Rules, error)
}

// Deps are what the service stands on; all are needed.
type Deps struct {
	Store Store
	Clock clock.Clock
	Rota  Rota
	Rules Rules
	Zone  *time.Location // of the calendar
}

// Service counts.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// Figures are how the desk did in the last weeks, in the spaces of whoever asks.
type Figures struct {
	Weeks     []Week
	Open      []OpenWeek
	Taken     []Wait // from when a case had its level until somebody took it
	Written   []Wait // from then until the first human message
	Uncovered Uncovered
	Ended     []Ended
	Amber     Amber
}

// Figures counts for whoever may see the numbers: those who lead the desk, and an admin, who sees nothing else of it.
// Nobody's own case is in what they see.
func (s *Service) Figures(ctx context.Context, a account.Actor) (*Figures, error) {
	if !a.Can(account.SeeFigures) {
		return nil, fault.Missing()
	}
	scope, now := scopeOf(a), s.Clock.Now()
	f := &Figures{Weeks: weeks(now, s.Zone)}
	first := f.Weeks[0].From
	g, err := s.goals(ctx, first, now)
	if err != nil {
		return nil, err
	}
	cases, err := s.histories(ctx, scope, first)
	if err != nil {
		return nil, err
	}
	f.Open = open(cases, f.Weeks)
	if f.Taken, f.Written, err = waits(ctx, cases, g, first); err != nil {
		return nil, err
	}
	f.Ended = ended(cases, first)
	if f.Uncovered, err = s.uncovered(ctx, scope, f.Weeks); err != nil {
		return nil, err
	}
	f.Amber, err = s.amber(ctx, scope, f.Weeks, g)
	return f, err
}

// scopeOf is what the actor's numbers are about: the spaces in which they see numbers. Guests belong to no space.
func scopeOf(a account.Actor) crisis.Scope {
	everywhere, spaces := a.Reach(account.SeeFigures)
	return crisis.Scope{Everywhere: everywhere, Spaces: spaces, Guests: everywhere || a.Can(account.AnswerGuests), Account: a.Account}
}

// weeks are the last weeks of the calendar up to now.
func weeks(now time.Time, zone *time.Location) []Week {
	day := rota.DayOf(now, zone)
	monday := day.Add(-(int(day.Weekday()) + 6) % 7)
	found := make([]Week, weeksBack)
	for i := range found {
		begins := monday.Add(7 * (i - weeksBack + 1))
		w := Week{Span: rota.Span{From: midnight(begins, zone), To: midnight(begins.Add(7), zone)}}
		_, w.Number = w.From.In(zone).ISOWeek()
		if w.To.After(now) {
			w.To = now
		}
		found[i] = w
	}
	return found
}

func midnight(d rota.Day, zone *time.Location) time.Time {
	return rota.Between(d, "00:00", "00:00", zone).From
}

// weekOf is the index of the week in which a moment lies, or -1.
func weekOf(weeks []Week, at time.Time) int {
	for i, w := range weeks {
		if w.Has(at) {
			return i
		}
	}
	return -1
}
