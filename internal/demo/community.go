package demo

import (
	"slices"
	"strconv"
	"strings"
)

// A Community is everything the demo opens with. Read has checked it: every key names something that exists, every
// author may write where they write, and every time lies in the past and after what it answers.
type Community struct {
	Spaces   []*Space
	People   []*Person
	Topics   []*Topic
	Concerns []*Concern
}

// SpaceKind says which of the forum's three groups of people a space is for.
type SpaceKind string

// AgeBand says who may join a space by age.
type AgeBand string

// The kinds of space and the age bands.
const (
	Relatives SpaceKind = "relatives"
	Young     SpaceKind = "young"
	Aftercare SpaceKind = "aftercare"

	AllAges    AgeBand = "all"   // from 15
	Adults     AgeBand = "adult" // who no longer count as under 18
	YoungAdult AgeBand = "young" // 15 to 25
)

// A Space is a moderated room.
type Space struct {
	Key          string    `yaml:"key"` // its name in these files, ASCII; readers never see it
	Name         string    `yaml:"name"`
	Kind         SpaceKind `yaml:"kind"`
	Purpose      string    `yaml:"purpose"`     // one sentence
	Description  string    `yaml:"description"` // Markdown
	Audience     string    `yaml:"audience"`    // who the space is for
	Readers      string    `yaml:"readers"`     // who may read what is written in it
	AgeBand      AgeBand   `yaml:"age_band"`
	Colour       string    `yaml:"colour"` // moss, clay, plum, sea, wheat, stone
	Sign         string    `yaml:"sign"`   // tree, lantern, bridge, harbour, path, house
	Hours        Hours     `yaml:"hours"`
	ApproveFirst int       `yaml:"approve_first"` // how many of a member's first posts a moderator approves before others see them
	Agreement    string    `yaml:"agreement"`     // Markdown: what one accepts before writing
	Team         []string  `yaml:"team"`          // keys of people, in the order shown
}

// Hours say when moderators are on, in Danish time.
type Hours struct {
	Text   string        `yaml:"text"` // for people
	Weekly []WeeklyRange `yaml:"weekly"`
}

// StaffRole is a set of capabilities that a person has been granted, for some spaces or for the whole house.
type StaffRole string

// The staff roles.
const (
	Facilitator      StaffRole = "facilitator"
	Moderator        StaffRole = "moderator"
	DutyLead         StaffRole = "duty_lead"
	SafeguardingLead StaffRole = "safeguarding_lead"
	Admin            StaffRole = "admin" // has settings, sees no content
)

// A Person is one account and everything that hangs on it.
type Person struct {
	Key         string        `yaml:"key"`
	Turns       int           `yaml:"turns"` // the age reached this year: someone of 16 is still 16 when the demo is opened next year
	Joined      When          `yaml:"joined"`
	Staff       []Grant       `yaml:"staff"`
	Memberships []*Membership `yaml:"memberships"`
}

// BirthYear is the person's year of birth in a demo that is opened in the given year.
func (p *Person) BirthYear(year int) int { return year - p.Turns }

// Under18 follows the forum's rule: until the end of the year in which the person turns 18.
func (p *Person) Under18() bool { return p.Turns <= 18 }

// In returns the person's membership of a space, or nil.
func (p *Person) In(space string) *Membership {
	for _, m := range p.Memberships {
		if m.Space == space {
			return m
		}
	}
	return nil
}

// Serves tells whether the person has the role in the space.
func (p *Person) Serves(space string, role StaffRole) bool {
	for _, g := range p.Staff {
		if g.Role == role && (len(g.Spaces) == 0 || slices.Contains(g.Spaces, space)) {
			return true
		}
	}
	return false
}

// A Grant is one staff role.
type Grant struct {
	Role   StaffRole `yaml:"role"`
	Spaces []string  `yaml:"spaces"` // none means every space
}

// MemberRole is what a membership is in its space. Staff have grants instead, and are plain members beside them.
type MemberRole string

// The roles a membership can have.
const (
	Member          MemberRole = "member"
	PeerFacilitator MemberRole = "facilitator" // leads conversations, has been there themselves
)

// A Membership is a person in a space, under an alias that belongs to that space alone.
type Membership struct {
	Space    string     `yaml:"space"`
	Alias    string     `yaml:"alias"`
	Role     MemberRole `yaml:"role"`     // empty is Member
	Listener bool       `yaml:"listener"` // reads, and has not accepted the agreement that lets them write
	Joined   When       `yaml:"joined"`   // empty is when the person joined
	Left     When       `yaml:"left"`     // empty while they are there
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
