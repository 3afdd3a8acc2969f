package view

import (
	"time"

	"samhold/internal/directory"
	"samhold/internal/plan"
)

// PlanPage is a member's own safety plan, to read and to print.
type PlanPage struct {
	Base
	Plan      plan.Plan
	Parts     []string
	Emergency directory.Line
	SharedAt  time.Time // zero: it is not shared
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

// CasePlanPage is the safety plan of a case's person, who shares it, before whoever has the case in their hands.
type CasePlanPage struct {
	Base
	CaseID string
	Plan   plan.Plan
	Parts  []string
}

// Template implements Page.
func (*CasePlanPage) Template() string { return "crisis/plan" }
