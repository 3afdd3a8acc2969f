package account

import (
	"context"
	"time"

	"samhold/internal/id"
)

// OpeningKind says what was opened; the texts are opening.KIND.
type OpeningKind string

// What can have been opened.
const (
	OpenedContact OpeningKind = "contact" // the way to find a person that they gave in an emergency
	OpenedPlan    OpeningKind = "plan"    // the safety plan that they share
)

const openingsShown = 20

// Opening is that somebody of the team opened what a person had sealed. Only that person sees it: which role and which
// day, not who.
type Opening struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	Kind      OpeningKind
	Role      Role
	OpenedOn  time.Time // the day in UTC
}

type openingStore interface {
	AddOpening(ctx context.Context, o *Opening) error
	// Openings lists the account's openings, newest first.
	Openings(ctx context.Context, accountID string, limit int) ([]Opening, error)
}

// NoteOpening lets the account's owner see that somebody with the role opened what they had sealed, and on which day. It
// joins the transaction of ctx.
func (s *Service) NoteOpening(ctx context.Context, accountID string, kind OpeningKind, role Role, on time.Time) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.store.AddOpening(ctx, &Opening{
			ID: id.New(), AccountID: accountID, Kind: kind, Role: role, OpenedOn: on.UTC().Truncate(24 * time.Hour),
		})
	})
}

// Openings lists what the team opened of what the actor had sealed, newest first.
func (s *Service) Openings(ctx context.Context, actor Actor) ([]Opening, error) {
	return s.store.Openings(ctx, actor.Account, openingsShown)
}
