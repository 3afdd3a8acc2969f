package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/search"
)

// Search implements search.Store.
type Search struct{ s *Store }

// Search returns the queries about searching.
func (s *Store) Search() *Search { return &Search{s} }

var _ search.Store = (*Search)(nil)

// ReadableSpaces implements search.Store.
func (q *Search) ReadableSpaces(ctx context.Context, a account.Actor) ([]search.Space, error) {
	var spaces []search.Space
	err := q.s.db(ctx).Table("space").Select("space.id, space.name, space.colour").
		Where(mayReadSpace(a)).Order("space.position, space.name, space.id").Find(&spaces).Error
	return spaces, err
}

// readable selects those of the posts that members may find and that the actor may read. What is held is never
// found, not even by its author or by staff.
func (q *Search) readable(ctx context.Context, a account.Actor, ids []string) *gorm.DB {
	return q.s.db(ctx).Table("post").Joins("JOIN topic ON topic.id = post.topic_id").
		Joins("JOIN space ON space.id = topic.space_id").
		Where(q.s.dialect.oneOf("post.id", ids)).Where("post.visibility = 'visible'").Where(mayReadPost(a)).Not(unseen(a))
}

// Readable implements search.Store.
func (q *Search) Readable(ctx context.Context, a account.Actor, ids []string) (map[string]bool, error) {
	may := make(map[string]bool, len(ids))
	if len(ids) == 0 {
		return may, nil
	}
	var found []string
	if err := q.readable(ctx, a, ids).Pluck("post.id", &found).Error; err != nil {
		return nil, err
	}
	for _, id := range found {
		may[id] = true
	}
	return may, nil
}

// ReadablePosts implements search.Store.
func (q *Search) ReadablePosts(ctx context.Context, a account.Actor, ids []string) (map[string]search.Post, error) {
	posts := make(map[string]search.Post, len(ids))
	if len(ids) == 0 {
		return posts, nil
	}
	var found []search.Post
	err := q.readable(ctx, a, ids).Select(`post.id, post.topic_id, topic.space_id, space.name AS space_name,
		space.colour AS space_colour, topic.title, post.shown_alias AS alias, post.body, post.created_at`).Find(&found).Error
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		posts[p.ID] = p
	}
	return posts, nil
}

// AddResult implements search.Store.
func (q *Search) AddResult(ctx context.Context, r *search.Result) error {
	return q.s.db(ctx).Create(r).Error
}

// Result implements search.Store.
func (q *Search) Result(ctx context.Context, accountID, id string, at time.Time) (*search.Result, error) {
	r := new(search.Result)
	err := q.s.db(ctx).Where("id = ? AND account_id = ? AND expires_at > ?", id, accountID, at).Take(r).Error
	return r, err
}

// DropResults implements search.Store.
func (q *Search) DropResults(ctx context.Context, accountID string, at time.Time, keep int) error {
	db := q.s.db(ctx)
	if err := db.Where("expires_at <= ?", at).Delete(&search.Result{}).Error; err != nil {
		return err
	}
	kept := db.Model(&search.Result{}).Select("id").Where("account_id = ?", accountID).
		Order("created_at DESC, id").Limit(keep)
	return db.Where("account_id = ? AND id NOT IN (?)", accountID, kept).Delete(&search.Result{}).Error
}

// sources selects the posts that members may find.
func (q *Search) sources(ctx context.Context) *gorm.DB {
	return q.s.db(ctx).Table("post").Joins("JOIN topic ON topic.id = post.topic_id").
		Where("post.visibility = 'visible' AND topic.visibility = 'visible'")
}

// SourceIDs implements search.Store.
func (q *Search) SourceIDs(ctx context.Context) ([]string, error) {
	var ids []string
	err := q.sources(ctx).Order("post.created_at, post.id").Pluck("post.id", &ids).Error
	return ids, err
}

// Sources implements search.Store.
func (q *Search) Sources(ctx context.Context, ids []string) ([]search.Source, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []search.Source
	err := q.sources(ctx).Where(q.s.dialect.oneOf("post.id", ids)).Select(`post.id, post.topic_id, topic.space_id,
		post.shown_alias AS alias, CASE WHEN post.seq = 1 THEN topic.title ELSE '' END AS title,
		post.body, post.created_at`).Find(&found).Error
	return found, err
}

// Follow implements search.Store.
func (q *Search) Follow(ctx context.Context, postID string) ([]string, error) {
	var ids []string
	err := q.s.db(ctx).Table("post AS opener").Joins("JOIN post ON post.id = opener.id OR (opener.seq = 1 AND post.topic_id = opener.topic_id)").
		Where("opener.id = ?", postID).Pluck("post.id", &ids).Error
	return ids, err
}

// SourceCount implements search.Store.
func (q *Search) SourceCount(ctx context.Context) (sources, waiting int, err error) {
	var n, jobs int64
	if err := q.sources(ctx).Count(&n).Error; err != nil {
		return 0, 0, err
	}
	if err := q.s.db(ctx).Table("job").Where("kind = ?", search.JobIndexPost).Count(&jobs).Error; err != nil {
		return 0, 0, err
	}
	return int(n), int(jobs), nil
}

// Groups implements search.Store.
func (q *Search) Groups(ctx context.Context) ([]search.Group, error) {
	var groups []search.Group
	err := q.s.db(ctx).Order("words, id").Find(&groups).Error
	return groups, err
}

// AddGroup implements search.Store.
func (q *Search) AddGroup(ctx context.Context, g *search.Group) error {
	return q.s.db(ctx).Create(g).Error
}

// ChangeGroup implements search.Store.
func (q *Search) ChangeGroup(ctx context.Context, g *search.Group) error {
	done := q.s.db(ctx).Model(&search.Group{}).Where("id = ? AND version = ?", g.ID, g.Version).
		Updates(map[string]any{"words": g.Words, "version": g.Version + 1, "updated_at": g.UpdatedAt})
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.Stale()
	}
	return done.Error
}

// RemoveGroup implements search.Store.
func (q *Search) RemoveGroup(ctx context.Context, groupID string) error {
	done := q.s.db(ctx).Where("id = ?", groupID).Delete(&search.Group{})
	if done.Error == nil && done.RowsAffected == 0 {
		return fault.Missing()
	}
	return done.Error
}

// State implements search.Sources.
func (q *Search) State(ctx context.Context) (search.State, error) {
	var found []search.State
	err := q.s.db(ctx).Where("id = 1").Find(&found).Error
	if err != nil || len(found) == 0 {
		return search.State{ID: 1}, err
	}
	return found[0], nil
}

// SetState implements search.Sources.
func (q *Search) SetState(ctx context.Context, now search.State) error {
	now.ID, now.UpdatedAt = 1, q.s.clock.Now()
	return q.s.InTx(ctx, func(ctx context.Context) error {
		return q.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, UpdateAll: true}).Create(&now).Error
	})
}
