package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// HoldsGrant implements account.Store.
func (q *Accounts) HoldsGrant(ctx context.Context, accountID string, at time.Time) (bool, error) {
	var n int64
	err := q.s.db(ctx).Model(&account.StaffGrant{}).
		Where("account_id = ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)", accountID, at, at).Count(&n).Error
	return n > 0, err
}

// Factors implements account.Store.
func (q *Accounts) Factors(ctx context.Context, accountID string) (account.Factors, error) {
	var row struct{ Apps, Passkeys int }
	err := q.s.db(ctx).Raw(`SELECT (SELECT COUNT(*) FROM authenticator WHERE account_id = ?) AS apps,
		(SELECT COUNT(*) FROM passkey WHERE account_id = ?) AS passkeys`, accountID, accountID).Scan(&row).Error
	return account.Factors{Authenticator: row.Apps > 0, Passkeys: row.Passkeys}, err
}

// SetAuthenticator implements account.Store.
func (q *Accounts) SetAuthenticator(ctx context.Context, a *account.Authenticator) error {
	if err := q.DeleteAuthenticator(ctx, a.AccountID); err != nil {
		return err
	}
	return q.s.db(ctx).Create(a).Error
}

// Authenticator implements account.Store.
func (q *Accounts) Authenticator(ctx context.Context, accountID string) (account.Authenticator, error) {
	var a account.Authenticator
	return a, q.s.db(ctx).Take(&a, "account_id = ?", accountID).Error
}

// UseStep implements account.Store.
func (q *Accounts) UseStep(ctx context.Context, accountID string, step int64) (bool, error) {
	res := q.s.db(ctx).Model(&account.Authenticator{}).
		Where("account_id = ? AND last_step < ?", accountID, step).Update("last_step", step)
	return res.RowsAffected == 1, res.Error
}

// DeleteAuthenticator implements account.Store.
func (q *Accounts) DeleteAuthenticator(ctx context.Context, accountID string) error {
	return q.s.db(ctx).Delete(&account.Authenticator{}, "account_id = ?", accountID).Error
}

// UseCodeOf implements account.Store.
func (q *Accounts) UseCodeOf(ctx context.Context, accountID string, hash []byte, at time.Time) (bool, error) {
	res := q.s.db(ctx).Exec("UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND code_hash = ? AND used_at IS NULL",
		at, accountID, hash)
	return res.RowsAffected == 1, res.Error
}

// AddOpening implements account.Store.
func (q *Accounts) AddOpening(ctx context.Context, o *account.Opening) error {
	return q.s.db(ctx).Create(o).Error
}

// Openings implements account.Store.
func (q *Accounts) Openings(ctx context.Context, accountID string, limit int) ([]account.Opening, error) {
	var all []account.Opening
	err := q.s.db(ctx).Where("account_id = ?", accountID).Order("opened_on DESC, id").Limit(limit).Find(&all).Error
	return all, err
}

// AddPasskey implements account.Store.
func (q *Accounts) AddPasskey(ctx context.Context, p *account.Passkey) error {
	return q.s.db(ctx).Create(p).Error
}

// Passkeys implements account.Store.
func (q *Accounts) Passkeys(ctx context.Context, accountID string) ([]account.Passkey, error) {
	var all []account.Passkey
	err := q.s.db(ctx).Where("account_id = ?", accountID).Order("created_at, id").Find(&all).Error
	return all, err
}

// UsePasskey implements account.Store.
func (q *Accounts) UsePasskey(ctx context.Context, accountID string, credentialID []byte, count int64, backedUp bool) error {
	return q.s.db(ctx).Model(&account.Passkey{}).Where("account_id = ? AND credential_id = ?", accountID, credentialID).
		Updates(map[string]any{"sign_count": count, "backed_up": backedUp}).Error
}

// NamePasskey implements account.Store.
func (q *Accounts) NamePasskey(ctx context.Context, passkeyID string, p account.Passkey) error {
	return q.s.db(ctx).Model(&account.Passkey{}).Where("account_id = ? AND id = ?", p.AccountID, passkeyID).
		Updates(map[string]any{"id": p.ID, "name_sealed": p.NameSealed, "key_id": p.KeyID}).Error
}

