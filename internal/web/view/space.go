package view

import (
	"time"

	"samhold/internal/space"
	"samhold/internal/topic"
)

// HomePage is the front page of a member: their spaces with what is new in them.
type HomePage struct {
	Base
	Spaces []HomeSpace
	Now    time.Time
}

// HomeSpace is one of the member's spaces with its newest topics.
type HomeSpace struct {
	space.Card
	Topics []topic.Row
}

// Template implements Page.
func (*HomePage) Template() string { return "space/home" }

// SpacesPage lists the person's spaces and those that they may enter.
type SpacesPage struct {
	Base
	space.Overview
}

// Template implements Page.
func (*SpacesPage) Template() string { return "space/list" }

// SpacePage is a space as the list of its topics.
type SpacePage struct {
	Base
	topic.List
	Now   time.Time
	Leads bool // the person leads the space
}

// LeadPage is where those who lead a space invite people and write its agreement.
type LeadPage struct {
	Base
	space.Desk
	Form    Form   // the agreement
	Preview string // HTML of the agreement as typed, empty without a preview
	Link    string // of an invitation that was just made, shown once
	Kept    bool   // the text was kept when the session expired
	Changed bool   // somebody else has written a newer agreement meanwhile
}

// Template implements Page.
func (*LeadPage) Template() string { return "space/lead" }

// Path is the page's address.
func (p *LeadPage) Path() string { return "/mod/spaces/" + p.Space.ID }

// Template implements Page.
func (*SpacePage) Template() string { return "space/show" }

// Pager leads to the next page without counting them all.
func (p *SpacePage) Pager() Pager {
	pager := Pager{Path: "/s/" + p.Space.ID, Page: p.Page, Pages: p.Page}
	if p.More {
		pager.Pages++
	}
	return pager
}

// AboutPage is everything a person should know before they enter a space.
type AboutPage struct {
	Base
	space.About
	At time.Time
}

// Template implements Page.
func (*AboutPage) Template() string { return "space/about" }

// JoinPage is where one enters a space: the agreement and an alias.
type JoinPage struct {
	Base
	space.About
	Form        Form
	Suggestions []string
}

// Template implements Page.
func (*JoinPage) Template() string { return "space/join" }

// Returns reports whether the person has been here before and gets their alias back.
func (p *JoinPage) Returns() bool { return p.Standing.State == space.Left }

// Warned reports whether the person has just read that they use the alias elsewhere.
func (p *JoinPage) Warned() bool {
	f := p.Form.Fault("alias")
	return f != nil && f.Key == space.AliasElsewhere
}

// AgreementPage is the space's agreement, to be read and, by a member who has not, accepted.
type AgreementPage struct {
	Base
	space.About
	Form Form
}

// Template implements Page.
func (*AgreementPage) Template() string { return "space/agreement" }

// LeavePage asks whether the member wants to leave.
type LeavePage struct {
	Base
	space.View
}

// Template implements Page.
func (*LeavePage) Template() string { return "space/leave" }
