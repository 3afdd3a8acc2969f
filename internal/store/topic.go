package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/space"
	"samhold/internal/topic"
)

// Topics implements topic.Store.
type Topics struct{ s *Store }

// Topics returns the queries about topics, posts and drafts.
func (s *Store) Topics() *Topics { return &Topics{s} }

var _ topic.Store = (*Topics)(nil)

const topicColumns = `topic.id AS topic_id, topic.space_id AS topic_space_id, topic.membership_id AS topic_membership_id,
	topic.kind AS topic_kind, topic.title AS topic_title, topic.state AS topic_state, topic.visibility AS topic_visibility,
	topic.pinned_at AS topic_pinned_at, topic.promotable AS topic_promotable, topic.last_seq AS topic_last_seq,
	topic.shown_seq AS topic_shown_seq, topic.post_count AS topic_post_count, topic.last_post_at AS topic_last_post_at,
	topic.version AS topic_version, topic.created_at AS topic_created_at`

const openedColumns = topicColumns + ", " + spaceColumns + ", " + standingColumns + `,
	COALESCE((SELECT read_mark.seq FROM read_mark WHERE read_mark.membership_id = mine.id
		AND read_mark.topic_id = topic.id), 0) AS read_seq,
	EXISTS (SELECT 1 FROM post calm WHERE calm.topic_id = topic.id AND calm.calm_banner
		AND calm.visibility = 'visible') AS calm`

// places counts the posts that the actor meets in a topic: of the visible ones the topic knows the number.
func places(a account.Actor) clause.Expr {
	return clause.Expr{SQL: `topic.post_count + (SELECT COUNT(*) FROM post WHERE post.topic_id = topic.id
		AND post.visibility <> 'visible' AND ?) AS places`, Vars: []any{hasPlace(a)}}
}

type openedRow struct {
	Topic   topic.Topic `gorm:"embedded;embeddedPrefix:topic_"`
	Space   space.Space `gorm:"embedded;embeddedPrefix:space_"`
	Mine    standingRow `gorm:"embedded;embeddedPrefix:mine_"`
	ReadSeq int
	Calm    bool
	Places  int
}

func (r *openedRow) opened() topic.Opened {
	st := r.Mine.standing()
	return topic.Opened{
		Topic: r.Topic, Space: r.Space, Standing: st, ReadSeq: r.ReadSeq, Calm: r.Calm,
		Places: r.Places, Mine: isMine(st, r.Topic.MembershipID),
	}
}

func isMine(st space.Standing, membership *string) bool {
	return st.Inside() && membership != nil && *membership == st.Membership
}

// Opened implements topic.Store.
func (q *Topics) Opened(ctx context.Context, a account.Actor, topicID string) (topic.Opened, error) {
	var row openedRow
	err := q.s.db(ctx).Table("topic").Select(openedColumns+", ?", places(a)).Joins("JOIN space ON space.id = topic.space_id").
		Joins(joinMine, a.Account).Where("topic.id = ?", topicID).Where(mayReadTopic(a)).Take(&row).Error
	if err != nil {
		return topic.Opened{}, err
	}
	return row.opened(), nil
}

// Written implements topic.Store.
func (q *Topics) Written(ctx context.Context, a account.Actor, postID string) (topic.Written, error) {
	var row struct {
		Opened openedRow  `gorm:"embedded"` // GORM passes over an unexported field without a name of its own
		Post   topic.Post `gorm:"embedded;embeddedPrefix:post_"`
	}
	err := q.s.db(ctx).Table("post").Select(openedColumns+", "+postColumns+", ?", places(a)).
		Joins("JOIN topic ON topic.id = post.topic_id").Joins("JOIN space ON space.id = post.space_id").
		Joins(joinMine, a.Account).Where("post.id = ?", postID).Where(mayReadPost(a)).Take(&row).Error
	if err != nil {
		return topic.Written{}, err
	}
	o := row.Opened.opened()
	return topic.Written{Opened: o, Post: row.Post, Mine: isMine(o.Standing, row.Post.MembershipID)}, nil
}

// topicRow is a topic in a list.
type topicRow struct {
	ID         string
	SpaceID    string
	Title      string
	Alias      string
	State      string
	Visibility string
	PinnedAt   *time.Time
	PostCount  int
	LastPostAt time.Time
	Unread     int
	Unseen     bool
}

func (r topicRow) row() topic.Row {
	return topic.Row{
		ID: r.ID, SpaceID: r.SpaceID, Title: r.Title, Alias: r.Alias, State: r.State, Visibility: r.Visibility,
		Pinned: r.PinnedAt != nil, Replies: max(0, r.PostCount-1), Unread: r.Unread, Unseen: r.Unseen, LastPostAt: r.LastPostAt,
	}
}

