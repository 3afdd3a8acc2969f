// Package crisis is the desk for people in danger: it assesses every text, keeps the cases, shows the author a
// card and lets staff work a case from first signal to closing. It must never lower a level or close a case by
// itself, and nobody but the case's staff may learn from it that a case exists.
package crisis

import (
	"time"

	"samhold/internal/triage"
)

// State is where a case stands.
type State string

// The states of a case.
const (
	New          State = "new"           // nobody has been called yet
	Called       State = "paged"         // somebody is called, and nobody has taken it
	Unstaffed    State = "unstaffed"     // everybody was called, nobody answered; the calling goes on
	Acknowledged State = "acknowledged"  // somebody has it in their hands
	InContact    State = "in_contact"    // a human has written to the person or spoken with them
	Escalated    State = "escalated"     // more help is called
	HandedOver   State = "handed_over"   // to a colleague who has not received it yet
	FollowUpDue  State = "follow_up_due" // it is time to ask how it goes
	Monitoring   State = "monitoring"    // one person has closed a crisis, and nobody has signed yet
	Reopened     State = "reopened"      // it was closed, and is open again
	FalseAlarm   State = "false_alarm"   // closed: there was no danger
	Closed       State = "closed"
)

// States are all states.
var States = []State{
	New, Called, Unstaffed, Acknowledged, InContact, Escalated, HandedOver, FollowUpDue, Monitoring, Reopened, FalseAlarm, Closed,
}

// Open reports whether a case in this state is open.
func (s State) Open() bool { return s != Closed && s != FalseAlarm }

// Waits reports whether a case in this state waits for somebody to take it.
func (s State) Waits() bool {
	return s == New || s == Called || s == Unstaffed || s == Reopened || s == HandedOver || s == FollowUpDue
}

// calling reports whether people are being called to a case in this state, rung by rung.
func (s State) calling() bool {
	return s == New || s == Called || s == Reopened || s == Escalated
}

// Case is one person's crisis, from first signal to closing: at most one open per account or guest's concern.
// Only staff that serve one of its spaces see it; its own person never does.
type Case struct {
	ID             string `gorm:"primaryKey"`
	AccountID      *string
	ConcernID      *string
	MembershipID   *string
	SpaceID        *string
	Level          string
	PeakLevel      string
	Category       string
	Subject        string
	State          State
	Version        int
	OwnerID        *string
	OwnerUntil     *time.Time
	Outcome        string
	ClosingBy      *string
	SecondPerson   *string
	OpenedAt       time.Time
	DueAt          time.Time
	AcknowledgedAt *time.Time
	ContactedAt    *time.Time // the first time that a human wrote to the person
	ClosedAt       *time.Time
	HandedToID     *string `gorm:"column:handed_to"`
	Generation     int     // of the timer that drives the case
	Rung           int     // where on the ladder the calling stands
	Turn           int     // for which time it goes up the ladder, from 0
}

// TableName keeps the table apart from the SQL keyword.
func (Case) TableName() string { return "crisis_case" }

// OwnedBy reports whether the account has the case in its hands at that moment; a lease that ran out does not
// count.
func (c *Case) OwnedBy(accountID string, at time.Time) bool {
	return c.Owner(at) == accountID && accountID != ""
}

// Owner is the account that has the case in its hands at that moment, or empty.
func (c *Case) Owner(at time.Time) string {
	if c.OwnerID == nil || c.OwnerUntil == nil || !at.Before(*c.OwnerUntil) {
		return ""
	}
	return *c.OwnerID
}

// HandedTo reports whether the case waits for this account to receive it.
func (c *Case) HandedTo(accountID string) bool {
	return c.State == HandedOver && accountID != "" && deref(c.HandedToID) == accountID
}

// Late reports whether the case waits for somebody, and should have been taken by now.
func (c *Case) Late(at time.Time) bool { return c.State.Waits() && at.After(c.DueAt) }

// NeedsTwo reports whether closing takes a second authorised person.
func (c *Case) NeedsTwo() bool { return c.PeakLevel == triage.Crisis.String() }

// CategoryKey names the category for a text; "none" when there is none.
func (c *Case) CategoryKey() string { return orNone(c.Category) }

// SubjectKey names the subject for a text; "none" when there is none.
func (c *Case) SubjectKey() string { return orNone(c.Subject) }

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// Assessment is what the rules said of one revision of one text. Staff of its space see it.
type Assessment struct {
	ID           string `gorm:"primaryKey"`
	SourceKind   string
	SourceID     string
	Revision     int
	SpaceID      *string
	RulesVersion string
	Level        string
	Category     string
	Subject      string
	Reasons      string // JSON of triage.Reason
	Correction   *string
	CorrectedBy  *string
	CorrectedAt  *time.Time
	CreatedAt    time.Time
}

// Signal is one text that points to a crisis.
type Signal struct {
	ID           string `gorm:"primaryKey"`
	CaseID       string
	SpaceID      *string
	MembershipID *string
	SourceKind   string
	SourceID     string
	AssessmentID *string
	Level        string
	Category     string
	Subject      string
	CreatedAt    time.Time
}

// TableName implements GORM's naming.
func (Signal) TableName() string { return "case_signal" }

// Event is one thing that happened in a case. The note is sealed.
type Event struct {
	ID         string `gorm:"primaryKey"`
	CaseID     string
	Seq        int
	ActorID    *string // null: Samhold itself
	Kind       string
	FromState  State
	ToState    State
	Code       string
	NoteSealed []byte
	KeyID      string
	CreatedAt  time.Time
}

// TableName implements GORM's naming.
func (Event) TableName() string { return "case_event" }

// Contact is what the author gave of their own will so that somebody can be sent; each field sealed by itself.
type Contact struct {
	CaseID        string `gorm:"primaryKey"`
	NameSealed    []byte
	PhoneSealed   []byte
	AddressSealed []byte
	KeyID         string
	Version       int
	GivenAt       time.Time
}

// TableName implements GORM's naming.
func (Contact) TableName() string { return "case_contact" }

// Concern is a guest's worry about somebody or something here. The receipt code is shown once; only its hash
// is kept.
type Concern struct {
	ID           string `gorm:"primaryKey"`
	ReceiptHash  []byte
	About        string
	BodySealed   []byte
	AnswerSealed []byte
	KeyID        string
	// SealedVersion counts how often the row was sealed.
	SealedVersion int
	State         string // open, answered, closed
	Version       int
	CreatedAt     time.Time
	AnsweredAt    *time.Time
	AnsweredBy    *string
	ClosedAt      *time.Time
	HeardAt       *time.Time // when whoever has the receipt could first read that something was done
}
