package view

import "samhold/internal/playbook"

// PlaybooksPage lists the playbooks.
type PlaybooksPage struct {
	Base
	Nav   DeskNav
	Lines []playbook.Line
}

// Template implements Page.
func (*PlaybooksPage) Template() string { return "playbook/list" }

// PlaybookGroup is the playbooks of one category.
type PlaybookGroup struct {
	Category string
	Lines    []playbook.Line
	Approved int
}

// Groups are the playbooks by category, in their order.
func (p *PlaybooksPage) Groups() []PlaybookGroup {
	var groups []PlaybookGroup
	for _, l := range p.Lines {
		if n := len(groups); n == 0 || groups[n-1].Category != l.Category {
			groups = append(groups, PlaybookGroup{Category: l.Category})
		}
		g := &groups[len(groups)-1]
		g.Lines = append(g.Lines, l)
		if l.Approved() {
			g.Approved++
		}
	}
	return groups
}

// PlaybookPage is a playbook before those who edit it.
type PlaybookPage struct {
	Base
	Nav  DeskNav
	File playbook.File
	Form Form
	Kept bool
}

// Template implements Page.
func (*PlaybookPage) Template() string { return "playbook/edit" }
