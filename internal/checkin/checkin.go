// Package checkin is the agreement that a member says a word at a time. It is proposed by somebody on duty, or asked for
// by the member, and holds only once the member has said yes. A word that does not come calls those on duty. It must never
// be imposed on anybody, lose one that was not answered, or take silence while the house was down for silence.
package checkin

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/intake"
	"samhold/internal/message"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// State is where a check-in stands.
type State string

// The states.
const (
	Proposed State = "proposed" // the member has not said yes; nothing follows from silence
	Agreed   State = "agreed"
	Answered State = "answered"
	Missed   State = "missed" // those on duty were called; an answer may still come
	Ended    State = "ended"  // declined, taken back, or never answered as a proposal
)

// Waits reports whether something is still to come; at most one check-in of an account waits.
func (s State) Waits() bool { return s == Proposed || s == Agreed }

// Answer is the word that a member says.
type Answer string

// The answers; the first two are the buttons, with texts check_in.answer_CODE.
const (
	Here  Answer = "here"
	Hard  Answer = "hard"  // they want to talk with somebody: like the button for help
	Wrote Answer = "wrote" // they wrote to those on duty instead
)

// Early is how long before the time a word counts as the answer.
const Early = 2 * time.Hour

// CheckIn is one agreement of one member for one time.
type CheckIn struct {
	ID         string `gorm:"primaryKey"`
	AccountID  string
	SpaceID    *string // whose staff look after it; nil: everybody who works cases
	StaffID    *string // who proposed it; nil: the member
	State      State
	Version    int
	DueAt      time.Time
	Grace      int // minutes from the reminder until it counts as missed
	Days       int // how many more days follow
	NoteSealed []byte
	KeyID      string
	NextAt     *time.Time // when the sweep looks at it
	RemindedAt *time.Time
	Answer     Answer
	CreatedAt  time.Time
	AgreedAt   *time.Time // when the member said yes
	MissedAt   *time.Time
	OverAt     *time.Time // when it was answered, also too late, or ended
}

// TableName implements GORM's naming.
func (CheckIn) TableName() string { return "check_in" }

// Deadline is the moment at which it counts as missed, if nothing is heard.
func (c *CheckIn) Deadline() time.Time {
	if c.RemindedAt != nil && c.RemindedAt.After(c.DueAt) {
		return c.RemindedAt.Add(c.grace())
	}
	return c.DueAt.Add(c.grace())
}

// Answerable reports whether the member can answer it at that moment. One that was missed can still be answered.
func (c *CheckIn) Answerable(at time.Time) bool {
	switch c.State {
	case Agreed:
		return !at.Before(c.DueAt.Add(-Early))
	case Missed:
		return c.Answer == ""
	case Proposed, Answered, Ended:
	}
	return false
}

// listens is from when on a message counts as the word that was agreed on: what was said before the yes does not.
func (c *CheckIn) listens() time.Time {
	from := c.DueAt.Add(-Early)
	if c.AgreedAt != nil && c.AgreedAt.After(from) {
		return *c.AgreedAt
	}
	return from
}

func (c *CheckIn) grace() time.Duration { return time.Duration(c.Grace) * time.Minute }

func (c *CheckIn) place() seal.Place {
	return seal.Place{Table: "check_in", Column: "note_sealed", Row: c.ID}
}

// settle ends the waiting.
func (c *CheckIn) settle(state State, answer Answer, now time.Time) {
	c.State, c.Answer, c.OverAt, c.NextAt = state, answer, &now, nil
}

// Desk is what the crisis desk does for check-ins.
type Desk interface {
	// Missed opens or raises the account's one case, because the agreed word did not come.
	Missed(ctx context.Context, in intake.Submission) error
	// Heard writes into the open case of the account, if there is one, that they were heard of, and tells who has it.
	Heard(ctx context.Context, accountID, kind string) error
	// Press is the button "Jeg har brug for hjælp nu".
	Press(ctx context.Context, actor account.Actor, where crisis.Where) error
	// Callable returns those on duty in the space, else everybody who works cases there.
	Callable(ctx context.Context, spaceID, about string) ([]string, error)
	// Everybody returns everybody who works cases in the space.
	Everybody(ctx context.Context, spaceID, about string) ([]string, error)
}

// Talk is what the conversations between members and staff know.
type Talk interface {
	// Whose returns whose conversation it is and in which space the actor has it; NotFound beyond the actor's scope.
	Whose(ctx context.Context, actor account.Actor, d message.Door) (accountID, spaceID string, err error)
	// Here is the space whose staff look after what the actor asks for.
	Here(ctx context.Context, actor account.Actor, spaceID string) (message.Place, error)
}

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// The kinds of notice: to the member, that there is a proposal, that it is time, and that it is off; to whoever proposed
// it, that something was heard of it.
const (
	NoticeProposed = "check_in_proposed"
	NoticeDue      = "check_in_due"
	NoticeEnded    = "check_in_ended"
	NoticeHeard    = "check_in_heard" // names the check-in
	NoticeLeft     = "check_in_left"
)

// Scope says which check-ins somebody on duty may know of. Stores put it into the WHERE clause.
type Scope struct {
	Everywhere bool
	Spaces     []string // those of these spaces, and those of everybody's
	Account    string   // never one's own
}

func scopeOf(actor account.Actor) Scope {
	everywhere, spaces := actor.Reach(account.WorkCases)
	return Scope{Everywhere: everywhere, Spaces: spaces, Account: actor.Account}
}

// Store is what check-ins keep. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// Add saves c; Stale when one of the account's waits already.
	Add(ctx context.Context, c *CheckIn) error
	// Lock returns a check-in, locked, or NotFound.
	Lock(ctx context.Context, id string) (*CheckIn, error)
	// Within returns a check-in within the scope, or NotFound; inside a transaction it is locked.
	Within(ctx context.Context, scope Scope, id string) (*CheckIn, error)
	// NewestWithin returns the newest check-in of the account within the scope, or NotFound.
	NewestWithin(ctx context.Context, scope Scope, accountID string) (*CheckIn, error)
	// Own returns the account's check-in that waits, else its newest, or NotFound.
	Own(ctx context.Context, accountID string) (*CheckIn, error)
	// Update saves c if its version is still the one given, and counts the version up; else Stale.
	Update(ctx context.Context, c *CheckIn, version int) error
	// Due returns check-ins that are to be looked at now.
	Due(ctx context.Context, now time.Time, limit int) ([]string, error)
	// WroteSince reports whether the account has written to those on duty since then.
	WroteSince(ctx context.Context, accountID string, since time.Time) (bool, error)
	// Membership returns the account's membership of a space, or empty.
	Membership(ctx context.Context, accountID, spaceID string) (string, error)
	// StaffNames returns what members of staff are called, by account.
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
}

// Deps are what check-ins are built from; all are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Desk     Desk
	Talk     Talk
	Notifier Notifier
	Audit    *audit.Log
	Vault    *vault.Vault
	Zone     *time.Location // of the clock on the wall
}

// Service does everything with check-ins. It is safe for concurrent use.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

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
