package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/plan"
	"samhold/internal/support"
)

// Supports keeps support plans. It implements support.Store.
type Supports struct{ *CrisisStore }

var _ support.Store = Supports{}

// Supports returns the queries of the support plans.
func (s *Store) Supports() Supports { return Supports{s.Crisis()} }

// Support implements support.Store.
func (q Supports) Support(ctx context.Context, accountID string) (*support.Plan, error) {
	p := new(support.Plan)
	err := q.locking(ctx).Where("account_id = ?", accountID).Take(p).Error
	return p, err
}

// AddSupport implements support.Store.
func (q Supports) AddSupport(ctx context.Context, p *support.Plan) error {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(p)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// UpdateSupport implements support.Store.
func (q Supports) UpdateSupport(ctx context.Context, p *support.Plan) error {
	return q.s.db(ctx).Model(p).Select("*").Omit("id", "account_id", "begun_at").Updates(p).Error
}

// DropSupport implements support.Store.
func (q Supports) DropSupport(ctx context.Context, accountID string) error {
	return q.s.db(ctx).Exec("DELETE FROM support_plan WHERE account_id = ?", accountID).Error
}

// AddRevision implements support.Store.
func (q Supports) AddRevision(ctx context.Context, v *support.Revision) error {
	return q.s.db(ctx).Create(v).Error
}

// Revisions implements support.Store.
func (q Supports) Revisions(ctx context.Context, planID string, limit int) ([]support.Revision, error) {
	var found []support.Revision
	err := q.s.db(ctx).Where("plan_id = ?", planID).Order("version DESC").Limit(limit).Find(&found).Error
	return found, err
}

// DueSupports implements support.Store.
func (q Supports) DueSupports(ctx context.Context, now time.Time, limit int) ([]support.Plan, error) {
	var found []support.Plan
	err := q.s.db(ctx).Where("remind_at <= ?", now).Order("remind_at, id").Limit(limit).Find(&found).Error
	return found, err
}

// WaitingSupports implements support.Store.
func (q Supports) WaitingSupports(ctx context.Context, scope crisis.Scope, now time.Time) ([]support.Plan, error) {
	var found []support.Plan
	err := within(q.s.db(ctx).Table("support_plan"), scope).Select("support_plan.*").
		Joins("JOIN crisis_case ON crisis_case.id = support_plan.case_id").
		Where(`(support_plan.state <> 'declined' AND support_plan.review_on <= ?)
			OR (support_plan.state = 'proposed' AND EXISTS (SELECT 1 FROM support_revision v WHERE v.plan_id = support_plan.id
				AND v.version = support_plan.version AND v.staff_id IS NULL))`, now).
		Order("support_plan.changed_at, support_plan.id").Limit(100).Find(&found).Error
	return found, err
}

// Returned implements support.Store.
func (q Supports) Returned(ctx context.Context, scope crisis.Scope, c *crisis.Case, after time.Time) (bool, error) {
	var n int64
	err := q.s.db(ctx).Table("case_event").Where("case_id = ? AND kind = 'reopen'", c.ID).Count(&n).Error
	if err != nil || n > 0 {
		return n > 0, err
	}
	err = within(q.s.db(ctx).Table("crisis_case"), scope).
		Where("crisis_case.account_id = ? AND crisis_case.id <> ? AND crisis_case.closed_at > ?", c.AccountID, c.ID, after).Count(&n).Error
	return n > 0, err
}

// Home implements support.Store.
func (q Supports) Home(ctx context.Context, accountID string) (plan.Home, error) {
	return q.s.Plans().Home(ctx, accountID)
}
