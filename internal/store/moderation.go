package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/moderation"
	"samhold/internal/topic"
)

// Moderation implements moderation.Store.
type Moderation struct{ s *Store }

var _ moderation.Store = (*Moderation)(nil)

// Moderation returns the queries about reports, the review queue and decisions.
func (s *Store) Moderation() *Moderation { return &Moderation{s} }

// reviewable is met by the posts of the spaces that the actor moderates which somebody else wrote: nobody judges
// their own words or learns what was reported about them. moderation.MayReview says the same.
func reviewable(a account.Actor) clause.Expr {
	return both(served(a, account.Moderate), clause.Expr{
		SQL: `NOT EXISTS (SELECT 1 FROM membership WHERE membership.id = post.membership_id
			AND membership.account_id = ?)`,
		Vars: []any{a.Account},
	})
}

// Target implements moderation.Store.
func (m *Moderation) Target(ctx context.Context, a account.Actor, postID string) (moderation.Target, error) {
	var t moderation.Target
	err := m.s.db(ctx).Table("post").
		Select(`post.id, post.topic_id, post.space_id, space.kind AS space_kind, space.name AS space_name, space.colour,
			post.shown_alias AS alias, COALESCE(mine.id, '') AS membership`).
		Joins("JOIN topic ON topic.id = post.topic_id").Joins("JOIN space ON space.id = post.space_id").
		Joins("LEFT JOIN membership mine ON mine.space_id = post.space_id AND mine.account_id = ?", a.Account).
		Where("post.id = ? AND post.visibility = 'visible'", postID).
		Where("(mine.id IS NULL OR post.membership_id IS NULL OR post.membership_id <> mine.id)").
		Where(mayReadPost(a)).Take(&t).Error
	return t, err
}

// Author implements moderation.Store.
func (m *Moderation) Author(ctx context.Context, postID string) (accountID, membershipID string, err error) {
	var row struct{ AccountID, MembershipID string }
	err = m.s.db(ctx).Table("post").
		Select("COALESCE(membership.account_id, '') AS account_id, COALESCE(membership.id, '') AS membership_id").
		Joins("LEFT JOIN membership ON membership.id = post.membership_id").Where("post.id = ?", postID).Take(&row).Error
	return row.AccountID, row.MembershipID, err
}

// SaveReport implements moderation.Store. Two reports of one person at the same moment meet at the unique index.
func (m *Moderation) SaveReport(ctx context.Context, r *moderation.Report) (*moderation.Report, bool, error) {
	res := m.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(r)
	if res.Error != nil || res.RowsAffected == 1 {
		return r, true, res.Error
	}
	var kept moderation.Report
	err := m.s.db(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("account_id = ? AND target_id = ? AND state = 'open'", r.AccountID, r.TargetID).Take(&kept).Error
	return &kept, false, err
}

// UpdateReport implements moderation.Store.
func (m *Moderation) UpdateReport(ctx context.Context, r *moderation.Report, version int) error {
	r.Version = version + 1
	res := m.s.db(ctx).Model(r).Where("version = ?", version).
		Select("reason", "body_sealed", "key_id", "sealed_version", "state", "version", "decided_at").Updates(r)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// Report implements moderation.Store.
func (m *Moderation) Report(ctx context.Context, a account.Actor, reportID string) (*moderation.Report, error) {
	var r moderation.Report
	err := m.locking(ctx, "report").Select("report.*").
		Joins("JOIN post ON post.id = report.target_id").Joins("JOIN space ON space.id = report.space_id").
		Where("report.id = ?", reportID).Where(reviewable(a)).Take(&r).Error
	if err != nil {
		return nil, err
	}
	return &r, nil
}

// locking locks the rows of table that a transaction reads, so that what follows builds on them.
func (m *Moderation) locking(ctx context.Context, table string) *gorm.DB {
	q := m.s.db(ctx).Table(table)
	if m.s.current(ctx) == nil {
		return q
	}
	return q.Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: table}})
}

// OpenReports implements moderation.Store.
func (m *Moderation) OpenReports(ctx context.Context, postID string) ([]moderation.Report, error) {
	var found []moderation.Report
	err := m.locking(ctx, "report").Where("target_id = ? AND state = 'open'", postID).Order("id").Find(&found).Error
	return found, err
}

