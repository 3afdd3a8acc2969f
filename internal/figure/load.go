package figure

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/care"
	"samhold/internal/rota"
)

// Load is how much somebody of the team has had in a month. It is there so that somebody can ask how they are, and
// never to compare them.
type Load struct {
	AccountID string
	Name      string // among staff
	Cases     int    // that they took
	Crises    int    // of those
	Hours     time.Duration
	Nights    int
}

// Taken is a case that somebody took.
type Taken struct {
	AccountID string
	CaseID    string
	Crisis    bool
}

// Shift is when somebody had a shift.
type Shift struct {
	AccountID string
	StartsAt  time.Time
	EndsAt    time.Time
}

// Colleague is somebody of the team.
type Colleague struct {
	ID   string
	Name string
}

// A night counts when somebody was on duty for that long of the hours from midnight to six.
const nightWork = 3 * time.Hour

// Month is how much the actor has had in the month of the calendar up to now, and, before whoever leads the team, how
// much each colleague has had, by name.
func (s *Service) Month(ctx context.Context, a account.Actor) (own Load, team []Load, err error) {
	if !a.Can(account.WorkCases) {
		return own, nil, nil
	}
	now := s.Clock.Now().In(s.Zone)
	in := rota.Span{From: midnight(rota.DayOf(now, s.Zone).Add(1-now.Day()), s.Zone), To: now.UTC()}
	taken, err := s.Store.TakenBy(ctx, a.Account, in)
	if err != nil {
		return own, nil, fmt.Errorf("who took which case: %w", err)
	}
	shifts, err := s.Store.Shifts(ctx, in)
	if err != nil {
		return own, nil, fmt.Errorf("who was on duty: %w", err)
	}
	own = load(Colleague{ID: a.Account}, taken, shifts, in, s.Zone)
	if !care.Leads(a) {
		return own, nil, nil
	}
	scope := scopeOf(a)
	people, err := s.Store.Team(ctx, scope, s.Clock.Now())
	if err != nil {
		return own, nil, fmt.Errorf("who is in the team: %w", err)
	}
	for _, p := range people {
		team = append(team, load(p, taken, shifts, in, s.Zone))
	}
	return own, team, nil
}

func load(p Colleague, taken []Taken, shifts []Shift, in rota.Span, zone *time.Location) Load {
	l := Load{AccountID: p.ID, Name: p.Name}
	for _, t := range taken {
		if t.AccountID == p.ID {
			l.Cases++
			if t.Crisis {
				l.Crises++
			}
		}
	}
	var on []rota.Span
	for _, s := range shifts {
		if s.AccountID == p.ID {
			on = append(on, rota.Span{From: s.StartsAt, To: s.EndsAt})
		}
	}
	on = rota.Intersect(on, []rota.Span{in})
	l.Hours = rota.Total(on)
	for day := rota.DayOf(in.From, zone); midnight(day, zone).Before(in.To); day = day.Add(1) {
		if rota.Total(rota.Intersect(on, []rota.Span{rota.Between(day, "00:00", "06:00", zone)})) >= nightWork {
			l.Nights++
		}
	}
	return l
}
