package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/rota"
)

// rota plans every week from a moment on, as the spaces' hours say.
func (s *seeder) rota(ctx context.Context, from time.Time) error {
	midnight := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, s.now.Location())
	for _, r := range s.c.Spaces {
		who, err := s.colleague(account.WorkCases, r.Key)
		if err != nil {
			return err
		}
		planner, err := s.colleague(account.ManageStaff, r.Key)
		if err != nil {
			return err
		}
		for _, w := range r.Hours.Weekly {
			for day := range 7 {
				from, to, on := w.On(midnight.AddDate(0, 0, day))
				if !on {
					continue
				}
				err := s.Rota.Add(ctx, s.actor(planner), rota.Plan{
					AccountID: s.accounts[who].ID, SpaceID: s.spaces[r.Key].ID, Day: rota.DayOf(from, s.Rota.Zone), Weeks: 1,
					Starts: rota.Minute(from.In(s.Rota.Zone).Format("15:04")), Ends: rota.Minute(to.In(s.Rota.Zone).Format("15:04")),
				})
				if err != nil {
					return fmt.Errorf("shift in %s: %w", r.Key, err)
				}
			}
		}
	}
	return nil
}

// onRota are the people of the rota.
func (s *seeder) onRota() []string {
	var team []string
	for _, r := range s.c.Spaces {
		if who, err := s.colleague(account.WorkCases, r.Key); err == nil && !slices.Contains(team, who) {
			team = append(team, who)
		}
	}
	slices.Sort(team)
	return team
}

// coming makes the shifts of the coming weeks. In the next days somebody is away and somebody offers a shift.
func (s *seeder) coming(ctx context.Context) error {
	if err := s.Rota.Extend(ctx); err != nil {
		return fmt.Errorf("the coming weeks: %w", err)
	}
	midnight := time.Date(s.now.Year(), s.now.Month(), s.now.Day(), 0, 0, 0, 0, s.now.Location())
	team := s.onRota()
	return errors.Join(s.away(ctx, team[0], midnight.AddDate(0, 0, 3)), s.offerShift(ctx, team[len(team)-1]))
}

// away lets somebody be away for a day, so that a shift of theirs is vacant.
func (s *seeder) away(ctx context.Context, who string, day time.Time) error {
	a := s.actor(who)
	if err := s.Rota.Away(ctx, a, a.Account, rota.Span{From: day, To: day.AddDate(0, 0, 1)}); err != nil {
		return fmt.Errorf("%s is away: %w", who, err)
	}
	return nil
}

// offerShift lets somebody offer a shift of the coming week to whoever can take it.
func (s *seeder) offerShift(ctx context.Context, who string) error {
	a := s.actor(who)
	board, err := s.Rota.Board(ctx, a)
	if err != nil {
		return fmt.Errorf("rota of %s: %w", who, err)
	}
	for _, shift := range board.Shifts {
		if shift.AccountID == a.Account && shift.StartsAt.After(s.now.Add(48*time.Hour)) {
			return s.Rota.Offer(ctx, a, shift.ID, "")
		}
	}
	return fmt.Errorf("%s has no shift to offer", who)
}
