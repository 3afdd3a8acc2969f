package store

import (
	"context"

	"gorm.io/gorm/clause"

	"samhold/internal/crisis"
	"samhold/internal/fault"
)

// Settings implements crisis.Store.
func (c *CrisisStore) Settings(ctx context.Context) ([]crisis.Setting, error) {
	var found []crisis.Setting
	err := c.s.db(ctx).Where(`NOT EXISTS (SELECT 1 FROM desk_setting newer WHERE newer.place = desk_setting.place
		AND newer.kind = desk_setting.kind AND newer.version > desk_setting.version)`).Find(&found).Error
	return found, err
}

// SettingHistory implements crisis.Store.
func (c *CrisisStore) SettingHistory(ctx context.Context, place string) ([]crisis.Setting, error) {
	var found []crisis.Setting
	err := c.s.db(ctx).Where("place = ?", place).Order("set_at DESC, version DESC").Limit(200).Find(&found).Error
	return found, err
}

// AddSetting implements crisis.Store.
func (c *CrisisStore) AddSetting(ctx context.Context, s *crisis.Setting) error {
	res := c.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(s)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// SpaceNames implements crisis.Store.
func (c *CrisisStore) SpaceNames(ctx context.Context, everywhere bool, spaceIDs []string) ([]crisis.Named, error) {
	q := c.s.db(ctx).Table("space").Select("id, name")
	if !everywhere {
		q = q.Where("id IN ?", spaces(spaceIDs))
	}
	var found []crisis.Named
	err := q.Order("position, id").Scan(&found).Error
	return found, err
}
