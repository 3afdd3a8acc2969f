package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// Holder implements account.Store: one row, or one for each grant that holds.
func (q *Accounts) Holder(ctx context.Context, tokenHash []byte, now time.Time) (account.Holder, error) {
	var rows []struct {
		ID, AccountID                string
		CreatedAt, SeenAt, ExpiresAt time.Time
		Name, StaffName, Locale      string
		State                        string
		BirthYear, Notices           int
		SteppedUpAt, ConfirmedAt     *time.Time
		RestedAt                     *time.Time
		OwnDevice                    bool
		Role, SpaceID                *string
		StartsAt, EndsAt             *time.Time
	}
	err := q.s.db(ctx).Raw(`SELECT session.id, session.account_id, session.created_at, session.seen_at, session.expires_at,
		session.stepped_up_at, session.confirmed_at, session.rested_at, session.own_device,
		account.name, account.staff_name, account.locale, account.state, account.birth_year,
		(SELECT COUNT(*) FROM notice WHERE notice.account_id = account.id AND notice.seen_at IS NULL) AS notices,
		staff_grant.role, staff_grant.space_id, staff_grant.starts_at, staff_grant.ends_at
		FROM session
		JOIN account ON account.id = session.account_id AND account.session_epoch = session.epoch
			AND account.state IN ('active', 'paused')
		LEFT JOIN staff_grant ON staff_grant.account_id = account.id AND staff_grant.starts_at <= ?
			AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?)
		WHERE session.token_hash = ?`, now, now, tokenHash).Find(&rows).Error
	if err != nil {
		return account.Holder{}, err
	}
	if len(rows) == 0 {
		return account.Holder{}, fault.Missing()
	}
	first := rows[0]
	h := account.Holder{
		Session: account.Session{
			ID: first.ID, AccountID: first.AccountID, TokenHash: tokenHash,
			CreatedAt: first.CreatedAt, SeenAt: first.SeenAt, ExpiresAt: first.ExpiresAt,
			SteppedUpAt: first.SteppedUpAt, ConfirmedAt: first.ConfirmedAt, RestedAt: first.RestedAt, OwnDevice: first.OwnDevice,
		},
		Account: account.Account{
			ID: first.AccountID, Name: first.Name, StaffName: first.StaffName, Locale: first.Locale,
			State: first.State, BirthYear: first.BirthYear,
		},
		Notices: first.Notices,
	}
	for _, r := range rows {
		if r.Role == nil || r.StartsAt == nil {
			continue
		}
		g := account.Grant{Role: account.Role(*r.Role), StartsAt: *r.StartsAt}
		if r.SpaceID != nil {
			g.Space = *r.SpaceID
		}
		if r.EndsAt != nil {
			g.EndsAt = *r.EndsAt
		}
		h.Grants = append(h.Grants, g)
	}
	return h, nil
}

// AddSession implements account.Store.
func (q *Accounts) AddSession(ctx context.Context, one *account.Session) error {
	if err := q.s.db(ctx).Create(one).Error; err != nil {
		return err
	}
	return q.seen(ctx, one.AccountID, one.CreatedAt)
}

// seen notes the month in which the account's owner was here, no closer, and takes a warning back.
func (q *Accounts) seen(ctx context.Context, accountID string, at time.Time) error {
	at = at.UTC()
	month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	return q.s.db(ctx).Exec(`UPDATE account SET seen_at = ?, warned_at = NULL
		WHERE id = ? AND (seen_at IS NULL OR seen_at < ? OR warned_at IS NOT NULL)`, month, accountID, month).Error
}

// TouchSession implements account.Store.
func (q *Accounts) TouchSession(ctx context.Context, sessionID string, at time.Time) error {
	var owner string
	err := q.s.db(ctx).Raw("UPDATE session SET seen_at = ? WHERE id = ? AND seen_at < ? RETURNING account_id", at, sessionID, at).Scan(&owner).Error
	if err != nil || owner == "" {
		return err
	}
	return q.seen(ctx, owner, at)
}

// RestSession implements account.Store.
func (q *Accounts) RestSession(ctx context.Context, sessionID string, at time.Time) error {
	return q.s.db(ctx).Model(&account.Session{}).Where("id = ? AND rested_at IS NULL", sessionID).Update("rested_at", at).Error
}

// ConfirmSession implements account.Store.
func (q *Accounts) ConfirmSession(ctx context.Context, sessionID string, at time.Time, proven bool) error {
	set := map[string]any{"confirmed_at": at, "rested_at": nil}
	if proven {
		set["stepped_up_at"] = at
	}
	return q.s.db(ctx).Model(&account.Session{}).Where("id = ?", sessionID).Updates(set).Error
}

// ProveSession implements account.Store.
func (q *Accounts) ProveSession(ctx context.Context, tokenHash []byte, at time.Time) error {
	return q.s.db(ctx).Model(&account.Session{}).Where("token_hash = ?", tokenHash).Update("stepped_up_at", at).Error
}

// EndSessionsBut implements account.Store.
func (q *Accounts) EndSessionsBut(ctx context.Context, accountID, sessionID string) error {
	return q.s.db(ctx).Delete(&account.Session{}, "account_id = ? AND id <> ?", accountID, sessionID).Error
}

// EndSession implements account.Store.
func (q *Accounts) EndSession(ctx context.Context, tokenHash []byte) error {
	return q.s.db(ctx).Delete(&account.Session{}, "token_hash = ?", tokenHash).Error
}

// EndSessionOf implements account.Store.
func (q *Accounts) EndSessionOf(ctx context.Context, accountID, sessionID string) error {
	return q.s.db(ctx).Delete(&account.Session{}, "account_id = ? AND id = ?", accountID, sessionID).Error
}

// EndSessions implements account.Store.
func (q *Accounts) EndSessions(ctx context.Context, accountID string) (account.Account, error) {
	var a account.Account
	db := q.s.db(ctx)
	err := db.Model(&account.Account{}).Where("id = ?", accountID).
		Update("session_epoch", gorm.Expr("session_epoch + 1")).Error
	if err != nil {
		return a, err
	}
	if err := db.Delete(&account.Session{}, "account_id = ?", accountID).Error; err != nil {
		return a, err
	}
	return a, db.Take(&a, "id = ?", accountID).Error
}

// Sessions implements account.Store.
func (q *Accounts) Sessions(ctx context.Context, accountID string) ([]account.Session, error) {
	var all []account.Session
	err := q.s.db(ctx).Joins("JOIN account ON account.id = session.account_id AND account.session_epoch = session.epoch").
		Where("session.account_id = ?", accountID).Order("session.seen_at DESC, session.id").Find(&all).Error
	return all, err
}
