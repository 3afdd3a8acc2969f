package crisis

import (
	"context"

	"samhold/internal/account"
	"samhold/internal/id"
)

// Known returns a case for another area, if the actor works it; else NotFound. Inside a transaction it is locked.
func (s *Service) Known(ctx context.Context, actor account.Actor, caseID string) (*Case, error) {
	return s.workable(ctx, actor, caseID)
}

// Record writes into the case and the log what another area did with it. It joins the transaction of ctx.
func (s *Service) Record(ctx context.Context, actor account.Actor, c *Case, kind string) error {
	return s.record(ctx, actor, c, Event{Kind: kind, FromState: c.State, ToState: c.State})
}

// RecordNote writes into the case and the log what another area did with it, with a sealed note if there is one. It joins
// the transaction of ctx.
func (s *Service) RecordNote(ctx context.Context, actor account.Actor, c *Case, kind, note string) error {
	e := Event{ID: id.New(), Kind: kind, FromState: c.State, ToState: c.State}
	if note != "" {
		if err := s.sealNote(ctx, &e, note); err != nil {
			return err
		}
	}
	return s.record(ctx, actor, c, e)
}
