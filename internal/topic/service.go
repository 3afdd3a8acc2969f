package topic

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/intake"
	"samhold/internal/space"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Store is what the service needs of the database. What the actor may not see is fault.NotFound.
type Store interface {
	// Topics is a page of a space's topics and whether there are more. Pinned ones stand on the first page.
	Topics(ctx context.Context, a account.Actor, spaceID string, page int) (rows []Row, more bool, err error)
	// Latest are the topics of each space with the newest activity, without those that are not promotable.
	Latest(ctx context.Context, a account.Actor, spaceIDs []string, each int) (map[string][]Row, error)
	// Opened is a topic that the actor may open.
	Opened(ctx context.Context, a account.Actor, topicID string) (Opened, error)
	// Posts are posts of a topic that the actor meets there.
	Posts(ctx context.Context, a account.Actor, topicID string, offset, limit int) ([]Shown, error)
	// CountPosts counts what Posts lists, up to and including seq.
	CountPosts(ctx context.Context, a account.Actor, topicID string, seq int) (int, error)
	// FirstUnread is the first post by somebody else after seq that the actor may read; NotFound if none.
	FirstUnread(ctx context.Context, a account.Actor, topicID string, seq int) (postID string, at int, err error)
	// Written is a post whose text the actor may read.
	Written(ctx context.Context, a account.Actor, postID string) (Written, error)
	// Place is where a post stands that the actor meets, as a text or as a placeholder.
	Place(ctx context.Context, a account.Actor, postID string) (topicID string, seq int, err error)
	Revisions(ctx context.Context, postID string) ([]Revision, error)

	// LockTopic keeps other changes of the topic waiting until the transaction ends; no such topic is no error.
	// Locks are taken in one order everywhere: topic, author, and last the audit log.
	LockTopic(ctx context.Context, topicID string) error
	// LockTopicOf does the same for the topic of a post.
	LockTopicOf(ctx context.Context, postID string) error
	// LockAuthor keeps other texts of the membership waiting until the transaction ends.
	LockAuthor(ctx context.Context, membershipID string) error
	// Sent is the topic and membership of the post with this id; found is false when there is none.
	Sent(ctx context.Context, postID string) (topicID, membershipID string, found bool, err error)
	// NextSeq gives out the topic's next number.
	NextSeq(ctx context.Context, topicID string) (int, error)
	AddTopic(ctx context.Context, t *Topic) error
	// AddPost saves a new post. ok is false when its id is taken.
	AddPost(ctx context.Context, p *Post) (ok bool, err error)
	AddRevision(ctx context.Context, r *Revision) error
	// ChangePost saves the post's text, state and numbers if its version is still the given one; Stale otherwise.
	ChangePost(ctx context.Context, p *Post, version int) error
	// ChangeTopic saves the topic's title, state, visibility, pin and promotable, and counts its version up.
	ChangeTopic(ctx context.Context, t *Topic) error
	// OtherCalm reports whether another post of the topic that is there or waits carries the calm banner.
	OtherCalm(ctx context.Context, topicID, postID string) (bool, error)
	// Tally counts the topic's visible posts anew.
	Tally(ctx context.Context, topicID string) error
	// AddApproved counts a post of the membership as approved.
	AddApproved(ctx context.Context, membershipID string) error
	// MarkRead moves the membership's mark in the topic forward; it never moves back.
	MarkRead(ctx context.Context, membershipID, topicID string, seq int, at time.Time) error
	SetReaction(ctx context.Context, postID, membershipID string, on bool, at time.Time) error

	// SetBlock notes, or forgets, that a membership does not want to see another of its space.
	SetBlock(ctx context.Context, blocker, blocked string, on bool, at time.Time) error
	// Blocks are the aliases that the actor has blocked where they are a member.
	Blocks(ctx context.Context, a account.Actor) ([]Blocked, error)
	// DropBlock forgets the actor's block of an alias of the space, if there is one.
	DropBlock(ctx context.Context, a account.Actor, spaceID, alias string) error

	Drafts(ctx context.Context, accountID string, at time.Time) ([]Draft, error)
	AddDraft(ctx context.Context, d *Draft) error
	DropDrafts(ctx context.Context, ids []string) error
	DropOldDrafts(ctx context.Context, at time.Time) error
}

// Jobs asks for work that happens after the transaction has committed.
type Jobs interface {
	// IndexPost brings the search index up to date with the post. It is called inside the transaction.
	IndexPost(ctx context.Context, postID string) error
}

// Auditor writes what staff did into the log, inside the transaction.
type Auditor interface {
	Append(ctx context.Context, e audit.Event) error
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store  Store
	Spaces *space.Service
	Tx     tx.Runner
	Clock  clock.Clock
	Intake intake.Port
	Jobs   Jobs
	Audit  Auditor
	Vault  *vault.Vault
}

// Service does everything with topics and posts.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }
