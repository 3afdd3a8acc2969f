package store

import (
	"context"

	"gorm.io/gorm/clause"

	"samhold/internal/fault"
	"samhold/internal/plan"
)

// Plans implements plan.Store.
type Plans struct{ s *Store }

// Plans returns the queries about safety plans.
func (s *Store) Plans() *Plans { return &Plans{s} }

var _ plan.Store = (*Plans)(nil)

// SafetyPlan implements plan.Store.
func (q *Plans) SafetyPlan(ctx context.Context, accountID string) (*plan.Kept, error) {
	if q.s.current(ctx) != nil {
		if err := q.s.db(ctx).Exec("UPDATE safety_plan SET version = version WHERE account_id = ?", accountID).Error; err != nil {
			return nil, err
		}
	}
	k := new(plan.Kept)
	err := q.s.db(ctx).Where("account_id = ?", accountID).Take(k).Error
	return k, err
}

// SavePlan implements plan.Store.
func (q *Plans) SavePlan(ctx context.Context, k *plan.Kept, version int) error {
	if version == 0 {
		err := q.s.db(ctx).Create(k).Error
		if IsUnique(err, "safety_plan", "account_id") {
			return fault.Stale()
		}
		return err
	}
	res := q.s.db(ctx).Model(k).Where("version = ?", version).Select("*").Omit("id", "account_id", "created_at").Updates(k)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// DropPlan implements plan.Store.
func (q *Plans) DropPlan(ctx context.Context, accountID string) error {
	if err := q.UnsharePlan(ctx, accountID); err != nil {
		return err
	}
	return q.s.db(ctx).Exec("DELETE FROM safety_plan WHERE account_id = ?", accountID).Error
}

// SharedPlan implements plan.Store.
func (q *Plans) SharedPlan(ctx context.Context, accountID string) (*plan.Kept, error) {
	k := new(plan.Kept)
	err := q.s.db(ctx).Joins("JOIN plan_share ON plan_share.account_id = safety_plan.account_id").
		Where("safety_plan.account_id = ?", accountID).Take(k).Error
	return k, err
}

// Shared implements plan.Store.
func (q *Plans) Shared(ctx context.Context, accountID string) (*plan.Share, error) {
	share := new(plan.Share)
	err := q.s.db(ctx).Where("account_id = ?", accountID).Take(share).Error
	return share, err
}

// SharePlan implements plan.Store.
func (q *Plans) SharePlan(ctx context.Context, share *plan.Share) error {
	return q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(share).Error
}

// UnsharePlan implements plan.Store.
func (q *Plans) UnsharePlan(ctx context.Context, accountID string) error {
	return q.s.db(ctx).Exec("DELETE FROM plan_share WHERE account_id = ?", accountID).Error
}

// Home implements plan.Store.
func (q *Plans) Home(ctx context.Context, accountID string) (plan.Home, error) {
	var home plan.Home
	err := q.s.db(ctx).Table("membership").Select("membership.space_id AS space, space.kind, membership.id AS membership").
		Joins("JOIN space ON space.id = membership.space_id").
		Where("membership.account_id = ? AND membership.state IN ('active', 'paused')", accountID).
		Order("membership.created_at DESC, membership.id").Limit(1).Scan(&home).Error
	return home, err
}
