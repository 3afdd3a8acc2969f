package view

import (
	"time"

	"samhold/internal/crisis"
)

// ReviewsPage lists what a second person must look at.
type ReviewsPage struct {
	Base
	Nav      DeskNav
	Openings []crisis.Opening
	Reviews  []crisis.CaseReview
	Now      time.Time
}

// Template implements Page.
func (*ReviewsPage) Template() string { return "crisis/reviews" }

// OpeningPage is one opened contact before the second person.
type OpeningPage struct {
	Base
	Nav      DeskNav
	Opening  crisis.OpeningFile
	Verdicts []string
	Form     Form
	Kept     bool
	Now      time.Time
}

// Template implements Page.
func (*OpeningPage) Template() string { return "crisis/opening" }

// TrustedPage is whom a member leaves for an emergency.
type TrustedPage struct {
	Base
	Form  Form
	Young bool // under 18: an adult whom they choose themselves
	Given bool
}

// Template implements Page.
func (*TrustedPage) Template() string { return "account/trusted" }

// LookbackPage is a look back at a crisis: to write, or written.
type LookbackPage struct {
	Base
	Nav    DeskNav
	Review crisis.ReviewFile
	Form   Form
	Kept   bool
	Now    time.Time
}

// Template implements Page.
func (*LookbackPage) Template() string { return "crisis/lookback" }
