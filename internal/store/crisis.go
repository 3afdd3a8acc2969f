package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// CrisisStore keeps cases, their signals and events, and guests' concerns. It implements crisis.Store.
type CrisisStore struct{ s *Store }

var _ crisis.Store = (*CrisisStore)(nil)

// Crisis returns the queries of the crisis desk.
func (s *Store) Crisis() *CrisisStore { return &CrisisStore{s: s} }

// SaveAssessment implements crisis.Store.
func (c *CrisisStore) SaveAssessment(ctx context.Context, a *crisis.Assessment) error {
	return c.s.db(ctx).Create(a).Error
}

// CorrectAssessment implements crisis.Store.
func (c *CrisisStore) CorrectAssessment(ctx context.Context, k crisis.Correction) (*crisis.Assessment, error) {
	var a crisis.Assessment
	err := c.locking(ctx).Where("source_kind = ? AND source_id = ? AND revision = ?", k.Kind, k.ID, k.Revision).Take(&a).Error
	if err != nil {
		return nil, err
	}
	a.Correction, a.CorrectedBy, a.CorrectedAt = &k.Level, &k.By, &k.At
	return &a, c.s.db(ctx).Model(&a).Select("correction", "corrected_by", "corrected_at").Updates(&a).Error
}

// OpenCase implements crisis.Store. Two texts of one person at the same moment meet at the unique index: one
// opens the case, the other finds it. A case that was closed between the two steps is tried once more.
func (c *CrisisStore) OpenCase(ctx context.Context, fresh *crisis.Case) (*crisis.Case, bool, error) {
	for again := true; ; again = false {
		res := c.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(fresh)
		if res.Error != nil {
			return nil, false, res.Error
		}
		if res.RowsAffected == 1 {
			return fresh, true, nil
		}
		open, err := c.one(c.openCase(ctx, fresh))
		if fault.Is(err, fault.NotFound) && again {
			continue
		}
		return open, false, err
	}
}

// openCase asks for the open case of the same person, locked.
func (c *CrisisStore) openCase(ctx context.Context, of *crisis.Case) *gorm.DB {
	q := c.locking(ctx).Where("closed_at IS NULL")
	if of.AccountID != nil {
		return q.Where("account_id = ?", *of.AccountID)
	}
	return q.Where("concern_id = ?", *of.ConcernID)
}

// OpenCaseOf implements crisis.Store.
func (c *CrisisStore) OpenCaseOf(ctx context.Context, accountID string) (*crisis.Case, error) {
	return c.one(c.locking(ctx).Where("account_id = ? AND closed_at IS NULL", accountID))
}

// OwnSignals implements crisis.Store.
func (c *CrisisStore) OwnSignals(ctx context.Context, accountID, caseID string) ([]crisis.Signal, error) {
	var found []crisis.Signal
	err := c.s.db(ctx).Where("case_id = ?", caseID).Where(`((case_signal.source_kind = 'post' AND EXISTS (SELECT 1 FROM post
			JOIN membership ON membership.id = post.membership_id
			WHERE post.id = case_signal.source_id AND membership.account_id = ?))
		OR (case_signal.source_kind = 'report' AND EXISTS (SELECT 1 FROM report
			WHERE report.id = case_signal.source_id AND report.account_id = ?))
		OR case_signal.source_kind IN ('plan', 'button')
		OR (case_signal.source_kind = 'message' AND case_signal.level IN ('red', 'crisis') AND EXISTS (SELECT 1 FROM message
			WHERE message.id = case_signal.source_id AND message.account_id = ?)))`, accountID, accountID, accountID).
		Order("created_at, id").Find(&found).Error
	return found, err
}

// OpenCaseOfConcern implements crisis.Store.
func (c *CrisisStore) OpenCaseOfConcern(ctx context.Context, concernID string) (*crisis.Case, error) {
	return c.one(c.locking(ctx).Where("concern_id = ? AND closed_at IS NULL", concernID))
}

// locking locks the rows that a transaction reads, so that what follows builds on them.
func (c *CrisisStore) locking(ctx context.Context) *gorm.DB {
	q := c.s.db(ctx)
	if c.s.current(ctx) == nil {
		return q
	}
	return q.Clauses(clause.Locking{Strength: "UPDATE"})
}

func (c *CrisisStore) one(q *gorm.DB) (*crisis.Case, error) {
	var found crisis.Case
	if err := q.Take(&found).Error; err != nil {
		return nil, err
	}
	return &found, nil
}

