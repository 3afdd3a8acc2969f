package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/crisis"
	"samhold/internal/fault"
)

// AddEmergency implements crisis.Store.
func (c *CrisisStore) AddEmergency(ctx context.Context, k *crisis.EmergencyCall) error {
	return c.s.db(ctx).Create(k).Error
}

// Emergencies implements crisis.Store.
func (c *CrisisStore) Emergencies(ctx context.Context, caseID string) ([]crisis.EmergencyCall, error) {
	var found []crisis.EmergencyCall
	err := c.s.db(ctx).Where("case_id = ?", caseID).Order("called_at, id").Find(&found).Error
	return found, err
}

// SetEmergencyResult implements crisis.Store.
func (c *CrisisStore) SetEmergencyResult(ctx context.Context, caseID, callID, result string) error {
	res := c.s.db(ctx).Model(&crisis.EmergencyCall{}).Where("id = ? AND case_id = ?", callID, caseID).Update("result", result)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Missing()
	}
	return res.Error
}

// AddOpening implements crisis.Store.
func (c *CrisisStore) AddOpening(ctx context.Context, o *crisis.Opening) error {
	return c.s.db(ctx).Create(o).Error
}

// LiveOpenings implements crisis.Store.
func (c *CrisisStore) LiveOpenings(ctx context.Context, caseID, openerID string, now time.Time) ([]crisis.Opening, error) {
	var found []crisis.Opening
	err := c.s.db(ctx).Where("case_id = ? AND opener_id = ? AND ends_at > ?", caseID, openerID, now).Order("opened_at, id").Find(&found).Error
	return found, err
}

// Opening implements crisis.Store.
func (c *CrisisStore) Opening(ctx context.Context, openingID string) (*crisis.Opening, error) {
	var o crisis.Opening
	if err := c.locking(ctx).Where("id = ?", openingID).Take(&o).Error; err != nil {
		return nil, err
	}
	return &o, nil
}

// UpdateOpening implements crisis.Store.
func (c *CrisisStore) UpdateOpening(ctx context.Context, o *crisis.Opening, version int) error {
	o.Version = version + 1
	res := c.s.db(ctx).Model(o).Where("version = ?", version).
		Select("unsafe", "told_at", "review_by", "reviewed_at", "reviewer_id", "verdict", "version").Updates(o)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// WaitingOpenings implements crisis.Store.
func (c *CrisisStore) WaitingOpenings(ctx context.Context, scope crisis.Scope) ([]crisis.Opening, error) {
	var found []crisis.Opening
	err := within(c.s.db(ctx).Table("glass_opening"), scope).Select("glass_opening.*").
		Joins("JOIN crisis_case ON crisis_case.id = glass_opening.case_id").
		Where("(glass_opening.reviewed_at IS NULL OR glass_opening.unsafe)").
		Order("glass_opening.review_by, glass_opening.id").Limit(200).Find(&found).Error
	return found, err
}

// UntoldOpenings implements crisis.Store.
func (c *CrisisStore) UntoldOpenings(ctx context.Context, now time.Time, limit int) ([]crisis.Opening, error) {
	var found []crisis.Opening
	err := c.s.db(ctx).Where("told_at IS NULL AND NOT unsafe AND ends_at <= ?", now).Order("ends_at, id").Limit(limit).Find(&found).Error
	return found, err
}

// SaveTrusted implements crisis.Store.
func (c *CrisisStore) SaveTrusted(ctx context.Context, t *crisis.Trusted) error {
	return c.s.db(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "account_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"name_sealed", "phone_sealed", "relation_sealed", "key_id", "version", "given_at"}),
	}).Create(t).Error
}

// Trusted implements crisis.Store.
func (c *CrisisStore) Trusted(ctx context.Context, accountID string) (*crisis.Trusted, error) {
	var t crisis.Trusted
	if err := c.s.db(ctx).Where("account_id = ?", accountID).Take(&t).Error; err != nil {
		return nil, err
	}
	return &t, nil
}

