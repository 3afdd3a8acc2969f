package rota

import (
	"context"
)

// Leave takes somebody who stops working here out of the rota: from now on their shifts are vacant, nothing repeats for
// them, and what was offered by them or to them is offered no more. Everybody who could take a shift is told, once. It
// joins the transaction of ctx; who may do it, and the log, are the caller's.
func (s *Service) Leave(ctx context.Context, accountID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		shifts, err := s.Store.ShiftsOf(ctx, accountID, now)
		if err != nil {
			return err
		}
		told := map[string]bool{accountID: true}
		for _, shift := range shifts {
			lost := Span{later(shift.StartsAt, now), shift.EndsAt}
			if err := s.drop(ctx, shift, lost); err != nil {
				return err
			}
			able, err := s.Store.Workers(ctx, deref(shift.SpaceID), lost)
			if err != nil {
				return err
			}
			for _, p := range able {
				if told[p.ID] {
					continue
				}
				told[p.ID] = true
				if err := s.Notifier.Notify(ctx, p.ID, NoticeVacant, ""); err != nil {
					return err
				}
			}
		}
		if err := s.Store.EndFor(ctx, accountID, DayOf(now, s.Zone).Add(-1)); err != nil {
			return err
		}
		return s.Changed(ctx)
	})
}

// drop takes the last part of a shift from its person; it is vacant.
func (s *Service) drop(ctx context.Context, shift Shift, lost Span) error {
	if err := s.Store.RemoveShift(ctx, shift.ID); err != nil {
		return err
	}
	if served := (Span{shift.StartsAt, lost.From}); !served.Empty() {
		done := shift
		done.EndsAt = lost.From
		if err := s.Store.AddShift(ctx, &done); err != nil {
			return err
		}
	}
	return s.vacate(ctx, shift, lost, nil, nil)
}
