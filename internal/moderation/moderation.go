// Package moderation is reports, the review queue, leases, decisions with reasons, and notices of them. It must
// never decide without a named person, let anybody decide about what they wrote themselves, or tell who reported.
package moderation

import "time"

// ReportReasons are why a member reports a post, as codes; the texts are report.reason_CODE.
var ReportReasons = []string{"worry", "unsafe", "personal", "harsh", "spam", "other"}

// ReasonWorry says that the reporter is afraid for the author: it is read before every other report.
const ReasonWorry = "worry"

// Grounds are why a post is held or removed, as codes; the texts are moderation.ground_CODE, and the author reads them.
var Grounds = []string{"personal", "harsh", "unsafe", "spam", "off_topic", "other"}

// Corrections are why staff give a text another level, or the same, as codes; the texts are moderation.correction_CODE.
var Corrections = []string{Read, "missed", "context", "past", "other"}

// Read says that a person has read the text and found its level right.
const Read = "read"

// The states of a report.
const (
	Open      = "open"
	Acted     = "acted"
	Dismissed = "dismissed"
)

// Report is a member's word about a post. Body is sealed. Who reported is known to Samhold alone: no page shows it.
type Report struct {
	ID         string `gorm:"primaryKey"`
	SpaceID    string
	AccountID  *string
	TargetKind string
	TargetID   string
	Reason     string
	BodySealed []byte
	KeyID      string
	// SealedVersion counts how often the body was sealed.
	SealedVersion int
	State         string
	Version       int
	CreatedAt     time.Time
	DecidedAt     *time.Time
}

// Kind is a decision.
type Kind string

// The decisions: the first four about a post, the last two about a report.
const (
	Release Kind = "release"
	Hold    Kind = "hold"
	Remove  Kind = "remove"
	Restore Kind = "restore"
	Act     Kind = "act"
	Dismiss Kind = "dismiss"
)

// Decision is what a named person decided. Reason and Statement are for the author of the post.
type Decision struct {
	ID         string `gorm:"primaryKey"`
	SpaceID    string
	ActorID    string
	Kind       Kind
	TargetKind string
	TargetID   string
	Reason     string
	Statement  string
	AppealOf   *string
	CreatedAt  time.Time
}

// Item is what in the queue somebody looks at.
type Item string

// The kinds of item.
const (
	PostItem   Item = "post"
	ReportItem Item = "report"
)

// leaseLasts is how long somebody has an item to themselves.
const leaseLasts = 15 * time.Minute

// Lease says who is looking at an item.
type Lease struct {
	Holder string // an account, empty for nobody
	Name   string // what the holder is called among staff
	Until  *time.Time
}

// Live reports whether somebody has the item at that moment.
func (l Lease) Live(at time.Time) bool {
	return l.Holder != "" && l.Until != nil && at.Before(*l.Until)
}

// Blocks reports whether somebody else than the account has the item at that moment.
func (l Lease) Blocks(account string, at time.Time) bool { return l.Live(at) && l.Holder != account }

// Post is a post in the queue: everything about it but its text. Only moderators of its space who did not write it
// see it.
type Post struct {
	ID         string
	TopicID    string
	SpaceID    string
	SpaceName  string
	SpaceKind  string
	Alias      string
	First      bool // it opens its topic
	Visibility string
	HeldReason string
	Revision   int
	Version    int
	Since      time.Time // when it was written, changed, or held by staff: what it has waited since
	Level      string    // of the newest revision, as staff have corrected it; empty when it was never assessed
	Category   string
	Unread     bool // amber, and no human has said anything to it
	Lease      Lease
}

// HeldReport is a report in the queue: everything about it but its text and its sender.
type HeldReport struct {
	ID      string
	Reason  string
	State   string
	Version int
	HasBody bool
	At      time.Time
	Level   string
	Lease   Lease
	Post    Post
}

// postGoal and the others say after how long an item has waited too long. Defaults until an NGO sets its own.
const (
	postGoal   = 12 * time.Hour
	amberGoal  = 24 * time.Hour
	reportGoal = 24 * time.Hour
	worryGoal  = 30 * time.Minute
)

// Late reports whether the post has waited too long for a human.
func (p Post) Late(at time.Time) bool {
	goal := postGoal
	if p.Unread && p.Visibility == "visible" {
		goal = amberGoal
	}
	return at.Sub(p.Since) > goal
}

// Late reports whether the report has waited too long for a human.
func (r HeldReport) Late(at time.Time) bool {
	goal := reportGoal
	if r.Reason == ReasonWorry {
		goal = worryGoal
	}
	return at.Sub(r.At) > goal
}

// Past is an earlier decision about a post.
type Past struct {
	Kind   Kind
	Reason string
	Name   string // who decided, as staff call them
	At     time.Time
}
