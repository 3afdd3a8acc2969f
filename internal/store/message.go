package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/fault"
	"samhold/internal/message"
)

// MessageStore keeps conversations. It implements message.Store.
type MessageStore struct{ s *Store }

var _ message.Store = (*MessageStore)(nil)

// Messages returns the queries of conversations.
func (s *Store) Messages() *MessageStore { return &MessageStore{s: s} }

// Ensure implements message.Store. Two first messages at the same moment meet at the unique account.
func (q *MessageStore) Ensure(ctx context.Context, fresh *message.Thread) (*message.Thread, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "account_id"}}, DoNothing: true}).Create(fresh)
	if res.Error != nil || res.RowsAffected == 1 {
		return fresh, res.Error
	}
	return q.ThreadOf(ctx, fresh.AccountID)
}

func (q *MessageStore) thread(db *gorm.DB) (*message.Thread, error) {
	var t message.Thread
	if err := db.Take(&t).Error; err != nil {
		return nil, err
	}
	return &t, nil
}

// ThreadOf implements message.Store.
func (q *MessageStore) ThreadOf(ctx context.Context, accountID string) (*message.Thread, error) {
	return q.thread(q.s.db(ctx).Where("account_id = ?", accountID))
}

// reaches limits a query over message to what the scope may know of.
func reaches(db *gorm.DB, scope message.Scope) *gorm.DB {
	db = db.Where("message.account_id <> ?", scope.Account)
	if scope.Everywhere {
		return db
	}
	return db.Where("(message.space_id IS NULL OR message.space_id IN ?)", spaces(scope.Spaces))
}

// Thread implements message.Store.
func (q *MessageStore) Thread(ctx context.Context, scope message.Scope, threadID string) (*message.Thread, error) {
	within := reaches(q.s.db(ctx).Table("message").Select("message.thread_id"), scope)
	return q.thread(q.s.db(ctx).Where("id = ? AND id IN (?)", threadID, within))
}