// DeletePasskey implements account.Store.
func (q *Accounts) DeletePasskey(ctx context.Context, accountID, passkeyID string) error {
	return q.s.db(ctx).Delete(&account.Passkey{}, "account_id = ? AND id = ?", accountID, passkeyID).Error
}

// spentAnswer is an answer of a passkey that was used.
type spentAnswer struct {
	AnswerHash []byte `gorm:"primaryKey"`
	Until      time.Time
}

// SpendAnswer implements account.Store.
func (q *Accounts) SpendAnswer(ctx context.Context, hash []byte, until time.Time) (bool, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&spentAnswer{AnswerHash: hash, Until: until})
	return res.RowsAffected == 1, res.Error
}

// assist is an account.Assist as it is stored.
type assist struct{ account.Assist }

// TableName implements gorm's Tabler.
func (assist) TableName() string { return "assisted_recovery" }

// AddAssist implements account.Store.
func (q *Accounts) AddAssist(ctx context.Context, a *account.Assist) error {
	return q.s.db(ctx).Create(&assist{*a}).Error
}

// OpenAssists implements account.Store.
func (q *Accounts) OpenAssists(ctx context.Context, now time.Time) ([]account.OpenAssist, error) {
	var all []account.OpenAssist
	err := q.s.db(ctx).Raw(`SELECT assisted_recovery.id, assisted_recovery.asked_by AS asker, account.staff_name AS asked_by,
		assisted_recovery.created_at, assisted_recovery.expires_at
		FROM assisted_recovery JOIN account ON account.id = assisted_recovery.asked_by
		WHERE assisted_recovery.confirmed_by IS NULL AND assisted_recovery.expires_at > ?
		ORDER BY assisted_recovery.created_at, assisted_recovery.id`, now).Scan(&all).Error
	return all, err
}

// ConfirmAssist implements account.Store.
func (q *Accounts) ConfirmAssist(ctx context.Context, assistID, by string, second []byte, now, until time.Time) (account.Assist, error) {
	var a assist
	res := q.s.db(ctx).Model(&assist{}).
		Where("id = ? AND confirmed_by IS NULL AND asked_by <> ? AND account_id <> ? AND expires_at > ?", assistID, by, by, now).
		Updates(map[string]any{"confirmed_by": by, "second_hash": second, "expires_at": until})
	if res.Error != nil {
		return a.Assist, res.Error
	}
	if res.RowsAffected == 0 {
		return a.Assist, fault.Missing()
	}
	err := q.s.db(ctx).Take(&a, "id = ?", assistID).Error
	return a.Assist, err
}

// ReadyAssist implements account.Store.
func (q *Accounts) ReadyAssist(ctx context.Context, name string, now time.Time) (account.Assist, error) {
	var a assist
	err := q.s.db(ctx).Where(`confirmed_by IS NOT NULL AND used_at IS NULL AND expires_at > ?
		AND account_id IN (SELECT id FROM account WHERE name = ? AND state IN ('active', 'paused'))`, now, name).
		Order("created_at DESC").Take(&a).Error
	return a.Assist, err
}

// UseAssist implements account.Store.
func (q *Accounts) UseAssist(ctx context.Context, assistID string, now time.Time) (bool, error) {
	res := q.s.db(ctx).Model(&assist{}).Where("id = ? AND used_at IS NULL", assistID).Update("used_at", now)
	return res.RowsAffected == 1, res.Error
}

// DropAssists implements account.Store.
func (q *Accounts) DropAssists(ctx context.Context, accountID string) error {
	return q.s.db(ctx).Delete(&assist{}, "account_id = ? AND used_at IS NULL", accountID).Error
}

// DropFactors implements account.Store.
func (q *Accounts) DropFactors(ctx context.Context, accountID string) error {
	if err := q.s.db(ctx).Delete(&account.Passkey{}, "account_id = ?", accountID).Error; err != nil {
		return err
	}
	return q.DeleteAuthenticator(ctx, accountID)
}
