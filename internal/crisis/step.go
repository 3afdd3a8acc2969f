package crisis

import (
	"context"
	"maps"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/triage"
)

// Step is one action on a case, as its form says it.
type Step struct {
	Action  Action
	Version int    // of the case as the person saw it
	Note    string // sealed; needed for a note, an escalation, a new level, a hand-over and a resumption
	Level   string // of a Raise
	Outcome string // of a Close
	To      string // what the colleague is called whom a HandOver is for
	Also    bool   // yes to a second crisis in one's hands
}

// maxNote is the longest note, in characters.
const maxNote = 4000

// Do takes one step with a case. A step that builds on an older version is refused with Conflict, one that the
// person may not take with NotFound, and a second crisis without a yes to it with Invalid.
func (s *Service) Do(ctx context.Context, actor account.Actor, caseID string, step Step) error {
	note, err := markup.Clean(step.Note)
	if err != nil {
		return err
	}
	step.Note = note
	if err := step.check(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.workable(ctx, actor, caseID)
		if err != nil {
			return err
		}
		if c.Version != step.Version {
			return fault.Stale()
		}
		signals, err := s.store.Signals(ctx, scopeOf(actor), c.ID)
		if err != nil {
			return err
		}
		if !permitted(step.Action, c, viewerOf(actor, c, signals)) {
			return fault.New(fault.Conflict, "crisis.not_now")
		}
		if err := s.oneAtATime(ctx, actor, c, step); err != nil {
			return err
		}
		if step.Action == HandOver {
			if step.To, err = s.receiver(ctx, actor, c, step.To); err != nil {
				return err
			}
		}
		if step.Action == Reopen {
			if err := s.mayReopen(ctx, c); err != nil {
				return err
			}
		}
		rules, err := s.rulesOf(ctx, c, actor.At)
		if err != nil {
			return err
		}
		from, level := c.State, c.Level
		code, err := step.apply(c, actor, rules)
		if err != nil {
			return err
		}
		// Whom it finds says where on the ladder the case stands, so it comes before the case is saved.
		people, err := s.callees(ctx, c, step.Action, rules, actor.At)
		if err != nil {
			return err
		}
		if step.rearms(from, c) || higher(c.Level, level) {
			if err := s.arm(ctx, c, rules, actor.At); err != nil {
				return err
			}
		}
		if err := s.store.UpdateCase(ctx, c, step.Version); err != nil {
			return err
		}
		if err := s.askReview(ctx, c, actor.At); err != nil {
			return err
		}
		if err := s.askHow(ctx, actor, c); err != nil {
			return err
		}
		if err := s.quieten(ctx, c); err != nil {
			return err
		}
		e := Event{ID: id.New(), Kind: string(step.Action), FromState: from, ToState: c.State, Code: code}
		if step.Note != "" {
			if err := s.sealNote(ctx, &e, step.Note); err != nil {
				return err
			}
		}
		if err := s.page(ctx, c, NoticeCase, people, actor.At); err != nil {
			return err
		}
		return s.record(ctx, actor, c, e)
	})
}

// mayReopen refuses to open a second case of a person who has an open one.
func (s *Service) mayReopen(ctx context.Context, c *Case) error {
	if c.AccountID == nil {
		return nil
	}
	_, err := s.store.OpenCaseOf(ctx, *c.AccountID)
	switch {
	case fault.Is(err, fault.NotFound):
		return nil
	case err != nil:
		return err
	default:
		return fault.New(fault.Conflict, "crisis.open_already")
	}
}

// rearms reports whether the step sets the case's timer anew: when the case moved, or somebody else took it.
func (step Step) rearms(from State, c *Case) bool {
	return c.State != from || step.Action == Take && c.State == Acknowledged || step.Action == Escalate
}

// callees are whom a step asks for at once: the next rung, who receives what was handed over, who can sign.
func (s *Service) callees(ctx context.Context, c *Case, a Action, r Rules, now time.Time) ([]string, error) {
	switch {
	case a == Escalate:
		people, err := s.climb(ctx, c, r, now)
		if err == nil && len(people) == 0 {
			people, err = s.everybody(ctx, c, now)
		}
		return slices.DeleteFunc(people, func(p string) bool { return p == c.Owner(now) }), err
	case a == HandOver:
		return []string{deref(c.HandedToID)}, nil
	case a == Close && c.State == Monitoring:
		return s.signers(ctx, c, now)
	}
	return nil, nil
}

