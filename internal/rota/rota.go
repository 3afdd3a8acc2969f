// Package rota is who is on duty when: shifts on the clock of the wall, weekly patterns, absences, swaps, and the hours
// in which nobody is there. It knows staff by what they are called among staff, and nothing of members, texts or cases.
// It must never count somebody as on duty who has no role there at that moment, nor let an hour become uncovered
// without saying so.
package rota

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/tx"
)

// Shift is when somebody is on duty.
type Shift struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	SpaceID   *string // null: all spaces that they serve
	StartsAt  time.Time
	EndsAt    time.Time
	PatternID *string // the weekly pattern that made it
	AskedAt   *time.Time
	CreatedAt time.Time
}

// Span is the time of the shift.
func (s Shift) Span() Span { return Span{s.StartsAt, s.EndsAt} }

// Planned is a shift as the rota page shows it.
type Planned struct {
	Shift
	Name      string // among staff
	SpaceName string // empty for all spaces that they serve
	Serves    bool   // they have a role there that works cases, as long as the shift lasts
	SwapID    string // of an open offer; empty if there is none
	SwapFor   string // the name of whom it is offered to; empty for anybody
	SwapToID  string
}

// Pattern is a shift that comes again every week, or every so many weeks.
type Pattern struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	SpaceID   *string
	FirstDay  Day
	LastDay   *Day // null: until further notice
	Starts    Minute
	Ends      Minute // not after Starts: on the next day
	Weeks     int    // 1: every week
	PlannedTo Day    // shifts are made up to and with that day
	CreatedAt time.Time
}

// TableName implements GORM's naming.
func (Pattern) TableName() string { return "shift_pattern" }

// Repeated is a pattern as the rota page shows it.
type Repeated struct {
	Pattern
	Name      string
	SpaceName string
}

// Absence is a time in which somebody is not there. Why is nobody's business here.
type Absence struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	StartsAt  time.Time
	EndsAt    time.Time
	CreatedAt time.Time
	Name      string `gorm:"->"` // among staff
}

// TableName implements GORM's naming.
func (Absence) TableName() string { return "staff_absence" }

// Span is the time of the absence.
func (a Absence) Span() Span { return Span{a.StartsAt, a.EndsAt} }

// Vacancy is a shift, or a part of one, that lost its person to an absence and waits for somebody to take it.
type Vacancy struct {
	ID        string `gorm:"primaryKey"`
	SpaceID   *string
	StartsAt  time.Time
	EndsAt    time.Time
	AccountID *string // whose it was
	AbsenceID *string
	PatternID *string
	CreatedAt time.Time
	Name      string `gorm:"->"` // whose it was, among staff
	SpaceName string `gorm:"->"`
}

// TableName implements GORM's naming.
func (Vacancy) TableName() string { return "shift_vacancy" }

// Swap is an offer of a shift. Until somebody accepts it, whoever offers it has the shift.
type Swap struct {
	ID         string `gorm:"primaryKey"`
	ShiftID    string
	FromID     string
	ToID       *string // null: anybody who works there
	State      string  // offered, accepted, withdrawn
	CreatedAt  time.Time
	AnsweredAt *time.Time
	AnsweredBy *string
}

// TableName implements GORM's naming.
func (Swap) TableName() string { return "shift_swap" }

// Served is a stretch in which somebody could be on duty: a shift, cut to the time in which they have a role there that
// works cases.
type Served struct {
	AccountID string
	SpaceID   string // of the shift, or of the role, whichever is narrower; empty for all spaces
	Span
}

// Person is somebody who can be on duty.
type Person struct {
	ID   string
	Name string
}

// Space is a space's name.
type Space struct {
	ID   string
	Name string
}

// Reach says for which spaces somebody sees or plans shifts.
type Reach struct {
	Everywhere bool
	Spaces     []string
}

func reachOf(a account.Actor, c account.Capability) Reach {
	everywhere, spaces := a.Reach(c)
	return Reach{Everywhere: everywhere, Spaces: spaces}
}

// covers reports whether the reach takes in a shift for the space, or for all spaces when it is empty.
func (r Reach) covers(spaceID string) bool { return r.Everywhere || slices.Contains(r.Spaces, spaceID) }

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// The kinds of notice that the rota makes.
const (
	NoticeOffered  = "shift_offered"  // a colleague offers a shift
	NoticeAccepted = "shift_accepted" // a colleague took the shift that was offered
	NoticeVacant   = "shift_vacant"   // a shift lost its person
)

// Deps are what the service stands on; all are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Audit    *audit.Log
	Notifier Notifier
	Zone     *time.Location // of the clock on the wall
	// Changed is called inside the transaction of every change, before it is audited: deadlines may count the hours in
	// which somebody is on duty.
	Changed func(ctx context.Context) error
	// Unreachable are those of the accounts whom nothing calls while they are not signed in.
	Unreachable func(ctx context.Context, accountIDs []string) ([]string, error)
}

// Service plans and answers who is on duty.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// change runs fn, lets others know that the rota changed, and audits it, in one transaction.
func (s *Service) change(ctx context.Context, a account.Actor, action audit.Action, fn func(ctx context.Context) (objectID, spaceID string, err error)) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		objectID, spaceID, err := fn(ctx)
		if err != nil {
			return err
		}
		if err := s.Changed(ctx); err != nil {
			return err
		}
		return s.Audit.Append(ctx, audit.Event{
			At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: "shift", ObjectID: objectID, SpaceID: spaceID,
		})
	})
}

// Served returns the stretches in which somebody is on duty in one of the spaces, or anywhere, without counting one
// account, as they are planned: two may overlap, and they may begin before or end after what was asked for.
func (s *Service) Served(ctx context.Context, spaces []string, anywhere bool, without string, from, to time.Time) ([]Span, error) {
	served, err := s.Store.Served(ctx, from, to, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	var spans []Span
	for _, on := range served {
		if on.AccountID != without && (anywhere || on.SpaceID == "" || slices.Contains(spaces, on.SpaceID)) {
			spans = append(spans, on.Span)
		}
	}
	return spans, nil
}

// Staffed returns when somebody is on duty in one of the spaces, or anywhere, without counting one account: the
// stretches in order, apart from one another.
func (s *Service) Staffed(ctx context.Context, spaces []string, anywhere bool, without string, from, to time.Time) ([]Span, error) {
	spans, err := s.Served(ctx, spaces, anywhere, without, from, to)
	return Intersect(spans, []Span{{from, to}}), err
}

// Uncovered is for how long nobody was on duty in a space, or in any when it is empty.
func (s *Service) Uncovered(ctx context.Context, spaceID string, from, to time.Time) (time.Duration, error) {
	staffed, err := s.Staffed(ctx, []string{spaceID}, spaceID == "", "", from, to)
	return Total(Subtract([]Span{{from, to}}, staffed)), err
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func missing() error { return fault.Missing() }
