package store

import (
	"context"
	"time"

	"samhold/internal/crisis"
)

// Judged implements crisis.Store. The order is one that says nothing of when in a month a text was written.
func (c *CrisisStore) Judged(ctx context.Context, everywhere bool, in []string, since time.Time) ([]crisis.Judged, error) {
	var found []crisis.Judged
	q := c.s.db(ctx).Table("assessment").Where("created_at >= ? AND (level <> 'green' OR correction IS NOT NULL)", since)
	if !everywhere {
		q = q.Where("space_id IN ?", spaces(in))
	}
	return found, q.Select("level, category, subject, rules_version, reasons, correction, created_at, corrected_at").Order("id").Find(&found).Error
}

// Written implements crisis.Store.
func (c *CrisisStore) Written(ctx context.Context, accountID string, since time.Time) (crisis.Written, error) {
	var w crisis.Written
	err := c.s.db(ctx).Table("account").Where("id = ?", accountID).Select("birth_year").Take(&w.BirthYear).Error
	if err != nil {
		return w, err
	}
	return w, c.s.db(ctx).Table("case_signal").Joins("JOIN crisis_case ON crisis_case.id = case_signal.case_id").
		Where("crisis_case.account_id = ? AND case_signal.created_at >= ?", accountID, since).
		Distinct("case_signal.level").Order("case_signal.level").Pluck("case_signal.level", &w.Levels).Error
}
