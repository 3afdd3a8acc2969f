package moderation

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// shown is how many rows of a kind the workbench lists; the counts know of all. Of what is only to be read today,
// the newest few are enough.
const (
	shown       = 100
	shownUnread = 20
)

// Desk is what waits for the actor, beside cases and guests' concerns. It holds no text.
type Desk struct {
	Posts       []Post
	PostCount   int
	Reports     []HeldReport
	ReportCount int
	Unread      []Post
	UnreadCount int
	Rota        []Watch
}

// Worries are the reports by people who are afraid for somebody, the oldest first.
func (d *Desk) Worries() []HeldReport {
	return slices.DeleteFunc(slices.Clone(d.Reports), func(r HeldReport) bool { return r.Reason != ReasonWorry })
}

// Others are the reports that can wait a little.
func (d *Desk) Others() []HeldReport {
	return slices.DeleteFunc(slices.Clone(d.Reports), func(r HeldReport) bool { return r.Reason == ReasonWorry })
}

// Desk returns what waits in the spaces that the actor moderates.
func (s *Service) Desk(ctx context.Context, a account.Actor) (*Desk, error) {
	if !a.Can(account.Moderate) && !a.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	var d Desk
	var err error
	if d.Posts, d.PostCount, err = s.Store.Waiting(ctx, a, shown); err != nil {
		return nil, err
	}
	if d.Reports, d.ReportCount, err = s.Store.Reports(ctx, a, shown); err != nil {
		return nil, err
	}
	if d.Unread, d.UnreadCount, err = s.Store.Unread(ctx, a, shownUnread); err != nil {
		return nil, err
	}
	shifts, err := s.Store.Shifts(ctx, a, a.At, a.At.Add(ahead))
	if err != nil {
		return nil, err
	}
	d.Rota = Rota(shifts, a.At, a.At.Add(ahead))
	return &d, nil
}

// ahead is how far the workbench looks down the rota.
const ahead = 24 * time.Hour

// Shift is when somebody is on duty. Name is what they are called among staff.
type Shift struct {
	Name     string
	StartsAt time.Time
	EndsAt   time.Time
}

// Watch is a stretch of time with the same people on duty; nobody when Names is empty.
type Watch struct {
	From  time.Time
	To    time.Time
	Names []string
	Open  bool // nobody is planned for the rest of what was looked at
}

// Now reports whether the stretch covers that moment.
func (w Watch) Now(at time.Time) bool { return !at.Before(w.From) && at.Before(w.To) }

// Rota cuts the span into stretches with the same people, so that the hours in which nobody is on duty show. The
// last stretch keeps its true end when somebody has it.
func Rota(shifts []Shift, from, to time.Time) []Watch {
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

func onDuty(shifts []Shift, at time.Time) []string {
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
func trueEnd(shifts []Shift, w Watch) time.Time {
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
