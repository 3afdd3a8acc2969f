package crisis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/rota"
	"samhold/internal/triage"
)

// Rota says when somebody is on duty.
type Rota interface {
	// Served returns the stretches between two moments in which somebody is on duty in one of the spaces, or anywhere,
	// without one account: as they are planned, so that two may overlap.
	Served(ctx context.Context, spaces []string, anywhere bool, without string, from, to time.Time) ([]rota.Span, error)
	// Leaving returns, once for each shift, who is about to go off duty.
	Leaving(ctx context.Context) ([]string, error)
	// Leaves reports whether somebody is about to go off duty, or has just gone.
	Leaves(ctx context.Context, accountID string, at time.Time) (bool, error)
	// Next returns who is on duty next, and from when.
	Next(ctx context.Context, spaces []string, anywhere bool, without string) (people []string, from time.Time, err error)
}

// Where hours of duty are counted, they are counted for lookAhead at most: whatever the rota says, a deadline comes
// within three days. A stretch of more than maxGap in which nobody is planned counts by plain hours: whoever plans no
// shift within a day has no rota to wait for, and a person who wrote "amber" must not wait over an empty week.
const (
	maxGap    = 24 * time.Hour
	lookAhead = 72 * time.Hour
)

// Hours are when somebody is on duty for a case. The zero Hours know of nobody, and count plain hours.
type Hours struct {
	duty   []rota.Span // merged
	starts []time.Time // of every shift
}

// NewHours takes stretches of duty, which may overlap.
func NewHours(served []rota.Span) Hours {
	h := Hours{duty: rota.Merge(served)}
	for _, s := range served {
		h.starts = append(h.starts, s.From)
	}
	slices.SortFunc(h.starts, time.Time.Compare)
	return h
}

// After is the moment at which somebody has been on duty for so long since the given one.
func (h Hours) After(from time.Time, d time.Duration) time.Time {
	latest := from.Add(max(lookAhead, d))
	at, left := from, d
	for _, on := range h.duty {
		if !on.To.After(at) {
			continue
		}
		if on.From.After(at) {
			if on.From.Sub(at) > maxGap {
				break
			}
			at = on.From
		}
		if on.To.Sub(at) >= left {
			return sooner(at.Add(left), latest)
		}
		left, at = left-on.To.Sub(at), on.To
	}
	// Nobody is planned within a day of the last shift: from its end, every hour counts.
	return sooner(at.Add(left), latest)
}

// Within is when somebody is on duty between two moments.
func (h Hours) Within(from, to time.Time) []rota.Span {
	return rota.Intersect(h.duty, []rota.Span{{From: from, To: to}})
}

// NextStart is when the next shift begins after a moment, zero if none is planned.
func (h Hours) NextStart(after time.Time) time.Time {
	for _, start := range h.starts {
		if start.After(after) {
			return start
		}
	}
	return time.Time{}
}

func sooner(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// CountsDuty reports whether the deadlines of a level count only the hours of duty: those at which nobody is in danger
// now. A crisis and what is serious never wait for a shift.
func CountsDuty(level string) bool {
	return level != triage.Crisis.String() && level != triage.Red.String()
}

// after is when a time that began at a moment is over for a level.
func (r Rules) after(level string, from time.Time, d time.Duration) time.Time {
	if CountsDuty(level) {
		return r.hours.After(from, d)
	}
	return from.Add(d)
}

// hours are when somebody is on duty for a case, from a moment on.
func (s *Service) hours(ctx context.Context, spaces []string, anywhere bool, without string, from, to time.Time) (Hours, error) {
	if s.rota == nil {
		return Hours{}, nil
	}
	served, err := s.rota.Served(ctx, spaces, anywhere, without, from, to)
	if err != nil {
		return Hours{}, fmt.Errorf("who is on duty: %w", err)
	}
	return NewHours(served), nil
}

// RotaChanged computes the deadlines that hang on the rota anew: those that count hours of duty, and the next call of a
// case that nobody answers, which comes with the next shift. It joins the transaction of ctx.
func (s *Service) RotaChanged(ctx context.Context) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		waiting, err := s.store.Waiting(ctx)
		if err != nil {
			return fmt.Errorf("deadlines that hang on the rota: %w", err)
		}
		now := s.clock.Now()
		for _, w := range waiting {
			rules, err := s.rulesOf(ctx, &w.Case, sooner(w.Timer.began(now), now))
			if err != nil {
				return err
			}
			due := w.Timer.DueAt
			switch {
			case w.Timer.CountsFor > 0:
				due = rules.after(w.Case.Level, *w.Timer.CountsFrom, time.Duration(w.Timer.CountsFor)*time.Second)
			case w.Timer.Kind == AgainTimer:
				if start := rules.hours.NextStart(now); !start.IsZero() {
					due = sooner(due, start)
				}
			}
			if due.Equal(w.Timer.DueAt) {
				continue
			}
			if err := s.postpone(ctx, &w.Case, w.Timer, due); err != nil {
				return err
			}
		}
		s.tx.AfterCommit(ctx, s.Wake)
		return nil
	})
}

// Waiting is an open case with the timer that drives it.
type Waiting struct {
	Case  Case
	Timer Timer
}

// began is when the timer began to count, or the given moment if it counts every hour.
func (t Timer) began(otherwise time.Time) time.Time {
	if t.CountsFrom == nil {
		return otherwise
	}
	return *t.CountsFrom
}

// postpone gives the timer that drives a case another due time; what hangs on the same time moves with it.
func (s *Service) postpone(ctx context.Context, c *Case, t Timer, due time.Time) error {
	if err := s.store.MoveTimer(ctx, t.ID, due); err != nil || t.CountsFor == 0 {
		return err
	}
	later := due.Sub(t.DueAt)
	switch {
	case t.Kind == FirstMessageTimer && c.OwnerUntil != nil:
		until := c.OwnerUntil.Add(later)
		c.OwnerUntil = &until
	case c.State.Waits():
		c.DueAt = c.DueAt.Add(later)
	default:
		return nil
	}
	return s.store.MoveCase(ctx, c)
}

// early moves a timer that counts hours of duty to where the rota puts it now, and reports whether that lies ahead.
func (s *Service) early(ctx context.Context, c *Case, t Timer, r Rules, now time.Time) (bool, error) {
	if t.CountsFor == 0 || t.CountsFrom == nil || t.Generation != c.Generation || !c.State.Open() {
		return false, nil
	}
	due := r.after(c.Level, *t.CountsFrom, time.Duration(t.CountsFor)*time.Second)
	if !due.After(now) {
		return false, nil
	}
	return true, s.postpone(ctx, c, t, due)
}
