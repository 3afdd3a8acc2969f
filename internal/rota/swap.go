package rota

import (
	"context"
	"slices"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// Offer offers the actor's own shift to the one colleague of that name, or to anybody who works there when it is empty. Until
// somebody accepts, the shift stays the actor's. It is audited.
func (s *Service) Offer(ctx context.Context, a account.Actor, shiftID, to string) error {
	if !a.Can(account.WorkCases) {
		return missing()
	}
	return s.change(ctx, a, "swap_offered", func(ctx context.Context) (string, string, error) {
		shift, err := s.own(ctx, a, shiftID)
		if err != nil {
			return "", "", err
		}
		able, err := s.Store.Workers(ctx, deref(shift.SpaceID), shift.Span())
		if err != nil {
			return "", "", err
		}
		able = slices.DeleteFunc(able, func(p Person) bool { return p.ID == a.Account || (to != "" && p.Name != to) })
		var check fault.Check
		check.Require(len(able) == 1 || (to == "" && len(able) > 0), "to", "rota.offer_nobody")
		if err := check.Err(); err != nil {
			return "", "", err
		}
		var one string
		if to != "" {
			one = able[0].ID
		}
		swap := &Swap{ID: id.New(), ShiftID: shift.ID, FromID: a.Account, ToID: optional(one), State: "offered", CreatedAt: s.Clock.Now()}
		if err := s.Store.AddSwap(ctx, swap); err != nil {
			return "", "", err
		}
		for _, p := range able {
			if err := s.Notifier.Notify(ctx, p.ID, NoticeOffered, ""); err != nil {
				return "", "", err
			}
		}
		return shift.ID, deref(shift.SpaceID), nil
	})
}

// Colleagues are those to whom the actor could offer a shift of theirs; NotFound when it is not theirs.
func (s *Service) Colleagues(ctx context.Context, a account.Actor, shiftID string) ([]Person, error) {
	shift, err := s.own(ctx, a, shiftID)
	if err != nil {
		return nil, err
	}
	able, err := s.Store.Workers(ctx, deref(shift.SpaceID), shift.Span())
	return slices.DeleteFunc(able, func(p Person) bool { return p.ID == a.Account }), err
}

// own is a shift of the actor's.
func (s *Service) own(ctx context.Context, a account.Actor, shiftID string) (*Shift, error) {
	shift, err := s.Store.Shift(ctx, reachOf(a, account.SeeRota), shiftID, a.At)
	if err != nil {
		return nil, err
	}
	if shift.AccountID != a.Account {
		return nil, missing()
	}
	return shift, nil
}

// Accept takes the shift that a colleague offers: from then on it is the actor's, by name. Whoever has no role there for
// its whole time, is away, or is on duty there already cannot accept, and the shift stays whose it is. It is audited.
func (s *Service) Accept(ctx context.Context, a account.Actor, swapID string) error {
	if !a.Can(account.WorkCases) {
		return missing()
	}
	return s.change(ctx, a, "swap_accepted", func(ctx context.Context) (string, string, error) {
		swap, shift, err := s.offered(ctx, a, swapID)
		if err != nil {
			return "", "", err
		}
		if swap.FromID == a.Account || (swap.ToID != nil && *swap.ToID != a.Account) {
			return "", "", missing()
		}
		shift.AccountID = a.Account
		if err := s.free(ctx, *shift); err != nil {
			return "", "", err
		}
		if err := s.answer(ctx, a, swap, "accepted"); err != nil {
			return "", "", err
		}
		if err := s.Store.UpdateShift(ctx, shift); err != nil {
			return "", "", err
		}
		return shift.ID, deref(shift.SpaceID), s.Notifier.Notify(ctx, swap.FromID, NoticeAccepted, "")
	})
}

// Withdraw takes an offer of one's own back, or says no to one that was made to oneself. It is audited.
func (s *Service) Withdraw(ctx context.Context, a account.Actor, swapID string) error {
	if !a.Can(account.WorkCases) {
		return missing()
	}
	return s.change(ctx, a, "swap_withdrawn", func(ctx context.Context) (string, string, error) {
		swap, shift, err := s.offered(ctx, a, swapID)
		if err != nil {
			return "", "", err
		}
		if swap.FromID != a.Account && deref(swap.ToID) != a.Account {
			return "", "", missing()
		}
		return shift.ID, deref(shift.SpaceID), s.answer(ctx, a, swap, "withdrawn")
	})
}

func (s *Service) offered(ctx context.Context, a account.Actor, swapID string) (*Swap, *Shift, error) {
	swap, err := s.Store.Swap(ctx, swapID)
	if err != nil {
		return nil, nil, err
	}
	shift, err := s.Store.Shift(ctx, reachOf(a, account.SeeRota), swap.ShiftID, a.At)
	return swap, shift, err
}

func (s *Service) answer(ctx context.Context, a account.Actor, swap *Swap, state string) error {
	now := s.Clock.Now()
	swap.State, swap.AnsweredAt, swap.AnsweredBy = state, &now, &a.Account
	return s.Store.AnswerSwap(ctx, swap)
}