// team names, by account, the colleagues who work cases where this one is, but for the person themselves.
func (s *Service) team(ctx context.Context, actor account.Actor, c *Case) (map[string]string, error) {
	people, err := s.everybody(ctx, c, actor.At)
	if err != nil {
		return nil, err
	}
	names, err := s.store.StaffNames(ctx, people)
	delete(names, actor.Account)
	return names, err
}

func (s *Service) colleagues(ctx context.Context, actor account.Actor, c *Case) ([]string, error) {
	names, err := s.team(ctx, actor, c)
	return slices.Compact(slices.Sorted(maps.Values(names))), err
}

// receiver is the account of the one colleague of that name.
func (s *Service) receiver(ctx context.Context, actor account.Actor, c *Case, name string) (string, error) {
	names, err := s.team(ctx, actor, c)
	if err != nil {
		return "", err
	}
	var found []string
	for account, n := range names {
		if n == name && name != "" {
			found = append(found, account)
		}
	}
	var check fault.Check
	check.Require(len(found) == 1, "to", "crisis.to_missing")
	if err := check.Err(); err != nil {
		return "", err
	}
	return found[0], nil
}

func (step Step) check() error {
	var check fault.Check
	needsNote := step.Action == Note || step.Action == Escalate || step.Action == Resume || step.Action == Raise || step.Action == HandOver
	check.Require(!needsNote || step.Note != "", "note", "crisis.note_missing")
	check.Require(len([]rune(step.Note)) <= maxNote, "note", "crisis.note_long", "Max", maxNote)
	if step.Action == Close {
		check.Require(knownOutcome(step.Outcome), "outcome", "crisis.outcome_missing")
	}
	if step.Action == Raise {
		_, err := triage.ParseLevel(step.Level)
		check.Require(err == nil, "level", "crisis.level_missing")
	}
	return check.Err()
}

// apply changes the case as the step says and returns the code for the record.
func (step Step) apply(c *Case, actor account.Actor, r Rules) (code string, err error) {
	to, err := next(step.Action, c.State)
	if err != nil {
		return "", err
	}
	me, now := actor.Account, actor.At
	until := r.after(c.Level, now, r.of(c).FirstMessage)
	switch step.Action {
	case Take, Receive:
		c.OwnerID, c.HandedToID = &me, nil
		if c.AcknowledgedAt == nil {
			c.AcknowledgedAt = &now
		}
	case Reach:
		if c.ContactedAt == nil {
			c.ContactedAt = &now
		}
	case Escalate:
		// Whoever asks for more help has met the first rung: it goes on above it.
		c.Rung, c.Turn, c.ClosingBy, c.Outcome, c.HandedToID = 1, 0, nil, "", nil
	case HandBack:
		c.OwnerID, c.OwnerUntil, c.DueAt = nil, nil, r.after(c.Level, now, r.of(c).Goal)
	case HandOver:
		c.OwnerID, c.OwnerUntil, c.HandedToID, c.DueAt = nil, nil, &step.To, now.Add(r.of(c).Receive)
	case Raise:
		c.Level, code = step.Level, step.Level
		if higher(step.Level, c.PeakLevel) {
			c.PeakLevel = step.Level
		}
	case Close:
		c.Outcome, c.ClosingBy, code = step.Outcome, &me, step.Outcome
		if to = ended(step.Outcome); c.NeedsTwo() {
			to = Monitoring
			c.OwnerID, c.OwnerUntil = nil, nil
		}
	case Sign:
		to, c.SecondPerson, code = ended(c.Outcome), &me, c.Outcome
	case Resume:
		c.OwnerID, c.ClosingBy, c.Outcome = &me, nil, ""
	case Reopen:
		c.reopen(r, now)
	case Note:
	}
	if !to.Open() {
		c.ClosedAt = &now
		c.OwnerID, c.OwnerUntil = nil, nil
	}
	if c.OwnerID != nil && *c.OwnerID == me {
		c.OwnerUntil = &until
	}
	c.State = to
	return code, nil
}

// reopen takes back what closed the case.
func (c *Case) reopen(r Rules, now time.Time) {
	c.ClosedAt, c.ClosingBy, c.SecondPerson, c.Outcome, c.AcknowledgedAt, c.ContactedAt = nil, nil, nil, "", nil, nil
	c.DueAt = r.after(c.Level, now, r.of(c).Goal)
}