// The alias is that of the membership and not of the first post: it saves reading the post. A topic whose
// author's account is gone has none, and neither has one whose first post is no longer there to read.
const rowColumns = `topic.id, topic.space_id, topic.title, CASE WHEN topic.title = '' THEN '' ELSE COALESCE(author.alias, '') END AS alias,
	topic.state, topic.visibility, topic.pinned_at, topic.post_count, topic.last_post_at,
	(author.role = 'member' AND EXISTS (SELECT 1 FROM block WHERE block.blocker_id = mine.id
		AND block.blocked_id = author.id)) AS unseen`

// unread counts visible posts by others after the member's mark, if the topic has moved lately and since they
// entered. Who has no mark has written nothing there either. To somebody who is no member nothing is new.
const unread = `CASE WHEN topic.shown_seq <= COALESCE(read_mark.seq, 0) OR topic.last_post_at <= ?
		OR mine.id IS NULL OR topic.last_post_at < mine.created_at THEN 0
	WHEN read_mark.seq IS NULL THEN topic.post_count
	ELSE (SELECT COUNT(*) FROM (SELECT 1 FROM post WHERE post.topic_id = topic.id AND post.visibility = 'visible'
		AND post.seq > read_mark.seq AND (post.membership_id IS NULL OR post.membership_id <> mine.id)
		LIMIT %d) fresh) END AS unread`

// listed selects the ids of a space's topics that the actor may open, the newest activity first, up to a limit that page
// makes or to none.
func (q *Topics) listed(ctx context.Context, a account.Actor, spaceID, limit string) *gorm.DB {
	return q.s.db(ctx).Table("topic").Select("topic.id").Joins("JOIN space ON space.id = topic.space_id").
		Where("topic.space_id = ?", spaceID).Where(mayReadTopic(a)).Order("topic.last_post_at DESC, topic.id DESC" + limit)
}

// rows are the topics that the queries of listed find, as the actor meets them. The ids are found first, so that
// only what is shown is joined and counted.
func (q *Topics) rows(ctx context.Context, a account.Actor, ids ...any) ([]topicRow, error) {
	part := "SELECT id FROM (?) part"
	parts := strings.Repeat(part+" UNION ALL ", len(ids)-1) + part
	var found []topicRow
	err := q.s.db(ctx).Table("topic").
		Select(rowColumns+", "+fmt.Sprintf(unread, topic.UnreadLimit+1), a.At.Add(-newsSince)).
		Joins("JOIN ("+parts+") page ON page.id = topic.id", ids...).
		Joins("LEFT JOIN membership author ON author.id = topic.membership_id").
		Joins(`LEFT JOIN membership mine ON mine.space_id = topic.space_id AND mine.account_id = ?
			AND mine.state IN ('active', 'paused')`, a.Account).
		Joins("LEFT JOIN read_mark ON read_mark.topic_id = topic.id AND read_mark.membership_id = mine.id").
		Order("topic.pinned_at DESC, topic.last_post_at DESC, topic.id DESC").Find(&found).Error
	return found, err
}

// Topics implements topic.Store.
func (q *Topics) Topics(ctx context.Context, a account.Actor, spaceID string, number int) ([]topic.Row, bool, error) {
	limit := page((number-1)*topic.TopicsPerPage, topic.TopicsPerPage+1)
	parts := []any{q.listed(ctx, a, spaceID, limit).Where("topic.pinned_at IS NULL")}
	if number == 1 {
		parts = append(parts, q.listed(ctx, a, spaceID, "").Where("topic.pinned_at IS NOT NULL"))
	}
	found, err := q.rows(ctx, a, parts...)
	if err != nil {
		return nil, false, err
	}
	var pinned, rest []topic.Row
	for _, r := range found {
		if r.PinnedAt != nil {
			pinned = append(pinned, r.row())
		} else {
			rest = append(rest, r.row())
		}
	}
	more := len(rest) > topic.TopicsPerPage
	if more {
		rest = rest[:topic.TopicsPerPage]
	}
	return append(pinned, rest...), more, nil
}

// Latest implements topic.Store.
func (q *Topics) Latest(ctx context.Context, a account.Actor, spaceIDs []string, each int) (map[string][]topic.Row, error) {
	var parts []any
	for _, id := range spaceIDs {
		parts = append(parts, q.listed(ctx, a, id, page(0, each)).Where("topic.visibility = 'visible' AND topic.promotable"))
	}
	found, err := q.rows(ctx, a, parts...)
	latest := map[string][]topic.Row{}
	for _, r := range found {
		latest[r.SpaceID] = append(latest[r.SpaceID], r.row())
	}
	return latest, err
}

// OtherCalm implements topic.Store.
func (q *Topics) OtherCalm(ctx context.Context, topicID, postID string) (bool, error) {
	var other bool
	err := q.s.db(ctx).Raw(`SELECT EXISTS (SELECT 1 FROM post WHERE post.topic_id = ? AND post.id <> ? AND post.calm_banner
		AND post.visibility IN ('visible', 'held'))`, topicID, postID).Scan(&other).Error
	return other, err
}

