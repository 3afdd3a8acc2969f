package account

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/recovery"
)

// StaffGranted is the audited giving of a role; its code is the role.
const StaffGranted audit.Action = "staff_granted"

// StaffEnded is the audited end of a role; its code is the role.
const StaffEnded audit.Action = "staff_ended"

// linkLasts is how long new staff have to use their first link.
const linkLasts = 24 * time.Hour

// maxStaffName is in characters.
const maxStaffName = 60

// NewStaff is somebody who is to work here.
type NewStaff struct {
	Role      Role
	SpaceID   string // empty for every space
	StaffName string // what they are called among staff
	Locale    string
	GrantedBy string // the account that grants it, empty for the command line
}

// Invited is how new staff come in: Token is printed once and never stored.
type Invited struct {
	AccountID string
	Name      string // to sign in with
	Token     string
	Until     time.Time
}

// StaffGrant is a Grant as it is stored.
type StaffGrant struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	Role      Role
	SpaceID   *string
	StartsAt  time.Time
	EndsAt    *time.Time
	GrantedBy *string
	CreatedAt time.Time
}

// SigninLink is a one-time link as it is stored.
type SigninLink struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	TokenHash []byte
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

type staffStore interface {
	AddGrant(ctx context.Context, g *StaffGrant) error
	AddLink(ctx context.Context, l *SigninLink) error
	// LinkOwner returns the active account of the unused link with this hash that holds now.
	LinkOwner(ctx context.Context, tokenHash []byte, now time.Time) (Account, error)
	// UseLink marks that link as used and returns its account.
	UseLink(ctx context.Context, tokenHash []byte, now time.Time) (Account, error)
}

// AddStaff makes an account with a role and a link to come in with. An unknown role or a missing name is an
// Invalid fault.
func (s *Service) AddStaff(ctx context.Context, n NewStaff) (Invited, error) {
	n.StaffName = strings.TrimSpace(n.StaffName)
	var check fault.Check
	check.Require(slices.Contains(Roles, n.Role), "role", "staff.role")
	check.Require(n.StaffName != "" && utf8.ValidString(n.StaffName) && !strings.ContainsRune(n.StaffName, 0) &&
		utf8.RuneCountInString(n.StaffName) <= maxStaffName, "staff_name", "staff.name")
	if err := check.Err(); err != nil {
		return Invited{}, err
	}
	name, err := s.IssueName(ctx)
	if err != nil {
		return Invited{}, err
	}
	now, token := s.clock.Now(), newToken()
	a := Account{ID: id.New(), Name: name, Locale: n.Locale, StaffName: n.StaffName, State: Active, CreatedAt: now}
	link := &SigninLink{
		ID: id.New(), AccountID: a.ID, TokenHash: hashToken(token), CreatedAt: now, ExpiresAt: now.Add(linkLasts),
	}
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		added, err := s.store.AddAccount(ctx, &a)
		if err != nil {
			return err
		}
		if !added {
			return fault.New(fault.Conflict, "join.name_taken")
		}
		if err := s.store.AddLink(ctx, link); err != nil {
			return err
		}
		return s.Grant(ctx, a.ID, n.Role, n.SpaceID, n.GrantedBy)
	})
	return Invited{AccountID: a.ID, Name: name, Token: token, Until: link.ExpiresAt}, err
}

// Grant gives an account a role from now on: for one space, or for every space when spaceID is empty. grantedBy is
// empty for the command line. It joins the transaction of ctx, as its last step: it holds the end of the audit log.
func (s *Service) Grant(ctx context.Context, accountID string, role Role, spaceID, grantedBy string) error {
	now := s.clock.Now()
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		err := s.store.AddGrant(ctx, &StaffGrant{
			ID: id.New(), AccountID: accountID, Role: role, SpaceID: optional(spaceID), StartsAt: now,
			GrantedBy: optional(grantedBy), CreatedAt: now,
		})
		if err != nil {
			return err
		}
		return s.audit.Append(ctx, audit.Event{
			At: now, Actor: grantedBy, Action: StaffGranted, ObjectKind: "account", ObjectID: accountID,
			SpaceID: spaceID, Code: string(role),
		})
	})
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// LinkOwner returns the sign-in name that the link with this token is for; NotFound when it was used or is too old.
func (s *Service) LinkOwner(ctx context.Context, token string) (string, error) {
	a, err := s.store.LinkOwner(ctx, hashToken(token), s.clock.Now())
	return a.Name, err
}

// UseLink uses the link up, sets the passphrase, gives recovery codes and begins a session.
func (s *Service) UseLink(ctx context.Context, token, plain string) (Joined, error) {
	now := s.clock.Now()
	owner, err := s.store.LinkOwner(ctx, hashToken(token), now)
	if err != nil {
		return Joined{}, err
	}
	if err := checkPassphrase("passphrase", plain, owner.Name); err != nil {
		return Joined{}, err
	}
	hash, err := s.passphrase.Hash(ctx, plain)
	if err != nil {
		return Joined{}, err
	}
	codes, err := recovery.New(rand.Reader)
	if err != nil {
		return Joined{}, err
	}
	joined := Joined{AccountID: owner.ID, Codes: codes}
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.store.UseLink(ctx, hashToken(token), now); err != nil {
			return err
		}
		if err := s.store.SetCodes(ctx, owner.ID, s.hashCodes(codes), now); err != nil {
			return err
		}
		if joined.Token, err = s.renew(ctx, owner.ID, hash, now); err != nil {
			return err
		}
		return s.trace(ctx, owner.ID, StaffEntered, byLink)
	})
	return joined, err
}
