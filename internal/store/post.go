package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/topic"
)

const postColumns = `post.id AS post_id, post.topic_id AS post_topic_id, post.space_id AS post_space_id,
	post.membership_id AS post_membership_id, post.shown_alias AS post_shown_alias, post.shown_role AS post_shown_role,
	post.seq AS post_seq, post.reply_to AS post_reply_to, post.body AS post_body, post.body_html AS post_body_html,
	post.policy_version AS post_policy_version, post.visibility AS post_visibility,
	post.held_reason AS post_held_reason, post.calm_banner AS post_calm_banner, post.revision AS post_revision,
	post.version AS post_version, post.created_at AS post_created_at, post.shown_at AS post_shown_at,
	post.edited_at AS post_edited_at, post.detached_at AS post_detached_at,
	post.gone_at AS post_gone_at`

// shownColumns read no Markdown, and of a placeholder no text and no author.
const shownColumns = `post.id, post.seq, post.visibility, post.held_reason, post.created_at, post.edited_at,
	CASE WHEN post.visibility IN ('visible', 'held') THEN post.body_html ELSE '' END AS body_html,
	CASE WHEN post.visibility IN ('visible', 'held') THEN post.shown_alias ELSE '' END AS alias,
	post.shown_role AS role,
	(SELECT COUNT(*) FROM reaction WHERE reaction.post_id = post.id) AS thinking`

// inTopic selects the posts that the actor meets in a topic that they may open.
func (q *Topics) inTopic(ctx context.Context, a account.Actor, topicID string) *gorm.DB {
	return q.s.db(ctx).Table("post").
		Joins("JOIN topic ON topic.id = post.topic_id").Joins("JOIN space ON space.id = topic.space_id").
		Where("post.topic_id = ?", topicID).Where(mayReadTopic(a)).Where(hasPlace(a))
}

// Posts implements topic.Store.
func (q *Topics) Posts(ctx context.Context, a account.Actor, topicID string, offset, limit int) ([]topic.Shown, error) {
	mine := own(a, "post")
	thinks := clause.Expr{SQL: `EXISTS (SELECT 1 FROM reaction JOIN membership ON membership.id = reaction.membership_id
		WHERE reaction.post_id = post.id AND membership.account_id = ?)`, Vars: []any{a.Account}}
	var posts []topic.Shown
	err := q.inTopic(ctx, a, topicID).
		Select(shownColumns+", (?) AS mine, (?) AS i_think, (?) AS unseen", mine, thinks, unseen(a)).
		Order("post.seq" + page(offset, limit)).Find(&posts).Error
	return posts, err
}

// CountPosts implements topic.Store.
func (q *Topics) CountPosts(ctx context.Context, a account.Actor, topicID string, seq int) (int, error) {
	var n int64
	err := q.inTopic(ctx, a, topicID).Where("post.seq <= ?", seq).Count(&n).Error
	return int(n), err
}

// FirstUnread implements topic.Store.
func (q *Topics) FirstUnread(ctx context.Context, a account.Actor, topicID string, seq int) (string, int, error) {
	var row struct {
		ID  string
		Seq int
	}
	err := q.inTopic(ctx, a, topicID).Select("post.id, post.seq").
		Where("post.seq > ? AND post.visibility = 'visible'", seq).Not(own(a, "post")).Order("post.seq").Take(&row).Error
	return row.ID, row.Seq, err
}

// Place implements topic.Store.
func (q *Topics) Place(ctx context.Context, a account.Actor, postID string) (string, int, error) {
	var row struct {
		TopicID string
		Seq     int
	}
	err := q.s.db(ctx).Table("post").Select("post.topic_id, post.seq").
		Joins("JOIN topic ON topic.id = post.topic_id").Joins("JOIN space ON space.id = topic.space_id").
		Where("post.id = ?", postID).Where(mayReadTopic(a)).Where(hasPlace(a)).Take(&row).Error
	return row.TopicID, row.Seq, err
}

// Revisions implements topic.Store.
func (q *Topics) Revisions(ctx context.Context, postID string) ([]topic.Revision, error) {
	var revisions []topic.Revision
	err := q.s.db(ctx).Where("post_id = ? AND redacted_at IS NULL", postID).Order("revision DESC").Find(&revisions).Error
	return revisions, err
}

// AddPost implements topic.Store.
func (q *Topics) AddPost(ctx context.Context, p *topic.Post) (bool, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(p)
	return res.RowsAffected == 1, res.Error
}

// AddRevision implements topic.Store.
func (q *Topics) AddRevision(ctx context.Context, r *topic.Revision) error {
	return q.s.db(ctx).Create(r).Error
}

// ChangePost implements topic.Store.
func (q *Topics) ChangePost(ctx context.Context, p *topic.Post, version int) error {
	res := q.s.db(ctx).Model(&topic.Post{}).Where("id = ? AND version = ?", p.ID, version).Updates(map[string]any{
		"seq": p.Seq, "body": p.Body, "body_html": p.BodyHTML, "policy_version": p.PolicyVersion,
		"visibility": p.Visibility, "held_reason": p.HeldReason, "calm_banner": p.CalmBanner, "revision": p.Revision,
		"version": version + 1, "shown_at": p.ShownAt, "edited_at": p.EditedAt, "gone_at": p.GoneAt,
	})
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}
