// Package topic is conversations: topics, posts, revisions, drafts, reactions and read marks. A post belongs to
// a membership, never to an account, and no text is saved without passing the intake in the same transaction.
package topic

import (
	"time"

	"samhold/internal/space"
)

// The visibilities of a post, and of a topic after its first post. Held: the author and the space's moderators
// see it. Deleted (by the author) and removed (by staff): a placeholder stands in its place, unless others have
// never seen it.
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
	HeldCareful    = "careful"     // the assessment asks for a human first, and gives no reason
	HeldFarewell   = "farewell"    // the text says goodbye
	HeldMethod     = "method"      // it tells of a way to die or to be hurt
	HeldDose       = "dose"        // it tells of an amount
	HeldPlace      = "place"       // it tells where
	HeldYoung      = "young"       // it is urgent, and young people read there
	HeldReplies    = "replies"     // replies under a post with the calm banner are approved
	HeldByStaff    = "staff"       // a moderator holds it
)

// HeldReasons are all of them.
var HeldReasons = []string{
	HeldFirstPosts, HeldMinor, HeldCareful, HeldFarewell, HeldMethod, HeldDose, HeldPlace, HeldYoung, HeldReplies, HeldByStaff,
}

// The states and kinds of a topic.
const (
	Open         = "open"
	Locked       = "locked"
	Conversation = "conversation"
)

// The number of posts and of topics on a page.
const (
	PostsPerPage  = 20
	TopicsPerPage = 25
)

// Topic is a conversation.
type Topic struct {
	ID           string `gorm:"primaryKey"`
	SpaceID      string
	MembershipID *string
	Kind         string // conversation, announcement
	Title        string // empty when its author deleted it and replies remain
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
	GoneAt        *time.Time // when it was deleted or removed: its text goes some time after that
}

// Revision is what a post said before an edit.
type Revision struct {
	ID         string `gorm:"primaryKey"`
	PostID     string
	Revision   int
	Title      string // of the topic, with its first post; empty otherwise
	Body       string
	BodyHTML   string
	CreatedAt  time.Time // when this text was written
	RedactedAt *time.Time
}

// TableName implements GORM's Tabler.
func (Revision) TableName() string { return "post_revision" }

// Opened is a topic as one person meets it.
type Opened struct {
	Topic     Topic
	Space     space.Space // without the long texts
	Standing  space.Standing
	Mine      bool // the person opened the topic
	Places    int  // how many posts the person meets in it, with the placeholders
	ReadSeq   int  // the last post that they have read, 0 for none
	Calm      bool // a post that others see carries the calm banner
	Hindrance space.Hindrance
}

// Shown is a post as one person meets it. BodyHTML is empty for a placeholder.
type Shown struct {
	ID         string
	Alias      string
	Role       string
	Seq        int
	BodyHTML   string
	Visibility string
	HeldReason string
	Mine       bool
	Thinking   int  // how many think of the author
	IThink     bool // the person is one of them
	Unseen     bool // the person has chosen not to see what its author writes; there is no text
	CreatedAt  time.Time
	EditedAt   *time.Time
}

// Gone reports whether only a placeholder stands here.
func (s Shown) Gone() bool { return s.Visibility == Deleted || s.Visibility == Removed }

// Row is a topic in a list. Unread counts the visible posts by others that the person has not read, up to
// UnreadLimit, and only in what has happened since they became a member.
type Row struct {
	ID         string
	SpaceID    string
	Title      string
	Alias      string // of who opened it
	State      string
	Visibility string
	Pinned     bool
	Unseen     bool // the person has chosen not to see what its author writes; there is no title
	Replies    int
	Unread     int
	LastPostAt time.Time
}

// UnreadLimit is where counting stops: more than this is "many".
const UnreadLimit = 50

// Written is a post with its topic, for whoever may read, change or moderate it.
type Written struct {
	Opened
	Post Post
	Mine bool // the person wrote the post
}

// First reports whether the post opened its topic.
func (w *Written) First() bool { return w.Post.Seq == 1 }

// Shown reports whether others can read the post: neither it nor its topic waits or is gone.
func (w *Written) Shown() bool { return w.Post.Visibility == Visible && w.Topic.Visibility == Visible }
