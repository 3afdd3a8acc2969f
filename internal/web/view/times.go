package view

import (
	"net/url"
	"time"

	"samhold/internal/account"
	"samhold/internal/crisis"
)

// LadderRungs is how many rungs the form of the ladder offers.
const LadderRungs = 5

// TimesPage is what the desk waits for, in one place, and how it came to be so.
type TimesPage struct {
	Base
	Nav      DeskNav
	Settings crisis.Settings
	Now      time.Time
}

// Template implements Page.
func (*TimesPage) Template() string { return "moderation/times" }

// TimesPath leads to the settings of a place, or to the form of one of them.
func TimesPath(kind, place string) string {
	path := "/mod/times"
	if kind != "" {
		path += "/" + kind
	}
	if place != "" {
		path += "?" + url.Values{"space": {place}}.Encode()
	}
	return path
}

// Path leads to the form of a setting of this place.
func (p *TimesPage) Path(kind string) string { return TimesPath(kind, p.Settings.Place) }

// PlacePath leads to the settings of another place.
func (p *TimesPage) PlacePath(place string) string { return TimesPath("", place) }

// Changed are the fields of a version that differ from the one before.
func (*TimesPage) Changed(v crisis.Version) []TimeChange {
	if v.Times == nil {
		return nil
	}
	var changed []TimeChange
	is, was := *v.Times, v.Before
	for _, c := range []struct {
		field   string
		is, was int
	}{
		{"goal", is.Goal, was.Goal},
		{"rung", is.Rung, was.Rung},
		{"first_message", is.FirstMessage, was.FirstMessage},
		{"again", is.Again, was.Again},
		{"receive", is.Receive, was.Receive},
		{"signature", is.Signature, was.Signature},
	} {
		if c.is != c.was {
			changed = append(changed, TimeChange{Field: c.field, Before: time.Duration(c.was) * time.Minute, After: time.Duration(c.is) * time.Minute})
		}
	}
	return changed
}

// TimeChange is a time as it was and is.
type TimeChange struct {
	Field         string
	Before, After time.Duration
}

// TimesFormPage is the form of one level's times, or of the ladder.
type TimesFormPage struct {
	Base
	Nav      DeskNav
	What     string
	Settings crisis.Settings
	Bounds   []crisis.Bound
	Roles    []account.Role
	Form     Form
}

// Template implements Page.
func (*TimesFormPage) Template() string { return "moderation/times_form" }

// Path is where the form is sent.
func (p *TimesFormPage) Path() string { return TimesPath(p.What, "") }

// Back leads to the settings.
func (p *TimesFormPage) Back() string { return TimesPath("", p.Settings.Place) }

// Fields are the names of the rungs' fields.
func (*TimesFormPage) Fields() []string {
	var fields []string
	for i := range LadderRungs {
		fields = append(fields, crisis.RungField(i))
	}
	return fields
}

// Numbers count the rungs.
func (*TimesFormPage) Numbers() []int {
	var numbers []int
	for i := range LadderRungs {
		numbers = append(numbers, i+1)
	}
	return numbers
}

// Unsettable reports whether there is something of this place's own to take back.
func (p *TimesFormPage) Unsettable() bool {
	if p.What == crisis.LadderKind {
		return p.Settings.Own
	}
	for _, t := range p.Settings.Times {
		if t.Level == p.What {
			return t.Own
		}
	}
	return false
}
