package crisis

import (
	"context"
	"fmt"

	"samhold/internal/account"
	"samhold/internal/id"
)

// Release takes every open case out of the hands of somebody who stops working here, and calls for each at once: what
// they had goes back to the ladder, and so does what was handed over to them. It joins the transaction of ctx, after
// their roles have ended, so that they are not called themselves.
func (s *Service) Release(ctx context.Context, by account.Actor, accountID string) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		held, err := s.store.HeldCases(ctx, accountID)
		if err != nil {
			return fmt.Errorf("cases in somebody's hands: %w", err)
		}
		for i := range held {
			if err := s.release(ctx, by, &held[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) release(ctx context.Context, by account.Actor, c *Case) error {
	rules, err := s.rulesOf(ctx, c, by.At)
	if err != nil {
		return err
	}
	if c.State == HandedOver {
		f := &firing{s: s, c: c, rules: rules, now: by.At}
		people, err := f.lapse(ctx, ReceiveTimer)
		if err != nil {
			return err
		}
		return f.end(ctx, people)
	}
	from := c.State
	if c.State, err = next(HandBack, from); err != nil {
		return err
	}
	c.Rung, c.Turn, c.OwnerID, c.OwnerUntil, c.DueAt = 0, 0, nil, nil, by.At
	if err := s.arm(ctx, c, rules, by.At); err != nil {
		return err
	}
	if err := s.store.UpdateCase(ctx, c, c.Version); err != nil {
		return err
	}
	return s.record(ctx, by, c, Event{ID: id.New(), Kind: "released", FromState: from, ToState: c.State})
}
