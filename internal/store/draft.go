package store

import (
	"context"
	"time"

	"samhold/internal/topic"
)

// Drafts implements topic.Store: those of the account that still hold, the newest first.
func (q *Topics) Drafts(ctx context.Context, accountID string, at time.Time) ([]topic.Draft, error) {
	var drafts []topic.Draft
	err := q.s.db(ctx).Where("account_id = ? AND expires_at > ?", accountID, at).
		Order("saved_at DESC, id").Find(&drafts).Error
	return drafts, err
}

// AddDraft implements topic.Store.
func (q *Topics) AddDraft(ctx context.Context, d *topic.Draft) error {
	return q.s.db(ctx).Create(d).Error
}

// DropDrafts implements topic.Store.
func (q *Topics) DropDrafts(ctx context.Context, ids []string) error {
	return q.s.db(ctx).Where("id IN ?", ids).Delete(&topic.Draft{}).Error
}

// DropOldDrafts implements topic.Store.
func (q *Topics) DropOldDrafts(ctx context.Context, at time.Time) error {
	return q.s.db(ctx).Where("expires_at <= ?", at).Delete(&topic.Draft{}).Error
}
