package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/directory"
	"samhold/internal/fault"
)

// Directory implements directory.Store.
type Directory struct{ s *Store }

// Directory returns the queries about help lines.
func (s *Store) Directory() *Directory { return &Directory{s} }

var _ directory.Store = (*Directory)(nil)

// SeedLine implements directory.Store.
func (q *Directory) SeedLine(ctx context.Context, e *directory.Entry) error {
	return q.s.db(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "line_key"}}, DoNothing: true}).Create(e).Error
}

// LinesMark implements directory.Store. Versions only grow and no line is deleted, so their sum is another after every change.
func (q *Directory) LinesMark(ctx context.Context) (int64, error) {
	var mark int64
	err := q.s.db(ctx).Raw("SELECT COALESCE(SUM(version), 0) FROM help_line").Scan(&mark).Error
	return mark, err
}

// HelpLines implements directory.Store.
func (q *Directory) HelpLines(ctx context.Context) ([]directory.Entry, error) {
	var found []directory.Entry
	err := q.s.db(ctx).Order("position, created_at, id").Find(&found).Error
	return found, err
}

// HelpLine implements directory.Store.
func (q *Directory) HelpLine(ctx context.Context, lineID string) (*directory.Entry, error) {
	if q.s.current(ctx) != nil {
		err := onlyOne(q.s.db(ctx).Exec("UPDATE help_line SET version = version WHERE id = ?", lineID))
		if err != nil {
			return nil, err
		}
	}
	e := new(directory.Entry)
	err := q.s.db(ctx).Where("id = ?", lineID).Take(e).Error
	return e, err
}

// AddLine implements directory.Store.
func (q *Directory) AddLine(ctx context.Context, e *directory.Entry) error {
	return q.s.db(ctx).Create(e).Error
}

// ChangeLine implements directory.Store.
func (q *Directory) ChangeLine(ctx context.Context, e *directory.Entry, version int) error {
	res := q.s.db(ctx).Model(&directory.Entry{}).Where("id = ? AND version = ?", e.ID, version).Updates(map[string]any{
		"facts": e.Facts, "proposed": e.Proposed, "proposed_by": e.ProposedBy, "proposed_at": e.ProposedAt,
		"proposed_for": e.ProposedFor, "verified_by": e.VerifiedBy, "verified_on": e.VerifiedOn,
		"confirmed_by": e.ConfirmedBy, "confirmed_at": e.ConfirmedAt, "expires_on": e.ExpiresOn, "told_at": e.ToldAt,
		"updated_at": e.UpdatedAt, "version": gorm.Expr("version + 1"),
	})
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// AddPast implements directory.Store.
func (q *Directory) AddPast(ctx context.Context, p *directory.Past) error {
	return q.s.db(ctx).Create(p).Error
}

// pastsShown is how far back a line's page goes.
const pastsShown = 20

// Pasts implements directory.Store.
func (q *Directory) Pasts(ctx context.Context, lineID string) ([]directory.Past, error) {
	var found []directory.Past
	err := q.s.db(ctx).Where("line_id = ?", lineID).Order("version DESC").Limit(pastsShown).Find(&found).Error
	return found, err
}

// LineEditors implements directory.Store.
func (q *Directory) LineEditors(ctx context.Context, at time.Time) ([]string, error) {
	var ids []string
	err := q.s.db(ctx).Table("staff_grant").Distinct("account_id").
		Where("role IN ? AND starts_at <= ? AND (ends_at IS NULL OR ends_at > ?)", account.RolesWith(account.EditLines), at, at).
		Order("account_id").Pluck("account_id", &ids).Error
	return ids, err
}

// StaffNames implements directory.Store.
func (q *Directory) StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error) {
	return q.s.Crisis().StaffNames(ctx, accountIDs)
}