// within limits a query over crisis_case to what the scope may know of.
func within(q *gorm.DB, scope crisis.Scope) *gorm.DB {
	q = q.Where("(crisis_case.account_id IS NULL OR crisis_case.account_id <> ?)", scope.Account)
	if scope.Everywhere {
		if scope.Guests {
			return q
		}
		return q.Where("crisis_case.concern_id IS NULL")
	}
	return q.Where(`(crisis_case.space_id IN ?
		OR EXISTS (SELECT 1 FROM case_signal s WHERE s.case_id = crisis_case.id AND s.space_id IN ?)
		OR (crisis_case.concern_id IS NULL AND crisis_case.space_id IS NULL
			AND NOT EXISTS (SELECT 1 FROM case_signal s WHERE s.case_id = crisis_case.id AND s.space_id IS NOT NULL))
		OR (? AND crisis_case.concern_id IS NOT NULL))`, spaces(scope.Spaces), spaces(scope.Spaces), scope.Guests)
}

// spaces keeps an empty list from meaning anything but "none".
func spaces(ids []string) []string {
	if len(ids) == 0 {
		return []string{""}
	}
	return ids
}

// Case implements crisis.Store.
func (c *CrisisStore) Case(ctx context.Context, scope crisis.Scope, caseID string) (*crisis.Case, error) {
	return c.one(within(c.locking(ctx), scope).Where("crisis_case.id = ?", caseID))
}

// UpdateCase implements crisis.Store.
func (c *CrisisStore) UpdateCase(ctx context.Context, k *crisis.Case, version int) error {
	k.Version = version + 1
	res := c.s.db(ctx).Model(k).Where("version = ?", version).Select("*").Omit("id", "opened_at").Updates(k)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fault.Stale()
	}
	return nil
}

// Cases implements crisis.Store: three queries, however many cases there are.
func (c *CrisisStore) Cases(ctx context.Context, scope crisis.Scope) ([]crisis.Row, error) {
	var found []crisis.Case
	err := within(c.s.db(ctx), scope).Where("closed_at IS NULL").
		Order("CASE level WHEN 'crisis' THEN 0 WHEN 'red' THEN 1 ELSE 2 END, opened_at").Limit(200).Find(&found).Error
	if err != nil || len(found) == 0 {
		return nil, err
	}
	ids := make([]string, len(found))
	var owners []string
	for i, k := range found {
		ids[i] = k.ID
		if k.OwnerID != nil {
			owners = append(owners, *k.OwnerID)
		}
	}
	var signals []struct {
		CaseID string
		Name   *string
	}
	q := c.s.db(ctx).Table("case_signal AS s").Select("s.case_id, space.name").
		Joins("LEFT JOIN space ON space.id = s.space_id").Where("s.case_id IN ?", ids)
	if !scope.Everywhere {
		q = q.Where("(s.space_id IS NULL OR s.space_id IN ?)", spaces(scope.Spaces))
	}
	if err := q.Order("s.created_at").Scan(&signals).Error; err != nil {
		return nil, err
	}
	names, err := c.StaffNames(ctx, owners)
	if err != nil {
		return nil, err
	}
	rows := make([]crisis.Row, len(found))
	for i, k := range found {
		rows[i].Case = k
		if k.OwnerID != nil {
			rows[i].OwnerName = names[*k.OwnerID]
		}
		for _, s := range signals {
			if s.CaseID != k.ID {
				continue
			}
			rows[i].Signals++
			if s.Name != nil && !slices.Contains(rows[i].SpaceNames, *s.Name) {
				rows[i].SpaceNames = append(rows[i].SpaceNames, *s.Name)
			}
		}
	}
	return rows, nil
}

// AddSignal implements crisis.Store.
func (c *CrisisStore) AddSignal(ctx context.Context, s *crisis.Signal) error {
	return c.s.db(ctx).Create(s).Error
}

// Signals implements crisis.Store.
func (c *CrisisStore) Signals(ctx context.Context, scope crisis.Scope, caseID string) ([]crisis.Signal, error) {
	q := c.s.db(ctx).Where("case_id = ?", caseID)
	if !scope.Everywhere {
		q = q.Where("(space_id IS NULL OR space_id IN ?)", spaces(scope.Spaces))
	}
	var found []crisis.Signal
	if err := q.Order("created_at, id").Find(&found).Error; err != nil {
		return nil, err
	}
	return found, nil
}