const reviewColumns = `post.id, post.topic_id, post.space_id, space.name AS space_name, space.kind AS space_kind,
	post.shown_alias AS alias, post.seq, post.visibility, post.held_reason, post.revision, post.version,
	post.created_at, post.edited_at, held.created_at AS held_at,
	COALESCE(assessed.correction, assessed.level, '') AS level, COALESCE(assessed.category, '') AS category,
	assessed.correction IS NOT NULL AS corrected,
	item.lease_holder, item.lease_until, COALESCE(holder.staff_name, '') AS holder_name`

type reviewRow struct {
	ID, TopicID, SpaceID, SpaceName, SpaceKind, Alias string
	Seq                                               int
	Visibility, HeldReason                            string
	Revision, Version                                 int
	CreatedAt                                         time.Time
	EditedAt, HeldAt                                  *time.Time
	Level, Category                                   string
	Corrected                                         bool
	Held                                              leaseRow `gorm:"embedded"`
}

type leaseRow struct {
	LeaseHolder *string
	LeaseUntil  *time.Time
	HolderName  string
}

func (r leaseRow) lease() moderation.Lease {
	l := moderation.Lease{Name: r.HolderName, Until: r.LeaseUntil}
	if r.LeaseHolder != nil {
		l.Holder = *r.LeaseHolder
	}
	return l
}

func (r reviewRow) post() moderation.Post {
	since := r.CreatedAt
	for _, at := range []*time.Time{r.EditedAt, r.HeldAt} {
		if at != nil && at.After(since) {
			since = *at
		}
	}
	return moderation.Post{
		ID: r.ID, TopicID: r.TopicID, SpaceID: r.SpaceID, SpaceName: r.SpaceName, SpaceKind: r.SpaceKind, Alias: r.Alias,
		First: r.Seq == 1, Visibility: r.Visibility, HeldReason: r.HeldReason, Revision: r.Revision, Version: r.Version,
		Since: since, Level: r.Level, Category: r.Category, Unread: r.Level == "amber" && !r.Corrected, Lease: r.Held.lease(),
	}
}

// review is the posts that the actor may review, joined with what their rows show.
func (m *Moderation) review(q *gorm.DB, a account.Actor) *gorm.DB {
	return q.Joins("JOIN space ON space.id = post.space_id").Where(reviewable(a))
}

// about joins what rows show beside the post. Counting needs none of it.
func about(q *gorm.DB) *gorm.DB {
	return q.
		Joins(`LEFT JOIN assessment assessed ON assessed.source_kind = 'post' AND assessed.source_id = post.id
			AND assessed.revision = post.revision`).
		Joins(`LEFT JOIN decision held ON post.visibility = 'held' AND post.held_reason = 'staff'
			AND held.target_kind = 'post' AND held.target_id = post.id AND held.kind = 'hold'
			AND held.created_at = (SELECT MAX(later.created_at) FROM decision later
				WHERE later.target_kind = 'post' AND later.target_id = post.id AND later.kind = 'hold')`).
		Joins("LEFT JOIN review_item item ON item.kind = 'post' AND item.target_id = post.id").
		Joins("LEFT JOIN account holder ON holder.id = item.lease_holder")
}

// byLevel puts the most serious first.
const byLevel = `CASE COALESCE(assessed.correction, assessed.level, '')
	WHEN 'crisis' THEN 0 WHEN 'red' THEN 1 WHEN 'amber' THEN 2 ELSE 3 END, post.created_at, post.id`

// Waiting implements moderation.Store.
func (m *Moderation) Waiting(ctx context.Context, a account.Actor, limit int) ([]moderation.Post, int, error) {
	return m.list(a, func() *gorm.DB {
		return m.s.db(ctx).Table("post").Where("post.visibility = 'held'")
	}, byLevel, limit)
}

// Unread implements moderation.Store.
func (m *Moderation) Unread(ctx context.Context, a account.Actor, limit int) ([]moderation.Post, int, error) {
	return m.list(a, func() *gorm.DB {
		return m.s.db(ctx).Table("assessment unread").
			Joins("JOIN post ON post.id = unread.source_id AND post.revision = unread.revision").
			Where("unread.source_kind = 'post' AND unread.level = 'amber' AND unread.correction IS NULL").
			Where("post.visibility = 'visible'")
	}, "post.created_at DESC, post.id", limit)
}

