package rota

import (
	"context"
	"slices"
	"time"
)

// Whoever is on duty is asked to hand over a quarter of an hour before the end, while the next can still be met; and
// for half a day afterwards it is said that they did not.
const (
	askBefore = 15 * time.Minute
	askAfter  = 12 * time.Hour
)

// Leaving returns, once for each shift, who is about to go off duty and has no shift that goes on. It belongs into the
// transaction that asks them.
func (s *Service) Leaving(ctx context.Context) ([]string, error) {
	now := s.Clock.Now()
	shifts, err := s.Store.Ending(ctx, now.Add(-askAfter), now.Add(askBefore))
	if err != nil {
		return nil, err
	}
	var people []string
	for _, shift := range shifts {
		if err := s.Store.Asked(ctx, shift.ID, now); err != nil {
			return nil, err
		}
		leaves, err := s.Leaves(ctx, shift.AccountID, now)
		if err != nil {
			return nil, err
		}
		if leaves && !slices.Contains(people, shift.AccountID) {
			people = append(people, shift.AccountID)
		}
	}
	return people, nil
}

// Leaves reports whether somebody has just been on duty, or is for a quarter of an hour at most, and no shift of theirs
// goes on.
func (s *Service) Leaves(ctx context.Context, accountID string, at time.Time) (bool, error) {
	shifts, err := s.Store.ShiftsOf(ctx, accountID, at.Add(-askAfter))
	if err != nil {
		return false, err
	}
	ended := false
	for _, shift := range shifts {
		switch {
		case shift.StartsAt.After(at.Add(askBefore)):
		case shift.EndsAt.After(at.Add(askBefore)):
			return false, nil
		default:
			ended = true
		}
	}
	return ended, nil
}

// Next returns who is on duty next for one of the spaces, or anywhere, without one account, and from when: those who are
// there a quarter of an hour from now, else the first to begin within two days.
func (s *Service) Next(ctx context.Context, spaces []string, anywhere bool, without string) (people []string, from time.Time, err error) {
	now := s.Clock.Now()
	at := now.Add(askBefore)
	served, err := s.Store.Served(ctx, now, now.Add(48*time.Hour), now)
	if err != nil {
		return nil, from, err
	}
	slices.SortStableFunc(served, func(a, b Served) int { return a.From.Compare(b.From) })
	for _, on := range served {
		fits := on.AccountID != without && (anywhere || on.SpaceID == "" || slices.Contains(spaces, on.SpaceID)) && on.To.After(at)
		switch {
		case !fits || slices.Contains(people, on.AccountID):
		case len(people) == 0, !on.From.After(at), on.From.Equal(from):
			people, from = append(people, on.AccountID), on.From
		}
	}
	return people, from, nil
}
