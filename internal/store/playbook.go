package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/fault"
	"samhold/internal/playbook"
)

// Playbooks keeps playbooks and what is ticked in a case. It implements playbook.Store.
type Playbooks struct{ *CrisisStore }

var _ playbook.Store = Playbooks{}

// Playbooks returns the queries of the playbooks.
func (s *Store) Playbooks() Playbooks { return Playbooks{s.Crisis()} }

// Newest implements playbook.Store.
func (p Playbooks) Newest(ctx context.Context, k playbook.Key) (playbook.Version, error) {
	var v playbook.Version
	err := p.s.db(ctx).Where("category = ? AND subject = ? AND lang = ?", k.Category, k.Subject, k.Lang).
		Order("version DESC").Take(&v).Error
	return v, err
}

// AllNewest implements playbook.Store.
func (p Playbooks) AllNewest(ctx context.Context, lang string) ([]playbook.Version, error) {
	var found []playbook.Version
	err := p.s.db(ctx).Where(`lang = ? AND version = (SELECT MAX(v.version) FROM playbook v
		WHERE v.category = playbook.category AND v.subject = playbook.subject AND v.lang = playbook.lang)`, lang).Find(&found).Error
	return found, err
}

// Versions implements playbook.Store.
func (p Playbooks) Versions(ctx context.Context, k playbook.Key) ([]playbook.Version, error) {
	var found []playbook.Version
	err := p.s.db(ctx).Where("category = ? AND subject = ? AND lang = ?", k.Category, k.Subject, k.Lang).
		Order("version DESC").Limit(50).Find(&found).Error
	return found, err
}

// AddVersion implements playbook.Store.
func (p Playbooks) AddVersion(ctx context.Context, v *playbook.Version) error {
	res := p.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(v)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// Approve implements playbook.Store.
func (p Playbooks) Approve(ctx context.Context, versionID, accountID string, at time.Time) error {
	return p.s.db(ctx).Exec("UPDATE playbook SET approved_by = ?, approved_at = ? WHERE id = ?", accountID, at, versionID).Error
}

// Ticks implements playbook.Store.
func (p Playbooks) Ticks(ctx context.Context, caseID string) ([]playbook.Tick, error) {
	var found []playbook.Tick
	err := p.s.db(ctx).Where("case_id = ?", caseID).Order("created_at, id").Find(&found).Error
	return found, err
}

// AddTick implements playbook.Store.
func (p Playbooks) AddTick(ctx context.Context, t *playbook.Tick) (bool, error) {
	res := p.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(t)
	return res.RowsAffected == 1, res.Error
}

// DropTick implements playbook.Store.
func (p Playbooks) DropTick(ctx context.Context, caseID, tickID, accountID string) error {
	res := p.s.db(ctx).Exec("DELETE FROM case_tick WHERE id = ? AND case_id = ? AND account_id = ?", tickID, caseID, accountID)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Missing()
	}
	return res.Error
}
