package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/admin"
)

// People implements admin.Store.
func (q *Admin) People(ctx context.Context) ([]admin.Person, error) {
	var found []admin.Person
	err := q.s.db(ctx).Table("account").Select("id, staff_name AS name").
		Where("state = 'active' AND staff_name <> ''").Order("staff_name, id").Limit(500).Scan(&found).Error
	return found, err
}

// AddGrant implements admin.Store.
func (q *Admin) AddGrant(ctx context.Context, g *account.StaffGrant) error {
	return q.s.db(ctx).Create(g).Error
}

// Grant implements admin.Store.
func (q *Admin) Grant(ctx context.Context, grantID string, at time.Time) (*account.StaffGrant, error) {
	g := new(account.StaffGrant)
	err := q.s.db(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("id = ? AND (ends_at IS NULL OR ends_at > ?)", grantID, at).Take(g).Error
	return g, err
}

// EndGrant implements admin.Store. The account's row is locked first: of two who end the last two grants at once, the
// second sees that none is left.
func (q *Admin) EndGrant(ctx context.Context, g *account.StaffGrant, at time.Time) error {
	db := q.s.db(ctx)
	if err := onlyOne(db.Exec("UPDATE account SET session_epoch = session_epoch WHERE id = ?", g.AccountID)); err != nil {
		return err
	}
	if err := db.Model(&account.StaffGrant{}).Where("id = ?", g.ID).Update("ends_at", at).Error; err != nil {
		return err
	}
	var left int64
	err := db.Model(&account.StaffGrant{}).
		Where("account_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)", g.AccountID, at, at).Count(&left).Error
	if err != nil || left > 0 {
		return err
	}
	if err := q.s.Calls().DeleteWaysOfFormerStaff(ctx, at); err != nil {
		return err
	}
	_, err = q.s.Accounts().EndSessions(ctx, g.AccountID)
	return err
}
