package store

import (
	"context"
	"time"

	"samhold/internal/crisis"
)

// Waiting implements crisis.Store.
func (c *CrisisStore) Waiting(ctx context.Context) ([]crisis.Waiting, error) {
	var timers []crisis.Timer
	err := c.s.db(ctx).Where("fired_at IS NULL AND (counts_for > 0 OR kind = ?)", crisis.AgainTimer).Order("case_id").Find(&timers).Error
	if err != nil {
		return nil, err
	}
	var found []crisis.Waiting
	for _, t := range timers {
		k, err := c.Case(ctx, crisis.Scope{Everywhere: true, Guests: true}, t.CaseID)
		if err != nil {
			return nil, err
		}
		if k.State.Open() && k.Generation == t.Generation {
			found = append(found, crisis.Waiting{Case: *k, Timer: t})
		}
	}
	return found, nil
}

// Timers implements crisis.Store.
func (c *CrisisStore) Timers(ctx context.Context, caseIDs []string) ([]crisis.Timer, error) {
	var found []crisis.Timer
	err := c.s.db(ctx).Where("fired_at IS NULL").Where(c.s.dialect.oneOf("case_id", caseIDs)).Order("case_id, generation").Find(&found).Error
	return found, err
}

// MoveTimer implements crisis.Store.
func (c *CrisisStore) MoveTimer(ctx context.Context, timerID string, due time.Time) error {
	return c.s.db(ctx).Model(&crisis.Timer{}).Where("id = ? AND fired_at IS NULL", timerID).Update("due_at", due).Error
}

// UnstaffedCases implements crisis.Store.
func (c *CrisisStore) UnstaffedCases(ctx context.Context) ([]crisis.Case, error) {
	var found []crisis.Case
	err := c.locking(ctx).Where("state = ?", crisis.Unstaffed).Order("id").Find(&found).Error
	return found, err
}

// TakenBy implements crisis.Store.
func (c *CrisisStore) TakenBy(ctx context.Context, scope crisis.Scope, accountID string) ([]crisis.Case, error) {
	var found []crisis.Case
	err := within(c.s.db(ctx), scope).Where("owner_id = ? AND state IN ?", accountID,
		[]crisis.State{crisis.Acknowledged, crisis.InContact, crisis.Escalated}).
		Order("CASE level WHEN 'crisis' THEN 0 WHEN 'red' THEN 1 ELSE 2 END, opened_at").Limit(100).Find(&found).Error
	return found, err
}

// HeldCases implements crisis.Store.
func (c *CrisisStore) HeldCases(ctx context.Context, accountID string) ([]crisis.Case, error) {
	var found []crisis.Case
	err := c.locking(ctx).Where("(owner_id = ? AND state IN ?) OR (handed_to = ? AND state = ?)", accountID,
		[]crisis.State{crisis.Acknowledged, crisis.InContact, crisis.Escalated}, accountID, crisis.HandedOver).Order("id").Find(&found).Error
	return found, err
}
