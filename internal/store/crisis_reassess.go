package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/intake"
)

// NewestReassessment implements crisis.Store.
func (c *CrisisStore) NewestReassessment(ctx context.Context) (*crisis.Reassessment, error) {
	var r crisis.Reassessment
	if err := c.s.db(ctx).Order("number DESC").Take(&r).Error; err != nil {
		return nil, err
	}
	return &r, nil
}

// AddReassessment implements crisis.Store.
func (c *CrisisStore) AddReassessment(ctx context.Context, r *crisis.Reassessment) (bool, error) {
	res := c.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "number"}}, DoNothing: true}).Create(r)
	return res.RowsAffected == 1, res.Error
}

// MoveReassessment implements crisis.Store.
func (c *CrisisStore) MoveReassessment(ctx context.Context, r *crisis.Reassessment, after string) (bool, error) {
	res := c.s.db(ctx).Model(r).Where("after_post = ? AND done_at IS NULL", after).Select("after_post", "looked", "done_at").Updates(r)
	return res.RowsAffected == 1, res.Error
}

// rereadable is the posts whose newest revision stands as the rules once put it, with who wrote them.
func (c *CrisisStore) rereadable(ctx context.Context) *gorm.DB {
	return c.s.db(ctx).Table("post").
		Select(`post.id, post.revision, post.space_id, space.kind AS space_kind, membership.id AS membership_id, membership.account_id,
			account.locale, CASE WHEN post.seq = 1 THEN topic.title ELSE '' END AS title, post.body,
			COALESCE(post.reply_to, '') AS reply_to, post.created_at, post.edited_at, assessment.level`).
		Joins("JOIN space ON space.id = post.space_id").Joins("JOIN topic ON topic.id = post.topic_id").
		Joins("JOIN membership ON membership.id = post.membership_id").Joins("JOIN account ON account.id = membership.account_id").
		Joins(`JOIN assessment ON assessment.source_kind = 'post' AND assessment.source_id = post.id
			AND assessment.revision = post.revision AND assessment.correction IS NULL`).
		Where("post.visibility IN ('visible', 'held')")
}

type rereadRow struct {
	ID, SpaceID, SpaceKind, MembershipID, AccountID, Locale, Title, Body, ReplyTo, Level string
	Revision                                                                             int
	CreatedAt                                                                            time.Time
	EditedAt                                                                             *time.Time
}

func (r rereadRow) reread() crisis.Reread {
	found := crisis.Reread{Level: r.Level, At: r.CreatedAt, Submission: intake.Submission{
		Kind: intake.Post, ID: r.ID, Revision: r.Revision, Account: r.AccountID, Membership: r.MembershipID,
		Space: r.SpaceID, SpaceKind: r.SpaceKind, Text: r.Body, Lang: r.Locale, ReplyTo: r.ReplyTo,
	}}
	if r.Title != "" {
		found.Submission.Text = intake.Opening(r.Title, r.Body)
	}
	if r.EditedAt != nil {
		found.At = *r.EditedAt
	}
	return found
}

// Rereadable implements crisis.Store.
func (c *CrisisStore) Rereadable(ctx context.Context, version, after string, since time.Time, limit int) ([]crisis.Reread, error) {
	var rows []rereadRow
	err := c.rereadable(ctx).
		Where("assessment.rules_version <> ? AND post.id > ? AND (post.created_at >= ? OR post.edited_at >= ?)", version, after, since, since).
		Order("post.id").Limit(limit).Scan(&rows).Error
	found := make([]crisis.Reread, len(rows))
	for i, r := range rows {
		found[i] = r.reread()
	}
	return found, err
}

// Reread implements crisis.Store.
func (c *CrisisStore) Reread(ctx context.Context, postID string) (*crisis.Reread, error) {
	var row rereadRow
	if err := c.rereadable(ctx).Where("post.id = ?", postID).Take(&row).Error; err != nil {
		return nil, err
	}
	found := row.reread()
	return &found, nil
}

// AddRaises implements crisis.Store.
func (c *CrisisStore) AddRaises(ctx context.Context, raises []crisis.Proposal) error {
	if len(raises) == 0 {
		return nil
	}
	return c.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&raises).Error
}

// raises is what waits for the actor and still is as it was read.
func (c *CrisisStore) raises(ctx context.Context, a account.Actor, reassessment string) *gorm.DB {
	return c.s.db(ctx).Table("reassessment_item AS item").
		Joins("JOIN post ON post.id = item.post_id AND post.revision = item.revision").Joins("JOIN space ON space.id = post.space_id").
		Joins(`JOIN assessment ON assessment.source_kind = 'post' AND assessment.source_id = item.post_id
			AND assessment.revision = item.revision AND assessment.correction IS NULL AND assessment.level = item.was`).
		Where("item.reassessment_id = ? AND item.state = ? AND post.visibility IN ('visible', 'held')", reassessment, crisis.RaiseWaits).
		Where(reviewable(a))
}

const raiseFirst = "CASE item.level WHEN 'crisis' THEN 0 WHEN 'red' THEN 1 ELSE 2 END"

// RaiseCounts implements crisis.Store.
func (c *CrisisStore) RaiseCounts(ctx context.Context, a account.Actor, reassessment string) ([]crisis.LevelCount, error) {
	var counts []crisis.LevelCount
	err := c.raises(ctx, a, reassessment).Select("item.level, COUNT(*) AS n").Group("item.level").Order(raiseFirst).Scan(&counts).Error
	return counts, err
}

// Raises implements crisis.Store.
func (c *CrisisStore) Raises(ctx context.Context, a account.Actor, reassessment string, limit int) ([]crisis.WaitingRaise, error) {
	var found []crisis.WaitingRaise
	err := c.raises(ctx, a, reassessment).
		Select(`item.post_id, post.shown_alias AS alias, space.name AS space_name, item.was, item.level, item.category, item.rules,
			post.created_at AS at`).
		Order(raiseFirst + ", post.created_at DESC, post.id").Limit(limit).Scan(&found).Error
	return found, err
}

// DecideRaise implements crisis.Store: one statement, so that of two who decide one does.
func (c *CrisisStore) DecideRaise(
	ctx context.Context, a account.Actor, reassessment, postID string, state crisis.RaiseState,
) (*crisis.Proposal, string, error) {
	var row struct {
		crisis.Proposal
		SpaceID string
	}
	err := c.raises(ctx, a, reassessment).Select("item.*, post.space_id").Where("item.post_id = ?", postID).Take(&row).Error
	if err != nil {
		return nil, "", err
	}
	res := c.s.db(ctx).Model(&row.Proposal).Where("state = ?", crisis.RaiseWaits).
		Updates(map[string]any{"state": state, "decided_at": a.At})
	if res.Error == nil && res.RowsAffected == 0 {
		return nil, "", fault.Missing()
	}
	return &row.Proposal, row.SpaceID, res.Error
}

// ReplaceAssessment implements crisis.Store.
func (c *CrisisStore) ReplaceAssessment(ctx context.Context, a *crisis.Assessment, was string) (bool, error) {
	var old crisis.Assessment
	err := c.locking(ctx).Where("source_kind = ? AND source_id = ? AND revision = ? AND level = ? AND correction IS NULL",
		a.SourceKind, a.SourceID, a.Revision, was).Take(&old).Error
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	a.ID = old.ID
	return true, c.s.db(ctx).Model(a).
		Select("rules_version", "level", "category", "subject", "reasons", "created_at").Updates(a).Error
}
