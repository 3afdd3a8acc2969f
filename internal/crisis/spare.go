package crisis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/triage"
)

// NoticeAnyway calls somebody to what they do not take: nobody else is there.
const NoticeAnyway = "case_anyway"

// Care looks after those on duty.
type Care interface {
	// Refusing returns the accounts that do not take cases of the category, or about the subject.
	Refusing(ctx context.Context, category, subject string) ([]string, error)
	// Ended is told of a crisis that is over, in the transaction that ends it, and by whom.
	Ended(ctx context.Context, caseID, by string) error
}

// refusing are those who do not take such a case.
func (s *Service) refusing(ctx context.Context, c *Case) ([]string, error) {
	if s.care == nil {
		return nil, nil
	}
	people, err := s.care.Refusing(ctx, c.Category, c.Subject)
	if err != nil {
		return nil, fmt.Errorf("who does not take it: %w", err)
	}
	return people, nil
}

// spared are those whom the ladder goes past: who does not take such a case, the first time that it is climbed. When
// nobody has come by then, or nobody else stands on it, they are called as everybody is: somebody in danger comes first.
// A ladder that is climbed once spares nobody.
func (s *Service) spared(ctx context.Context, c *Case, turns int) ([]string, error) {
	if c.Turn > 0 || turns < 2 {
		return nil, nil
	}
	return s.refusing(ctx, c)
}

// anyway says with which notice somebody is called: who does not take such a case is told that nobody else is there.
func (s *Service) anyway(ctx context.Context, c *Case, notice string, people []string) (func(person string) string, error) {
	same := func(string) string { return notice }
	if notice != NoticeCase || len(people) == 0 {
		return same, nil
	}
	refusing, err := s.refusing(ctx, c)
	if err != nil || len(refusing) == 0 {
		return same, err
	}
	return func(person string) string {
		if slices.Contains(refusing, person) {
			return NoticeAnyway
		}
		return notice
	}, nil
}

// second reports whether taking the case would give the person a second crisis.
func (s *Service) second(ctx context.Context, accountID string, c *Case, now time.Time) (bool, error) {
	if c.Level != triage.Crisis.String() {
		return false, nil
	}
	busy, err := s.store.Busy(ctx, c.ID, now)
	return slices.Contains(busy, accountID), err
}

// oneAtATime refuses to give somebody a second crisis unless they say yes to it.
func (s *Service) oneAtATime(ctx context.Context, actor account.Actor, c *Case, step Step) error {
	if step.Also || step.Action != Take && step.Action != Receive {
		return nil
	}
	second, err := s.second(ctx, actor.Account, c, actor.At)
	if err != nil {
		return err
	}
	var check fault.Check
	check.Require(!second, "also", "crisis.second_missing")
	return check.Err()
}

// askHow has those who worked on a crisis that is over asked how they are, and whoever ended it.
func (s *Service) askHow(ctx context.Context, actor account.Actor, c *Case) error {
	if s.care == nil || c.State.Open() || !c.NeedsTwo() {
		return nil
	}
	return s.care.Ended(ctx, c.ID, actor.Account)
}