// LockTopic implements topic.Store.
func (q *Topics) LockTopic(ctx context.Context, topicID string) error {
	return q.s.db(ctx).Exec("UPDATE topic SET version = version WHERE id = ?", topicID).Error
}

// LockTopicOf implements topic.Store.
func (q *Topics) LockTopicOf(ctx context.Context, postID string) error {
	return q.s.db(ctx).Exec(
		"UPDATE topic SET version = version WHERE id = (SELECT post.topic_id FROM post WHERE post.id = ?)", postID).Error
}

// LockAuthor implements topic.Store. Changing nothing locks the row on both databases.
func (q *Topics) LockAuthor(ctx context.Context, membershipID string) error {
	res := q.s.db(ctx).Model(&space.Membership{}).Where("id = ?", membershipID).
		Update("approved_count", gorm.Expr("approved_count"))
	return onlyOne(res)
}

// Sent implements topic.Store.
func (q *Topics) Sent(ctx context.Context, postID string) (topicID, membershipID string, found bool, err error) {
	var row struct {
		TopicID      string
		MembershipID *string
	}
	res := q.s.db(ctx).Table("post").Select("topic_id, membership_id").Where("id = ?", postID).Limit(1).Scan(&row)
	if res.Error != nil || res.RowsAffected == 0 {
		return "", "", false, res.Error
	}
	if row.MembershipID != nil {
		membershipID = *row.MembershipID
	}
	return row.TopicID, membershipID, true, nil
}

// NextSeq implements topic.Store.
func (q *Topics) NextSeq(ctx context.Context, topicID string) (int, error) {
	var seq int
	res := q.s.db(ctx).Raw("UPDATE topic SET last_seq = last_seq + 1 WHERE id = ? RETURNING last_seq", topicID).Scan(&seq)
	if res.Error == nil && seq == 0 {
		return 0, fault.Missing()
	}
	return seq, res.Error
}

// AddTopic implements topic.Store.
func (q *Topics) AddTopic(ctx context.Context, t *topic.Topic) error {
	return q.s.db(ctx).Create(t).Error
}

// ChangeTopic implements topic.Store.
func (q *Topics) ChangeTopic(ctx context.Context, t *topic.Topic) error {
	res := q.s.db(ctx).Model(&topic.Topic{}).Where("id = ?", t.ID).Updates(map[string]any{
		"title": t.Title, "state": t.State, "visibility": t.Visibility, "pinned_at": t.PinnedAt,
		"promotable": t.Promotable, "version": gorm.Expr("version + 1"),
	})
	return onlyOne(res)
}

// Tally implements topic.Store.
func (q *Topics) Tally(ctx context.Context, topicID string) error {
	const of = "FROM post WHERE post.topic_id = topic.id AND post.visibility = 'visible'"
	return q.s.db(ctx).Exec(`UPDATE topic SET post_count = (SELECT COUNT(*) `+of+`),
		shown_seq = COALESCE((SELECT MAX(post.seq) `+of+`), 0),
		last_post_at = COALESCE((SELECT post.shown_at `+of+` ORDER BY post.seq DESC LIMIT 1), topic.created_at)
		WHERE id = ?`, topicID).Error
}

// MarkRead implements topic.Store.
func (q *Topics) MarkRead(ctx context.Context, membershipID, topicID string, seq int, at time.Time) error {
	return q.s.db(ctx).Exec(`INSERT INTO read_mark (membership_id, topic_id, seq, read_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (membership_id, topic_id) DO UPDATE SET seq = excluded.seq, read_at = excluded.read_at
		WHERE read_mark.seq < excluded.seq`, membershipID, topicID, seq, at).Error
}

// AddApproved implements topic.Store.
func (q *Topics) AddApproved(ctx context.Context, membershipID string) error {
	return q.s.db(ctx).Model(&space.Membership{}).Where("id = ?", membershipID).
		Update("approved_count", gorm.Expr("approved_count + 1")).Error
}

// SetReaction implements topic.Store.
func (q *Topics) SetReaction(ctx context.Context, postID, membershipID string, on bool, at time.Time) error {
	if !on {
		return q.s.db(ctx).Exec("DELETE FROM reaction WHERE post_id = ? AND membership_id = ?", postID, membershipID).Error
	}
	return q.s.db(ctx).Table("reaction").Clauses(clause.OnConflict{DoNothing: true}).Create(map[string]any{
		"post_id": postID, "membership_id": membershipID, "kind": "thinking", "created_at": at,
	}).Error
}

// AddMany saves topics and posts as they are, for load tests.
func (q *Topics) AddMany(ctx context.Context, topics []topic.Topic, posts []topic.Post) error {
	const rows = 500 // SQLite takes 32,766 values in a statement
	if err := q.s.db(ctx).CreateInBatches(topics, rows).Error; err != nil {
		return err
	}
	return q.s.db(ctx).CreateInBatches(posts, rows).Error
}
