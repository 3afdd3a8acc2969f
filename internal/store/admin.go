package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"samhold/internal/admin"
)

// Admin implements admin.Store.
type Admin struct{ s *Store }

var _ admin.Store = (*Admin)(nil)

// Admin returns the queries of the admin pages.
func (s *Store) Admin() *Admin { return &Admin{s} }

// Numbers implements admin.Store.
func (q *Admin) Numbers(ctx context.Context, at time.Time) (admin.Numbers, error) {
	var n admin.Numbers
	err := q.s.db(ctx).Raw(`SELECT
		(SELECT COUNT(*) FROM account WHERE state IN ('active', 'paused')) AS accounts,
		(SELECT COUNT(*) FROM account WHERE state IN ('active', 'paused') AND created_at > ?) AS joined,
		(SELECT COUNT(*) FROM space) AS spaces,
		(SELECT COUNT(DISTINCT account_id) FROM staff_grant WHERE starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)) AS staff,
		(SELECT COUNT(DISTINCT account_id) FROM shift WHERE starts_at <= ? AND ends_at > ?) AS on_duty,
		(SELECT COUNT(*) FROM audit_event WHERE pruned_mac IS NULL) AS events`, at.AddDate(0, 0, -7), at, at, at, at).Scan(&n).Error
	return n, err
}

// reaching limits rows of a table with a space_id to the reach and to what concerns all spaces.
func reaching(q *gorm.DB, table string, r admin.Reach) *gorm.DB {
	if r.Everywhere {
		return q
	}
	return q.Where("("+table+".space_id IS NULL OR "+table+".space_id IN ?)", append([]string{""}, r.Spaces...))
}

// Colleagues implements admin.Store.
func (q *Admin) Colleagues(ctx context.Context, r admin.Reach, at time.Time) ([]admin.Colleague, error) {
	var found []admin.Colleague
	err := reaching(q.s.db(ctx).Table("staff_grant"), "staff_grant", r).
		Select(`staff_grant.id, staff_grant.account_id, account.staff_name AS name, staff_grant.role,
			COALESCE(staff_grant.space_id, '') AS space_id, COALESCE(space.name, '') AS space_name,
			staff_grant.starts_at, staff_grant.ends_at`).
		Joins("JOIN account ON account.id = staff_grant.account_id AND account.state = 'active'").
		Joins("LEFT JOIN space ON space.id = staff_grant.space_id").
		Where("staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?", at).
		Order("account.staff_name, account.id, staff_grant.starts_at").Limit(500).Scan(&found).Error
	return found, err
}

// Spaces implements admin.Store.
func (q *Admin) Spaces(ctx context.Context, r admin.Reach) ([]admin.Space, error) {
	find := q.s.db(ctx).Table("space").Select("id, name")
	if !r.Everywhere {
		find = find.Where("id IN ?", append([]string{""}, r.Spaces...))
	}
	var found []admin.Space
	err := find.Order("position, id").Scan(&found).Error
	return found, err
}

// ownObjects are the ids of what concerns an account: its cases, its posts and topics, and the reports by it or about
// its posts. It takes the account five times.
const ownObjects = `SELECT id FROM crisis_case WHERE account_id = ?
	UNION SELECT post.id FROM post JOIN membership ON membership.id = post.membership_id WHERE membership.account_id = ?
	UNION SELECT topic.id FROM topic JOIN membership ON membership.id = topic.membership_id WHERE membership.account_id = ?
	UNION SELECT id FROM report WHERE account_id = ?
	UNION SELECT report.id FROM report JOIN post ON post.id = report.target_id
		JOIN membership ON membership.id = post.membership_id WHERE membership.account_id = ?`

// Trail implements admin.Store.
func (q *Admin) Trail(ctx context.Context, reader string, f admin.Filter) ([]admin.Trace, int, error) {
	own := q.s.db(ctx).Raw(ownObjects, reader, reader, reader, reader, reader)
	find := func() *gorm.DB {
		find := q.s.db(ctx).Table("audit_event").Where("audit_event.pruned_mac IS NULL")
		if f.Action != "" {
			find = find.Where("audit_event.action = ? AND audit_event.object_id NOT IN (?)", f.Action, own)
		}
		if !f.From.IsZero() {
			find = find.Where("audit_event.at >= ? AND audit_event.at < ?", f.From, f.To)
		}
		return find
	}
	var total int64
	if err := find().Count(&total).Error; err != nil || total == 0 {
		return nil, 0, err
	}
	var rows []admin.Trace
	err := find().Select(`audit_event.*, COALESCE(account.staff_name, '') AS name, COALESCE(space.name, '') AS space_name,
		audit_event.object_id IN (?) AS hidden`, own).
		Joins("LEFT JOIN account ON account.id = audit_event.actor").
		Joins("LEFT JOIN space ON space.id = audit_event.space_id").
		Order("audit_event.seq DESC").Offset((f.Page - 1) * admin.PerPage).Limit(admin.PerPage).Scan(&rows).Error
	return rows, int(total), err
}
