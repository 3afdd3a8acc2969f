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
	AliasSkeleton string // NFKC, folded confusables: unique in the space
	Role          string
	State         string
	ApprovedCount int
	CreatedAt     time.Time
	LeftAt        *time.Time
}

// Service does everything with spaces and memberships.
type Service struct{}
