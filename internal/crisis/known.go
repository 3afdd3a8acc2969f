package crisis

import (
	"context"

	"samhold/internal/account"
)

// Known returns a case for another area, if the actor works it; else NotFound. Inside a transaction it is locked.
func (s *Service) Known(ctx context.Context, actor account.Actor, caseID string) (*Case, error) {
	return s.workable(ctx, actor, caseID)
}

// Record writes into the case and the log what another area did with it. It joins the transaction of ctx.
func (s *Service) Record(ctx context.Context, actor account.Actor, c *Case, kind string) error {
	return s.record(ctx, actor, c, Event{Kind: kind, FromState: c.State, ToState: c.State})
}
