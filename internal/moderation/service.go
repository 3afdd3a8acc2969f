package moderation

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/intake"
	"samhold/internal/triage"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Store is what moderation keeps. Every method runs in the transaction of ctx if there is one. What the actor may
// not see is fault.NotFound.
type Store interface {
	// Target is the post for whom may report it.
	Target(ctx context.Context, a account.Actor, postID string) (Target, error)
	// Author is the account and the membership that wrote a post, empty when they are gone. It is for the case and the
	// notice: what it returns is never shown.
	Author(ctx context.Context, postID string) (accountID, membershipID string, err error)
	// SaveReport saves r, or returns the open one of the same account about the same post, locked.
	SaveReport(ctx context.Context, r *Report) (kept *Report, created bool, err error)
	// UpdateReport saves r if its version is still the given one, and counts the version up; else Stale.
	UpdateReport(ctx context.Context, r *Report, version int) error
	// Report is a report that the actor may review, decided or not, sealed text and all; locked inside a transaction.
	Report(ctx context.Context, a account.Actor, reportID string) (*Report, error)
	// OpenReports are all open reports of a post, locked, whoever asks.
	OpenReports(ctx context.Context, postID string) ([]Report, error)

	// Waiting are the held posts that the actor may review, at most limit, and how many there are.
	Waiting(ctx context.Context, a account.Actor, limit int) ([]Post, int, error)
	// Unread are the visible amber posts that no human has read, the newest first.
	Unread(ctx context.Context, a account.Actor, limit int) ([]Post, int, error)
	// Reports are the open reports that the actor may review.
	Reports(ctx context.Context, a account.Actor, limit int) ([]HeldReport, int, error)
	// Post is one post that the actor may review.
	Post(ctx context.Context, a account.Actor, postID string) (Post, error)
	// HeldReport is one report that the actor may review, decided or not.
	HeldReport(ctx context.Context, a account.Actor, reportID string) (HeldReport, error)
	// ReportsOf are the open reports of a post that the actor may review.
	ReportsOf(ctx context.Context, a account.Actor, postID string) ([]HeldReport, error)
	// Text is the text of a post that the actor may review.
	Text(ctx context.Context, a account.Actor, postID string) (Text, error)
	// Past are the decisions about a post, oldest first.
	Past(ctx context.Context, postID string) ([]Past, error)

	// Take gives the item to the account until then, unless somebody else has it at that moment.
	Take(ctx context.Context, item Item, id, accountID string, at, until time.Time) (bool, error)
	// GiveBack ends the account's own lease.
	GiveBack(ctx context.Context, item Item, id, accountID string) error

	SaveDecision(ctx context.Context, d *Decision) error
	// DecisionFor is a decision about a post, for the account that wrote the post.
	DecisionFor(ctx context.Context, accountID, decisionID string) (Judgement, error)
}

// Posts carries decisions out. The version is the post's as the moderator read it; if it has changed, nothing
// happens and the fault is a Conflict. All of them are audited.
type Posts interface {
	Release(ctx context.Context, a account.Actor, postID string, version int) error
	Hold(ctx context.Context, a account.Actor, postID string, version int) error
	Remove(ctx context.Context, a account.Actor, postID string, version int) error
	Restore(ctx context.Context, a account.Actor, postID string, version int) error
}

// Assessments is what staff may say to the assessment of a text.
type Assessments interface {
	// Correct gives the newest assessment of a text the level that a person found. A text that turns out urgent
	// opens its writer's case.
	Correct(ctx context.Context, a account.Actor, text intake.Submission, level, reason string) error
	// Explain turns stored reasons into words.
	Explain(reasons, text, lang string) triage.Told
}

// Auditor writes what staff did into the log, inside the transaction.
type Auditor interface {
	Append(ctx context.Context, e audit.Event) error
}

// Notifier leaves a notice for an account, inside the transaction.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// Callers says whom to tell at once of what cannot wait.
type Callers interface {
	// Callable are those on duty in the space, else everybody who works cases there; never the account that it is about.
	Callable(ctx context.Context, spaceID, about string) ([]string, error)
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store       Store
	Tx          tx.Runner
	Clock       clock.Clock
	Intake      intake.Port
	Posts       Posts
	Assessments Assessments
	Callers     Callers
	Audit       Auditor
	Notifier    Notifier
	Vault       *vault.Vault
}

// Service does everything with moderation.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// The kinds of notice that moderation makes. Those about a post name the decision, the last one the report, the others
// nothing.
const (
	NoticeReleased  = "post_released"
	NoticeHeld      = "post_held"
	NoticeRemoved   = "post_removed"
	NoticeRestored  = "post_restored"
	NoticeActed     = "report_acted"
	NoticeDismissed = "report_dismissed"
	NoticeWorry     = "report_worry" // for staff, and it names the report
)

func (s *Service) record(ctx context.Context, a account.Actor, action audit.Action, kind, objectID, spaceID, code string) error {
	return s.Audit.Append(ctx, audit.Event{
		At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: kind, ObjectID: objectID, SpaceID: spaceID, Code: code,
	})
}
