package message

import (
	"context"
	"time"
)

// Scope says which conversations somebody on duty may know of. Stores put it into the WHERE clause.
type Scope struct {
	Everywhere bool
	Spaces     []string // messages to one of these spaces' staff, and those to everybody's
	Account    string   // never one's own
}

// Place is a space whose staff a member can write to.
type Place struct {
	ID         string
	Name       string
	Kind       string
	Membership string
}

// Row is a conversation in which a message waits for an answer, as the workbench lists it.
type Row struct {
	ID        string
	AccountID string
	SpaceID   string
	SpaceName string
	Since     time.Time
	Waiting   int
	Opened    bool // somebody has opened all that waits
}

// Late reports whether nobody opened it by the time that somebody was to be told again.
func (r Row) Late(at time.Time) bool { return !r.Opened && at.Sub(r.Since) > firstReminder }

// Store is what conversations keep. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// Ensure returns the account's thread, and makes it if there is none.
	Ensure(ctx context.Context, fresh *Thread) (*Thread, error)
	// ThreadOf returns the account's thread, or NotFound.
	ThreadOf(ctx context.Context, accountID string) (*Thread, error)
	// Thread returns a thread with a message within the scope, or NotFound.
	Thread(ctx context.Context, scope Scope, threadID string) (*Thread, error)
	// LockThread returns a thread, locked, or NotFound.
	LockThread(ctx context.Context, threadID string) (*Thread, error)
	// Add saves m unless a message with its id is there; it returns that one.
	Add(ctx context.Context, m *Message) (before *Message, err error)
	// Own returns the newest messages of a thread, oldest first.
	Own(ctx context.Context, threadID string, limit int) ([]Message, error)
	// Messages returns the newest messages of a thread that lie within the scope, oldest first.
	Messages(ctx context.Context, scope Scope, threadID string, limit int) ([]Message, error)
	// MarkRead notes that the member has read the staff's messages.
	MarkRead(ctx context.Context, threadID string, at time.Time) error
	// MarkOpened notes that somebody on duty opened the member's messages within the scope.
	MarkOpened(ctx context.Context, scope Scope, threadID string, at time.Time) error
	// Settle notes that the member's opened messages within the scope need no answer any more, and returns how many.
	Settle(ctx context.Context, scope Scope, threadID string, at time.Time) (int, error)
	// Unopened returns the oldest message of the member's that nobody has opened, and how many there are, or NotFound.
	Unopened(ctx context.Context, threadID string) (oldest *Message, n int, err error)
	// Unanswered returns the oldest message of the member's that was opened and waits for an answer, or NotFound.
	Unanswered(ctx context.Context, threadID string) (*Message, error)
	// Remind saves when somebody is told again.
	Remind(ctx context.Context, t *Thread) error
	// DueReminders returns threads of which somebody is to be told again now.
	DueReminders(ctx context.Context, now time.Time, limit int) ([]string, error)
	// Waiting returns the conversations within the scope in which a message waits, the longest waiting first.
	Waiting(ctx context.Context, scope Scope) ([]Row, error)
	// Places returns the spaces in which the account has a membership that is active or paused; that in which it wrote
	// last comes first.
	Places(ctx context.Context, accountID string) ([]Place, error)
	// Alias returns what the account is called in a space, and the space's name; empty without a membership.
	Alias(ctx context.Context, accountID, spaceID string) (alias, space string, err error)
	// StaffNames returns what members of staff are called, by account.
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
}
