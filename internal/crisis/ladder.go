package crisis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/triage"
)

// Rung is one step of the ladder: who is called together.
type Rung struct {
	Roles  []account.Role
	People []string // accounts, called by name
	OnDuty bool     // only those who have a shift now
}

// Ladder is who is called, one rung after the other, and how often it is climbed.
type Ladder struct {
	Rungs []Rung
	Turns int // from 1 to 5: then the case counts as unstaffed
}

// DefaultLadder is the ladder until an NGO sets its own.
var DefaultLadder = Ladder{Turns: maxTurns, Rungs: []Rung{
	{Roles: []account.Role{account.Moderator, account.DutyLead, account.SafeguardingLead}, OnDuty: true},
	{Roles: []account.Role{account.DutyLead, account.SafeguardingLead}},
	{Roles: []account.Role{account.Moderator, account.DutyLead, account.SafeguardingLead}},
}}

// maxTurns is how often a ladder may be climbed before a case counts as unstaffed.
const maxTurns = 5

// Callees says whom to look for.
type Callees struct {
	Roles  []account.Role
	People []string // beside the roles: these accounts, if they work cases there
	OnDuty bool
	Spaces []string // where the case has signals; empty asks everywhere
	Guests bool     // it is a guest's, or belongs to no space: whoever works cases, in any space
	Not    string   // the account that the case is about is never called to it
	At     time.Time
}

// climb finds the next rung with somebody on it, from where the case stands, and who that is. Whoever has another
// crisis in their hands is passed over, and at first whoever does not take such a case. It returns nobody when the ladder is exhausted.
func (s *Service) climb(ctx context.Context, c *Case, r Rules, now time.Time) ([]string, error) {
	ladder := r.ladder(c)
	where, err := s.where(ctx, c, now)
	if err != nil {
		return nil, err
	}
	spared, err := s.spared(ctx, c, ladder.Turns)
	if err != nil {
		return nil, err
	}
	// Twice round at most: once past those whom it spares, once more without sparing anybody.
	for empty := 0; c.Turn < ladder.Turns && empty <= 2*len(ladder.Rungs)+1; empty++ {
		if c.Rung >= len(ladder.Rungs) {
			c.Rung, c.Turn, spared = 0, c.Turn+1, nil
			continue
		}
		rung := ladder.Rungs[c.Rung]
		where.Roles, where.People, where.OnDuty = rung.Roles, rung.People, rung.OnDuty
		people, err := s.store.Callees(ctx, where)
		if err != nil {
			return nil, fmt.Errorf("who is on the rung: %w", err)
		}
		if c.Level == triage.Crisis.String() && len(people) > 0 {
			if people, err = s.free(ctx, c, people, now); err != nil {
				return nil, err
			}
		}
		people = slices.DeleteFunc(people, func(a string) bool { return slices.Contains(spared, a) })
		if len(people) > 0 {
			return people, nil
		}
		c.Rung++
	}
	c.Turn = ladder.Turns
	return nil, nil
}

// everybody returns all who could take the case, whatever else they have in their hands.
func (s *Service) everybody(ctx context.Context, c *Case, now time.Time) ([]string, error) {
	where, err := s.where(ctx, c, now)
	if err != nil {
		return nil, err
	}
	where.Roles = account.RolesWith(account.WorkCases)
	return s.store.Callees(ctx, where)
}

// signers returns those who may sign a closing: everybody who signs there but who closed it.
func (s *Service) signers(ctx context.Context, c *Case, now time.Time) ([]string, error) {
	where, err := s.where(ctx, c, now)
	if err != nil {
		return nil, err
	}
	where.Roles = account.RolesWith(account.SignCases)
	people, err := s.store.Callees(ctx, where)
	return slices.DeleteFunc(people, func(a string) bool { return a == deref(c.ClosingBy) }), err
}

// where says in which spaces staff could read what the case is about.
func (s *Service) where(ctx context.Context, c *Case, now time.Time) (Callees, error) {
	signals, err := s.store.Signals(ctx, Scope{Everywhere: true}, c.ID)
	if err != nil {
		return Callees{}, err
	}
	w := Callees{Guests: c.ConcernID != nil, Not: deref(c.AccountID), At: now}
	if c.SpaceID != nil {
		w.Spaces = append(w.Spaces, *c.SpaceID)
	}
	for _, signal := range signals {
		if signal.SpaceID != nil && !slices.Contains(w.Spaces, *signal.SpaceID) {
			w.Spaces = append(w.Spaces, *signal.SpaceID)
		}
	}
	w.Guests = w.Guests || len(w.Spaces) == 0 // of a member who is in no space
	return w, nil
}

// free leaves out whoever has another crisis in their hands.
func (s *Service) free(ctx context.Context, c *Case, people []string, now time.Time) ([]string, error) {
	busy, err := s.store.Busy(ctx, c.ID, now)
	if err != nil {
		return nil, fmt.Errorf("who has a crisis already: %w", err)
	}
	return slices.DeleteFunc(people, func(a string) bool { return slices.Contains(busy, a) }), nil
}

// Callable implements moderation.Callers: those on duty in a space, else everybody who works cases there, without whom
// it is about.
func (s *Service) Callable(ctx context.Context, spaceID, about string) ([]string, error) {
	who := s.anybody(spaceID, about)
	who.OnDuty = true
	people, err := s.store.Callees(ctx, who)
	if err != nil || len(people) > 0 {
		return people, err
	}
	who.OnDuty = false
	return s.store.Callees(ctx, who)
}