// Sources implements crisis.Store.
func (c *CrisisStore) Sources(ctx context.Context, scope crisis.Scope, caseID string) ([]crisis.Source, error) {
	const columns = `CASE WHEN support_plan.id IS NULL THEN s.source_kind ELSE 'support_plan' END AS kind, s.source_id AS id, COALESCE(topic.id, '') AS topic_id,
		CASE WHEN post.seq = 1 THEN topic.title ELSE '' END AS title,
		COALESCE(post.shown_alias, '') AS alias, COALESCE(space.name, '') AS space_name,
		COALESCE(post.body_html, '') AS body_html, COALESCE(post.visibility, '') AS visibility,
		COALESCE(post.body, '') AS body, COALESCE(post.revision = a.revision, FALSE) AS current, COALESCE(check_in.due_at, s.created_at) AS at, s.level,
		COALESCE(a.reasons, '[]') AS reasons,
		COALESCE(report.body_sealed, concern.body_sealed) AS sealed,
		COALESCE(report.key_id, concern.key_id, '') AS key_id,
		COALESCE(report.sealed_version, concern.sealed_version, 0) AS sealed_version, COALESCE(report.target_id, '') AS about_post`
	q := c.s.db(ctx).Table("case_signal AS s").Select(columns).
		Joins("LEFT JOIN assessment a ON a.id = s.assessment_id").
		Joins("LEFT JOIN space ON space.id = s.space_id").
		Joins("LEFT JOIN post ON s.source_kind = 'post' AND post.id = s.source_id").
		Joins("LEFT JOIN topic ON topic.id = post.topic_id").
		Joins("LEFT JOIN report ON s.source_kind = 'report' AND report.id = s.source_id").
		Joins("LEFT JOIN support_plan ON s.source_kind = 'plan' AND support_plan.id = s.source_id").
		Joins("LEFT JOIN concern ON s.source_kind = 'concern' AND concern.id = s.source_id").
		Joins("LEFT JOIN check_in ON s.source_kind = 'check_in' AND check_in.id = s.source_id").
		Where("s.case_id = ?", caseID)
	if !scope.Everywhere {
		q = q.Where("(s.space_id IS NULL OR s.space_id IN ?)", spaces(scope.Spaces))
	}
	var found []crisis.Source
	if err := q.Order("s.created_at, s.id").Scan(&found).Error; err != nil {
		return nil, err
	}
	return found, nil
}

// AddEvent implements crisis.Store. The case row is locked by whoever adds to it, so the number is free.
func (c *CrisisStore) AddEvent(ctx context.Context, e *crisis.Event) error {
	if e.ID == "" {
		e.ID = id.New()
	}
	err := c.s.db(ctx).Model(&crisis.Event{}).Select("COALESCE(MAX(seq), 0) + 1").
		Where("case_id = ?", e.CaseID).Scan(&e.Seq).Error
	if err != nil {
		return err
	}
	return c.s.db(ctx).Create(e).Error
}

// Events implements crisis.Store.
func (c *CrisisStore) Events(ctx context.Context, caseID string) ([]crisis.Event, error) {
	var found []crisis.Event
	if err := c.s.db(ctx).Where("case_id = ?", caseID).Order("seq").Find(&found).Error; err != nil {
		return nil, err
	}
	return found, nil
}

// SaveContact implements crisis.Store.
func (c *CrisisStore) SaveContact(ctx context.Context, k *crisis.Contact) error {
	return c.s.db(ctx).Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "case_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"name_sealed", "phone_sealed", "address_sealed", "key_id", "version", "given_at"}),
	}).Create(k).Error
}

// Contact implements crisis.Store.
func (c *CrisisStore) Contact(ctx context.Context, caseID string) (*crisis.Contact, error) {
	var k crisis.Contact
	if err := c.s.db(ctx).Where("case_id = ?", caseID).Take(&k).Error; err != nil {
		return nil, err
	}
	return &k, nil
}

// dutyRow is a shift with a role of the person who has it.
type dutyRow struct {
	AccountID string
	Role      account.Role
	StartsAt  time.Time
	EndsAt    time.Time
}

