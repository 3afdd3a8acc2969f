// Package privacy is what people may ask of us about themselves, and what we promise everybody: the declared class of
// every column, the clocks after which things are deleted, the copy of everything that is one's own, and erasure. It
// must never give anybody a word about somebody else, and never keep what it has promised to delete.
package privacy

import (
	"context"
	"log/slog"
	"time"

	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/job"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Store is what the service needs of the database. Writes happen inside a transaction.
type Store interface {
	copyStore
	eraseStore
	clockStore
}

// Accounts is what the account area does for this one.
type Accounts interface {
	// Notify leaves a notice for the account.
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// Spaces is what the space area does for this one.
type Spaces interface {
	// RetireAliases keeps others from taking the account's aliases.
	RetireAliases(ctx context.Context, accountID string) error
}

// Cases is what the crisis desk does for this area.
type Cases interface {
	// PersonLeft tells those who work the account's open case, if there is one, that its person has erased the account.
	PersonLeft(ctx context.Context, accountID string) error
}

// CheckIns is what the agreed check-ins do for this area.
type CheckIns interface {
	// PersonLeft tells those on duty that somebody with whom a time is agreed has erased the account.
	PersonLeft(ctx context.Context, accountID string) error
}

// Jobs asks for work that happens after the transaction has committed.
type Jobs interface {
	IndexPost(ctx context.Context, postID string) error
	// Renew has the words of what was taken out of the index leave its files too, within a day.
	Renew(ctx context.Context, now time.Time) error
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Accounts Accounts
	Spaces   Spaces
	Cases    Cases
	CheckIns CheckIns
	Jobs     Jobs
	Queue    *job.Queue
	Audit    *audit.Log
	Vault    *vault.Vault
	Ledger   *Ledger
	Log      *slog.Logger
}

// Service keeps the promises. It is safe for concurrent use.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }
