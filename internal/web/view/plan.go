package view

import (
	"samhold/internal/directory"
	"samhold/internal/plan"
)

// PlanPage is a member's own safety plan, to read and to print.
type PlanPage struct {
	Base
	Plan      plan.Plan
	Parts     []string
	Emergency directory.Line
}

// Template implements Page.
func (*PlanPage) Template() string { return "plan/show" }

// PlanFormPage is the form of a safety plan.
type PlanFormPage struct {
	Base
	Parts   []string
	Form    Form
	Kept    bool // it was kept when the session expired, and is not saved yet
	Changed bool // the plan changed meanwhile
}

// Template implements Page.
func (*PlanFormPage) Template() string { return "plan/form" }
