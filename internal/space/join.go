package space

import (
	"context"
	"crypto/sha256"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// Entry is the form with which somebody enters a space.
type Entry struct {
	Alias     string
	SameAlias bool   // they know that they use the alias elsewhere and want it all the same
	Accepts   bool   // the agreement
	Agreement string // id of the agreement that they read
	Code      string // of an invitation
}

// Join makes the actor a member under an alias of this space alone, or lets them back in under the one they had.
// Faults name the fields alias, accept and code.
func (s *Service) Join(ctx context.Context, a account.Actor, spaceID string, e Entry) error {
	v, err := s.Store.View(ctx, a, spaceID)
	if err != nil {
		return err
	}
	if h := MayEnter(a, &v.Space, v.Standing); h != "" && h != HinderedInvitation {
		return fault.New(fault.Forbidden, "space.hindered_"+string(h))
	}
	returns := v.Standing.State == Left
	m, err := s.newMember(ctx, a, &v, e)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		if returns {
			if err := s.Store.SetState(ctx, a.Account, spaceID, []string{Left}, Active, nil); err != nil {
				return err
			}
		} else {
			if v.Space.JoinPolicy == JoinByInvite {
				if err := s.useInvitation(ctx, spaceID, e.Code, now); err != nil {
					return err
				}
			}
			m.CreatedAt = now
			ok, err := s.Store.AddMembership(ctx, m)
			if err != nil {
				return err
			}
			if !ok {
				return fieldFault("alias", "space.alias_taken")
			}
		}
		return s.Store.Accept(ctx, a.Account, spaceID, e.Agreement, now)
	})
}

// newMember checks the form and returns the membership that it asks for; nil for somebody who comes back.
func (s *Service) newMember(ctx context.Context, a account.Actor, v *View, e Entry) (*Membership, error) {
	newest, err := s.Store.NewestAgreement(ctx, v.Space.ID)
	if err != nil {
		return nil, err
	}
	var check fault.Check
	var m *Membership
	if v.Standing.State != Left {
		alias, err := CleanAlias(e.Alias, a.CanIn(account.ReadSpace, v.Space.ID))
		if err := check.AddError("alias", err); err != nil {
			return nil, err
		}
		if err == nil {
			m = &Membership{
				ID: id.New(), AccountID: a.Account, SpaceID: v.Space.ID, Alias: alias, AliasSkeleton: Skeleton(alias),
				Role: roleOf(a, v.Space.ID), State: Active,
			}
			if err := check.AddError("alias", s.checkFree(ctx, m, e.SameAlias)); err != nil {
				return nil, err
			}
		}
		check.Require(v.Space.JoinPolicy != JoinByInvite || e.Code != "", "code", "space.code_missing")
	}
	check.Require(e.Accepts, "accept", "space.accept_missing")
	check.Require(!e.Accepts || e.Agreement == newest.ID, "accept", "space.accept_changed")
	return m, check.Err()
}

func (s *Service) checkFree(ctx context.Context, m *Membership, same bool) error {
	taken, err := s.taken(ctx, m.SpaceID, []string{m.AliasSkeleton})
	if err != nil {
		return err
	}
	if len(taken) > 0 {
		return fault.New(fault.Invalid, "space.alias_taken")
	}
	if same {
		return nil
	}
	used, err := s.Store.UsesElsewhere(ctx, m.AccountID, m.SpaceID, m.AliasSkeleton)
	if err != nil {
		return err
	}
	if used {
		return fault.New(fault.Invalid, AliasElsewhere)
	}
	return nil
}

// AliasElsewhere is the key of the warning, given once and to the person alone, that they use an alias in
// another space as well: others could guess that it is the same person.
const AliasElsewhere = "space.alias_elsewhere"

// roleOf is the badge of a new member: staff for those who moderate the space, facilitator for those who lead it.
func roleOf(a account.Actor, spaceID string) string {
	switch {
	case a.CanIn(account.Moderate, spaceID):
		return RoleStaff
	case a.CanIn(account.LeadSpace, spaceID):
		return RoleFacilitator
	}
	return RoleMember
}

// Accept notes that the actor accepts the space's agreement, which they must have read in its newest version.
func (s *Service) Accept(ctx context.Context, a account.Actor, spaceID, agreementID string, accepts bool) error {
	v, err := s.Store.View(ctx, a, spaceID)
	if err != nil {
		return err
	}
	if !v.Standing.Inside() {
		return fault.Missing()
	}
	newest, err := s.Store.NewestAgreement(ctx, spaceID)
	if err != nil {
		return err
	}
	if !accepts {
		return fieldFault("accept", "space.accept_missing")
	}
	if agreementID != newest.ID {
		return fieldFault("accept", "space.accept_changed")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		return s.Store.Accept(ctx, a.Account, spaceID, newest.ID, s.Clock.Now())
	})
}

// Leave ends the actor's membership. What they wrote stays, and their alias stays theirs: nobody else can take
// it, and they get it back when they return.
func (s *Service) Leave(ctx context.Context, a account.Actor, spaceID string) error {
	v, err := s.Store.View(ctx, a, spaceID)
	if err != nil {
		return err
	}
	if v.Standing.State != Active {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		now := s.Clock.Now()
		return s.Store.SetState(ctx, a.Account, spaceID, []string{Active}, Left, &now)
	})
}

func (s *Service) useInvitation(ctx context.Context, spaceID, code string, now time.Time) error {
	err := s.Store.TakeInvitation(ctx, spaceID, codeHash(code), now)
	if fault.Is(err, fault.NotFound) {
		return fieldFault("code", "space.code_wrong")
	}
	return err
}

func codeHash(code string) []byte {
	sum := sha256.Sum256([]byte(code))
	return sum[:]
}

func fieldFault(field, key string) error {
	var check fault.Check
	check.Add(field, key)
	return check.Err()
}
