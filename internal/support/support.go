// Package support keeps the plan that a member and those on duty make together for the next time: what tends to come
// before, what helps, what they agreed. The member reads every word of it as soon as it is saved and may change it, say
// yes or no, or delete it. It must never be made behind a member's back, hold without their yes, or be shown to anybody
// but them and the staff of a case of theirs.
package support

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// State is how far the two sides have come with the newest version.
type State string

// The states.
const (
	Proposed State = "proposed" // one side wrote it, the other has not answered
	Agreed   State = "agreed"
	Declined State = "declined" // the member does not want a plan now: staff neither read it nor write in it
)

// Plan is an account's support plan, without its words.
type Plan struct {
	ID            string `gorm:"primaryKey"`
	AccountID     string
	CaseID        *string // in which staff wrote last; nil once that is forgotten
	State         State
	Version       int
	AgreedVersion int // the newest that both sides said yes to; 0 for none
	AgreedAt      *time.Time
	ReviewOn      *time.Time // the day on which they look at it together again
	RemindAt      *time.Time // when the team is asked to
	BegunAt       time.Time
	ChangedAt     time.Time
}

// TableName implements GORM's naming.
func (Plan) TableName() string { return "support_plan" }

// Due reports whether the day to look at it again has come.
func (p *Plan) Due(now time.Time) bool {
	return p.State != Declined && p.ReviewOn != nil && !now.Before(*p.ReviewOn)
}

// Revision is one version. It is sealed for the member's account, whoever wrote it.
type Revision struct {
	ID         string `gorm:"primaryKey"`
	PlanID     string
	AccountID  string
	Version    int
	StaffID    *string // who of the team wrote it; nil: the member
	BodySealed []byte  // JSON of Words
	KeyID      string
	CreatedAt  time.Time
}

// TableName implements GORM's naming.
func (Revision) TableName() string { return "support_revision" }

func (v *Revision) place() seal.Place {
	return seal.Place{Table: "support_revision", Column: "body_sealed", Row: v.ID}
}

// Words are what a plan says.
type Words struct {
	Before  string `json:"before"`  // what tends to come before
	Helps   string `json:"helps"`   // what helps then
	Agreed  string `json:"agreed"`  // what the two sides agreed
	Answers string `json:"answers"` // who at the organisation answers, and when
	Outside string `json:"outside"` // whom the member turns to outside
}

// Part is one of the words, by the name of its field. Texts: support.NAME and support.NAME_hint.
type Part struct {
	Name string
	Text string
}

// Parts are the words in the order in which they are read.
func (w Words) Parts() []Part {
	return []Part{{"before", w.Before}, {"helps", w.Helps}, {"agreed", w.Agreed}, {"answers", w.Answers}, {"outside", w.Outside}}
}

// MaxPart is the longest part, in characters.
const MaxPart = 2000

// farthest is how far ahead the day to look again may lie.
const farthest = 366 * 24 * time.Hour

// Draft is a version as its form says it.
type Draft struct {
	Version  int // on which it builds; 0 for none
	Words    Words
	ReviewOn time.Time // zero: no day yet
}

func (d *Draft) clean(now time.Time) error {
	var check fault.Check
	for name, text := range map[string]*string{
		"before": &d.Words.Before, "helps": &d.Words.Helps, "agreed": &d.Words.Agreed, "answers": &d.Words.Answers, "outside": &d.Words.Outside,
	} {
		v, err := markup.Clean(*text)
		if err := check.AddError("support_"+name, err); err != nil {
			return err
		}
		*text = strings.TrimSpace(v)
		check.Require(utf8.RuneCountInString(*text) <= MaxPart, "support_"+name, "plan.long", "Max", MaxPart)
	}
	check.Require(slices.ContainsFunc(d.Words.Parts(), func(p Part) bool { return p.Text != "" }), "support_before", "plan.empty")
	check.Require(d.ReviewOn.IsZero() || d.ReviewOn.After(now) && d.ReviewOn.Before(now.Add(farthest)), "support_day", "support.day_wrong")
	return check.Err()
}

func (w Words) text() string {
	var all []string
	for _, p := range w.Parts() {
		if p.Text != "" {
			all = append(all, p.Text)
		}
	}
	return strings.Join(all, "\n\n")
}

// Version is one version, opened.
type Version struct {
	Words
	Number int
	Staff  bool   // one of the team wrote it
	Name   string // under which name
	At     time.Time
}

// Open is a plan, opened for one of its sides: the newest version and those before it, the newest first.
type Open struct {
	Plan
	Newest Version
	Past   []Version
}

// Holds is the version that both sides said yes to, when it is not the newest; nil otherwise.
func (o *Open) Holds() *Version {
	for i := range o.Past {
		if o.Past[i].Number == o.AgreedVersion {
			return &o.Past[i]
		}
	}
	return nil
}

// Waits reports whether the newest version waits for the team, or for the member.
func (o *Open) Waits(team bool) bool { return o.State == Proposed && o.Newest.Staff != team }
