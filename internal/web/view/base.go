package view

import (
	"strconv"
	"strings"

	"samhold/internal/fault"
	"samhold/internal/i18n"
)

// Base is what every page knows. Web fills it; handlers set Kind and what is theirs.
type Base struct {
	Lang      i18n.Lang
	Kind      string // translation key of the page's kind: the <title> never says more
	Layout    string // "base" when empty
	Signed    bool   // somebody is signed in
	OnDuty    bool   // the person may open the workbench
	Admin     bool   // the person may open the settings
	Notices   int    // unseen notices of the person
	CSRF      string
	Flash     string // translation key of what just happened, empty if nothing
	Section   string // which entry of the navigation is the current one
	RequestID string
	Accent    string // the space's colour, empty outside spaces
	ExitURL   string // the neutral site behind "Forlad siden"
	Wide      bool   // room for the workbench and large tables
	Refresh   int    // seconds after which the page asks for itself again, 0 for never
}

func (b *Base) base() *Base { return b }

func (b *Base) layout() string {
	if b.Layout == "" {
		return "base"
	}
	return b.Layout
}

// Form is a form as the person left it: the values to show again and what was wrong with them.
type Form struct {
	Values map[string]string
	Faults []fault.Field
}

// Value returns what was typed into a field.
func (f Form) Value(name string) string { return f.Values[name] }

// Has reports whether something is wrong with the field.
func (f Form) Has(name string) bool {
	for _, x := range f.Faults {
		if x.Name == name {
			return true
		}
	}
	return false
}

// Fault returns what is wrong with the field, or nil.
func (f Form) Fault(name string) *fault.Field {
	for i := range f.Faults {
		if f.Faults[i].Name == name {
			return &f.Faults[i]
		}
	}
	return nil
}

// Pager says where in a list of pages the reader is. Links are Path?page=N or Path when N is 1.
type Pager struct {
	Path  string
	Page  int // from 1
	Pages int
}

// Prev is the number of the page before, 0 if none.
func (p Pager) Prev() int { return p.Page - 1 }

// Next is the number of the page after, 0 if none.
func (p Pager) Next() int {
	if p.Page >= p.Pages {
		return 0
	}
	return p.Page + 1
}

// Link is the address of a page of the list.
func (p Pager) Link(page int) string {
	if page == 1 {
		return p.Path
	}
	if strings.Contains(p.Path, "?") {
		return p.Path + "&page=" + strconv.Itoa(page)
	}
	return p.Path + "?page=" + strconv.Itoa(page)
}

// Numbers are the page numbers to show, with 0 for a gap.
func (p Pager) Numbers() []int {
	var shown []int
	for n := 1; n <= p.Pages; n++ {
		near := n >= p.Page-1 && n <= p.Page+1
		if n == 1 || n == p.Pages || near {
			if len(shown) > 0 && shown[len(shown)-1] != n-1 {
				shown = append(shown, 0)
			}
			shown = append(shown, n)
		}
	}
	return shown
}

// BaseOf returns the page's frame, to be filled.
func BaseOf(p Page) *Base { return p.base() }