// LockThread implements message.Store.
func (q *MessageStore) LockThread(ctx context.Context, threadID string) (*message.Thread, error) {
	return q.thread(q.s.db(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", threadID))
}

// Add implements message.Store.
func (q *MessageStore) Add(ctx context.Context, m *message.Message) (*message.Message, error) {
	res := q.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(m)
	if res.Error != nil || res.RowsAffected == 1 {
		return nil, res.Error
	}
	var before message.Message
	if err := q.s.db(ctx).Where("id = ?", m.ID).Take(&before).Error; err != nil {
		return nil, err
	}
	return &before, nil
}

// Own implements message.Store.
func (q *MessageStore) Own(ctx context.Context, threadID string, limit int) ([]message.Message, error) {
	return newest(q.s.db(ctx).Where("message.thread_id = ?", threadID), limit)
}

// Messages implements message.Store.
func (q *MessageStore) Messages(ctx context.Context, scope message.Scope, threadID string, limit int) ([]message.Message, error) {
	return newest(reaches(q.s.db(ctx), scope).Where("message.thread_id = ?", threadID), limit)
}

func newest(db *gorm.DB, limit int) ([]message.Message, error) {
	var found []message.Message
	err := db.Order("message.created_at DESC, message.id DESC").Limit(limit).Find(&found).Error
	slices.Reverse(found)
	return found, err
}

// MarkRead implements message.Store.
func (q *MessageStore) MarkRead(ctx context.Context, threadID string, at time.Time) error {
	return q.s.db(ctx).Model(&message.Message{}).
		Where("thread_id = ? AND staff_id IS NOT NULL AND read_at IS NULL", threadID).Update("read_at", at).Error
}

// MarkOpened implements message.Store.
func (q *MessageStore) MarkOpened(ctx context.Context, scope message.Scope, threadID string, at time.Time) error {
	return reaches(q.s.db(ctx).Model(&message.Message{}), scope).
		Where("thread_id = ? AND staff_id IS NULL AND opened_at IS NULL", threadID).Update("opened_at", at).Error
}

// Settle implements message.Store.
func (q *MessageStore) Settle(ctx context.Context, scope message.Scope, threadID string, at time.Time) (int, error) {
	res := reaches(q.s.db(ctx).Model(&message.Message{}), scope).
		Where("thread_id = ? AND staff_id IS NULL AND opened_at IS NOT NULL AND settled_at IS NULL", threadID).Update("settled_at", at)
	return int(res.RowsAffected), res.Error
}

// Unopened implements message.Store.
func (q *MessageStore) Unopened(ctx context.Context, threadID string) (oldest *message.Message, n int, err error) {
	var found []message.Message
	err = q.s.db(ctx).Where("thread_id = ? AND staff_id IS NULL AND opened_at IS NULL", threadID).Order("created_at, id").Find(&found).Error
	if err == nil && len(found) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return nil, 0, err
	}
	return &found[0], len(found), nil
}

// Unanswered implements message.Store.
func (q *MessageStore) Unanswered(ctx context.Context, threadID string) (*message.Message, error) {
	var m message.Message
	err := q.s.db(ctx).Where("thread_id = ? AND staff_id IS NULL AND opened_at IS NOT NULL AND settled_at IS NULL", threadID).
		Order("created_at, id").Limit(1).Take(&m).Error
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// Remind implements message.Store.
func (q *MessageStore) Remind(ctx context.Context, t *message.Thread) error {
	return q.s.db(ctx).Model(t).Select("remind_at").Updates(t).Error
}

// DueReminders implements message.Store.
func (q *MessageStore) DueReminders(ctx context.Context, now time.Time, limit int) ([]string, error) {
	var ids []string
	err := q.s.db(ctx).Table("thread").Select("id").Where("remind_at IS NOT NULL AND remind_at <= ?", now).
		Order("remind_at, id").Limit(limit).Scan(&ids).Error
	return ids, err
}

// Waiting implements message.Store: a conversation stands once for each space in which something waits.
func (q *MessageStore) Waiting(ctx context.Context, scope message.Scope) ([]message.Row, error) {
	var rows []struct {
		ID, AccountID, SpaceID, SpaceName string
		CreatedAt                         time.Time
		OpenedAt                          *time.Time
	}
	err := reaches(q.s.db(ctx).Table("message"), scope).
		Select(`message.thread_id AS id, message.account_id, COALESCE(message.space_id, '') AS space_id,
			COALESCE(space.name, '') AS space_name, message.created_at, message.opened_at`).
		Joins("LEFT JOIN space ON space.id = message.space_id").
		Where("message.staff_id IS NULL AND message.settled_at IS NULL").
		Order("message.created_at, message.id").Limit(1000).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var found []message.Row
	for _, r := range rows {
		i := slices.IndexFunc(found, func(f message.Row) bool { return f.ID == r.ID && f.SpaceID == r.SpaceID })
		if i < 0 {
			i = len(found)
			found = append(found, message.Row{
				ID: r.ID, AccountID: r.AccountID, SpaceID: r.SpaceID, SpaceName: r.SpaceName, Since: r.CreatedAt, Opened: true,
			})
		}
		found[i].Waiting++
		found[i].Opened = found[i].Opened && r.OpenedAt != nil
	}
	return found, nil
}

// Places implements message.Store.
func (q *MessageStore) Places(ctx context.Context, accountID string) ([]message.Place, error) {
	var found []message.Place
	err := q.s.db(ctx).Table("membership").
		Select("space.id, space.name, space.kind, membership.id AS membership").
		Joins("JOIN space ON space.id = membership.space_id").
		Where("membership.account_id = ? AND membership.state IN ('active', 'paused')", accountID).
		Order(`(SELECT MAX(post.created_at) FROM post WHERE post.membership_id = membership.id) IS NULL,
			(SELECT MAX(post.created_at) FROM post WHERE post.membership_id = membership.id) DESC, membership.created_at, membership.id`).
		Scan(&found).Error
	return found, err
}

// Alias implements message.Store.
func (q *MessageStore) Alias(ctx context.Context, accountID, spaceID string) (alias, name string, err error) {
	var row struct{ Alias, Name string }
	res := q.s.db(ctx).Table("space").Select("space.name, COALESCE(membership.alias, '') AS alias").
		Joins("LEFT JOIN membership ON membership.space_id = space.id AND membership.account_id = ?", accountID).
		Where("space.id = ?", spaceID).Limit(1).Scan(&row)
	if res.Error == nil && res.RowsAffected == 0 {
		return "", "", fault.Missing()
	}
	return row.Alias, row.Name, res.Error
}

// StaffNames implements message.Store.
func (q *MessageStore) StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error) {
	return q.s.Crisis().StaffNames(ctx, accountIDs)
}
