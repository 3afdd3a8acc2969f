package figure

import (
	"context"
	"slices"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/rota"
)

// Wait is for how long something was waited for, by level. What nobody has done yet counts as soon as its goal has
// passed, as not within it; before, it does not count. Median and P90 are of what was done, and are told with the share.
type Wait struct {
	Level  string
	Goal   time.Duration // for all spaces; a space may have its own, by which its cases are judged
	Within Share
	Done   Count
	Median time.Duration
	P90    time.Duration
}

// Known reports whether median and P90 are told.
func (w Wait) Known() bool { return w.Done >= few }

// goals say by when something should be done. Hours of duty are asked for once a space.
type goals struct {
	rota     Rota
	rules    crisis.Rules
	from, at time.Time
	hours    map[string]crisis.Hours
}

func (s *Service) goals(ctx context.Context, from, now time.Time) (*goals, error) {
	rules, err := s.Rules.Rules(ctx)
	return &goals{rota: s.Rota, rules: rules, from: from, at: now, hours: map[string]crisis.Hours{}}, err
}

// stretch is how long something lasted, and by when it should have been over.
type stretch struct {
	lasted time.Duration
	due    time.Time
}

// measure counts every hour of what is red or worse, and the hours of duty of what is less.
func (g *goals) measure(ctx context.Context, level, spaceID string, goal time.Duration, from, to time.Time) (stretch, error) {
	if !crisis.CountsDuty(level) {
		return stretch{lasted: to.Sub(from), due: from.Add(goal)}, nil
	}
	hours, ok := g.hours[spaceID]
	if !ok {
		served, err := g.rota.Served(ctx, []string{spaceID}, spaceID == "", "", g.from.AddDate(0, 0, -7), g.at.AddDate(0, 0, 7))
		if err != nil {
			return stretch{}, err
		}
		hours = crisis.NewHours(served)
		g.hours[spaceID] = hours
	}
	return stretch{lasted: rota.Total(hours.Within(from, to)), due: hours.After(from, goal)}, nil
}

// tally gathers the waits of one kind and level.
type tally struct {
	done         []time.Duration
	within, late int // late: nobody has done it, and the goal has passed
}

// add takes in one wait; the zero end means that it goes on.
func (t *tally) add(s stretch, end, now time.Time) {
	switch {
	case end.IsZero() && now.After(s.due):
		t.late++
	case end.IsZero():
	default:
		t.done = append(t.done, s.lasted)
		if !end.After(s.due) {
			t.within++
		}
	}
}

func (t *tally) wait(level string, goal time.Duration) Wait {
	w := Wait{Level: level, Goal: goal, Within: shareOf(t.within, len(t.done)+t.late), Done: Count(len(t.done))}
	if w.Known() {
		slices.Sort(t.done)
		w.Median, w.P90 = percentile(t.done, 50), percentile(t.done, 90)
	}
	return w
}

// percentile is the smallest of the sorted values that is not below so many per cent of them.
func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[(len(sorted)*p+99)/100-1]
}

// waits counts, of what began to wait since then, how long it took until somebody took a case, and until the first
// human message from there. A case that is reopened waits anew; one that becomes worse before anybody has it waits from
// then on at its new level.
func waits(ctx context.Context, cases []history, g *goals, since time.Time) (taken, written []Wait, err error) {
	takes, messages := map[string]*tally{}, map[string]*tally{}
	for _, level := range Levels {
		takes[level], messages[level] = &tally{}, &tally{}
	}
	for _, h := range cases {
		for _, r := range h.rounds() {
			if r.since.Before(since) {
				continue
			}
			times := g.rules.Times(r.level, h[0].SpaceID)
			if r.closed.IsZero() || !r.taken.IsZero() {
				s, err := g.measure(ctx, r.level, h[0].SpaceID, times.Goal, r.since, orNow(r.taken, g.at))
				if err != nil {
					return nil, nil, err
				}
				takes[r.level].add(s, r.taken, g.at)
			}
			if r.taken.IsZero() || r.written.IsZero() && !r.closed.IsZero() {
				continue
			}
			s, err := g.measure(ctx, r.level, h[0].SpaceID, times.FirstMessage, r.taken, orNow(r.written, g.at))
			if err != nil {
				return nil, nil, err
			}
			messages[r.level].add(s, r.written, g.at)
		}
	}
	for _, level := range Levels {
		times := g.rules.Times(level, "")
		taken = append(taken, takes[level].wait(level, times.Goal))
		written = append(written, messages[level].wait(level, times.FirstMessage))
	}
	return taken, written, nil
}

func orNow(at, now time.Time) time.Time {
	if at.IsZero() {
		return now
	}
	return at
}

// round is a case from its opening, or reopening, to its end.
type round struct {
	level                         string // when it was taken, or now
	since, taken, written, closed time.Time
}

func (h history) rounds() []round {
	var found []round
	for _, step := range h {
		if step.Kind == "opened" || step.Kind == "reopen" {
			level := step.Code
			if n := len(found); level == "" && n > 0 {
				level = found[n-1].level
			}
			found = append(found, round{level: orAmber(level), since: step.At})
			continue
		}
		if len(found) == 0 {
			continue // its beginning is not known
		}
		r := &found[len(found)-1]
		switch {
		case !step.ToState.Open():
			r.closed = step.At
		case step.Kind == "signal" && r.taken.IsZero() && worse(r.level, step.Code) != r.level:
			r.level, r.since = step.Code, step.At
		case (step.Kind == "take" || step.Kind == "receive") && r.taken.IsZero():
			r.taken = step.At
		case step.Kind == "reach" && r.written.IsZero():
			r.written = step.At
		}
	}
	return found
}
