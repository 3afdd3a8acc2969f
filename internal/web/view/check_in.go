package view

import (
	"time"

	"samhold/internal/checkin"
	"samhold/internal/crisis"
)

// CheckInPage is a member's own check-in, and the form for asking for one.
type CheckInPage struct {
	Base
	File *checkin.File // nil when there has never been one
	Duty crisis.Duty   // as the rota is planned for the moment at which it would count as missed
	Form Form
	Now  time.Time
}

// Template implements Page.
func (*CheckInPage) Template() string { return "talk/check_in" }

// Graces are how many minutes can be agreed on.
func (*CheckInPage) Graces() []int { return checkin.Graces }

// Rows are for how many days in a row.
func (*CheckInPage) Rows() []int { return rows() }

// Asks reports whether the form for a new one is shown.
func (p *CheckInPage) Asks() bool { return p.File == nil || !p.File.State.Waits() }

func rows() []int {
	var n []int
	for i := range checkin.MaxDays {
		n = append(n, i+1)
	}
	return n
}

// CheckInFilePage is a check-in before those on duty.
type CheckInFilePage struct {
	Base
	File checkin.File
	Now  time.Time
}

// Template implements Page.
func (*CheckInFilePage) Template() string { return "talk/check_in_file" }

// CheckInProposePage is where those on duty propose a time.
type CheckInProposePage struct {
	Base
	Path   string           // where the form goes
	Back   string           // the case or the conversation
	Newest *checkin.CheckIn // the one before, nil without any
	Form   Form
	Kept   bool
	Taken  bool // another of the member's waits
}

// Waits reports whether another one waits, so that the form is not shown before somebody sends it.
func (p *CheckInProposePage) Waits() bool {
	return p.Newest != nil && p.Newest.State.Waits() && !p.Taken && len(p.Form.Faults) == 0
}

// Template implements Page.
func (*CheckInProposePage) Template() string { return "talk/check_in_propose" }

// Graces are how many minutes can be agreed on.
func (*CheckInProposePage) Graces() []int { return checkin.Graces }

// Rows are for how many days in a row.
func (*CheckInProposePage) Rows() []int { return rows() }