func (m *Moderation) list(
	a account.Actor, from func() *gorm.DB, order string, limit int,
) ([]moderation.Post, int, error) {
	var total int64
	if err := m.review(from(), a).Count(&total).Error; err != nil || total == 0 {
		return nil, 0, err
	}
	var rows []reviewRow
	err := about(m.review(from(), a)).Select(reviewColumns).Order(order).Limit(limit).Scan(&rows).Error
	posts := make([]moderation.Post, len(rows))
	for i, r := range rows {
		posts[i] = r.post()
	}
	return posts, int(total), err
}

// Post implements moderation.Store.
func (m *Moderation) Post(ctx context.Context, a account.Actor, postID string) (moderation.Post, error) {
	var r reviewRow
	err := about(m.review(m.s.db(ctx).Table("post"), a)).Select(reviewColumns).Where("post.id = ?", postID).Take(&r).Error
	return r.post(), err
}

const reportColumns = `report.id AS report_id, report.reason, report.state, report.version AS report_version,
	report.body_sealed IS NOT NULL AS has_body, report.created_at AS reported_at,
	COALESCE(said.correction, said.level, '') AS said_level,
	mine.lease_holder AS report_holder, mine.lease_until AS report_until,
	COALESCE(reader.staff_name, '') AS report_holder_name, ` + reviewColumns

type reportRow struct {
	ReportID, Reason, State string
	ReportVersion           int
	HasBody                 bool
	ReportedAt              time.Time
	SaidLevel               string
	ReportHolder            *string
	ReportUntil             *time.Time
	ReportHolderName        string
	Review                  reviewRow `gorm:"embedded"`
}

func (r reportRow) report() moderation.HeldReport {
	return moderation.HeldReport{
		ID: r.ReportID, Reason: r.Reason, State: r.State, Version: r.ReportVersion, HasBody: r.HasBody, At: r.ReportedAt,
		Level: r.SaidLevel, Post: r.Review.post(),
		Lease: leaseRow{r.ReportHolder, r.ReportUntil, r.ReportHolderName}.lease(),
	}
}

func (m *Moderation) reported(ctx context.Context, a account.Actor) *gorm.DB {
	return m.review(m.s.db(ctx).Table("report").Joins("JOIN post ON post.id = report.target_id"), a)
}

func (m *Moderation) reportRows(q *gorm.DB) ([]moderation.HeldReport, error) {
	var rows []reportRow
	err := about(q).Select(reportColumns).
		Joins(`LEFT JOIN assessment said ON said.source_kind = 'report' AND said.source_id = report.id
			AND said.revision = report.version`).
		Joins("LEFT JOIN review_item mine ON mine.kind = 'report' AND mine.target_id = report.id").
		Joins("LEFT JOIN account reader ON reader.id = mine.lease_holder").
		Order(`CASE WHEN report.reason = 'worry' THEN 0 WHEN said.level IN ('crisis', 'red') THEN 1 ELSE 2 END,
			report.created_at, report.id`).Scan(&rows).Error
	reports := make([]moderation.HeldReport, len(rows))
	for i, r := range rows {
		reports[i] = r.report()
	}
	return reports, err
}

// Reports implements moderation.Store.
func (m *Moderation) Reports(ctx context.Context, a account.Actor, limit int) ([]moderation.HeldReport, int, error) {
	var total int64
	err := m.reported(ctx, a).Where("report.state = 'open'").Count(&total).Error
	if err != nil || total == 0 {
		return nil, 0, err
	}
	reports, err := m.reportRows(m.reported(ctx, a).Where("report.state = 'open'").Limit(limit))
	return reports, int(total), err
}

// HeldReport implements moderation.Store.
func (m *Moderation) HeldReport(ctx context.Context, a account.Actor, reportID string) (moderation.HeldReport, error) {
	found, err := m.reportRows(m.reported(ctx, a).Where("report.id = ?", reportID))
	if err != nil {
		return moderation.HeldReport{}, err
	}
	if len(found) == 0 {
		return moderation.HeldReport{}, fault.Missing()
	}
	return found[0], nil
}

// ReportsOf implements moderation.Store.
func (m *Moderation) ReportsOf(ctx context.Context, a account.Actor, postID string) ([]moderation.HeldReport, error) {
	return m.reportRows(m.reported(ctx, a).Where("report.target_id = ? AND report.state = 'open'", postID))
}

