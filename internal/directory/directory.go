// Package directory holds the help lines and local offers. A copy stands in memory, so that help can be shown when the
// database is down. It must never claim that a line is open: hours count only when two people at the NGO have confirmed
// them and they have not gone stale. What is shown to people in need changes only when a second person has agreed.
package directory

import (
	"cmp"
	"regexp"
	"slices"
	"time"
)

// Way is how a line is reached.
type Way string

// The ways.
const (
	Call Way = "call"
	SMS  Way = "sms"
	Chat Way = "chat"
)

// Ways are all ways, in the order in which they are shown.
var Ways = []Way{Call, SMS, Chat}

// Needs are the headings under which lines stand: line.need_NEED. "local" is for offers near somebody.
var Needs = []string{"danger", "dark", "poison", "violence", "addiction", "young", "local"}

// Channel is one way to a line. An empty address means that nobody has confirmed one; None that there is none.
type Channel struct {
	Way     Way    `json:"way"`
	Address string `json:"address,omitempty"` // a number as it is shown, or the https address of a chat
	None    bool   `json:"none,omitempty"`
	Hours   Hours  `json:"hours,omitzero"`
}

// Known reports whether there is somewhere to go.
func (c Channel) Known() bool { return c.Address != "" && !c.None }

// Dial is the number as a phone dials it in Denmark.
func (c Channel) Dial() string { return notDigit.ReplaceAllString(c.Address, "") }

var notDigit = regexp.MustCompile(`\D`)

// Facts are what a line is: what staff write and a second person confirms.
type Facts struct {
	Name       string    `json:"name,omitempty"`       // empty: the shipped text line.KEY.name
	Purpose    string    `json:"purpose,omitempty"`    // in Danish; empty: the shipped text line.KEY.for
	PurposeEN  string    `json:"purpose_en,omitempty"` // in English; empty: Purpose
	Need       string    `json:"need"`
	Place      string    `json:"place,omitempty"` // of a local offer
	Categories []string  `json:"categories,omitempty"`
	Audiences  []string  `json:"audiences,omitempty"` // kinds of space that it is for; empty means everybody
	Channels   []Channel `json:"channels"`
	Source     string    `json:"source,omitempty"` // where the facts were found
	Retired    bool      `json:"retired,omitempty"`
}

// Channel is the line's channel of a way; the zero Channel of that way if there is none.
func (f Facts) Channel(way Way) Channel {
	for _, c := range f.Channels {
		if c.Way == way {
			return c
		}
	}
	return Channel{Way: way}
}

// Ways are the line's channels, one of each way, also those of which nobody knows.
func (f Facts) Ways() []Channel {
	all := make([]Channel, len(Ways))
	for i, way := range Ways {
		all[i] = f.Channel(way)
	}
	return all
}

// Line is a help line as everybody sees it. All of it is public.
type Line struct {
	Facts
	ID         string // empty for a shipped line that the database has not met
	Key        string // of a shipped line; empty for the NGO's own
	Emergency  bool   // 112
	VerifiedOn time.Time
	ExpiresOn  time.Time

	zone *time.Location // in which its hours are written; nil: nothing can be said of them
}

// Phone is the number as it is shown: "70 20 12 01"; empty if there is none.
func (l Line) Phone() string { return l.Channel(Call).Address }

// Dial is the number as a phone dials it.
func (l Line) Dial() string { return l.Channel(Call).Dial() }

// Confirmed reports whether two people have confirmed the line, and it has not gone stale since.
func (l Line) Confirmed(at time.Time) bool {
	return !l.VerifiedOn.IsZero() && at.Before(l.ExpiresOn)
}

// State is what can be said of a channel at a moment: the texts are line.state_STATE.
type State string

// The states.
const (
	Unknown State = "unknown" // nobody has confirmed when it is open
	Open    State = "open"
	Shut    State = "shut"
	Holiday State = "holiday" // hours are confirmed, and today they may differ
)

// State says whether a channel is open at that moment. It is Open or Shut only where the hours are confirmed.
func (l Line) State(c Channel, at time.Time) State {
	if !c.Known() || c.Hours.Empty() || !l.Confirmed(at) || l.zone == nil {
		return Unknown
	}
	local := at.In(l.zone)
	switch {
	case c.Hours.Always:
		return Open
	case onHoliday(local):
		return Holiday
	case c.Hours.openAt(local):
		return Open
	}
	return Shut
}

// Unknown names what nobody has confirmed about the line at that moment, each once: "hours", and the ways beside calling
// of which nobody knows whether they are there.
func (l Line) Unknown(at time.Time) []string {
	var found []string
	for _, c := range l.Ways() {
		what := ""
		switch {
		case c.Known() && l.State(c, at) == Unknown:
			what = "hours"
		case !c.Known() && !c.None && c.Way != Call:
			what = string(c.Way)
		}
		if what != "" && !slices.Contains(found, what) {
			found = append(found, what)
		}
	}
	return found
}

// For is the help for a category and an audience (a kind of space, or empty) at that moment: the one line that suits
// best, and one to fall back on, never 112. Lines made for the audience come first. A line that is confirmed to be shut
// gives way to one that is confirmed to be open.
func (s *Service) For(category, audience string, at time.Time) []Line {
	var own, rest []Line
	for _, l := range s.Lines() {
		switch {
		case l.Emergency || l.Need == "local" || l.Phone() == "" || !slices.Contains(l.Categories, category):
		case slices.Contains(l.Audiences, audience) && audience != "":
			own = append(own, l)
		case len(l.Audiences) == 0:
			rest = append(rest, l)
		}
	}
	// The police are there when nobody who listens is.
	slices.SortStableFunc(rest, func(a, b Line) int { return cmp.Compare(a.rank(), b.rank()) })
	fit := rest
	if audience == "young" {
		fit = append(own, rest...)
	} else if len(own) > 0 {
		// What is for everybody who thinks of dying comes before a fellowship; a fellowship is a good second.
		fit = slices.Insert(slices.Clone(rest), min(1, len(rest)), own...)
	}
	if len(fit) > 2 {
		fit = fit[:2]
	}
	if len(fit) == 2 && fit[0].State(fit[0].Channel(Call), at) == Shut && fit[1].State(fit[1].Channel(Call), at) == Open {
		fit[0], fit[1] = fit[1], fit[0]
	}
	return fit
}

func (l Line) rank() int {
	if l.Need == "danger" {
		return 1
	}
	return 0
}

// Emergency is 112.
func (s *Service) Emergency() Line {
	for _, l := range s.Lines() {
		if l.Emergency {
			return l
		}
	}
	return Line{}
}
