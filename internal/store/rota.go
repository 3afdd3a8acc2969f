package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/rota"
)

// Rota implements rota.Store.
type Rota struct{ s *Store }

var _ rota.Store = (*Rota)(nil)

// Rota returns the queries of the rota.
func (s *Store) Rota() *Rota { return &Rota{s} }

// inReach limits rows of a table with a space_id to the reach and to what concerns all spaces.
func inReach(q *gorm.DB, table string, r rota.Reach) *gorm.DB {
	if r.Everywhere {
		return q
	}
	return q.Where("("+table+".space_id IS NULL OR "+table+".space_id IN ?)", spaces(r.Spaces))
}

func (q *Rota) locking(ctx context.Context) *gorm.DB {
	db := q.s.db(ctx)
	if q.s.current(ctx) == nil {
		return db
	}
	return db.Clauses(clause.Locking{Strength: "UPDATE"})
}

// workers are grants of active accounts that work cases.
func (q *Rota) workers(ctx context.Context) *gorm.DB {
	return q.s.db(ctx).Table("staff_grant").
		Joins("JOIN account ON account.id = staff_grant.account_id AND account.state = 'active'").
		Where("staff_grant.role IN ?", account.RolesWith(account.WorkCases))
}

// Served implements rota.Store.
func (q *Rota) Served(ctx context.Context, from, to, now time.Time) ([]rota.Served, error) {
	var rows []struct {
		AccountID, Place, Served string
		Active                   bool
		StartsAt, EndsAt, Since  time.Time
		Until                    *time.Time
	}
	err := q.s.db(ctx).Table("staff_grant").
		Joins("JOIN account ON account.id = staff_grant.account_id").
		Where("staff_grant.role IN ?", account.RolesWith(account.WorkCases)).
		Where("(account.state = 'active' OR shift.starts_at < ?)", now).
		Select(`shift.account_id, COALESCE(shift.space_id, '') AS place, COALESCE(staff_grant.space_id, '') AS served, account.state = 'active' AS active,
			shift.starts_at, shift.ends_at, staff_grant.starts_at AS since, staff_grant.ends_at AS until`).
		Joins(`JOIN shift ON shift.account_id = staff_grant.account_id
			AND (shift.space_id IS NULL OR staff_grant.space_id IS NULL OR shift.space_id = staff_grant.space_id)`).
		Where("shift.starts_at < ? AND shift.ends_at > ?", to, from).Order("shift.starts_at, shift.id").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var found []rota.Served
	for _, r := range rows {
		d := rota.Served{AccountID: r.AccountID, SpaceID: r.Place, Span: rota.Span{From: r.StartsAt, To: r.EndsAt}}
		if d.SpaceID == "" {
			d.SpaceID = r.Served
		}
		if r.Since.After(d.From) {
			d.From = r.Since
		}
		if r.Until != nil && r.Until.Before(d.To) {
			d.To = *r.Until
		}
		if !r.Active && now.Before(d.To) {
			d.To = now
		}
		if !d.Empty() {
			found = append(found, d)
		}
	}
	return found, nil
}

// Duties implements rota.Store.
func (q *Rota) Duties(ctx context.Context, r rota.Reach, from, to time.Time) ([]rota.Duty, error) {
	var found []rota.Duty
	err := inReach(q.s.db(ctx).Table("shift"), "shift", r).
		Select("account.id AS account_id, account.staff_name AS name, shift.starts_at, shift.ends_at").
		Joins("JOIN account ON account.id = shift.account_id AND account.state = 'active'").
		Where("shift.ends_at > ? AND shift.starts_at < ?", from, to).Where(serving).
		Order("shift.starts_at, shift.id").Limit(200).Scan(&found).Error
	return found, err
}

// serving is met by the shifts whose people have a role there as long as the shift lasts. The roles are those with the
// capability WorkCases; a test compares.
const serving = `EXISTS (SELECT 1 FROM staff_grant WHERE staff_grant.account_id = shift.account_id
	AND staff_grant.role IN ('moderator', 'duty_lead', 'safeguarding_lead')
	AND (shift.space_id IS NULL OR staff_grant.space_id IS NULL OR staff_grant.space_id = shift.space_id)
	AND staff_grant.starts_at < shift.ends_at AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at >= shift.ends_at))`

