package store

import (
	"context"
	"time"

	"samhold/internal/audit"
)

// Audit implements audit.Store.
type Audit struct{ s *Store }

// Audit returns the queries about the audit log.
func (s *Store) Audit() *Audit { return &Audit{s} }

var _ audit.Store = (*Audit)(nil)

type headRow struct {
	Seq int64  `gorm:"column:seq"`
	MAC []byte `gorm:"column:mac"`
}

// Head implements audit.Store. There is no row before the first event.
func (q *Audit) Head(ctx context.Context) (audit.Head, error) {
	var row headRow
	err := q.s.db(ctx).Table("audit_head").Select("seq", "mac").Where("id = 1").Limit(1).Scan(&row).Error
	return audit.Head(row), err
}

// LockHead implements audit.Store. Writing the row as it is keeps other writers waiting on both databases, and
// makes it where there is none yet.
func (q *Audit) LockHead(ctx context.Context) (audit.Head, error) {
	var row headRow
	err := q.s.db(ctx).Raw(`INSERT INTO audit_head (id, seq, mac) VALUES (1, 0, ?)
		ON CONFLICT (id) DO UPDATE SET seq = audit_head.seq RETURNING seq, mac`, []byte{}).Scan(&row).Error
	return audit.Head(row), err
}

// SaveEvent implements audit.Store.
func (q *Audit) SaveEvent(ctx context.Context, e audit.Event, head audit.Head) error {
	if err := q.s.db(ctx).Create(&e).Error; err != nil {
		return err
	}
	return q.s.db(ctx).Table("audit_head").Where("id = 1").
		Updates(map[string]any{"seq": head.Seq, "mac": head.MAC}).Error
}

// Events implements audit.Store.
func (q *Audit) Events(ctx context.Context, fromSeq int64, limit int) ([]audit.Event, error) {
	var events []audit.Event
	err := q.s.db(ctx).Where("seq >= ?", fromSeq).Order("seq").Limit(limit).Find(&events).Error
	return events, err
}

// Old implements audit.Store.
func (q *Audit) Old(ctx context.Context, before time.Time, actions []audit.Action, limit int) ([]audit.Event, error) {
	find := q.s.db(ctx).Where("at <= ? AND pruned_mac IS NULL", before)
	if len(actions) > 0 {
		find = find.Where("action IN ?", actions)
	}
	var events []audit.Event
	err := find.Order("seq").Limit(limit).Find(&events).Error
	return events, err
}

// Empty implements audit.Store.
func (q *Audit) Empty(ctx context.Context, e audit.Event) error {
	return q.s.db(ctx).Model(&audit.Event{}).Where("seq = ?", e.Seq).Updates(map[string]any{
		"actor": e.Actor, "action": e.Action, "object_kind": e.ObjectKind, "object_id": e.ObjectID, "space_id": e.SpaceID,
		"code": e.Code, "pruned_mac": e.PrunedMAC,
	}).Error
}
