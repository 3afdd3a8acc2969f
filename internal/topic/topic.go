// Package topic is conversations: topics, posts, revisions, drafts, reactions and read marks. A post belongs to
// a membership, never to an account, and no text is saved without passing the intake in the same transaction.
package topic

import (
	"context"
	"time"
)

// The visibilities of a post, and of a topic after its first post. Held: the author and the space's staff see
// it. Deleted (by the author) and removed (by staff): a placeholder stands in its place.
const (
	Visible = "visible"
	Held    = "held"
	Deleted = "deleted"
	Removed = "removed"
)

// Why a post is held; the author reads it in words.
const (
	HeldFirstPosts = "first_posts" // the member's first posts are approved
	HeldMinor      = "minor"       // everything by people under 18 is approved
	HeldCareful    = "careful"     // the assessment asks for a human first
	HeldReplies    = "replies"     // replies under a post with the calm banner are approved
	HeldByStaff    = "staff"       // a moderator holds it
)

// Topic is a conversation.
type Topic struct {
	ID           string `gorm:"primaryKey"`
	SpaceID      string
	MembershipID *string
	Kind         string // conversation, announcement
	Title        string
	State        string // open, locked
	Visibility   string // follows the first post
	PinnedAt     *time.Time
	Promotable   bool // may appear in digests, "similar" and front pages
	LastSeq      int  // the newest number given out
	ShownSeq     int  // of the last visible post
	PostCount    int  // visible posts
	LastPostAt   time.Time
	Version      int
	CreatedAt    time.Time
}

// Post is one message in a topic; the first one opens it. Body is Markdown as typed, BodyHTML what package
// markup made of it under PolicyVersion.
type Post struct {
	ID            string `gorm:"primaryKey"`
	TopicID       string
	SpaceID       string
	MembershipID  *string
	ShownAlias    string
	ShownRole     string
	Seq           int
	ReplyTo       *string
	Body          string
	BodyHTML      string
	PolicyVersion int
	Visibility    string
	HeldReason    string
	CalmBanner    bool
	Revision      int
	Version       int
	CreatedAt     time.Time
	ShownAt       *time.Time // when others could first see it; nil: never
	EditedAt      *time.Time
	DetachedAt    *time.Time // the author's account is gone
}

// Service does everything with topics and posts.
type Service struct{}

// KeepDraft keeps what an account was sending to path when its session had expired: sealed, one hour.
func (s *Service) KeepDraft(ctx context.Context, accountID, path string, values map[string]string) error {
	panic("not built yet")
}
