package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/call"
)

// Files implements admin.Store.
func (q *Admin) Files(ctx context.Context, accountIDs []string) ([]admin.File, error) {
	var found []admin.File
	err := q.s.db(ctx).Where("account_id IN ?", append([]string{""}, accountIDs...)).Find(&found).Error
	return found, err
}

// PastFiles implements admin.Store.
func (q *Admin) PastFiles(ctx context.Context, limit int) ([]admin.File, error) {
	var found []admin.File
	err := q.s.db(ctx).Where("ended_at IS NOT NULL").Order("ended_at DESC, account_id").Limit(limit).Find(&found).Error
	return found, err
}

// SaveFile implements admin.Store.
func (q *Admin) SaveFile(ctx context.Context, f *admin.File) error {
	return q.s.db(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(f).Error
}

// Finish implements admin.Store. The account's row is locked first, as when a role ends.
func (q *Admin) Finish(ctx context.Context, accountID string, at time.Time) error {
	db := q.s.db(ctx)
	if err := onlyOne(db.Exec("UPDATE account SET session_epoch = session_epoch WHERE id = ?", accountID)); err != nil {
		return err
	}
	err := db.Model(&account.StaffGrant{}).Where("account_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)", accountID, at, at).
		Update("ends_at", at).Error
	if err != nil {
		return err
	}
	if err := db.Delete(&account.StaffGrant{}, "account_id = ? AND starts_at > ?", accountID, at).Error; err != nil {
		return err
	}
	if err := db.Delete(&account.SigninLink{}, "account_id = ?", accountID).Error; err != nil {
		return err
	}
	if err := db.Delete(&call.Way{}, "account_id = ?", accountID).Error; err != nil {
		return err
	}
	err = db.Exec("UPDATE review_item SET lease_holder = NULL, lease_until = NULL WHERE lease_holder = ?", accountID).Error
	if err != nil {
		return err
	}
	_, err = q.s.Accounts().EndSessions(ctx, accountID)
	return err
}
