package view

import "samhold/internal/support"

// SupportPage is a member's own support plan.
type SupportPage struct {
	Base
	Plan *support.Open // nil for none
}

// Template implements Page.
func (*SupportPage) Template() string { return "plan/support" }

// SupportFormPage is the form in which a member writes in their plan.
type SupportFormPage struct {
	Base
	Version int
	Form    Form
	Kept    bool
	Changed bool // the plan changed meanwhile
}

// Template implements Page.
func (*SupportFormPage) Template() string { return "plan/support_form" }

// CaseSupportPage is the plan of a case's person before the case's staff, with its form.
type CaseSupportPage struct {
	Base
	File    support.File
	Version int
	Form    Form
	Kept    bool
	Changed bool
}

// Template implements Page.
func (*CaseSupportPage) Template() string { return "crisis/support" }
