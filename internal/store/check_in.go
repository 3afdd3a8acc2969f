package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/checkin"
	"samhold/internal/fault"
)

// CheckIns keeps agreed check-ins. It implements checkin.Store.
type CheckIns struct{ s *Store }

var _ checkin.Store = CheckIns{}

// CheckIns returns the queries of check-ins.
func (s *Store) CheckIns() CheckIns { return CheckIns{s} }

// Add implements checkin.Store.
func (q CheckIns) Add(ctx context.Context, c *checkin.CheckIn) error {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(c)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

func (q CheckIns) one(db *gorm.DB) (*checkin.CheckIn, error) {
	var c checkin.CheckIn
	if err := db.Take(&c).Error; err != nil {
		return nil, err
	}
	return &c, nil
}

// Lock implements checkin.Store.
func (q CheckIns) Lock(ctx context.Context, id string) (*checkin.CheckIn, error) {
	return q.one(q.s.db(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id))
}

// looksAfter limits a query over check_in to what the scope may know of.
func looksAfter(db *gorm.DB, scope checkin.Scope) *gorm.DB {
	db = db.Where("account_id <> ?", scope.Account)
	if scope.Everywhere {
		return db
	}
	return db.Where("(space_id IS NULL OR space_id IN ?)", spaces(scope.Spaces))
}

// Within implements checkin.Store.
func (q CheckIns) Within(ctx context.Context, scope checkin.Scope, id string) (*checkin.CheckIn, error) {
	return q.one(looksAfter(q.s.db(ctx), scope).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id))
}

// newestFirst puts what waits before what is over.
const newestFirst = "CASE WHEN state IN ('proposed', 'agreed') THEN 0 ELSE 1 END, created_at DESC, id DESC"

// NewestWithin implements checkin.Store.
func (q CheckIns) NewestWithin(ctx context.Context, scope checkin.Scope, accountID string) (*checkin.CheckIn, error) {
	return q.one(looksAfter(q.s.db(ctx), scope).Where("account_id = ?", accountID).Order(newestFirst).Limit(1))
}

// Own implements checkin.Store.
func (q CheckIns) Own(ctx context.Context, accountID string) (*checkin.CheckIn, error) {
	return q.one(q.s.db(ctx).Where("account_id = ?", accountID).Order(newestFirst).Limit(1))
}

// Update implements checkin.Store.
func (q CheckIns) Update(ctx context.Context, c *checkin.CheckIn, version int) error {
	c.Version = version + 1
	res := q.s.db(ctx).Model(c).Where("version = ?", version).Select("state", "version", "agreed_at", "due_at", "days", "next_at", "reminded_at", "answer",
		"missed_at", "over_at").Updates(c)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// Due implements checkin.Store.
func (q CheckIns) Due(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	err := q.s.db(ctx).Table("check_in").Select("id").Where("next_at IS NOT NULL AND next_at <= ?", now).
		Order("next_at, id").Limit(limit).Scan(&ids).Error
	return ids, err
}

// WroteSince implements checkin.Store.
func (q CheckIns) WroteSince(ctx context.Context, accountID string, since time.Time) (bool, error) {
	var n int64
	err := q.s.db(ctx).Table("message").Where("account_id = ? AND staff_id IS NULL AND created_at >= ?", accountID, since).Limit(1).Count(&n).Error
	return n > 0, err
}

// Membership implements checkin.Store.
func (q CheckIns) Membership(ctx context.Context, accountID, spaceID string) (string, error) {
	var found string
	err := q.s.db(ctx).Table("membership").Select("id").Where("account_id = ? AND space_id = ?", accountID, spaceID).Limit(1).Scan(&found).Error
	return found, err
}

// StaffNames implements checkin.Store.
func (q CheckIns) StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error) {
	return q.s.Crisis().StaffNames(ctx, accountIDs)
}
