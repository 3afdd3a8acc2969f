package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
)

// Callees implements crisis.Store.
func (c *CrisisStore) Callees(ctx context.Context, who crisis.Callees) ([]string, error) {
	q := c.s.db(ctx).Table("staff_grant").Distinct("staff_grant.account_id").
		Joins("JOIN account ON account.id = staff_grant.account_id AND account.state = 'active'").
		Where("staff_grant.starts_at <= ? AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?)", who.At, who.At).
		Where("(staff_grant.role IN ? OR (staff_grant.account_id IN ? AND staff_grant.role IN ?)) AND staff_grant.account_id <> ?",
			append([]account.Role{""}, who.Roles...), spaces(who.People), account.RolesWith(account.WorkCases), who.Not)
	if !who.Guests {
		q = q.Where("(staff_grant.space_id IS NULL OR staff_grant.space_id IN ?)", spaces(who.Spaces))
	}
	if who.OnDuty {
		const shift = `SELECT 1 FROM shift WHERE shift.account_id = staff_grant.account_id AND shift.starts_at <= ? AND shift.ends_at > ?`
		if who.Guests {
			q = q.Where("EXISTS ("+shift+")", who.At, who.At)
		} else {
			q = q.Where("EXISTS ("+shift+" AND (shift.space_id IS NULL OR shift.space_id IN ?))", who.At, who.At, spaces(who.Spaces))
		}
	}
	var accounts []string
	err := q.Order("staff_grant.account_id").Scan(&accounts).Error
	return accounts, err
}

// Standing implements crisis.Store.
func (c *CrisisStore) Standing(ctx context.Context, at time.Time) ([]crisis.Standing, error) {
	var found []crisis.Standing
	err := c.s.db(ctx).Table("staff_grant").
		Select("staff_grant.account_id, staff_grant.role, COALESCE(staff_grant.space_id, '') AS space_id").
		Joins("JOIN account ON account.id = staff_grant.account_id AND account.state = 'active'").
		Where("staff_grant.starts_at <= ? AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?)", at, at).Scan(&found).Error
	return found, err
}

// Busy implements crisis.Store.
func (c *CrisisStore) Busy(ctx context.Context, caseID string, at time.Time) ([]string, error) {
	var accounts []string
	err := c.s.db(ctx).Model(&crisis.Case{}).Distinct("owner_id").
		Where("closed_at IS NULL AND level = 'crisis' AND id <> ? AND owner_until > ?", caseID, at).
		Scan(&accounts).Error
	return accounts, err
}

// MoveCase implements crisis.Store.
func (c *CrisisStore) MoveCase(ctx context.Context, k *crisis.Case) error {
	return c.s.db(ctx).Model(k).Select("*").Omit("id", "opened_at", "version").Updates(k).Error
}

// LastClosed implements crisis.Store.
func (c *CrisisStore) LastClosed(ctx context.Context, accountID string, after time.Time) (*crisis.Case, error) {
	return c.one(c.locking(ctx).Where("account_id = ? AND closed_at > ?", accountID, after).Order("closed_at DESC").Limit(1))
}

// AddTimer implements crisis.Store.
func (c *CrisisStore) AddTimer(ctx context.Context, t *crisis.Timer) error {
	return c.s.db(ctx).Create(t).Error
}

// DueTimers implements crisis.Store.
func (c *CrisisStore) DueTimers(ctx context.Context, now time.Time, limit int) ([]crisis.Timer, error) {
	var found []crisis.Timer
	err := c.s.db(ctx).Where("fired_at IS NULL AND due_at <= ?", now).Order("due_at, id").Limit(limit).Find(&found).Error
	return found, err
}

// FireTimer implements crisis.Store.
func (c *CrisisStore) FireTimer(ctx context.Context, timerID string, at time.Time) error {
	res := c.s.db(ctx).Model(&crisis.Timer{}).Where("id = ? AND fired_at IS NULL", timerID).Update("fired_at", at)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fault.Missing()
	}
	return nil
}

// AddAttempt implements crisis.Store.
func (c *CrisisStore) AddAttempt(ctx context.Context, a *crisis.Attempt) (bool, error) {
	res := c.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(a)
	return res.RowsAffected == 1, res.Error
}

// Attempt implements crisis.Store.
func (c *CrisisStore) Attempt(ctx context.Context, attemptID string) (*crisis.Attempt, error) {
	var a crisis.Attempt
	if err := c.locking(ctx).Where("id = ?", attemptID).Take(&a).Error; err != nil {
		return nil, err
	}
	return &a, nil
}

// Attempts implements crisis.Store.
func (c *CrisisStore) Attempts(ctx context.Context, caseID string, limit int) ([]crisis.Attempt, int, error) {
	var all int64
	if err := c.s.db(ctx).Model(&crisis.Attempt{}).Where("case_id = ?", caseID).Count(&all).Error; err != nil {
		return nil, 0, err
	}
	var newest []crisis.Attempt
	err := c.s.db(ctx).Where("case_id = ?", caseID).Order("created_at DESC, account_id, way").Limit(limit).Find(&newest).Error
	return newest, int(all), err
}

// UpdateAttempt implements crisis.Store.
func (c *CrisisStore) UpdateAttempt(ctx context.Context, a *crisis.Attempt) error {
	return c.s.db(ctx).Model(a).Select("state", "tries", "code", "updated_at").Updates(a).Error
}

// Carried implements crisis.Store.
func (c *CrisisStore) Carried(ctx context.Context, a *crisis.Attempt, levels []string, since time.Time) (bool, error) {
	sent := func() *gorm.DB {
		return c.s.db(ctx).Table("call_attempt").Select("1").Limit(1).
			Where("call_attempt.account_id = ? AND call_attempt.way = ? AND call_attempt.state = 'sent'", a.AccountID, a.Way)
	}
	var before, justNow []int
	// What the person has said since, and what began anew, has to be called for once by itself.
	const anew = "SELECT MAX(created_at) FROM case_event WHERE case_id = ? AND kind IN ('opened', 'reopen', 'signal', 'wrote', 'follow_up')"
	err := sent().Where("case_id = ? AND generation > 0 AND generation < ? AND created_at >= ("+anew+")", a.CaseID, a.Generation, a.CaseID).Scan(&before).Error
	if err != nil || len(before) == 0 {
		return false, err
	}
	err = sent().Joins("JOIN crisis_case ON crisis_case.id = call_attempt.case_id").
		Where("call_attempt.case_id <> ? AND call_attempt.code <> ? AND call_attempt.updated_at > ?", a.CaseID, crisis.Carried, since).
		Where("crisis_case.state = ? AND crisis_case.level IN ?", crisis.Unstaffed, levels).Scan(&justNow).Error
	return len(justNow) > 0, err
}
