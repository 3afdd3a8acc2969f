package view

import (
	"time"

	"samhold/internal/crisis"
)

// HandoverPage is what somebody passes on at the change of shift. It holds no text that a member wrote.
type HandoverPage struct {
	Base
	Nav      DeskNav
	Handover crisis.Handover
	At       string // the case that Form is about
	Form     Form
	Changed  bool // it was changed meanwhile
	Now      time.Time
}

// Template implements Page.
func (*HandoverPage) Template() string { return "crisis/handover" }

// Of is the form of a case: as it was typed, or with whoever is next.
func (p *HandoverPage) Of(h crisis.Handing) Form {
	if h.ID == p.At {
		return p.Form
	}
	return Form{Values: map[string]string{"to": h.Next}}
}
