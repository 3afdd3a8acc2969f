package store

import (
	"context"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/intake"
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
func (c *CrisisStore) Written(ctx context.Context, in crisis.WrittenIn) (crisis.Written, error) {
	var w crisis.Written
	err := c.s.db(ctx).Table("account").Where("id = ?", in.Account).Select("birth_year").Take(&w.BirthYear).Error
	if err != nil {
		return w, err
	}
	return w, c.s.db(ctx).Table("case_signal").Joins("JOIN crisis_case ON crisis_case.id = case_signal.case_id").
		Where("crisis_case.account_id = ? AND case_signal.created_at >= ? AND case_signal.created_at <= ? AND case_signal.source_id <> ?",
			in.Account, in.Since, in.Until, in.Without).
		Distinct("case_signal.level").Order("case_signal.level").Pluck("case_signal.level", &w.Levels).Error
}

// Answered implements crisis.Store.
func (c *CrisisStore) Answered(ctx context.Context, postID, accountID string) (crisis.Answered, error) {
	var rows []struct{ Level, Title, Body string }
	err := c.s.db(ctx).Table("assessment").
		Select(`COALESCE(assessment.correction, assessment.level) AS level, post.body,
			CASE WHEN post.seq = 1 THEN topic.title ELSE '' END AS title`).
		Joins("JOIN post ON post.id = assessment.source_id").Joins("JOIN topic ON topic.id = post.topic_id").
		Joins("JOIN membership ON membership.id = post.membership_id").
		Where("assessment.source_kind = 'post' AND assessment.source_id = ? AND membership.account_id <> ?", postID, accountID).
		Order("assessment.revision DESC").Limit(1).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return crisis.Answered{}, err
	}
	found := crisis.Answered{Level: rows[0].Level, Text: rows[0].Body}
	if rows[0].Title != "" {
		found.Text = intake.Opening(rows[0].Title, rows[0].Body)
	}
	return found, nil
}
