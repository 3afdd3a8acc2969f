package space

import (
	"context"
	"slices"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
)

// Validate returns a fault when a space could not work: an unknown policy, or reading wider than seeing.
func (s *Space) Validate() error {
	var check fault.Check
	in := func(field, value string, allowed ...string) {
		if slices.Contains(allowed, value) {
			return
		}
		check.Add(field, "space.create_value")
	}
	check.Require(strings.TrimSpace(s.Name) != "", "name", "space.create_missing")
	check.Require(strings.TrimSpace(s.Purpose) != "", "purpose", "space.create_missing")
	in("kind", string(s.Kind), string(Relatives), string(Young), string(Aftercare))
	in("age_band", s.AgeBand, BandAll, BandAdult, BandYoung)
	in("see_policy", s.SeePolicy, ForPublic, ForAccount, ForStaff)
	in("read_policy", s.ReadPolicy, ForPublic, ForAccount, ForMember)
	in("write_policy", s.WritePolicy, ForMember, ForStaff)
	in("join_policy", s.JoinPolicy, JoinOpen, JoinByInvite, JoinClosed)
	in("colour", s.Colour, "moss", "clay", "plum", "sea", "wheat", "stone")
	wider := s.ReadPolicy == ForPublic && s.SeePolicy != ForPublic || s.ReadPolicy == ForAccount && s.SeePolicy == ForStaff
	check.Require(!wider, "read_policy", "space.create_wider")
	check.Require(s.ApproveFirstN >= 0 && s.ApproveFirstN <= maxPerApprove, "approve_first_n", "space.create_value")
	_, err := time.LoadLocation(s.TimeZone)
	check.Require(err == nil, "time_zone", "space.create_value")
	return check.Err()
}

// Create opens a space with the first version of its agreement (Markdown). It fills id, state, version and time.
// It is for setting Samhold up; no page calls it.
func (s *Service) Create(ctx context.Context, sp Space, agreement string) (Space, error) {
	if sp.TimeZone == "" {
		sp.TimeZone = "Europe/Copenhagen"
	}
	sp.ID, sp.State, sp.Version = id.New(), StateOpen, 1
	if sp.CreatedAt.IsZero() {
		sp.CreatedAt = s.Clock.Now()
	}
	if err := sp.Validate(); err != nil {
		return Space{}, err
	}
	return sp, s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.AddSpace(ctx, &sp); err != nil {
			return err
		}
		return s.addAgreement(ctx, sp.ID, 1, agreement, sp.CreatedAt)
	})
}

func (s *Service) addAgreement(ctx context.Context, spaceID string, version int, body string, at time.Time) error {
	html, err := markup.Render(body)
	if err != nil {
		return err
	}
	ok, err := s.Store.AddAgreement(ctx, &Agreement{
		ID: id.New(), SpaceID: spaceID, Version: version, Body: body, BodyHTML: html, CreatedAt: at,
	})
	if err == nil && !ok {
		err = fault.Stale()
	}
	return err
}

// Enrolment is a membership that Samhold is set up with.
type Enrolment struct {
	Account  string
	Space    string
	Alias    string
	Role     string // empty: member
	At       time.Time
	Left     time.Time // zero: still there
	Accepts  bool      // the newest agreement
	Approved int       // posts approved so far
}

// Enrol makes a membership without asking the person: for the demo and for setting Samhold up. A taken or unfit
// alias is an error.
func (s *Service) Enrol(ctx context.Context, e Enrolment) (Membership, error) {
	if e.Role == "" {
		e.Role = RoleMember
	}
	alias, err := CleanAlias(e.Alias, e.Role != RoleMember)
	if err != nil {
		return Membership{}, err
	}
	m := Membership{
		ID: id.New(), AccountID: e.Account, SpaceID: e.Space, Alias: alias, AliasSkeleton: Skeleton(alias),
		Role: e.Role, State: Active, ApprovedCount: e.Approved, CreatedAt: e.At,
	}
	if !e.Left.IsZero() {
		m.State, m.LeftAt = Left, &e.Left
	}
	return m, s.Tx.InTx(ctx, func(ctx context.Context) error {
		taken, err := s.taken(ctx, e.Space, []string{m.AliasSkeleton})
		if err != nil {
			return err
		}
		if len(taken) > 0 {
			return fault.New(fault.Conflict, "space.alias_taken")
		}
		ok, err := s.Store.AddMembership(ctx, &m)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Conflict, "space.alias_taken")
		}
		if !e.Accepts {
			return nil
		}
		newest, err := s.Store.NewestAgreement(ctx, e.Space)
		if err != nil {
			return err
		}
		return s.Store.Accept(ctx, e.Account, e.Space, newest.ID, e.At)
	})
}

// Suggest returns up to n free aliases for the space, made by chance: they say nothing about anybody.
func (s *Service) Suggest(ctx context.Context, a account.Actor, spaceID string, n int) ([]string, error) {
	if _, err := s.Store.View(ctx, a, spaceID); err != nil {
		return nil, err
	}
	names := drawAliases(3 * n)
	skeletons := make([]string, len(names))
	for i, name := range names {
		skeletons[i] = Skeleton(name)
	}
	taken, err := s.taken(ctx, spaceID, skeletons)
	if err != nil {
		return nil, err
	}
	return free(names, skeletons, taken, n), nil
}