// Text implements moderation.Store.
func (m *Moderation) Text(ctx context.Context, a account.Actor, postID string) (moderation.Text, error) {
	var row struct{ Title, Body, BodyHTML, Encoded string }
	err := m.review(m.s.db(ctx).Table("post"), a).
		Select(`CASE WHEN post.seq = 1 THEN topic.title ELSE '' END AS title, post.body, post.body_html,
			COALESCE(assessed.reasons, '') AS encoded`).
		Joins("JOIN topic ON topic.id = post.topic_id").
		Joins(`LEFT JOIN assessment assessed ON assessed.source_kind = 'post' AND assessed.source_id = post.id
			AND assessed.revision = post.revision`).
		Where("post.id = ?", postID).Take(&row).Error
	return moderation.Text{Title: row.Title, Body: row.Body, BodyHTML: row.BodyHTML, Encoded: row.Encoded}, err
}

// Past implements moderation.Store.
func (m *Moderation) Past(ctx context.Context, postID string) ([]moderation.Past, error) {
	var past []moderation.Past
	err := m.s.db(ctx).Table("decision").
		Select("decision.kind, decision.reason, account.staff_name AS name, decision.created_at AS at").
		Joins("JOIN account ON account.id = decision.actor_id").
		Where("decision.target_kind = 'post' AND decision.target_id = ?", postID).
		Order("decision.created_at, decision.id").Scan(&past).Error
	return past, err
}

// Take implements moderation.Store: one statement, so that of two who reach for an item one gets it.
func (m *Moderation) Take(
	ctx context.Context, item moderation.Item, itemID, accountID string, at, until time.Time,
) (bool, error) {
	res := m.s.db(ctx).Exec(`INSERT INTO review_item (kind, target_id, lease_holder, lease_until, version)
		VALUES (?, ?, ?, ?, 1)
		ON CONFLICT (kind, target_id) DO UPDATE SET lease_holder = excluded.lease_holder,
			lease_until = excluded.lease_until, version = review_item.version + 1
		WHERE review_item.lease_holder IS NULL OR review_item.lease_holder = excluded.lease_holder
			OR review_item.lease_until <= ?`, item, itemID, accountID, until, at)
	return res.RowsAffected == 1, res.Error
}

// GiveBack implements moderation.Store.
func (m *Moderation) GiveBack(ctx context.Context, item moderation.Item, itemID, accountID string) error {
	return m.s.db(ctx).Exec(`UPDATE review_item SET lease_holder = NULL, lease_until = NULL, version = version + 1
		WHERE kind = ? AND target_id = ? AND lease_holder = ?`, item, itemID, accountID).Error
}

// SaveDecision implements moderation.Store.
func (m *Moderation) SaveDecision(ctx context.Context, d *moderation.Decision) error {
	return m.s.db(ctx).Create(d).Error
}

// DecisionFor implements moderation.Store.
func (m *Moderation) DecisionFor(ctx context.Context, accountID, decisionID string) (moderation.Judgement, error) {
	var row struct {
		Kind                                          moderation.Kind
		Reason, Statement, SpaceName, TopicID, PostID string
		Visibility, MembershipState, TopicVisibility  string
		CreatedAt                                     time.Time
	}
	err := m.s.db(ctx).Table("decision").
		Select(`decision.kind, decision.reason, decision.statement, space.name AS space_name, post.topic_id,
			post.id AS post_id, post.visibility, topic.visibility AS topic_visibility,
			membership.state AS membership_state, decision.created_at`).
		Joins("JOIN post ON decision.target_kind = 'post' AND post.id = decision.target_id").
		Joins("JOIN topic ON topic.id = post.topic_id").
		Joins("JOIN space ON space.id = post.space_id").
		Joins("JOIN membership ON membership.id = post.membership_id").
		Where("decision.id = ? AND membership.account_id = ?", decisionID, accountID).Take(&row).Error
	shows := func(v string) bool { return v == topic.Visible || v == topic.Held }
	return moderation.Judgement{
		Kind: row.Kind, Reason: row.Reason, Statement: row.Statement, SpaceName: row.SpaceName, TopicID: row.TopicID,
		PostID: row.PostID, At: row.CreatedAt,
		Readable: shows(row.Visibility) && shows(row.TopicVisibility) && (row.MembershipState == "active" || row.MembershipState == "paused"),
	}, err
}
