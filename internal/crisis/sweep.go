package crisis

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"samhold/internal/audit"
	"samhold/internal/fault"
)

// sweepEvery is how often a process looks for due timers when nothing wakes it: those that other processes have set.
const sweepEvery = 5 * time.Second

// atOnce is how many timers one look takes.
const atOnce = 100

// Wake lets this process look for due timers now. A commit that sets one calls it.
func (s *Service) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Watch sweeps until ctx is done: when woken, and every few seconds. Several processes may watch one database.
func (s *Service) Watch(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		if _, err := s.Sweep(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "timers not swept", "err", err.Error())
		}
		if err := s.AskToHandOver(ctx); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "nobody was asked to hand over", "err", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-ticker.C:
		}
	}
}

// Sweep fires every timer that is due, each in a transaction of its own, and returns how many. One that fails keeps
// none of the others waiting.
func (s *Service) Sweep(ctx context.Context) (fired int, err error) {
	var failed []error
	for {
		due, err := s.store.DueTimers(ctx, s.clock.Now(), atOnce)
		if err != nil {
			return fired, errors.Join(append(failed, fmt.Errorf("due timers: %w", err))...)
		}
		done := 0
		for _, t := range due {
			if err := s.fire(ctx, t); err != nil {
				failed = append(failed, fmt.Errorf("timer %s of case %s: %w", t.Kind, t.CaseID, err))
				continue
			}
			done++
		}
		fired += done
		if done == 0 || len(due) < atOnce || ctx.Err() != nil {
			return fired, errors.Join(failed...)
		}
	}
}

// fire lets one timer do its work: what happens, who is called, and the next timer commit together.
func (s *Service) fire(ctx context.Context, t Timer) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		// The case is locked first: two processes with the same timer meet here.
		c, err := s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, t.CaseID)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		rules, err := s.rulesOf(ctx, c, t.began(now))
		if err != nil {
			return err
		}
		if ahead, err := s.early(ctx, c, t, rules, now); ahead || err != nil {
			return err // whoever was on duty is not any more
		}
		if err := s.store.FireTimer(ctx, t.ID, now); err != nil {
			if fault.Is(err, fault.NotFound) {
				return nil // another process was first
			}
			return err
		}
		if t.Generation != c.Generation || !c.State.Open() {
			return nil // the case has moved on
		}
		f := &firing{s: s, c: c, rules: rules, now: now}
		// A case from before there were timers has got one that may not fit its state: it gets the one that does.
		if kind, _, _ := deadline(c, rules, now); kind != t.Kind {
			return f.end(ctx, nil)
		}
		people, err := f.lapse(ctx, t.Kind)
		if err != nil {
			return err
		}
		return f.end(ctx, people)
	})
}

// firing is one timer at work.
type firing struct {
	s        *Service
	c        *Case
	rules    Rules
	now      time.Time
	happened []Lapse
}

// lapse changes the case as the table says when time has run out, and returns who is called.
func (f *firing) lapse(ctx context.Context, kind TimerKind) ([]string, error) {
	c := f.c
	switch kind {
	case PageTimer:
		c.Rung, c.Turn = 0, 0
		return f.climb(ctx)
	case RungTimer:
		c.Rung++
		return f.climb(ctx)
	case AgainTimer:
		return f.everybody(ctx)
	case SignatureTimer:
		people, err := f.s.signers(ctx, c, f.now)
		return people, errors.Join(err, f.move(ctx, Paged))
	case FollowUpTimer:
		c.Rung, c.Turn, c.OwnerID, c.OwnerUntil, c.DueAt = 0, 0, nil, nil, f.rules.after(c.Level, f.now, f.rules.of(c).Goal)
		if err := f.move(ctx, FollowUp); err != nil {
			return nil, err
		}
		return f.climb(ctx)
	case FirstMessageTimer, ReceiveTimer:
		c.Rung, c.Turn, c.OwnerID, c.OwnerUntil, c.HandedToID, c.DueAt = 0, 0, nil, nil, nil, f.now
		if err := f.move(ctx, Lapsed); err != nil {
			return nil, err
		}
		return f.climb(ctx)
	default:
		return nil, fmt.Errorf("a timer of kind %q", kind)
	}
}

// climb goes up the ladder from where the case stands. With nobody left everybody is called.
func (f *firing) climb(ctx context.Context) ([]string, error) {
	people, err := f.s.climb(ctx, f.c, f.rules, f.now)
	if err != nil || len(people) > 0 {
		return people, errors.Join(err, f.move(ctx, Paged))
	}
	return f.everybody(ctx)
}

// everybody calls all who could take the case. It is unstaffed then, also when it was to get more help: unless whoever
// asked for that still has it in their hands.
func (f *firing) everybody(ctx context.Context) ([]string, error) {
	people, err := f.s.everybody(ctx, f.c, f.now)
	if f.c.State == Escalated && f.c.Owner(f.now) != "" {
		return people, errors.Join(err, f.move(ctx, Paged))
	}
	return people, errors.Join(err, f.move(ctx, Exhausted))
}

// move takes the case where the table of lapses says, and writes it down.
func (f *firing) move(ctx context.Context, l Lapse) error {
	from := f.c.State
	to, ok := lapses[l][from]
	if !ok {
		return fmt.Errorf("nothing happens by %q in state %q", l, from)
	}
	f.c.State = to
	f.happened = append(f.happened, l)
	return f.s.store.AddEvent(ctx, &Event{CaseID: f.c.ID, Kind: string(l), FromState: from, ToState: to, CreatedAt: f.now})
}

// end sets the case's next timer, saves it, calls the people under the new timer's generation, and audits what
// happened last of all. The case's version stays: what staff are typing meanwhile builds on the same case.
func (f *firing) end(ctx context.Context, people []string) error {
	if err := f.s.arm(ctx, f.c, f.rules, f.now); err != nil {
		return err
	}
	if err := f.s.store.MoveCase(ctx, f.c); err != nil {
		return err
	}
	notice := NoticeCase
	if slices.Contains(f.happened, Lapsed) {
		notice = NoticeLetGo
	}
	if err := f.s.page(ctx, f.c, notice, people, f.now); err != nil {
		return err
	}
	for _, l := range f.happened {
		err := f.s.audit.Append(ctx, audit.Event{
			At: f.now, Action: audit.Action("case_" + string(l)), ObjectKind: "case", ObjectID: f.c.ID, SpaceID: deref(f.c.SpaceID),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
