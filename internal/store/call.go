package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/call"
)

// Calls are the queries about how the team is called.
type Calls struct{ s *Store }

// Calls returns the queries about how the team is called.
func (s *Store) Calls() *Calls { return &Calls{s} }

var _ call.Store = (*Calls)(nil)

// AddWay implements call.Store.
func (q *Calls) AddWay(ctx context.Context, w *call.Way) error {
	return q.s.db(ctx).Create(w).Error
}

// Ways implements call.Store.
func (q *Calls) Ways(ctx context.Context, accountID string) ([]call.Way, error) {
	var all []call.Way
	err := q.s.db(ctx).Where("account_id = ?", accountID).Order("position, created_at, id").Find(&all).Error
	return all, err
}

// Way implements call.Store.
func (q *Calls) Way(ctx context.Context, wayID string) (*call.Way, error) {
	var w call.Way
	db := q.s.db(ctx)
	if q.s.current(ctx) != nil {
		db = db.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	if err := db.Where("id = ?", wayID).Take(&w).Error; err != nil {
		return nil, err
	}
	return &w, nil
}

// UpdateWay implements call.Store.
func (q *Calls) UpdateWay(ctx context.Context, w *call.Way) error {
	return q.s.db(ctx).Model(w).
		Select("position", "code_until", "code_tries", "confirmed_at", "tested_at", "test_state").Updates(w).Error
}

// DeleteWay implements call.Store.
func (q *Calls) DeleteWay(ctx context.Context, accountID, wayID string) error {
	return q.s.db(ctx).Where("account_id = ? AND id = ?", accountID, wayID).Delete(&call.Way{}).Error
}

// DeleteWaysOfFormerStaff implements call.Store.
func (q *Calls) DeleteWaysOfFormerStaff(ctx context.Context, at time.Time) error {
	return q.s.db(ctx).Where(`NOT EXISTS (SELECT 1 FROM staff_grant WHERE staff_grant.account_id = call_way.account_id
		AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?))`, at).Delete(&call.Way{}).Error
}

// Reachable implements call.Store.
func (q *Calls) Reachable(ctx context.Context, accountIDs []string, kinds []call.Kind) ([]string, error) {
	var found []string
	err := q.s.db(ctx).Model(&call.Way{}).Distinct("account_id").
		Where("confirmed_at IS NOT NULL AND account_id IN ? AND kind IN ?", accountIDs, kinds).Scan(&found).Error
	return found, err
}

// Locale implements call.Store.
func (q *Calls) Locale(ctx context.Context, accountID string) (string, error) {
	var locale string
	err := q.s.db(ctx).Table("account").Select("locale").Where("id = ?", accountID).Scan(&locale).Error
	return locale, err
}
