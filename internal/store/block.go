package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/topic"
)

// unseen is met by the posts, joined under their own name, that the actor has chosen not to see. It decides nothing
// about what they may read, and no post of staff meets it.
func unseen(a account.Actor) clause.Expr {
	if a.Guest() {
		return never()
	}
	return clause.Expr{
		SQL: `(post.shown_role = 'member' AND EXISTS (SELECT 1 FROM block
		JOIN membership blocker ON blocker.id = block.blocker_id
		WHERE block.blocked_id = post.membership_id AND blocker.account_id = ? AND blocker.state IN ('active', 'paused')))`,
		Vars: []any{a.Account},
	}
}

// SetBlock implements topic.Store.
func (q *Topics) SetBlock(ctx context.Context, blocker, blocked string, on bool, at time.Time) error {
	if !on {
		return q.s.db(ctx).Exec("DELETE FROM block WHERE blocker_id = ? AND blocked_id = ?", blocker, blocked).Error
	}
	return q.s.db(ctx).Table("block").Clauses(clause.OnConflict{DoNothing: true}).Create(map[string]any{
		"blocker_id": blocker, "blocked_id": blocked, "created_at": at,
	}).Error
}

// Blocks implements topic.Store.
func (q *Topics) Blocks(ctx context.Context, a account.Actor) ([]topic.Blocked, error) {
	var found []topic.Blocked
	err := q.s.db(ctx).Table("block").Select("space.id AS space_id, space.name AS space_name, blocked.alias").
		Joins("JOIN membership blocker ON blocker.id = block.blocker_id").
		Joins("JOIN membership blocked ON blocked.id = block.blocked_id").
		Joins("JOIN space ON space.id = blocker.space_id").
		Where("blocker.account_id = ? AND blocker.state IN ('active', 'paused')", a.Account).
		Order("space.position, space.name, blocked.alias").Limit(500).Scan(&found).Error
	return found, err
}

// DropBlock implements topic.Store.
func (q *Topics) DropBlock(ctx context.Context, a account.Actor, spaceID, alias string) error {
	return q.s.db(ctx).Exec(`DELETE FROM block
		WHERE blocker_id IN (SELECT id FROM membership WHERE account_id = ? AND space_id = ?)
		AND blocked_id IN (SELECT id FROM membership WHERE space_id = ? AND alias = ?)`, a.Account, spaceID, spaceID, alias).Error
}
