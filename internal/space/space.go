// Package space is the moderated rooms: audience, rules, agreement, memberships under an alias that belongs to
// that space alone, and who is on duty. It must never tell anybody that two aliases are one person.
package space

import "time"

// Kind is whom a space is for.
type Kind string

// The kinds of space.
const (
	Relatives Kind = "relatives"
	Young     Kind = "young"
	Aftercare Kind = "aftercare"
)

// The policies say who sees that a space is there, who reads in it, who writes and how one enters.
const (
	ForPublic     = "public"
	ForAccount    = "account"
	ForMember     = "member"
	ForStaff      = "staff"
	JoinOpen      = "open"
	JoinByInvite  = "invitation"
	JoinClosed    = "closed"
	StateOpen     = "open"
	StateClosed   = "closed"
	BandAll       = "all"   // from 15
	BandAdult     = "adult" // no longer counted as under 18
	BandYoung     = "young"
	maxPerApprove = 20
)

// Space is a moderated room with an audience, rules and a team. Whoever may see it sees all of these fields.
type Space struct {
	ID            string `gorm:"primaryKey"`
	Kind          Kind
	Name          string
	Purpose       string // one sentence
	Description   string // Markdown
	Audience      string // who it is for, in words
	Team          string // who moderates, in words
	AgeBand       string // all, adult, young
	SeePolicy     string // public, account, staff
	ReadPolicy    string // public, account, member
	WritePolicy   string // member, staff
	JoinPolicy    string // open, invitation, closed
	ApproveFirstN int    // so many first posts of a member are approved before others see them
	Hours         string // when moderators are on, in words
	TimeZone      string
	Colour        string
	Sign          string
	State         string // open, closed
	Position      int
	Version       int
	CreatedAt     time.Time
}

// Agreement is one version of a space's rules and confidentiality text.
type Agreement struct {
	ID        string `gorm:"primaryKey"`
	SpaceID   string
	Version   int
	Body      string
	BodyHTML  string
	CreatedAt time.Time
}

// The states of a membership. A paused one reads and does not write; a removed one does neither and cannot
// enter again.
const (
	Active  = "active"
	Paused  = "paused"
	Left    = "left"
	Removed = "removed"
)

// The roles of a membership, which other members see as a badge.
const (
	RoleMember      = "member"
	RoleFacilitator = "facilitator"
	RoleStaff       = "staff"
)

// Membership is an account in a space under an alias. AccountID is for its owner and for case staff only; no
// query that serves members reads it.
type Membership struct {
	ID            string `gorm:"primaryKey"`
	AccountID     string
	SpaceID       string
	Alias         string
	AliasSkeleton string // see Skeleton: unique in the space
	Role          string
	State         string
	ApprovedCount int
	CreatedAt     time.Time
	LeftAt        *time.Time
}

// Standing is how the person who asks stands in a space. It is told to nobody else. The zero Standing is that of
// a guest and of somebody who never entered.
type Standing struct {
	Membership string
	Alias      string
	Role       string
	State      string
	Accepted   bool // the newest agreement
	Approved   int  // posts approved by a moderator so far
}

// Inside reports whether the person is a member now, writing or not.
func (s Standing) Inside() bool { return s.State == Active || s.State == Paused }

// View is a space as one person meets it.
type View struct {
	Space    Space
	Standing Standing
	Attended bool // a moderator of the space is on duty at this moment
}

// Card is a space in a list. News is how many conversations have something the member has not read, counted up
// to NewsLimit.
type Card struct {
	Space    Space
	Standing Standing
	News     int
}

// NewsLimit is where counting what is new stops: more than this is "many".
const NewsLimit = 50

// Shift is a time with a moderator on duty. Alias is the moderator's name in the space, empty without one.
type Shift struct {
	Alias    string
	StartsAt time.Time
	EndsAt   time.Time
}
