package crisis

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// The conversation between a member and those on duty is package message's. This file is what the desk does for it.

// wrote lets an open case know that its person wrote something that is not urgent. It returns the case when somebody
// has it in their hands or is being called to it, and nothing otherwise: then others must be told. Whoever has it must
// answer in the time that its level gives a first message.
func (s *Service) wrote(ctx context.Context, in intake.Submission, now time.Time) (string, error) {
	c, err := s.store.OpenCaseOf(ctx, in.Account)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	event := Event{CaseID: c.ID, Kind: "wrote", FromState: c.State, CreatedAt: now}
	owner := c.Owner(now)
	if to, ok := heard[c.State]; ok {
		rules, err := s.rulesOf(ctx, c, now)
		if err != nil {
			return "", err
		}
		if c.State = to; owner == "" {
			// They were answered, and whoever did that has gone on to other things.
			c.State, c.Rung, c.Turn, c.OwnerID, c.OwnerUntil = New, 0, 0, nil, nil
			c.DueAt = rules.after(c.Level, now, rules.of(c).Goal)
		}
		if err := s.arm(ctx, c, rules, now); err != nil {
			return "", err
		}
		if err := s.store.MoveCase(ctx, c); err != nil {
			return "", err
		}
	}
	event.ToState = c.State
	if err := s.store.AddEvent(ctx, &event); err != nil {
		return "", err
	}
	switch {
	case owner != "":
		return c.ID, s.notifier.Notify(ctx, owner, NoticeCase, c.ID)
	case c.State == Monitoring:
		return "", nil
	default:
		return c.ID, nil
	}
}

// Subject implements message.Desk.
func (s *Service) Subject(ctx context.Context, actor account.Actor, caseID string) (accountID, spaceID string, err error) {
	c, err := s.workable(ctx, actor, caseID)
	if err != nil {
		return "", "", err
	}
	if c.AccountID == nil {
		return "", "", fault.Missing()
	}
	if c.SpaceID != nil && actor.CanIn(account.WorkCases, *c.SpaceID) {
		return *c.AccountID, *c.SpaceID, nil
	}
	signals, err := s.store.Signals(ctx, scopeOf(actor), c.ID)
	if err != nil {
		return "", "", err
	}
	for _, signal := range signals {
		if signal.SpaceID != nil {
			return *c.AccountID, *signal.SpaceID, nil
		}
	}
	return *c.AccountID, "", nil
}

// OpenFor implements message.Desk.
func (s *Service) OpenFor(ctx context.Context, actor account.Actor, accountID string) (string, error) {
	open, err := s.store.OpenCaseOf(ctx, accountID)
	if err == nil {
		open, err = s.workable(ctx, actor, open.ID)
	}
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return open.ID, nil
}

// OwnSpace implements message.Desk.
func (s *Service) OwnSpace(ctx context.Context, actor account.Actor) (string, error) {
	_, own, err := s.ownCase(ctx, actor)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return deref(own[len(own)-1].SpaceID), nil
}

// ThreadOpened implements message.Desk.
func (s *Service) ThreadOpened(ctx context.Context, actor account.Actor, caseID string) error {
	c, err := s.workable(ctx, actor, caseID)
	if err != nil {
		return err
	}
	return s.record(ctx, actor, c, Event{Kind: "thread_opened", FromState: c.State, ToState: c.State})
}

// reaching is how somebody who writes to the person comes to be in contact: they take or receive the case first, if
// nobody has it in their hands.
var reaching = []Action{Receive, Take, Reach}

// Reached implements message.Desk. Writing to the person is taking the case, unless somebody else has it. The first
// human message ends the wait for one; those after it move nothing. Whoever has called for more help goes on being
// helped while they write: they say themselves when that is over.
func (s *Service) Reached(ctx context.Context, actor account.Actor, caseID string) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.workable(ctx, actor, caseID)
		if err != nil || !c.State.Open() || c.State == Monitoring {
			return err
		}
		signals, err := s.store.Signals(ctx, scopeOf(actor), c.ID)
		if err != nil {
			return err
		}
		rules, err := s.rulesOf(ctx, c, actor.At)
		if err != nil {
			return err
		}
		from := c.State
		events, err := reach(c, viewerOf(actor, c, signals), actor, rules)
		if err != nil {
			return err
		}
		if c.State != from {
			if err := s.arm(ctx, c, rules, actor.At); err != nil {
				return err
			}
		}
		if err := s.store.UpdateCase(ctx, c, c.Version); err != nil {
			return err
		}
		for _, e := range events {
			if err := s.record(ctx, actor, c, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// reach takes the steps that lead to being in contact, and returns what happened; Conflict when somebody else has the case.
func reach(c *Case, v viewer, actor account.Actor, r Rules) ([]Event, error) {
	if c.State == Escalated && deref(c.OwnerID) == actor.Account {
		if c.ContactedAt == nil {
			c.ContactedAt = &actor.At
		}
		until := r.after(c.Level, actor.At, r.of(c).FirstMessage)
		c.OwnerUntil = &until
		return []Event{{Kind: string(Reach), FromState: c.State, ToState: c.State}}, nil
	}
	var events []Event
	for _, a := range reaching {
		if _, possible := transitions[a][c.State]; a != Reach && v.owns || !possible || !permitted(a, c, v) {
			continue
		}
		e := Event{Kind: string(a), FromState: c.State}
		if _, err := (Step{Action: a}).apply(c, actor, r); err != nil {
			return nil, err
		}
		v.owns, v.owned = c.OwnedBy(actor.Account, actor.At), c.Owner(actor.At) != ""
		e.ToState = c.State
		events = append(events, e)
	}
	if c.State != InContact || len(events) == 0 {
		return nil, fault.New(fault.Conflict, "talk.in_hands")
	}
	return events, nil
}

// Unheard implements message.Desk: nobody opened what a member wrote for so long that the ladder must call.
func (s *Service) Unheard(ctx context.Context, text intake.Submission) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		open, err := s.store.OpenCaseOf(ctx, text.Account)
		if err == nil && open.State == Monitoring {
			err = fault.Missing() // nobody is called to the person while a closing waits for its signature
		}
		if err == nil || !fault.Is(err, fault.NotFound) {
			return err // people are being called
		}
		_, err = s.signal(ctx, text, unread(text, triage.Amber), s.clock.Now())
		return err
	})
}

// Everybody implements message.Desk.
func (s *Service) Everybody(ctx context.Context, spaceID, about string) ([]string, error) {
	return s.store.Callees(ctx, s.anybody(spaceID, about))
}

// anybody is whoever works cases in the space, in any when it is empty.
func (s *Service) anybody(spaceID, about string) Callees {
	who := Callees{Roles: account.RolesWith(account.WorkCases), Not: about, At: s.clock.Now(), Guests: spaceID == ""}
	if spaceID != "" {
		who.Spaces = []string{spaceID}
	}
	return who
}
