package view

import "samhold/internal/search"

// SearchPage is the form. Down says that search does not answer just now.
type SearchPage struct {
	Base
	Form   Form
	Spaces []search.Space
	Down   bool
}

// Template implements Page.
func (*SearchPage) Template() string { return "search/form" }

// Filtered reports whether anything but words is filled in or wrong, so that it must be seen.
func (p *SearchPage) Filtered() bool {
	for _, name := range []string{"space", "alias", "from", "to"} {
		if p.Form.Value(name) != "" || p.Form.Has(name) {
			return true
		}
	}
	return false
}

// SearchResultPage is one page of what was found, under the form.
type SearchResultPage struct {
	SearchPage
	Result search.Page
	Pager  Pager
}

// Template implements Page.
func (*SearchResultPage) Template() string { return "search/result" }

// SynonymsPage is the words that staff have tied together, and how the index stands.
type SynonymsPage struct {
	Base
	Nav    DeskNav
	Groups []search.Group
	House  []string // the groups that Samhold brings along
	State  search.Standing
	Form   Form
}

// Template implements Page.
func (*SynonymsPage) Template() string { return "admin/search" }
