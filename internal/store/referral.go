package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/safeguarding"
)

// Referrals keeps underretninger. It implements safeguarding.Store.
type Referrals struct{ *CrisisStore }

var _ safeguarding.Store = Referrals{}

// Referrals returns the queries of the underretninger.
func (s *Store) Referrals() Referrals { return Referrals{s.Crisis()} }

// AddReferral implements safeguarding.Store.
func (q Referrals) AddReferral(ctx context.Context, r *safeguarding.Referral) error {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(r)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// Referral implements safeguarding.Store.
func (q Referrals) Referral(ctx context.Context, referralID string) (*safeguarding.Referral, error) {
	var r safeguarding.Referral
	if err := q.locking(ctx).Where("id = ?", referralID).Take(&r).Error; err != nil {
		return nil, err
	}
	return &r, nil
}

// Referrals implements safeguarding.Store.
func (q Referrals) Referrals(ctx context.Context, caseID string) ([]safeguarding.Referral, error) {
	var found []safeguarding.Referral
	err := q.s.db(ctx).Where("case_id = ?", caseID).Order("begun_at DESC, id").Limit(50).Find(&found).Error
	return found, err
}

// UpdateReferral implements safeguarding.Store.
func (q Referrals) UpdateReferral(ctx context.Context, r *safeguarding.Referral) error {
	return q.s.db(ctx).Model(r).Select("state", "version", "urgent", "way", "sent_by", "sent_at", "sending_sealed", "key_id", "answer_by",
		"acknowledged_by", "acknowledged_at", "remind_at").Updates(r).Error
}

// AddRevision implements safeguarding.Store.
func (q Referrals) AddRevision(ctx context.Context, v *safeguarding.Revision) error {
	return q.s.db(ctx).Create(v).Error
}

// Revision implements safeguarding.Store.
func (q Referrals) Revision(ctx context.Context, referralID string) (*safeguarding.Revision, error) {
	var v safeguarding.Revision
	err := q.s.db(ctx).Where("referral_id = ?", referralID).Order("version DESC").Take(&v).Error
	return &v, err
}

// Revisions implements safeguarding.Store.
func (q Referrals) Revisions(ctx context.Context, referralID string) ([]safeguarding.Revision, error) {
	var found []safeguarding.Revision
	err := q.s.db(ctx).Select("id", "referral_id", "version", "author_id", "created_at").Where("referral_id = ?", referralID).
		Order("version DESC").Limit(50).Find(&found).Error
	return found, err
}

// DueReferrals implements safeguarding.Store.
func (q Referrals) DueReferrals(ctx context.Context, now time.Time, limit int) ([]safeguarding.Referral, error) {
	var found []safeguarding.Referral
	err := q.s.db(ctx).Where("state IN ('draft', 'sent') AND remind_at <= ?", now).Order("remind_at, id").Limit(limit).Find(&found).Error
	return found, err
}

// OpenReferrals implements safeguarding.Store.
func (q Referrals) OpenReferrals(ctx context.Context, scope crisis.Scope) ([]safeguarding.Referral, error) {
	var found []safeguarding.Referral
	err := within(q.s.db(ctx).Table("referral"), scope).Select("referral.*").
		Joins("JOIN crisis_case ON crisis_case.id = referral.case_id").Where("referral.state IN ('draft', 'sent')").
		Order("referral.remind_at, referral.id").Limit(100).Find(&found).Error
	return found, err
}
