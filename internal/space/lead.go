package space

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
)

// Invitation lets one person enter a space; its code is shown once and only its hash is kept.
type Invitation struct {
	ID        string `gorm:"primaryKey"`
	SpaceID   string
	TokenHash []byte
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

const invitationLasts = 14 * 24 * time.Hour

// Offer is an invitation that nobody has used yet, for those who lead the space. The code is not kept.
type Offer struct {
	ID        string
	Name      string // of who made it, among staff
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Desk is what those who lead a space can do with it.
type Desk struct {
	View
	Agreement Agreement
	Invites   bool // one enters by invitation
	MayAmend  bool
	Offers    []Offer
}

// MayLead reports whether the actor invites people into the space.
func MayLead(a account.Actor, spaceID string) bool { return a.CanIn(account.LeadSpace, spaceID) }

// MayAmend reports whether the actor gives the space a new agreement: a facilitator may be a peer, and does not.
func MayAmend(a account.Actor, spaceID string) bool {
	return MayLead(a, spaceID) && a.CanIn(account.Moderate, spaceID)
}

// Desk returns a space to those who lead it, NotFound to others.
func (s *Service) Desk(ctx context.Context, a account.Actor, spaceID string) (*Desk, error) {
	v, err := s.leading(ctx, a, spaceID)
	if err != nil {
		return nil, err
	}
	// A space that nobody but staff can see cannot be entered with a code either.
	d := &Desk{
		View: v, MayAmend: MayAmend(a, spaceID),
		Invites: v.Space.JoinPolicy == JoinByInvite && v.Space.SeePolicy != ForStaff,
	}
	if d.Agreement, err = s.Store.NewestAgreement(ctx, spaceID); err != nil {
		return nil, err
	}
	if d.Invites {
		d.Offers, err = s.Store.Offers(ctx, spaceID, s.Clock.Now())
	}
	return d, err
}

func (s *Service) leading(ctx context.Context, a account.Actor, spaceID string) (View, error) {
	v, err := s.Show(ctx, a, spaceID)
	if err == nil && !MayLead(a, spaceID) {
		err = fault.Missing()
	}
	return v, err
}

// Invite makes the code of an invitation that holds for 14 days and one person. It takes LeadSpace and is audited.
func (s *Service) Invite(ctx context.Context, a account.Actor, spaceID string) (string, error) {
	v, err := s.leading(ctx, a, spaceID)
	if err != nil {
		return "", err
	}
	if v.Space.JoinPolicy != JoinByInvite || v.Space.SeePolicy == ForStaff {
		return "", fault.New(fault.Conflict, "lead.not_invited")
	}
	code, now := rand.Text(), s.Clock.Now()
	i := &Invitation{
		ID: id.New(), SpaceID: spaceID, TokenHash: codeHash(code), CreatedBy: a.Account,
		CreatedAt: now, ExpiresAt: now.Add(invitationLasts),
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.AddInvitation(ctx, i); err != nil {
			return err
		}
		return s.record(ctx, a, "invitation_made", "invitation", i.ID, spaceID)
	})
	return code, err
}

// Revoke takes back an invitation that nobody has used, also one that a colleague made. It takes LeadSpace and is
// audited.
func (s *Service) Revoke(ctx context.Context, a account.Actor, spaceID, invitationID string) error {
	if _, err := s.leading(ctx, a, spaceID); err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.DropInvitation(ctx, spaceID, invitationID); err != nil {
			return err
		}
		return s.record(ctx, a, "invitation_revoked", "invitation", invitationID, spaceID)
	})
}

// maxAgreement is the longest agreement, in characters.
const maxAgreement = 12_000

// Amend gives the space a new version of its agreement, in Markdown: from then on members read it and accept it
// before they write again. version is the one that the person saw; a newer one is Stale. It is audited.
func (s *Service) Amend(ctx context.Context, a account.Actor, spaceID string, version int, body string) error {
	if _, err := s.leading(ctx, a, spaceID); err != nil {
		return err
	}
	if !MayAmend(a, spaceID) {
		return fault.Missing()
	}
	var check fault.Check
	body, err := markup.Clean(body)
	if err := check.AddError("body", err); err != nil {
		return err
	}
	body = strings.TrimSpace(body)
	check.Require(body != "", "body", "lead.agreement_empty")
	n := utf8.RuneCountInString(body)
	check.Require(n <= maxAgreement, "body", "topic.body_long", "Max", maxAgreement, "Now", n)
	if err := check.Err(); err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		newest, err := s.Store.NewestAgreement(ctx, spaceID)
		if err != nil {
			return err
		}
		if newest.Version != version {
			return fault.Stale()
		}
		if newest.Body == body {
			return fieldFault("body", "lead.agreement_same")
		}
		if err := s.addAgreement(ctx, spaceID, version+1, body, s.Clock.Now()); err != nil {
			return err
		}
		return s.record(ctx, a, "agreement_amended", "space", spaceID, spaceID)
	})
}

func (s *Service) record(ctx context.Context, a account.Actor, action audit.Action, kind, objectID, spaceID string) error {
	return s.Audit.Append(ctx, audit.Event{
		At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: kind, ObjectID: objectID, SpaceID: spaceID,
	})
}
