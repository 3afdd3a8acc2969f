package crisis

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
)

// Remind calls about something in a case that another area waits for: whoever has the case in their hands, and those who
// lead where it is. The case's own timers go on beside it, and it calls about a closed case too, at the workbench. It
// joins the transaction of ctx.
func (s *Service) Remind(ctx context.Context, caseID, notice, kind string) error {
	c, err := s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, caseID)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	people, err := s.leaders(ctx, c, now)
	if err != nil {
		return err
	}
	if owner := c.Owner(now); owner != "" && !slices.Contains(people, owner) {
		people = append(people, owner)
	}
	// A record of its own for each time: the same person may be called about the case's own deadlines too.
	reminder := *c
	reminder.Generation = -int(now.Unix() / 60)
	if err := s.remind(ctx, &reminder, notice, people, now); err != nil {
		return err
	}
	return s.record(ctx, account.Actor{At: now}, c, Event{Kind: kind, FromState: c.State, ToState: c.State})
}

// Reminded takes back what Remind left at the workbench: somebody has done it. It joins the transaction of ctx.
func (s *Service) Reminded(ctx context.Context, caseID, notice string) error {
	return s.notifier.Withdraw(ctx, notice, caseID)
}

// quieten takes back what called people to a case that is over. What other areas wait for in it goes on.
func (s *Service) quieten(ctx context.Context, c *Case) error {
	if c.State.Open() {
		return nil
	}
	for _, kind := range []string{NoticeCase, NoticeAnyway, NoticeLetGo} {
		if err := s.notifier.Withdraw(ctx, kind, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// remind calls at the workbench alone once the case is closed: nothing of it leaves the house any more.
func (s *Service) remind(ctx context.Context, c *Case, notice string, people []string, now time.Time) error {
	if c.State.Open() {
		return s.page(ctx, c, notice, people, now)
	}
	for _, p := range people {
		if err := s.notice(ctx, c, p, notice, now); err != nil {
			return err
		}
	}
	return nil
}

// leaders are who leads where the case is: those on duty, else all of them, else everybody who could take the case.
func (s *Service) leaders(ctx context.Context, c *Case, now time.Time) ([]string, error) {
	where, err := s.where(ctx, c, now)
	if err != nil {
		return nil, err
	}
	where.Roles = []account.Role{account.DutyLead, account.SafeguardingLead}
	for _, onDuty := range []bool{true, false} {
		where.OnDuty = onDuty
		if people, err := s.store.Callees(ctx, where); err != nil || len(people) > 0 {
			return people, err
		}
	}
	return s.everybody(ctx, c, now)
}
