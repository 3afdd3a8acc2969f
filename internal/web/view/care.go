package view

import (
	"slices"
	"time"

	"samhold/internal/care"
	"samhold/internal/figure"
	"samhold/internal/triage"
)

// CarePage is where somebody on duty looks after themselves.
type CarePage struct {
	Base
	Nav        DeskNav
	Asked      []care.Debrief
	Refusals   []care.Refusal
	Month      figure.Load
	Leads      bool
	Categories []triage.Category
	Subjects   []triage.Subject
}

// Template implements Page.
func (*CarePage) Template() string { return "moderation/care" }

// Refused reports whether the person does not take it.
func (p *CarePage) Refused(kind, code string) bool {
	return slices.ContainsFunc(p.Refusals, func(r care.Refusal) bool { return r.Kind == kind && r.Code == code })
}

// CareTeamPage is where whoever leads a team looks after it.
type CareTeamPage struct {
	Base
	Nav    DeskNav
	Wanted []care.Wanted
	Team   []care.Colleague
	Loads  []figure.Load
	Now    time.Time
}

// Template implements Page.
func (*CareTeamPage) Template() string { return "moderation/care_team" }
