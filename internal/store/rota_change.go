package store

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"samhold/internal/fault"
	"samhold/internal/rota"
)

// AddPattern implements rota.Store.
func (q *Rota) AddPattern(ctx context.Context, p *rota.Pattern) error {
	return q.s.db(ctx).Create(p).Error
}

// Patterns implements rota.Store.
func (q *Rota) Patterns(ctx context.Context, r rota.Reach, day rota.Day) ([]rota.Repeated, error) {
	var found []rota.Repeated
	err := inReach(q.s.db(ctx).Table("shift_pattern"), "shift_pattern", r).
		Select("shift_pattern.*, account.staff_name AS name, COALESCE(space.name, '') AS space_name").
		Joins("JOIN account ON account.id = shift_pattern.account_id AND account.state = 'active'").
		Joins("LEFT JOIN space ON space.id = shift_pattern.space_id").
		Where("shift_pattern.last_day IS NULL OR shift_pattern.last_day >= ?", day).
		Order("shift_pattern.first_day, shift_pattern.starts, shift_pattern.id").Limit(500).Scan(&found).Error
	return found, err
}

// Pattern implements rota.Store.
func (q *Rota) Pattern(ctx context.Context, r rota.Reach, id string) (*rota.Pattern, error) {
	var p rota.Pattern
	if err := inReach(q.locking(ctx), "shift_pattern", r).Where("shift_pattern.id = ?", id).Take(&p).Error; err != nil {
		return nil, err
	}
	return &p, nil
}

// Unmade implements rota.Store.
func (q *Rota) Unmade(ctx context.Context, day rota.Day) ([]rota.Pattern, error) {
	var found []rota.Pattern
	err := q.s.db(ctx).Where("planned_to < ? AND (last_day IS NULL OR last_day > planned_to)", day).Order("id").Limit(500).Find(&found).Error
	return found, err
}

// Made implements rota.Store.
func (q *Rota) Made(ctx context.Context, id string, seen, to rota.Day) error {
	return gone(q.s.db(ctx).Model(&rota.Pattern{}).Where("id = ? AND planned_to = ?", id, seen).Update("planned_to", to))
}

// EndPattern implements rota.Store.
func (q *Rota) EndPattern(ctx context.Context, id string, last rota.Day) error {
	return gone(q.s.db(ctx).Model(&rota.Pattern{}).Where("id = ?", id).Update("last_day", last))
}

// EndFor implements rota.Store.
func (q *Rota) EndFor(ctx context.Context, accountID string, last rota.Day) error {
	err := q.s.db(ctx).Model(&rota.Pattern{}).Where("account_id = ? AND (last_day IS NULL OR last_day > ?)", accountID, last).
		Update("last_day", last).Error
	if err != nil {
		return err
	}
	return q.s.db(ctx).Model(&rota.Swap{}).Where("state = 'offered' AND (from_id = ? OR to_id = ?)", accountID, accountID).
		Update("state", "withdrawn").Error
}

// RemoveMade implements rota.Store.
func (q *Rota) RemoveMade(ctx context.Context, patternID string, from time.Time) error {
	err := q.s.db(ctx).Delete(&rota.Vacancy{}, "pattern_id = ? AND starts_at >= ?", patternID, from).Error
	if err != nil {
		return err
	}
	return q.s.db(ctx).Delete(&rota.Shift{}, "pattern_id = ? AND starts_at >= ?", patternID, from).Error
}

// AddAbsence implements rota.Store.
func (q *Rota) AddAbsence(ctx context.Context, a *rota.Absence) error {
	return q.s.db(ctx).Create(a).Error
}

// Absences implements rota.Store.
func (q *Rota) Absences(ctx context.Context, accountID string, at time.Time) ([]rota.Absence, error) {
	find := q.s.db(ctx).Table("staff_absence").Select("staff_absence.*, account.staff_name AS name").
		Joins("JOIN account ON account.id = staff_absence.account_id").Where("staff_absence.ends_at > ?", at)
	if accountID != "" {
		find = find.Where("staff_absence.account_id = ?", accountID)
	}
	var found []rota.Absence
	err := find.Order("staff_absence.starts_at, staff_absence.id").Limit(500).Scan(&found).Error
	return found, err
}

// RemoveAbsence implements rota.Store.
func (q *Rota) RemoveAbsence(ctx context.Context, id string) error {
	return gone(q.s.db(ctx).Delete(&rota.Absence{}, "id = ?", id))
}

// AddVacancy implements rota.Store.
func (q *Rota) AddVacancy(ctx context.Context, v *rota.Vacancy) error {
	return q.s.db(ctx).Create(v).Error
}

// Vacancies implements rota.Store.
func (q *Rota) Vacancies(ctx context.Context, r rota.Reach, at time.Time) ([]rota.Vacancy, error) {
	var found []rota.Vacancy
	err := inReach(q.s.db(ctx).Table("shift_vacancy"), "shift_vacancy", r).
		Select("shift_vacancy.*, COALESCE(account.staff_name, '') AS name, COALESCE(space.name, '') AS space_name").
		Joins("LEFT JOIN account ON account.id = shift_vacancy.account_id").
		Joins("LEFT JOIN space ON space.id = shift_vacancy.space_id").
		Where("shift_vacancy.ends_at > ?", at).Order("shift_vacancy.starts_at, shift_vacancy.id").Limit(500).Scan(&found).Error
	return found, err
}

// VacanciesOf implements rota.Store.
func (q *Rota) VacanciesOf(ctx context.Context, absenceID string, at time.Time) ([]rota.Vacancy, error) {
	var found []rota.Vacancy
	err := q.s.db(ctx).Table("shift_vacancy").Where("absence_id = ? AND ends_at > ?", absenceID, at).Order("starts_at, id").Scan(&found).Error
	return found, err
}

// RemoveVacancy implements rota.Store.
func (q *Rota) RemoveVacancy(ctx context.Context, id string) error {
	return gone(q.s.db(ctx).Delete(&rota.Vacancy{}, "id = ?", id))
}

// AddSwap implements rota.Store.
func (q *Rota) AddSwap(ctx context.Context, s *rota.Swap) error {
	res := q.s.db(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(s)
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Stale()
	}
	return res.Error
}

// Swap implements rota.Store.
func (q *Rota) Swap(ctx context.Context, id string) (*rota.Swap, error) {
	var s rota.Swap
	if err := q.locking(ctx).Where("id = ? AND state = 'offered'", id).Take(&s).Error; err != nil {
		return nil, err
	}
	return &s, nil
}

// AnswerSwap implements rota.Store.
func (q *Rota) AnswerSwap(ctx context.Context, s *rota.Swap) error {
	return gone(q.s.db(ctx).Model(s).Where("state = 'offered'").Select("state", "answered_at", "answered_by").Updates(s))
}

// Ending implements rota.Store.
func (q *Rota) Ending(ctx context.Context, after, to time.Time) ([]rota.Shift, error) {
	var found []rota.Shift
	err := q.locking(ctx).Where("asked_at IS NULL AND ends_at > ? AND ends_at <= ?", after, to).Order("id").Limit(100).Find(&found).Error
	return found, err
}

// Asked implements rota.Store.
func (q *Rota) Asked(ctx context.Context, shiftID string, at time.Time) error {
	return gone(q.s.db(ctx).Model(&rota.Shift{}).Where("id = ? AND asked_at IS NULL", shiftID).Update("asked_at", at))
}
