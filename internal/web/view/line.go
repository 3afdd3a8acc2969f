package view

import (
	"fmt"
	"slices"
	"time"

	"samhold/internal/directory"
	"samhold/internal/i18n"
)

// lineName is what a help line is called: staff's words, or those that it was shipped with.
func lineName(texts *i18n.Texts, l directory.Line) (string, error) {
	if l.Name != "" || l.Key == "" {
		return l.Name, nil
	}
	return texts.T("line." + l.Key + ".name")
}

// lineFor is what it is there for.
func lineFor(texts *i18n.Texts, l directory.Line) (string, error) {
	switch {
	case texts.Lang() == i18n.English && l.PurposeEN != "":
		return l.PurposeEN, nil
	case l.Purpose != "" || l.Key == "":
		return l.Purpose, nil
	}
	return texts.T("line." + l.Key + ".for")
}

// hours are the rows of a week as people say them: "mandag–fredag 9–17".
func hours(texts *i18n.Texts, h directory.Hours) ([]string, error) {
	if h.Always {
		always, err := texts.T("line.always")
		return []string{always}, err
	}
	var rows []string
	for _, row := range h.Rows() {
		from, err := texts.T(fmt.Sprintf("line.day_%d", row.From))
		if err != nil {
			return nil, err
		}
		days := from
		if row.To != row.From {
			to, err := texts.T(fmt.Sprintf("line.day_%d", row.To))
			if err != nil {
				return nil, err
			}
			days += "–" + to
		}
		rows = append(rows, days+" "+row.Clock())
	}
	return rows, nil
}

// ResourcesPage is every help line, by what somebody needs. It is public.
type ResourcesPage struct {
	Base
	Lines []directory.Line
	Now   time.Time
}

// Template implements Page.
func (*ResourcesPage) Template() string { return "front/resources" }

// NeedGroup is the lines under one heading.
type NeedGroup struct {
	Need  string
	Lines []directory.Line
}

// Groups are the headings that have lines.
func (p *ResourcesPage) Groups() []NeedGroup {
	var groups []NeedGroup
	for _, need := range directory.Needs {
		g := NeedGroup{Need: need}
		for _, l := range p.Lines {
			if l.Need == need && !l.Emergency {
				g.Lines = append(g.Lines, l)
			}
		}
		if len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// LinesPage is every help line before staff.
type LinesPage struct {
	Base
	Nav    DeskNav
	Sheets []directory.Sheet
	Now    time.Time
}

// Template implements Page.
func (*LinesPage) Template() string { return "moderation/lines" }

// Waiting are the lines for which a change is proposed.
func (p *LinesPage) Waiting() []directory.Sheet {
	return slices.DeleteFunc(slices.Clone(p.Sheets), func(s directory.Sheet) bool { return s.Proposal == nil })
}

// LinePage is one help line before staff, or the form of a new one.
type LinePage struct {
	Base
	Nav       DeskNav
	Sheet     *directory.Sheet // nil for a new line
	Proposed  directory.Line   // what is proposed, as everybody would see it
	Form      Form
	Needs     []string
	Concerns  []string
	Audiences []string
	Ways      []directory.Way
	Changed   bool // the line changed meanwhile
	Now       time.Time
}

// Template implements Page.
func (*LinePage) Template() string { return "moderation/line" }

// Path is where the form goes.
func (p *LinePage) Path() string {
	if p.Sheet == nil {
		return "/mod/resources"
	}
	return "/mod/resources/" + p.Sheet.Entry.ID
}

// Ticked reports whether a box of the form is ticked.
func (p *LinePage) Ticked(name string) bool { return p.Form.Value(name) != "" }
