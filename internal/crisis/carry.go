package crisis

import (
	"context"
	"slices"
	"strconv"
	"time"

	"samhold/internal/job"
	"samhold/internal/triage"
)

// Carried is the code of a call that another one carried: the person was reached just before, by the same way and in the
// same words, because of another case that nobody answers.
const Carried = "carried"

// carriesFor is how long a call that arrived carries others.
const carriesFor = 5 * time.Minute

// carried reports whether a call would only repeat what the person has just been told. Eight people and five cases that
// nobody answers would be forty calls each half hour, and whoever gets those switches the sound off. Only repeats are
// carried: each person is called about each case by itself first.
func (s *Service) carried(ctx context.Context, c *Case, a *Attempt) (bool, error) {
	if c.State != Unstaffed {
		return false, nil
	}
	return s.store.Carried(ctx, a, asUrgent(c.Level), s.clock.Now().Add(-carriesFor))
}

// asUrgent returns the levels at which a call says at least as much as at this one.
func asUrgent(level string) []string {
	levels := []string{triage.Amber.String(), triage.Red.String(), triage.Crisis.String()}
	if i := slices.Index(levels, level); i > 0 {
		return levels[i:]
	}
	return levels
}

// apart lets the calls for a case that nobody answers leave one after the other within half a minute, each at a moment of
// its own: what leaves at the same moment cannot be carried.
func apart(c *Case, a *Attempt, now time.Time) job.Option {
	if c.State != Unstaffed {
		return job.At(now)
	}
	tenths, _ := strconv.ParseUint(a.IdempotencyKey[:2], 16, 8) // it is hexadecimal
	return job.At(now.Add(time.Duration(tenths) * 100 * time.Millisecond))
}