// DropTrusted implements crisis.Store.
func (c *CrisisStore) DropTrusted(ctx context.Context, accountID string) error {
	return c.s.db(ctx).Exec("DELETE FROM trusted_contact WHERE account_id = ?", accountID).Error
}

// AddReview implements crisis.Store.
func (c *CrisisStore) AddReview(ctx context.Context, r *crisis.CaseReview) error {
	return c.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(r).Error
}

// WaitingReviews implements crisis.Store.
func (c *CrisisStore) WaitingReviews(ctx context.Context, scope crisis.Scope) ([]crisis.CaseReview, error) {
	var found []crisis.CaseReview
	err := within(c.s.db(ctx).Table("case_review"), scope).Select("case_review.*").
		Joins("JOIN crisis_case ON crisis_case.id = case_review.case_id").Where("case_review.done_at IS NULL").
		Order("case_review.due_at, case_review.id").Limit(200).Find(&found).Error
	return found, err
}

// Review implements crisis.Store.
func (c *CrisisStore) Review(ctx context.Context, reviewID string) (*crisis.CaseReview, error) {
	var r crisis.CaseReview
	if err := c.locking(ctx).Where("id = ?", reviewID).Take(&r).Error; err != nil {
		return nil, err
	}
	return &r, nil
}

// FinishReview implements crisis.Store.
func (c *CrisisStore) FinishReview(ctx context.Context, r *crisis.CaseReview) error {
	return c.s.db(ctx).Model(r).Select("done_at", "author_id", "seen_sealed", "late_sealed", "changed_sealed", "key_id").Updates(r).Error
}

const acted = "(crisis_case.contacted_at IS NOT NULL OR crisis_case.closed_at IS NOT NULL)"

// HearReports implements crisis.Store.
func (c *CrisisStore) HearReports(ctx context.Context, madeBefore, at time.Time) ([]string, error) {
	var accounts []*string
	err := c.s.db(ctx).Raw(`UPDATE report SET heard_at = ? WHERE heard_at IS NULL AND reason = 'worry' AND created_at <= ?
		AND (state <> 'open' OR EXISTS (SELECT 1 FROM case_signal JOIN crisis_case ON crisis_case.id = case_signal.case_id
			WHERE case_signal.source_kind = 'report' AND case_signal.source_id = report.id AND `+acted+`))
		RETURNING account_id`, at, madeBefore).Scan(&accounts).Error
	var known []string
	for _, a := range accounts {
		if a != nil { // the account is erased
			known = append(known, *a)
		}
	}
	return known, err
}

// HearConcerns implements crisis.Store.
func (c *CrisisStore) HearConcerns(ctx context.Context, madeBefore, at time.Time) error {
	return c.s.db(ctx).Exec(`UPDATE concern SET heard_at = ? WHERE heard_at IS NULL AND created_at <= ?
		AND (state <> 'open' OR EXISTS (SELECT 1 FROM crisis_case WHERE crisis_case.concern_id = concern.id AND `+acted+`))`, at, madeBefore).Error
}

// CountReviews implements crisis.Store: one query, because the workbench asks for it each time.
func (c *CrisisStore) CountReviews(ctx context.Context, scope crisis.Scope, now time.Time) (crisis.Reviews, error) {
	due := func(table, column, waits string) *gorm.DB {
		return within(c.s.db(ctx).Table(table), scope).Select(table + "." + column + " AS due_at").
			Joins("JOIN crisis_case ON crisis_case.id = " + table + ".case_id").Where(waits)
	}
	var r crisis.Reviews
	err := c.s.db(ctx).Table("(? UNION ALL ?) AS waiting",
		due("glass_opening", "review_by", "(glass_opening.reviewed_at IS NULL OR glass_opening.unsafe)"),
		due("case_review", "due_at", "case_review.done_at IS NULL")).
		Select("COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN due_at < ? THEN 1 ELSE 0 END), 0) AS late", now).Scan(&r).Error
	return r, err
}
