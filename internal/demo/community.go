package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/space"
)

// A Community is everything the demo opens with. Read has checked it: every key names something that exists, every
// author may write where they write, and every time lies in the past and after what it answers.
type Community struct {
	Spaces   []*Space
	People   []*Person
	Topics   []*Topic
	Concerns []*Concern
}

// A Space is a moderated room.
type Space struct {
	Key          string     `yaml:"key"` // its name in these files, ASCII; readers never see it
	Name         string     `yaml:"name"`
	Kind         space.Kind `yaml:"kind"`
	Purpose      string     `yaml:"purpose"`     // one sentence
	Description  string     `yaml:"description"` // Markdown
	Audience     string     `yaml:"audience"`    // who the space is for
	Readers      string     `yaml:"readers"`     // who may read what is written in it
	AgeBand      string     `yaml:"age_band"`    // all, adult, young
	Colour       string     `yaml:"colour"`      // moss, clay, plum, sea, wheat, stone
	Sign         string     `yaml:"sign"`        // tree, lantern, bridge, harbour, path, house
	Hours        Hours      `yaml:"hours"`
	ApproveFirst int        `yaml:"approve_first"` // how many of a member's first posts a moderator approves before others see them
	Agreement    string     `yaml:"agreement"`     // Markdown: what one accepts before writing
	Team         []string   `yaml:"team"`          // keys of people, in the order shown
}

// Hours say when moderators are on, in Danish time.
type Hours struct {
	Text   string        `yaml:"text"` // for people
	Weekly []WeeklyRange `yaml:"weekly"`
}

// A Person is one account and everything that hangs on it.
type Person struct {
	Key         string        `yaml:"key"`
	Turns       int           `yaml:"turns"` // the age reached this year: someone of 16 is still 16 when the demo is opened next year
	Joined      When          `yaml:"joined"`
	Staff       []Grant       `yaml:"staff"`
	StaffName   string        `yaml:"staff_name"` // what colleagues call them; only for those with a grant
	Memberships []*Membership `yaml:"memberships"`
}

// BirthYear is the person's year of birth in a demo that is opened in the given year.
func (p *Person) BirthYear(year int) int { return year - p.Turns }

// Minor tells whether the person counts as under 18.
func (p *Person) Minor() bool { return account.IsMinor(p.BirthYear(someYear), someDay) }

// Turns is an age in every year, so rules about age may be asked in any.
const someYear = 2000

var someDay = time.Date(someYear, time.January, 1, 0, 0, 0, 0, time.UTC)

// In returns the person's membership of a space, or nil.
func (p *Person) In(space string) *Membership {
	for _, m := range p.Memberships {
		if m.Space == space {
			return m
		}
	}
	return nil
}

// Can tells whether the person's grants hold the capability in the space.
func (p *Person) Can(c account.Capability, space string) bool {
	return slices.ContainsFunc(p.Staff, func(g Grant) bool {
		return g.Role.Can(c) && (len(g.Spaces) == 0 || slices.Contains(g.Spaces, space))
	})
}

// RoleIn is the role of the person's membership of a space, as package space names it: facilitators, peers too,
// show as facilitators, everybody else with a grant there as staff.
func (p *Person) RoleIn(key string) string {
	switch {
	case p.Can(account.Moderate, key):
		return space.RoleStaff
	case p.Can(account.LeadSpace, key):
		return space.RoleFacilitator
	default:
		return space.RoleMember
	}
}

// A Grant is one staff role.
type Grant struct {
	Role   account.Role `yaml:"role"`
	Spaces []string     `yaml:"spaces"` // none means every space
}

// A Membership is a person in a space, under an alias that belongs to that space alone.
type Membership struct {
	Space    string `yaml:"space"`
	Alias    string `yaml:"alias"`
	Listener bool   `yaml:"listener"` // only reads; has not accepted the agreement
	Joined   When   `yaml:"joined"`   // empty is when the person joined
	Left     When   `yaml:"left"`     // empty while they are there
}

// Post returns the post that a reference such as "fredag-aften#3" names, or nil.
func (c *Community) Post(ref string) *Post {
	slug, number, ok := strings.Cut(ref, "#")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 {
		return nil
	}
	for _, t := range c.Topics {
		if t.Slug == slug && n <= len(t.Posts) {
			return t.Posts[n-1]
		}
	}
	return nil
}
