package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// Accounts implements account.Store.
type Accounts struct{ s *Store }

// Accounts returns the queries about accounts.
func (s *Store) Accounts() *Accounts { return &Accounts{s} }

var _ account.Store = (*Accounts)(nil)

// Entrance implements account.Store.
func (q *Accounts) Entrance(ctx context.Context, name string) (account.Account, string, error) {
	return q.entrance(ctx, "account.name = ?", name)
}

// EntranceOf implements account.Store.
func (q *Accounts) EntranceOf(ctx context.Context, accountID string) (account.Account, string, error) {
	return q.entrance(ctx, "account.id = ?", accountID)
}

func (q *Accounts) entrance(ctx context.Context, where, value string) (account.Account, string, error) {
	var row struct {
		account.Account
		Secret string
	}
	err := q.s.db(ctx).Table("account").Select("account.*, credential.secret").
		Joins("JOIN credential ON credential.account_id = account.id AND credential.kind = 'passphrase'").
		Where("account.state IN ('active', 'paused')").Where(where, value).Take(&row).Error
	return row.Account, row.Secret, err
}

type credential struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	Kind      string
	Secret    string
	CreatedAt time.Time
}

// SetPassphrase implements account.Store.
func (q *Accounts) SetPassphrase(ctx context.Context, accountID, hash string, at time.Time) error {
	db := q.s.db(ctx)
	if err := db.Delete(&credential{}, "account_id = ? AND kind = 'passphrase'", accountID).Error; err != nil {
		return err
	}
	return db.Create(&credential{
		ID: id.New(), AccountID: accountID, Kind: "passphrase", Secret: hash, CreatedAt: at,
	}).Error
}

// NameTaken implements account.Store.
func (q *Accounts) NameTaken(ctx context.Context, name string) (bool, error) {
	var n int64
	err := q.s.db(ctx).Model(&account.Account{}).Where("name = ?", name).Count(&n).Error
	return n > 0, err
}

// AddAccount implements account.Store.
func (q *Accounts) AddAccount(ctx context.Context, a *account.Account) (bool, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, DoNothing: true}).Create(a)
	return res.RowsAffected == 1, res.Error
}

type recoveryCode struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	CodeHash  []byte
	CreatedAt time.Time
	UsedAt    *time.Time
}

// SetCodes implements account.Store.
func (q *Accounts) SetCodes(ctx context.Context, accountID string, hashes [][]byte, at time.Time) error {
	db := q.s.db(ctx)
	if err := db.Delete(&recoveryCode{}, "account_id = ?", accountID).Error; err != nil {
		return err
	}
	if len(hashes) == 0 {
		return nil
	}
	rows := make([]recoveryCode, len(hashes))
	for i, h := range hashes {
		rows[i] = recoveryCode{ID: id.New(), AccountID: accountID, CodeHash: h, CreatedAt: at}
	}
	return db.Create(&rows).Error
}

// UseCode implements account.Store.
func (q *Accounts) UseCode(ctx context.Context, name string, hash []byte, at time.Time) (account.Account, error) {
	var a account.Account
	res := q.s.db(ctx).Exec(`UPDATE recovery_code SET used_at = ? WHERE code_hash = ? AND used_at IS NULL
		AND account_id IN (SELECT id FROM account WHERE name = ? AND state IN ('active', 'paused'))`, at, hash, name)
	if res.Error != nil {
		return a, res.Error
	}
	if res.RowsAffected == 0 {
		return a, fault.Missing()
	}
	return a, q.s.db(ctx).Take(&a, "name = ?", name).Error
}

// CodesLeft implements account.Store.
func (q *Accounts) CodesLeft(ctx context.Context, accountID string) (int, error) {
	var n int64
	err := q.s.db(ctx).Model(&recoveryCode{}).Where("account_id = ? AND used_at IS NULL", accountID).Count(&n).Error
	return int(n), err
}

// SetLocale implements account.Store.
func (q *Accounts) SetLocale(ctx context.Context, accountID, locale string) error {
	return q.s.db(ctx).Model(&account.Account{}).Where("id = ?", accountID).Update("locale", locale).Error
}

// SetState implements account.Store.
func (q *Accounts) SetState(ctx context.Context, accountID, state string) error {
	return q.s.db(ctx).Model(&account.Account{}).Where("id = ? AND state IN ('active', 'paused')", accountID).
		Update("state", state).Error
}
