package rota

import (
	"slices"
	"time"
)

// Watch is a stretch of time with the same people on duty; nobody when Names is empty.
type Watch struct {
	From  time.Time
	To    time.Time
	Names []string
	Open  bool // nobody is planned for the rest of what was looked at
}

// Now reports whether the stretch covers that moment.
func (w Watch) Now(at time.Time) bool { return !at.Before(w.From) && at.Before(w.To) }

// Duty is when somebody, by what they are called among staff, is on duty.
type Duty struct {
	AccountID string
	Name      string
	StartsAt  time.Time
	EndsAt    time.Time
}

// Watches cuts the span into stretches with the same people, so that the hours in which nobody is on duty show. The
// last stretch keeps its true end when somebody has it.
func Watches(shifts []Duty, from, to time.Time) []Watch {
	cuts := []time.Time{from, to}
	for _, s := range shifts {
		for _, at := range []time.Time{s.StartsAt, s.EndsAt} {
			if at.After(from) && at.Before(to) {
				cuts = append(cuts, at)
			}
		}
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var rota []Watch
	for i := 0; i+1 < len(cuts); i++ {
		w := Watch{From: cuts[i], To: cuts[i+1], Names: onDuty(shifts, cuts[i])}
		if n := len(rota); n > 0 && slices.Equal(rota[n-1].Names, w.Names) {
			rota[n-1].To = w.To
			continue
		}
		rota = append(rota, w)
	}
	if n := len(rota); n > 0 {
		rota[n-1].To = trueEnd(shifts, rota[n-1])
		rota[n-1].Open = len(rota[n-1].Names) == 0
	}
	return rota
}

func onDuty(shifts []Duty, at time.Time) []string {
	var names []string
	for _, s := range shifts {
		if !at.Before(s.StartsAt) && at.Before(s.EndsAt) && !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	return names
}

// trueEnd is the earliest end of the shifts that last beyond the stretch.
func trueEnd(shifts []Duty, w Watch) time.Time {
	var end time.Time
	for _, s := range shifts {
		if slices.Contains(w.Names, s.Name) && s.EndsAt.After(w.To) && (end.IsZero() || s.EndsAt.Before(end)) {
			end = s.EndsAt
		}
	}
	if end.IsZero() {
		return w.To
	}
	return end
}