// Planned implements rota.Store.
func (q *Rota) Planned(ctx context.Context, r rota.Reach, at time.Time) ([]rota.Planned, error) {
	var found []rota.Planned
	err := inReach(q.s.db(ctx).Table("shift"), "shift", r).
		Select(`shift.*, account.staff_name AS name, COALESCE(space.name, '') AS space_name,
			account.state = 'active' AND `+serving+` AS serves,
			COALESCE(shift_swap.id, '') AS swap_id, COALESCE(shift_swap.to_id, '') AS swap_to_id, COALESCE(offered.staff_name, '') AS swap_for`).
		Joins("JOIN account ON account.id = shift.account_id").
		Joins("LEFT JOIN space ON space.id = shift.space_id").
		Joins("LEFT JOIN shift_swap ON shift_swap.shift_id = shift.id AND shift_swap.state = 'offered'").
		Joins("LEFT JOIN account offered ON offered.id = shift_swap.to_id").
		Where("shift.ends_at > ?", at).Order("shift.starts_at, shift.id").Limit(1000).Scan(&found).Error
	return found, err
}

// Shift implements rota.Store.
func (q *Rota) Shift(ctx context.Context, r rota.Reach, id string, at time.Time) (*rota.Shift, error) {
	var s rota.Shift
	if err := inReach(q.locking(ctx), "shift", r).Where("shift.id = ? AND shift.ends_at > ?", id, at).Take(&s).Error; err != nil {
		return nil, err
	}
	return &s, nil
}

// ShiftsOf implements rota.Store.
func (q *Rota) ShiftsOf(ctx context.Context, accountID string, at time.Time) ([]rota.Shift, error) {
	var found []rota.Shift
	err := q.locking(ctx).Where("account_id = ? AND ends_at > ?", accountID, at).Order("starts_at, id").Find(&found).Error
	return found, err
}

// AddShift implements rota.Store.
func (q *Rota) AddShift(ctx context.Context, s *rota.Shift) error { return q.s.db(ctx).Create(s).Error }

// UpdateShift implements rota.Store. Whoever offered it before offers it no more.
func (q *Rota) UpdateShift(ctx context.Context, s *rota.Shift) error {
	err := q.s.db(ctx).Model(&rota.Swap{}).Where("shift_id = ? AND state = 'offered'", s.ID).Update("state", "withdrawn").Error
	if err != nil {
		return err
	}
	return q.s.db(ctx).Model(s).Select("account_id", "starts_at", "ends_at").Updates(s).Error
}

// RemoveShift implements rota.Store.
func (q *Rota) RemoveShift(ctx context.Context, id string) error {
	return gone(q.s.db(ctx).Delete(&rota.Shift{}, "id = ?", id))
}

// gone reports NotFound when there was nothing to change.
func gone(res *gorm.DB) error {
	if res.Error == nil && res.RowsAffected == 0 {
		return fault.Missing()
	}
	return res.Error
}

// Workers implements rota.Store.
func (q *Rota) Workers(ctx context.Context, spaceID string, in rota.Span) ([]rota.Person, error) {
	find := q.workers(ctx).Distinct("account.id", "account.staff_name AS name").
		Where("staff_grant.starts_at <= ? AND (staff_grant.ends_at IS NULL OR staff_grant.ends_at >= ?)", in.From, in.To)
	if spaceID != "" {
		find = find.Where("(staff_grant.space_id IS NULL OR staff_grant.space_id = ?)", spaceID)
	}
	var found []rota.Person
	err := find.Order("name, account.id").Scan(&found).Error
	return found, err
}

// People implements rota.Store.
func (q *Rota) People(ctx context.Context, r rota.Reach, at time.Time) ([]rota.Person, error) {
	var found []rota.Person
	err := inReach(q.workers(ctx), "staff_grant", r).Distinct("account.id", "account.staff_name AS name").
		Where("staff_grant.ends_at IS NULL OR staff_grant.ends_at > ?", at).Order("name, account.id").Scan(&found).Error
	return found, err
}

// Spaces implements rota.Store.
func (q *Rota) Spaces(ctx context.Context, r rota.Reach) ([]rota.Space, error) {
	return q.spaces(ctx, r, "open", "closed")
}

// OpenSpaces implements rota.Store.
func (q *Rota) OpenSpaces(ctx context.Context, r rota.Reach) ([]rota.Space, error) {
	return q.spaces(ctx, r, "open")
}

func (q *Rota) spaces(ctx context.Context, r rota.Reach, states ...string) ([]rota.Space, error) {
	find := q.s.db(ctx).Table("space").Select("id, name").Where("state IN ?", states)
	if !r.Everywhere {
		find = find.Where("id IN ?", spaces(r.Spaces))
	}
	var found []rota.Space
	err := find.Order("position, id").Scan(&found).Error
	return found, err
}
