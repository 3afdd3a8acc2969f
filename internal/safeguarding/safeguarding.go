// Package safeguarding helps staff who fear for a child to tell the municipality: the draft of an underretning, when it
// was sent and by whom, and the day by which the municipality should have answered. It must never send anything, and
// nobody but the case's staff may learn that a draft exists.
package safeguarding

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// State is how far an underretning has come.
type State string

// The states. One that was dropped stays with the case: why stands in the case.
const (
	Draft        State = "draft"
	Sent         State = "sent"         // to the municipality, by a person; no answer yet
	Acknowledged State = "acknowledged" // the municipality has said that it received it
	Dropped      State = "dropped"
)

// Ways are how an underretning can have been sent; the texts are referral.way_CODE.
var Ways = []string{"digital_post", "form", "phone", "other"}

// Referral is one underretning about one child, in a case. Only the case's staff read any of it.
type Referral struct {
	ID             string `gorm:"primaryKey"`
	CaseID         string
	State          State
	Version        int // of the draft
	Urgent         bool
	BegunBy        string
	BegunAt        time.Time
	Way            string // how it was sent
	SentBy         *string
	SentAt         *time.Time
	SendingSealed  []byte // JSON of Sending
	KeyID          string // of SendingSealed; empty while it is not sent
	AnswerBy       *time.Time
	AcknowledgedBy *string
	AcknowledgedAt *time.Time
	RemindAt       time.Time // when the team is asked again, while it is a draft or unanswered
}

// Open reports whether something must still be done.
func (r *Referral) Open() bool { return r.State == Draft || r.State == Sent }

// Late reports whether the municipality should have answered by now.
func (r *Referral) Late(now time.Time) bool {
	return r.State == Sent && r.AnswerBy != nil && !now.Before(*r.AnswerBy)
}

// LastDay is the day by which the municipality must answer, zero while nothing is sent.
func (r *Referral) LastDay() time.Time {
	if r.AnswerBy == nil {
		return time.Time{}
	}
	return r.AnswerBy.Add(-time.Minute)
}

func (r *Referral) place() seal.Place {
	return seal.Place{Table: "referral", Column: "sending_sealed", Row: r.ID}
}

// Revision is one version of what an underretning says: all versions are kept.
type Revision struct {
	ID         string `gorm:"primaryKey"`
	ReferralID string
	CaseID     string
	Version    int
	AuthorID   string
	BodySealed []byte // JSON of Words
	KeyID      string
	CreatedAt  time.Time
}

// TableName implements GORM's naming.
func (Revision) TableName() string { return "referral_revision" }

func (v *Revision) place() seal.Place {
	return seal.Place{Table: "referral_revision", Column: "body_sealed", Row: v.ID}
}

// Words are what an underretning says, as far as it is known.
type Words struct {
	Municipality string
	Child        string // who the child is
	Said         string // what was read or said, in the child's own words
	Told         string // what the young person was told about it
	Danger       string // whether the child is in danger now: yes, no, or empty while nobody has said
	Writer       string // who writes it
	Capacity     string // and as what
}

// Part is one of the words, by the name of its field.
type Part struct {
	Name string
	Text string
	Long bool
}

// Parts are the words in the order in which they are read, without Danger.
func (w Words) Parts() []Part {
	return []Part{
		{"municipality", w.Municipality, false},
		{"child", w.Child, true},
		{"said", w.Said, true},
		{"told", w.Told, true},
		{"writer", w.Writer, false},
		{"capacity", w.Capacity, false},
	}
}

// Missing are the names of the parts that nobody has filled in.
func (w Words) Missing() []string {
	var names []string
	for _, p := range w.Parts() {
		if p.Text == "" {
			names = append(names, p.Name)
		}
	}
	if w.Danger == "" {
		names = append(names, "danger")
	}
	return names
}

// The longest texts, in characters.
const (
	maxShort = 200
	maxLong  = 6000
)

func (w *Words) clean() error {
	var check fault.Check
	for _, f := range []struct {
		name  string
		value *string
		most  int
	}{
		{"municipality", &w.Municipality, maxShort},
		{"child", &w.Child, maxLong},
		{"said", &w.Said, maxLong},
		{"told", &w.Told, maxLong},
		{"writer", &w.Writer, maxShort},
		{"capacity", &w.Capacity, maxShort},
	} {
		if err := tidy(&check, "referral_"+f.name, f.value, f.most); err != nil {
			return err
		}
	}
	check.Require(slices.Contains([]string{"", "yes", "no"}, w.Danger), "referral_danger", "referral.danger_missing")
	check.Require(w.Danger != "" || slices.ContainsFunc(w.Parts(), func(p Part) bool { return p.Text != "" }), "referral_said", "referral.empty")
	return check.Err()
}

func tidy(check *fault.Check, name string, value *string, most int) error {
	v, err := markup.Clean(*value)
	if err := check.AddError(name, err); err != nil {
		return err
	}
	*value = strings.TrimSpace(v)
	check.Require(utf8.RuneCountInString(*value) <= most, name, "crisis.contact_long", "Max", most)
	return nil
}

// Sending is how an underretning reached the municipality, as somebody who did it says.
type Sending struct {
	Who       string // who sent it, if it was somebody else than who writes it down
	Reference string // of the municipality, or whom they spoke with; may be empty
}

func (s *Sending) clean(check *fault.Check) error {
	if err := tidy(check, "referral_who", &s.Who, maxShort); err != nil {
		return err
	}
	return tidy(check, "referral_reference", &s.Reference, maxShort)
}
