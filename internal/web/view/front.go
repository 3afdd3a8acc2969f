package view

import (
	"time"

	"samhold/internal/directory"
)

// Typed is a text that came with a form which could not be handled, given back to whoever typed it.
type Typed struct {
	Name string
	Text string
}

// ErrorPage is the one design for every error.
type ErrorPage struct {
	Base
	Status int
	Key    string // translation key of what happened
	Typed  []Typed
	Wait   time.Duration // how long until it is worth another try, 0 if that is not the matter
}

// Template implements Page.
func (*ErrorPage) Template() string { return "front/error" }

// Shown is the status whose heading the page has: statuses without a heading of their own share one.
func (p *ErrorPage) Shown() int {
	switch p.Status {
	case 403, 404, 409, 413, 429, 503:
		return p.Status
	case 405:
		return 404
	}
	if p.Status < 500 {
		return 400
	}
	return 500
}

// WelcomePage greets a guest.
type WelcomePage struct{ Base }

// Template implements Page.
func (*WelcomePage) Template() string { return "front/welcome" }

// HelpPage is the public crisis help: the same for everyone, made of what is in memory.
type HelpPage struct {
	Base
	Lines []directory.Line
	Now   time.Time
}

// Template implements Page.
func (*HelpPage) Template() string { return "front/help" }

// CoverPage hides everything after "Forlad siden" until the reader says to go on.
type CoverPage struct{ Base }

// Template implements Page.
func (*CoverPage) Template() string { return "front/cover" }
