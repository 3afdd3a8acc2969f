package admin

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// Reach says for which spaces somebody plans shifts.
type Reach struct {
	Everywhere bool
	Spaces     []string
}

func reachOf(a account.Actor) Reach {
	everywhere, spaces := a.Reach(account.ManageStaff)
	return Reach{Everywhere: everywhere, Spaces: spaces}
}

// covers reports whether the reach takes in a shift for the space, or for all spaces when it is empty.
func (r Reach) covers(spaceID string) bool { return r.Everywhere || slices.Contains(r.Spaces, spaceID) }

// Colleague is a grant as the staff page shows it.
type Colleague struct {
	ID        string
	AccountID string
	Name      string // among staff
	Role      account.Role
	SpaceID   string
	SpaceName string // empty for all spaces
	StartsAt  time.Time
	EndsAt    *time.Time
}

// Shift is when somebody is on duty.
type Shift struct {
	ID        string
	Name      string
	SpaceID   string
	SpaceName string // empty for all spaces that they serve
	StartsAt  time.Time
	EndsAt    time.Time
}

// NewShift is a shift as it is stored.
type NewShift struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	SpaceID   *string
	StartsAt  time.Time
	EndsAt    time.Time
	CreatedAt time.Time
}

// TableName implements GORM's naming.
func (NewShift) TableName() string { return "shift" }

// Space is a space's name.
type Space struct {
	ID   string
	Name string
}

// Staff is who works here and when they are on duty, as the rota page shows it.
type Staff struct {
	Colleagues []Colleague
	Shifts     []Shift
	Spaces     []Space
	All        bool // the actor may plan a shift for all spaces
}

// OnRota are the people who can be on duty, once each.
func (s *Staff) OnRota() []Colleague {
	var people []Colleague
	for _, c := range s.Colleagues {
		known := slices.ContainsFunc(people, func(p Colleague) bool { return p.AccountID == c.AccountID })
		if c.Role.Can(account.WorkCases) && !known {
			people = append(people, c)
		}
	}
	return people
}

// Staff returns the staff and shifts that the actor plans.
func (s *Service) Staff(ctx context.Context, a account.Actor) (*Staff, error) {
	if !a.Can(account.ManageStaff) {
		return nil, fault.Missing()
	}
	reach := reachOf(a)
	var (
		found = Staff{All: reach.Everywhere}
		err   error
	)
	if found.Colleagues, err = s.Store.Colleagues(ctx, reach, a.At); err != nil {
		return nil, err
	}
	if found.Shifts, err = s.Store.Shifts(ctx, reach, a.At); err != nil {
		return nil, err
	}
	found.Spaces, err = s.Store.Spaces(ctx, reach)
	return &found, err
}

// longestShift keeps a typing error from putting somebody on duty for weeks.
const longestShift = 24 * time.Hour

// Plan is a shift as typed.
type Plan struct {
	AccountID string
	SpaceID   string // empty for all spaces that the person serves
	StartsAt  time.Time
	EndsAt    time.Time
}

// AddShift puts somebody on duty. The person must work cases where the shift is, or nobody would be called. It is
// audited.
func (s *Service) AddShift(ctx context.Context, a account.Actor, p Plan) error {
	staff, err := s.Staff(ctx, a)
	if err != nil {
		return err
	}
	if !reachOf(a).covers(p.SpaceID) {
		return fault.Missing()
	}
	var check fault.Check
	check.Require(slices.ContainsFunc(staff.Colleagues, func(c Colleague) bool {
		return c.AccountID == p.AccountID && c.Role.Can(account.WorkCases) && (c.SpaceID == "" || c.SpaceID == p.SpaceID || p.SpaceID == "")
	}), "account", "rota.account_missing")
	known := p.SpaceID == "" || slices.ContainsFunc(staff.Spaces, func(s Space) bool { return s.ID == p.SpaceID })
	check.Require(known, "space", "rota.space_missing")
	check.Require(!p.StartsAt.IsZero() && !p.EndsAt.IsZero(), "starts", "rota.time_missing")
	if !p.StartsAt.IsZero() && !p.EndsAt.IsZero() {
		length := p.EndsAt.Sub(p.StartsAt)
		check.Require(length > 0 && length <= longestShift, "ends", "rota.time_long")
		check.Require(p.EndsAt.After(a.At), "starts", "rota.time_past")
	}
	if err := check.Err(); err != nil {
		return err
	}
	shift := &NewShift{ID: id.New(), AccountID: p.AccountID, StartsAt: p.StartsAt.UTC(), EndsAt: p.EndsAt.UTC(), CreatedAt: s.Clock.Now()}
	if p.SpaceID != "" {
		shift.SpaceID = &p.SpaceID
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.AddShift(ctx, shift); err != nil {
			return err
		}
		return s.record(ctx, a, "shift_added", "shift", shift.ID, p.SpaceID)
	})
}

// RemoveShift takes a shift off the rota. It is audited.
func (s *Service) RemoveShift(ctx context.Context, a account.Actor, shiftID string) error {
	if !a.Can(account.ManageStaff) {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		spaceID, err := s.Store.RemoveShift(ctx, reachOf(a), shiftID, a.At)
		if err != nil {
			return err
		}
		return s.record(ctx, a, "shift_removed", "shift", shiftID, spaceID)
	})
}
