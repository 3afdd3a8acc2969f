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
