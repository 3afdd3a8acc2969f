package store

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// AddConsent implements account.Store.
func (q *Accounts) AddConsent(ctx context.Context, c *account.Consent) error {
	return q.s.db(ctx).Create(c).Error
}

// LastConsent implements account.Store.
func (q *Accounts) LastConsent(ctx context.Context, accountID, kind string) (account.Consent, error) {
	var c account.Consent
	err := q.s.db(ctx).Where("account_id = ? AND kind = ?", accountID, kind).Order("given_at DESC, id").Take(&c).Error
	return c, err
}

// WithdrawConsent implements account.Store.
func (q *Accounts) WithdrawConsent(ctx context.Context, accountID, kind string, at time.Time) error {
	return q.s.db(ctx).Model(&account.Consent{}).
		Where("account_id = ? AND kind = ? AND withdrawn_at IS NULL", accountID, kind).Update("withdrawn_at", at).Error
}

// AddNotice implements account.Store.
func (q *Accounts) AddNotice(ctx context.Context, n *account.Notice) error {
	return q.s.db(ctx).Create(n).Error
}

// Notices implements account.Store.
func (q *Accounts) Notices(ctx context.Context, accountID string, limit int) ([]account.Notice, error) {
	var all []account.Notice
	err := q.s.db(ctx).Where("account_id = ?", accountID).Order("created_at DESC, id").Limit(limit).Find(&all).Error
	return all, err
}

// SeeNotices implements account.Store.
func (q *Accounts) SeeNotices(ctx context.Context, accountID string, at time.Time) error {
	return q.s.db(ctx).Model(&account.Notice{}).
		Where("account_id = ? AND seen_at IS NULL AND created_at <= ?", accountID, at).Update("seen_at", at).Error
}

// DropNotices implements account.Store.
func (q *Accounts) DropNotices(ctx context.Context, kind, refID string) error {
	return q.s.db(ctx).Delete(&account.Notice{}, "kind = ? AND ref_id = ? AND seen_at IS NULL", kind, refID).Error
}

// AddGrant implements account.Store.
func (q *Accounts) AddGrant(ctx context.Context, g *account.StaffGrant) error {
	return q.s.db(ctx).Create(g).Error
}

// AddLink implements account.Store.
func (q *Accounts) AddLink(ctx context.Context, l *account.SigninLink) error {
	return q.s.db(ctx).Create(l).Error
}

// LinkOwner implements account.Store.
func (q *Accounts) LinkOwner(ctx context.Context, tokenHash []byte, now time.Time) (account.Account, error) {
	var a account.Account
	err := q.s.db(ctx).Joins("JOIN signin_link ON signin_link.account_id = account.id").
		Where("signin_link.token_hash = ? AND signin_link.used_at IS NULL AND signin_link.expires_at > ?", tokenHash, now).
		Where("account.state = 'active'").Take(&a).Error
	return a, err
}

// UseLink implements account.Store.
func (q *Accounts) UseLink(ctx context.Context, tokenHash []byte, now time.Time) (account.Account, error) {
	a, err := q.LinkOwner(ctx, tokenHash, now)
	if err != nil {
		return a, err
	}
	res := q.s.db(ctx).Model(&account.SigninLink{}).Where("token_hash = ? AND used_at IS NULL", tokenHash).Update("used_at", now)
	if res.Error == nil && res.RowsAffected == 0 {
		return account.Account{}, fault.Missing()
	}
	return a, res.Error
}

// Sweep implements account.Store.
func (q *Accounts) Sweep(ctx context.Context, seenBefore, expiredBefore time.Time) error {
	return q.s.db(ctx).Exec("DELETE FROM session WHERE expires_at < ? OR seen_at < ? AND NOT own_device", expiredBefore, seenBefore).Error
}
