package admin

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// Reach says for which spaces somebody manages staff.
type Reach struct {
	Everywhere bool
	Spaces     []string
}

func reachOf(a account.Actor) Reach {
	everywhere, spaces := a.Reach(account.ManageStaff)
	return Reach{Everywhere: everywhere, Spaces: spaces}
}

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

// Space is a space's name.
type Space struct {
	ID   string
	Name string
}

// Staff is who works here.
type Staff struct {
	Colleagues []Colleague
	Spaces     []Space
	All        bool // the actor manages staff of all spaces
}

// Staff returns the staff that the actor manages.
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
	found.Spaces, err = s.Store.Spaces(ctx, reach)
	return &found, err
}
