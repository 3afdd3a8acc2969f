package store

import (
	"context"
	"time"

	"samhold/internal/account"
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
