// Package message is the private conversation between a member and those on duty. A member may write at any time,
// also when nobody is there; each message is assessed in the transaction that saves it, and must reach a person. It
// must never let a member write to a member, show staff more than the alias of a space that they serve, or say that
// somebody is there who is not.
package message

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/intake"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Thread is one member's conversation with those on duty.
type Thread struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	RemindAt  *time.Time // when somebody is told again that a message waits
	CreatedAt time.Time
}

// TableName implements GORM's naming.
func (Thread) TableName() string { return "thread" }

// Message is one message of a conversation. It is sealed for the member's account, whoever wrote it.
type Message struct {
	ID         string `gorm:"primaryKey"`
	ThreadID   string
	AccountID  string  // the member's
	SpaceID    *string // whose staff read it; nil: everybody who works cases
	StaffID    *string // who wrote it; nil: the member
	BodySealed []byte
	KeyID      string
	CreatedAt  time.Time
	OpenedAt   *time.Time // of the member's: when somebody on duty opened it
	SettledAt  *time.Time // of the member's: when it was answered, or needed no answer
	ReadAt     *time.Time // of the staff's: when the member read it
}

// TableName implements GORM's naming.
func (Message) TableName() string { return "message" }

func (m *Message) place() seal.Place {
	return seal.Place{Table: "message", Column: "body_sealed", Row: m.ID}
}

// Line is a message as its reader sees it.
type Line struct {
	Message
	Text string
	Name string // of the staff who wrote it, empty for the member's own
	New  bool   // its reader sees it for the first time
}

// Staffs reports whether somebody on duty wrote it.
func (l Line) Staffs() bool { return l.StaffID != nil }

// Desk is what the crisis desk does for conversations.
type Desk interface {
	// Subject returns whose case it is and in which space the actor works it, empty for none; NotFound beyond the
	// actor's scope, and for the case of a guest.
	Subject(ctx context.Context, actor account.Actor, caseID string) (accountID, spaceID string, err error)
	// OpenFor returns the open case of the account that the actor may work, or empty.
	OpenFor(ctx context.Context, actor account.Actor, accountID string) (caseID string, err error)
	// OwnSpace returns the space of what the actor wrote last to their own open case, or empty.
	OwnSpace(ctx context.Context, actor account.Actor) (string, error)
	// Reached records that the actor writes to the person of an open case, which is a human contact; Conflict when
	// somebody else has the case in their hands. Of a closed case it is nothing.
	Reached(ctx context.Context, actor account.Actor, caseID string) error
	// ThreadOpened records that the actor read the conversation of the case.
	ThreadOpened(ctx context.Context, actor account.Actor, caseID string) error
	// Unheard opens a case of the account, because a message of theirs was opened by nobody for too long.
	Unheard(ctx context.Context, text intake.Submission) error
	// Callable returns who is told of a message: those on duty in the space, else everybody who works cases there; an
	// empty space is any.
	Callable(ctx context.Context, spaceID, about string) ([]string, error)
	// Everybody returns everybody who works cases in the space, on duty or not.
	Everybody(ctx context.Context, spaceID, about string) ([]string, error)
}

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// The kinds of notice that conversations make: to staff, that a message waits; to the member, that there is an answer.
const (
	NoticeWaits  = "message_waits" // names the thread
	NoticeAnswer = "message_answer"
)

// Deps are what conversations are built from; all are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Intake   intake.Port
	Desk     Desk
	Notifier Notifier
	Audit    *audit.Log
	Vault    *vault.Vault
}

// Service does everything with conversations. It is safe for concurrent use.
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
