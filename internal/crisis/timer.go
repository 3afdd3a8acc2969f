package crisis

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/id"
)

// TimerKind says what happens when a timer fires.
type TimerKind string

// The kinds of timer. Every open case has exactly one that counts: the one of its generation.
const (
	PageTimer         TimerKind = "page"          // call the first rung
	RungTimer         TimerKind = "rung"          // nobody answered: call the next
	AgainTimer        TimerKind = "again"         // the ladder is exhausted: call everybody again
	FirstMessageTimer TimerKind = "first_message" // who took it has written nothing to the person
	FollowUpTimer     TimerKind = "follow_up"     // ask how it goes
	ReceiveTimer      TimerKind = "receive"       // what was handed over has not been received
	SignatureTimer    TimerKind = "signature"     // the closing is not signed
)

// Timer is a deadline of a case, kept in the database: each is recorded once, and swept by whichever process is up.
type Timer struct {
	ID         string `gorm:"primaryKey"`
	CaseID     string
	Kind       TimerKind
	Generation int
	DueAt      time.Time
	FiredAt    *time.Time
	CountsFrom *time.Time // of one that counts only the hours of duty
	CountsFor  int        // seconds of duty; 0: every hour counts, and DueAt alone says when
}

// TableName implements GORM's naming.
func (Timer) TableName() string { return "case_timer" }

// Times are how long a case of one level waits before something happens by itself.
type Times struct {
	Goal         time.Duration   // until somebody should have taken it, as the workbench and the charts measure
	Rung         time.Duration   // until the next rung is called
	FirstMessage time.Duration   // from taking it to the first human message; also the lease of who has it
	Again        time.Duration   // between calls when the ladder is exhausted, at most
	Receive      time.Duration   // until what was handed over counts as not received
	Signature    time.Duration   // until somebody is asked again to sign a closing
	FollowUps    []time.Duration // after the first contact; the last repeats
}

// DefaultTimes are the times by level until an NGO's clinicians set their own. They follow the brief that Samhold was
// built from: 5 minutes a rung and 15 to the first message in a crisis, follow-up after 4, 24 and 72 hours and 7 days;
// 30 and 60 minutes, then 24 hours and 7 days, where it is serious; 4 hours where it is neither.
var DefaultTimes = map[string]Times{
	"crisis": {
		Goal: 5 * time.Minute, Rung: 5 * time.Minute, FirstMessage: 15 * time.Minute, Again: 30 * time.Minute,
		Receive: 15 * time.Minute, Signature: 4 * time.Hour,
		FollowUps: []time.Duration{4 * time.Hour, day, 3 * day, 7 * day},
	},
	"red": {
		Goal: 30 * time.Minute, Rung: 30 * time.Minute, FirstMessage: time.Hour, Again: 30 * time.Minute,
		Receive: 30 * time.Minute, Signature: 8 * time.Hour,
		FollowUps: []time.Duration{day, 7 * day},
	},
	"amber": {
		Goal: 4 * time.Hour, Rung: 4 * time.Hour, FirstMessage: 4 * time.Hour, Again: 4 * time.Hour,
		Receive: 4 * time.Hour, Signature: day, FollowUps: []time.Duration{7 * day},
	},
}

const day = 24 * time.Hour

// deadline is what happens next to a case if nobody does anything, and after which time; counted is whether only hours of
// duty count in it. The zero kind means nothing: it is closed.
func deadline(c *Case, r Rules, now time.Time) (kind TimerKind, wait time.Duration, counted bool) {
	t := r.of(c)
	switch c.State {
	case New, Reopened:
		return PageTimer, 0, false
	case Called, FollowUpDue:
		return RungTimer, t.Rung, CountsDuty(c.Level)
	case Escalated:
		if c.Turn >= r.ladder(c).Turns {
			return AgainTimer, again(t, r, now), false
		}
		return RungTimer, t.Rung, CountsDuty(c.Level)
	case Unstaffed:
		return AgainTimer, again(t, r, now), false
	case Acknowledged:
		return FirstMessageTimer, t.FirstMessage, CountsDuty(c.Level)
	case InContact:
		return FollowUpTimer, followUp(deref(c.ContactedAt), t.FollowUps, now).Sub(now), false
	case HandedOver:
		return ReceiveTimer, t.Receive, false
	case Monitoring:
		return SignatureTimer, t.Signature, false
	default:
		return "", 0, false
	}
}

// again is the time to the next call of a case that nobody answers: at the next shift's start at the latest. It falls on
// the full half of the time between calls, from half of it to all of it away, so that several such cases call together.
func again(t Times, r Rules, now time.Time) time.Duration {
	wait := now.Add(t.Again).Truncate(t.Again / 2).Sub(now)
	if start := r.hours.NextStart(now); !start.IsZero() {
		return min(wait, start.Sub(now))
	}
	return wait
}

// followUp is the next of the follow-ups after the first contact that lies ahead; the last step repeats.
func followUp(contact time.Time, steps []time.Duration, now time.Time) time.Time {
	for _, step := range steps {
		if due := contact.Add(step); due.After(now) {
			return due
		}
	}
	return now.Add(steps[len(steps)-1])
}

// arm gives the case the timer that its state asks for; those before it mean nothing any more. The caller saves the
// case afterwards, in the same transaction.
func (s *Service) arm(ctx context.Context, c *Case, r Rules, now time.Time) error {
	c.Generation++
	kind, wait, counted := deadline(c, r, now)
	if kind == "" {
		return nil
	}
	t := &Timer{ID: id.New(), CaseID: c.ID, Kind: kind, Generation: c.Generation, DueAt: now.Add(wait)}
	if counted {
		t.CountsFrom, t.CountsFor, t.DueAt = &now, int(wait/time.Second), r.after(c.Level, now, wait)
	}
	if err := s.store.AddTimer(ctx, t); err != nil {
		return fmt.Errorf("set timer: %w", err)
	}
	s.tx.AfterCommit(ctx, s.Wake)
	return nil
}
