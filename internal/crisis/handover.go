package crisis

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// NoticeHandOver asks whoever goes off duty to hand over what they have.
const NoticeHandOver = "hand_over"

// Handover is what somebody passes on at the change of shift, and what was passed on to them. It holds no text.
type Handover struct {
	Due       bool // they are about to go off duty, or have just gone
	Mine      []Handing
	ToReceive []Row
}

// Handing is an open case in somebody's hands, with those who could have it next.
type Handing struct {
	Case
	Colleagues []string  // what they are called
	Next       string    // who of them is on duty next; empty if nobody is planned
	NextFrom   time.Time // since or from when
}

// Handover returns the open cases that the actor took last and nobody has taken since, and those that wait for the actor
// to receive them.
func (s *Service) Handover(ctx context.Context, actor account.Actor) (*Handover, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	found := &Handover{}
	mine, err := s.store.TakenBy(ctx, scopeOf(actor), actor.Account)
	if err != nil {
		return nil, err
	}
	for _, c := range mine {
		h := Handing{Case: c}
		names, err := s.team(ctx, actor, &c)
		if err != nil {
			return nil, err
		}
		h.Colleagues = slices.Compact(slices.Sorted(maps.Values(names)))
		if err := s.addNext(ctx, &h, names, actor); err != nil {
			return nil, err
		}
		found.Mine = append(found.Mine, h)
	}
	rows, err := s.store.Cases(ctx, scopeOf(actor))
	if err != nil {
		return nil, err
	}
	found.ToReceive = slices.DeleteFunc(rows, func(r Row) bool { return !r.HandedTo(actor.Account) })
	if s.rota != nil {
		found.Due, err = s.rota.Leaves(ctx, actor.Account, actor.At)
	}
	return found, err
}

// addNext finds who of the colleagues is on duty next.
func (s *Service) addNext(ctx context.Context, h *Handing, names map[string]string, actor account.Actor) error {
	if s.rota == nil {
		return nil
	}
	where, err := s.where(ctx, &h.Case, actor.At)
	if err != nil {
		return err
	}
	people, from, err := s.rota.Next(ctx, where.Spaces, where.Guests, actor.Account)
	if err != nil {
		return fmt.Errorf("who is on duty next: %w", err)
	}
	for _, p := range people {
		if names[p] != "" {
			h.Next, h.NextFrom = names[p], from
			return nil
		}
	}
	return nil
}

// HandOn hands a case of the actor's over to a colleague by name, with a line on it. A case whose time in the actor's
// hands is over, and that nobody else has taken, is taken once more first.
func (s *Service) HandOn(ctx context.Context, actor account.Actor, caseID string, step Step) error {
	step.Action = HandOver
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.workable(ctx, actor, caseID)
		if err != nil {
			return err
		}
		var check fault.Check
		check.Require(step.Note != "", "note", "handover.note_missing")
		check.Require(step.To != "", "to", "crisis.to_missing")
		if err := check.Err(); err != nil {
			return err
		}
		if deref(c.OwnerID) == actor.Account && !c.OwnedBy(actor.Account, actor.At) {
			if err := s.Do(ctx, actor, caseID, Step{Action: Take, Version: step.Version}); err != nil {
				return err
			}
			step.Version++
		}
		return s.Do(ctx, actor, caseID, step)
	})
}

// AskToHandOver asks everybody who goes off duty and has open cases to hand them over: once for each shift.
func (s *Service) AskToHandOver(ctx context.Context) error {
	if s.rota == nil {
		return nil
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		people, err := s.rota.Leaving(ctx)
		if err != nil {
			return fmt.Errorf("who goes off duty: %w", err)
		}
		for _, p := range people {
			taken, err := s.store.TakenBy(ctx, Scope{Everywhere: true, Guests: true}, p)
			if err != nil {
				return err
			}
			if len(taken) == 0 {
				continue
			}
			if err := s.notifier.Notify(ctx, p, NoticeHandOver, ""); err != nil {
				return err
			}
		}
		return nil
	})
}
