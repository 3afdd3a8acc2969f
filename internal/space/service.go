package space

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/tx"
)

// Store is what the service needs of the database. What the actor may not see is fault.NotFound.
type Store interface {
	// Cards are the spaces that the actor may see, in their fixed order.
	Cards(ctx context.Context, a account.Actor) ([]Card, error)
	// View is one space that the actor may see.
	View(ctx context.Context, a account.Actor, id string) (View, error)
	// NewestAgreement is the agreement that holds in the space now.
	NewestAgreement(ctx context.Context, spaceID string) (Agreement, error)
	// Shifts are those of the space's moderators that end after the given moment, the first to begin first.
	Shifts(ctx context.Context, spaceID string, at time.Time, limit int) ([]Shift, error)
	// UsesElsewhere reports whether the account has an alias with this skeleton in another space.
	UsesElsewhere(ctx context.Context, accountID, spaceID, skeleton string) (bool, error)
	// Taken are those of the skeletons that members of the space have, and those of the prints that are retired there.
	// An alias that is retired meanwhile is in one of them.
	Taken(ctx context.Context, spaceID string, skeletons []string, prints [][]byte) (used []string, retired [][]byte, err error)
	// AddMembership saves a new membership. ok is false when its alias is taken or the account has one already.
	AddMembership(ctx context.Context, m *Membership) (ok bool, err error)
	// SetState moves a membership of the account in the space from one of the states to another.
	SetState(ctx context.Context, accountID, spaceID string, from []string, to string, leftAt *time.Time) error
	// Accept notes that the account's membership of the space accepted the agreement; again is no error.
	Accept(ctx context.Context, accountID, spaceID, agreementID string, at time.Time) error
	// TakeInvitation uses up an invitation of the space that is still good; NotFound otherwise.
	TakeInvitation(ctx context.Context, spaceID string, tokenHash []byte, at time.Time) error
	AddInvitation(ctx context.Context, i *Invitation) error
	AddSpace(ctx context.Context, s *Space) error
	// AddAgreement saves a version of an agreement. ok is false when the space has that version already.
	AddAgreement(ctx context.Context, a *Agreement) (ok bool, err error)
	// Offers are the space's invitations that can still be used, the newest first.
	Offers(ctx context.Context, spaceID string, at time.Time) ([]Offer, error)
	// DropInvitation forgets an invitation of the space that nobody has used; NotFound otherwise.
	DropInvitation(ctx context.Context, spaceID, invitationID string) error

	retireStore
}

// Auditor writes what staff did into the log, inside the transaction.
type Auditor interface {
	Append(ctx context.Context, e audit.Event) error
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Audit    Auditor
	AliasKey [32]byte // of the prints of retired aliases; one key for as long as the installation lives
}

// Service does everything with spaces and memberships.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// Overview is the spaces that a person may see: theirs, and the others that they may enter.
type Overview struct {
	Mine   []Card
	Others []Card
}

// Overview lists the actor's spaces and the others that the actor may enter, each in the fixed order of spaces.
func (s *Service) Overview(ctx context.Context, a account.Actor) (Overview, error) {
	cards, err := s.Store.Cards(ctx, a)
	if err != nil {
		return Overview{}, err
	}
	var o Overview
	for _, c := range cards {
		switch {
		case c.Standing.Inside():
			o.Mine = append(o.Mine, c)
		case MayEnter(a, &c.Space, c.Standing) == "" || a.CanIn(account.ReadSpace, c.Space.ID):
			o.Others = append(o.Others, c)
		}
	}
	return o, nil
}

// Show returns a space that the actor may read.
func (s *Service) Show(ctx context.Context, a account.Actor, id string) (View, error) {
	v, err := s.Store.View(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	if !MayRead(a, &v.Space, v.Standing) {
		return View{}, fault.Missing()
	}
	return v, nil
}

// About is everything that a person should know before they enter a space.
type About struct {
	View
	DescriptionHTML string
	Agreement       Agreement
	Now             []Shift // on duty at this moment
	Next            *Shift  // the first one after that; nil when none is planned
	Hindrance       Hindrance
	MayRead         bool
}

// About returns a space that the actor may see, with its agreement and who is on duty.
func (s *Service) About(ctx context.Context, a account.Actor, id string) (About, error) {
	v, err := s.Store.View(ctx, a, id)
	if err != nil {
		return About{}, err
	}
	about := About{View: v, Hindrance: MayEnter(a, &v.Space, v.Standing), MayRead: MayRead(a, &v.Space, v.Standing)}
	if about.Agreement, err = s.Store.NewestAgreement(ctx, id); err != nil {
		return About{}, err
	}
	if about.DescriptionHTML, err = markup.Render(v.Space.Description); err != nil {
		return About{}, err
	}
	now := s.Clock.Now()
	shifts, err := s.Store.Shifts(ctx, id, now, 10)
	if err != nil {
		return About{}, err
	}
	for i := range shifts {
		if !shifts[i].StartsAt.After(now) {
			about.Now = append(about.Now, shifts[i])
		} else if about.Next == nil {
			about.Next = &shifts[i]
		}
	}
	return about, nil
}
