package admin

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// Person is somebody who works here or has done, by what they are called among staff.
type Person struct {
	ID   string
	Name string
}

// Team is who has which role, as the staff page shows it. It holds no sign-in name.
type Team struct {
	People []Member
	Others []Person // who could be given a role, without the actor
	Roles  []account.Role
	Spaces []Space
	All    bool // the actor gives roles for all spaces
	// Undeclared is how many of People have promised no confidentiality.
	Undeclared int
}

// Member is a person with the roles that they have now or later.
type Member struct {
	Person
	Me     bool
	File   File
	Grants []Held
}

// Held is a role of somebody. MayEnd says whether the actor may end it.
type Held struct {
	Colleague
	MayEnd bool
}

// MayGrant reports whether the actor gives and ends a role in a space, or in all when it is empty: where they manage
// staff, and no role that may do what they may not. Whoever does the settings of the house gives every role, and none
// of it to themselves.
func MayGrant(a account.Actor, role account.Role, spaceID string) bool {
	if !a.CanIn(account.ManageStaff, spaceID) {
		return false
	}
	return a.CanIn(account.ManageJobs, spaceID) || !slices.ContainsFunc(account.Capabilities, func(c account.Capability) bool {
		return role.Can(c) && !a.CanIn(c, spaceID)
	})
}

// Team returns who works where, to those who manage staff.
func (s *Service) Team(ctx context.Context, a account.Actor) (*Team, error) {
	staff, err := s.Staff(ctx, a)
	if err != nil {
		return nil, err
	}
	t := &Team{Spaces: staff.Spaces, All: staff.All}
	for _, c := range staff.Colleagues {
		n := len(t.People)
		if n == 0 || t.People[n-1].ID != c.AccountID {
			t.People = append(t.People, Member{Person: Person{ID: c.AccountID, Name: c.Name}, Me: c.AccountID == a.Account})
			n++
		}
		m := &t.People[n-1]
		m.Grants = append(m.Grants, Held{Colleague: c, MayEnd: !m.Me && MayGrant(a, c.Role, c.SpaceID)})
	}
	if t.Others, err = s.Store.People(ctx); err != nil {
		return nil, err
	}
	if err := s.addFiles(ctx, t); err != nil {
		return nil, err
	}
	t.Others = slices.DeleteFunc(t.Others, func(p Person) bool { return p.ID == a.Account })
	for _, r := range account.Roles {
		if slices.ContainsFunc(a.Grants, func(g account.Grant) bool { return MayGrant(a, r, g.Space) }) {
			t.Roles = append(t.Roles, r)
		}
	}
	return t, nil
}

// Appointment is a role as it is to be given.
type Appointment struct {
	AccountID string
	Role      account.Role
	SpaceID   string    // empty for all spaces
	StartsAt  time.Time // zero for now
	EndsAt    time.Time // zero for until further notice
}

// Appoint gives somebody who works here a role, never the actor themselves. It is audited.
func (s *Service) Appoint(ctx context.Context, a account.Actor, p Appointment) error {
	team, err := s.Team(ctx, a)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	if p.StartsAt.Before(now) {
		p.StartsAt = now
	}
	var check fault.Check
	check.Require(slices.ContainsFunc(team.Others, func(o Person) bool { return o.ID == p.AccountID }), "account", "team.account_missing")
	known := p.SpaceID == "" || slices.ContainsFunc(team.Spaces, func(s Space) bool { return s.ID == p.SpaceID })
	check.Require(known, "space", "rota.space_missing")
	check.Require(MayGrant(a, p.Role, p.SpaceID) && slices.Contains(account.Roles, p.Role), "role", "team.role_missing")
	check.Require(p.EndsAt.IsZero() || p.EndsAt.After(p.StartsAt), "until", "team.until_early")
	check.Require(!team.has(p), "role", "team.role_held")
	if err := check.Err(); err != nil {
		return err
	}
	g := &account.StaffGrant{
		ID: id.New(), AccountID: p.AccountID, Role: p.Role, StartsAt: p.StartsAt.UTC(), GrantedBy: &a.Account, CreatedAt: now,
	}
	if p.SpaceID != "" {
		g.SpaceID = &p.SpaceID
	}
	if !p.EndsAt.IsZero() {
		end := p.EndsAt.UTC()
		g.EndsAt = &end
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.AddGrant(ctx, g); err != nil {
			return err
		}
		return s.recordGrant(ctx, a, account.StaffGranted, g)
	})
}

// has reports whether the person has the role there already, or will have it.
func (t *Team) has(p Appointment) bool {
	return slices.ContainsFunc(t.People, func(m Member) bool {
		return m.ID == p.AccountID && slices.ContainsFunc(m.Grants, func(h Held) bool {
			return h.Role == p.Role && h.SpaceID == p.SpaceID
		})
	})
}

// EndGrant ends a role of somebody else at once. With their last one all their sessions end: what stands open in front
// of them is closed. It is audited.
func (s *Service) EndGrant(ctx context.Context, a account.Actor, grantID string) error {
	if !a.Can(account.ManageStaff) {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		g, err := s.Store.Grant(ctx, grantID, now)
		if err != nil {
			return err
		}
		space := ""
		if g.SpaceID != nil {
			space = *g.SpaceID
		}
		if g.AccountID == a.Account || !MayGrant(a, g.Role, space) {
			return fault.Missing()
		}
		if err := s.Store.EndGrant(ctx, g, now); err != nil {
			return err
		}
		return s.recordGrant(ctx, a, account.StaffEnded, g)
	})
}

func (s *Service) recordGrant(ctx context.Context, a account.Actor, action audit.Action, g *account.StaffGrant) error {
	e := audit.Event{
		At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: "account", ObjectID: g.AccountID, Code: string(g.Role),
	}
	if g.SpaceID != nil {
		e.SpaceID = *g.SpaceID
	}
	return s.Audit.Append(ctx, e)
}

// addFiles finds the files of the team, and counts who has promised no confidentiality.
func (s *Service) addFiles(ctx context.Context, t *Team) error {
	ids := make([]string, len(t.People))
	for i, m := range t.People {
		ids[i] = m.ID
	}
	files, err := s.Store.Files(ctx, ids)
	for i := range t.People {
		m := &t.People[i]
		m.File.Duty = DutyUnknown
		for _, f := range files {
			if f.AccountID == m.ID {
				m.File = f
			}
		}
		if !m.File.Declared() {
			t.Undeclared++
		}
	}
	return err
}
