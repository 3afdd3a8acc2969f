package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/care"
)

// Care implements care.Store.
type Care struct{ s *Store }

var _ care.Store = (*Care)(nil)

// Care returns the queries that look after those on duty.
func (s *Store) Care() *Care { return &Care{s} }

// Refusals implements care.Store.
func (q *Care) Refusals(ctx context.Context, accountID string) ([]care.Refusal, error) {
	var found []care.Refusal
	err := q.s.db(ctx).Where("account_id = ?", accountID).Order("kind, code").Find(&found).Error
	return found, err
}

// SetRefusals implements care.Store.
func (q *Care) SetRefusals(ctx context.Context, accountID string, all []care.Refusal) error {
	if err := q.s.db(ctx).Delete(&care.Refusal{}, "account_id = ?", accountID).Error; err != nil || len(all) == 0 {
		return err
	}
	return q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&all).Error
}

// Refusing implements care.Store.
func (q *Care) Refusing(ctx context.Context, category, subject string) ([]string, error) {
	var found []string
	err := q.s.db(ctx).Table("staff_refusal").Distinct("account_id").
		Where("(kind = 'category' AND code = ?) OR (kind = 'subject' AND code = ?)", category, subject).
		Order("account_id").Scan(&found).Error
	return found, err
}

// led limits accounts to those within the reach who have a role that works cases now.
func (q *Care) led(find *gorm.DB, r care.Reach, at time.Time) *gorm.DB {
	const grant = `EXISTS (SELECT 1 FROM staff_grant g WHERE g.account_id = account.id AND g.role IN ?
		AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)`
	find = find.Where("account.state = 'active'")
	if r.Everywhere {
		return find.Where(grant+")", account.RolesWith(account.WorkCases), at, at)
	}
	return find.Where(grant+" AND (g.space_id IS NULL OR g.space_id IN ?))", account.RolesWith(account.WorkCases), at, at, spaces(r.Spaces))
}

// TeamRefusals implements care.Store.
func (q *Care) TeamRefusals(ctx context.Context, r care.Reach, at time.Time) ([]care.Colleague, error) {
	var rows []struct{ AccountID, Name, Kind, Code string }
	err := q.led(q.s.db(ctx).Table("account"), r, at).
		Select("account.id AS account_id, account.staff_name AS name, staff_refusal.kind, staff_refusal.code").
		Joins("JOIN staff_refusal ON staff_refusal.account_id = account.id").
		Order("account.staff_name, account.id, staff_refusal.kind, staff_refusal.code").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var found []care.Colleague
	last := ""
	for _, row := range rows {
		if row.AccountID != last {
			found, last = append(found, care.Colleague{Name: row.Name}), row.AccountID
		}
		c := &found[len(found)-1]
		c.Refusals = append(c.Refusals, care.Refusal{AccountID: row.AccountID, Kind: row.Kind, Code: row.Code})
	}
	return found, nil
}

// Workers implements care.Store.
func (q *Care) Workers(ctx context.Context, caseID string) ([]string, error) {
	var found []string
	err := q.s.db(ctx).Table("case_event").Distinct("case_event.actor_id").
		Joins("JOIN account ON account.id = case_event.actor_id AND account.state = 'active'").
		Joins("JOIN crisis_case ON crisis_case.id = case_event.case_id").
		Where("case_event.case_id = ? AND case_event.kind NOT IN ('opened', 'signal', 'text_opened', 'reviewed')", caseID).
		Where("(crisis_case.account_id IS NULL OR crisis_case.account_id <> case_event.actor_id)").
		Order("case_event.actor_id").Scan(&found).Error
	return found, err
}

// AddDebrief implements care.Store.
func (q *Care) AddDebrief(ctx context.Context, d *care.Debrief) (bool, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(d)
	return res.RowsAffected == 1, res.Error
}

// Asked implements care.Store.
func (q *Care) Asked(ctx context.Context, accountID string) ([]care.Debrief, error) {
	var found []care.Debrief
	err := q.s.db(ctx).Where("account_id = ? AND answer = ''", accountID).Order("asked_at, id").Find(&found).Error
	return found, err
}

// Answer implements care.Store.
func (q *Care) Answer(ctx context.Context, d *care.Debrief) error {
	return gone(q.s.db(ctx).Model(&care.Debrief{}).Where("id = ? AND account_id = ? AND answer = ''", d.ID, d.AccountID).
		Updates(map[string]any{"answer": d.Answer, "answered_at": d.AnsweredAt}))
}

// Wanted implements care.Store.
func (q *Care) Wanted(ctx context.Context, r care.Reach, at time.Time) ([]care.Wanted, error) {
	var found []care.Wanted
	err := q.led(q.s.db(ctx).Table("debrief"), r, at).
		Select("debrief.id, account.staff_name AS name, debrief.answered_at AS since").
		Joins("JOIN account ON account.id = debrief.account_id").
		Joins("JOIN crisis_case ON crisis_case.id = debrief.case_id").
		Where("(crisis_case.account_id IS NULL OR crisis_case.account_id <> ?)", r.Account).
		Where("debrief.answer = 'want' AND debrief.settled_at IS NULL").Order("debrief.answered_at, debrief.id").Scan(&found).Error
	return found, err
}

// Settle implements care.Store.
func (q *Care) Settle(ctx context.Context, debriefID, by string, at time.Time) error {
	return gone(q.s.db(ctx).Model(&care.Debrief{}).Where("id = ? AND answer = 'want' AND settled_at IS NULL", debriefID).
		Updates(map[string]any{"settled_at": at, "settled_by": by}))
}
