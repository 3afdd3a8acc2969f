package view

import "samhold/internal/call"

// CallsPage is how one of the team is called, as only they see it.
type CallsPage struct {
	Base
	Form    Form
	Ways    []call.Mine
	Kinds   []call.Kind // that this installation has
	PushKey string
	From    string // whom mails come from
}

// Template implements Page.
func (*CallsPage) Template() string { return "account/calls" }

// Has reports whether this installation calls by that kind of way.
func (p *CallsPage) Has(kind string) bool {
	for _, k := range p.Kinds {
		if string(k) == kind {
			return true
		}
	}
	return false
}

// Address is the actor's address of that kind, or empty.
func (p *CallsPage) Address(kind string) string {
	for _, w := range p.Ways {
		if string(w.Kind) == kind {
			return w.Address
		}
	}
	return ""
}

// Reached reports whether a call arrives anywhere.
func (p *CallsPage) Reached() bool {
	for _, w := range p.Ways {
		if w.ConfirmedAt != nil && p.Has(string(w.Kind)) {
			return true
		}
	}
	return false
}
