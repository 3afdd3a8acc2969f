package view

import (
	"time"

	"samhold/internal/admin"
	"samhold/internal/safeguarding"
)

// ReferralPage is a case's underretninger before its staff: the draft, and what became of the earlier ones.
type ReferralPage struct {
	Base
	File    safeguarding.File
	Form    Form // of the draft
	Done    Form // of what became of it
	Ways    []string
	Duty    admin.Duty // of the person
	Changed bool       // somebody saved another version meanwhile
	Kept    bool       // what was typed was kept when the proof had run out
	Now     time.Time
}

// Template implements Page.
func (*ReferralPage) Template() string { return "crisis/referral" }

// Version is that on which the next one builds.
func (p *ReferralPage) Version() int {
	if p.File.Draft == nil {
		return 0
	}
	return p.File.Draft.Version
}

// PaperPage is an underretning as it is printed.
type PaperPage struct {
	Base
	CaseID  string
	ID      string
	Paper   safeguarding.Paper
	Missing []string
}

// Template implements Page.
func (*PaperPage) Template() string { return "crisis/paper" }