// shifts returns the shifts that end after at, of people with a role in the space; any space when it is empty.
func (c *CrisisStore) shifts(ctx context.Context, spaceID string, at time.Time) ([]dutyRow, error) {
	q := c.s.db(ctx).Table("shift").
		Select("shift.account_id, staff_grant.role, shift.starts_at, shift.ends_at").
		Joins("JOIN staff_grant ON staff_grant.account_id = shift.account_id").
		Joins("JOIN account ON account.id = shift.account_id AND account.state = 'active'").
		Where("shift.ends_at > ?", at).
		Where(`((shift.starts_at <= ? AND staff_grant.starts_at <= ? AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?))
			OR (shift.starts_at > ? AND staff_grant.starts_at <= shift.starts_at
				AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at > shift.starts_at)))`, at, at, at, at)
	if spaceID != "" {
		q = q.Where("(shift.space_id IS NULL OR shift.space_id = ?)", spaceID).
			Where("(staff_grant.space_id IS NULL OR staff_grant.space_id = ?)", spaceID)
	}
	var rows []dutyRow
	if err := q.Order("shift.starts_at").Limit(100).Scan(&rows).Error; err != nil {
		return nil, err
	}
	return slices.DeleteFunc(rows, func(r dutyRow) bool { return !r.Role.Can(account.WorkCases) }), nil
}

// Duty implements crisis.Store.
func (c *CrisisStore) Duty(ctx context.Context, spaceID, without string, at time.Time) (crisis.Duty, error) {
	rows, err := c.shifts(ctx, spaceID, at)
	if err != nil {
		return crisis.Duty{}, err
	}
	var d crisis.Duty
	for _, r := range rows {
		switch {
		case r.AccountID == without:
		case !r.StartsAt.After(at):
			d.Now = true
			if r.EndsAt.After(d.Until) {
				d.Until = r.EndsAt
			}
		case d.Next.IsZero():
			d.Next = r.StartsAt
		}
	}
	return d, nil
}

// StaffNames implements crisis.Store.
func (c *CrisisStore) StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error) {
	var rows []struct{ ID, StaffName string }
	err := c.s.db(ctx).Table("account").Select("id, staff_name").Where("id IN ?", spaces(accountIDs)).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, r := range rows {
		names[r.ID] = r.StaffName
	}
	return names, nil
}

// SpaceKind implements crisis.Store.
func (c *CrisisStore) SpaceKind(ctx context.Context, spaceID string) (string, error) {
	var kind string
	err := c.s.db(ctx).Table("space").Select("kind").Where("id = ?", spaceID).Take(&kind).Error
	return kind, err
}

// SaveConcern implements crisis.Store.
func (c *CrisisStore) SaveConcern(ctx context.Context, k *crisis.Concern) (*crisis.Concern, bool, error) {
	res := c.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "receipt_hash"}}, DoNothing: true}).Create(k)
	if res.Error != nil {
		return nil, false, res.Error
	}
	if res.RowsAffected == 1 {
		return k, true, nil
	}
	before, err := c.ConcernByReceipt(ctx, k.ReceiptHash)
	return before, false, err
}

// ConcernByReceipt implements crisis.Store.
func (c *CrisisStore) ConcernByReceipt(ctx context.Context, hash []byte) (*crisis.Concern, error) {
	return c.concern(c.s.db(ctx).Where("receipt_hash = ?", hash))
}

// Concern implements crisis.Store.
func (c *CrisisStore) Concern(ctx context.Context, concernID string) (*crisis.Concern, error) {
	return c.concern(c.locking(ctx).Where("id = ?", concernID))
}

func (c *CrisisStore) concern(q *gorm.DB) (*crisis.Concern, error) {
	var k crisis.Concern
	if err := q.Take(&k).Error; err != nil {
		return nil, err
	}
	return &k, nil
}

// Concerns implements crisis.Store.
func (c *CrisisStore) Concerns(ctx context.Context) ([]crisis.Concern, error) {
	var found []crisis.Concern
	err := c.s.db(ctx).Select("id, about, state, version, created_at, answered_at").
		Where("state <> 'closed'").Order("state DESC, created_at").Limit(200).Find(&found).Error
	if err != nil {
		return nil, err
	}
	return found, nil
}

// AnswerConcern implements crisis.Store.
func (c *CrisisStore) AnswerConcern(ctx context.Context, k *crisis.Concern, version int) error {
	k.Version = version + 1
	res := c.s.db(ctx).Model(k).Where("version = ?", version).
		Select("body_sealed", "answer_sealed", "key_id", "sealed_version", "state", "version", "answered_at", "answered_by", "closed_at").Updates(k)
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected == 0 {
		return fault.Stale()
	}
	return nil
}
