package figure

import (
	"context"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/rota"
)

// Step is one thing that happened to a case, and that the figures count by: opened, signal, reopen, raise, take,
// receive, reach, or an end.
type Step struct {
	CaseID  string
	SpaceID string // where the case began; empty for a guest's
	Kind    string
	ToState crisis.State
	Code    string // the level of opened, signal, reopen and raise
	At      time.Time
}

// AmberPost is a post that the rules found worrying and nothing more, the first time that they did.
type AmberPost struct {
	PostID  string
	SpaceID string
	At      time.Time
}

// Answer is something that a human of the team did about an amber post.
type Answer struct {
	PostID string
	At     time.Time
}

// Space is a space's name.
type Space struct {
	ID   string
	Name string
}

// Store is what the figures read.
type Store interface {
	// Steps returns what happened to the cases within the scope that were open at some time since then: all of it, from
	// their beginning, case by case in order.
	Steps(ctx context.Context, scope crisis.Scope, since time.Time) ([]Step, error)
	// AmberPosts are the posts since then within the scope, the oldest first.
	AmberPosts(ctx context.Context, scope crisis.Scope, since time.Time) ([]AmberPost, error)
	// Reads are when somebody of the team had read those posts, Replies when one of the team wrote in their topics after
	// them.
	Reads(ctx context.Context, scope crisis.Scope, since time.Time) ([]Answer, error)
	Replies(ctx context.Context, scope crisis.Scope, since time.Time) ([]Answer, error)
	// Spaces are the open spaces within the scope.
	Spaces(ctx context.Context, scope crisis.Scope) ([]Space, error)
	// FirstShift is when the first shift began that is still known; zero for none.
	FirstShift(ctx context.Context) (time.Time, error)
	// TakenBy are the cases that people took between two moments, each once a person, without the reader's own.
	TakenBy(ctx context.Context, reader string, in rota.Span) ([]Taken, error)
	// Shifts are those that meet the span.
	Shifts(ctx context.Context, in rota.Span) ([]Shift, error)
	// Team are those within the scope who work cases now, by name.
	Team(ctx context.Context, scope crisis.Scope, at time.Time) ([]Colleague, error)
}
