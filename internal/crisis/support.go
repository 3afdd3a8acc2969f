package crisis

import (
	"context"

	"samhold/internal/account"
)

// Tell lets the team know at the workbench of something in a case that can wait until somebody is there: whoever has the
// case in their hands, else those who lead where it is. It stands in the case too, and nothing leaves the house. It joins
// the transaction of ctx.
func (s *Service) Tell(ctx context.Context, caseID, notice, kind string) error {
	c, err := s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, caseID)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	people := []string{c.Owner(now)}
	if people[0] == "" {
		if people, err = s.leaders(ctx, c, now); err != nil {
			return err
		}
	}
	for _, p := range people {
		if err := s.notifier.Notify(ctx, p, notice, c.ID); err != nil {
			return err
		}
	}
	return s.record(ctx, account.Actor{At: now}, c, Event{Kind: kind, FromState: c.State, ToState: c.State})
}
