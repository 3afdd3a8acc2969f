// Package admin is what keeps the house running: parked jobs, staff, and reading the audit log. It
// knows ids, codes, numbers and the names of staff. It must never touch what people wrote or who they are.
package admin

import (
	"context"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/backup"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/job"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Store is what the service needs of the database.
type Store interface {
	// Numbers counts what an admin may know of.
	Numbers(ctx context.Context, at time.Time) (Numbers, error)
	// Colleagues are the grants that hold at that moment or begin later, in the spaces of the reach and for all spaces.
	Colleagues(ctx context.Context, r Reach, at time.Time) ([]Colleague, error)
	// Spaces are the spaces of the reach.
	Spaces(ctx context.Context, r Reach) ([]Space, error)
	// People are the active accounts that work here or have done, by name.
	People(ctx context.Context) ([]Person, error)
	AddGrant(ctx context.Context, g *account.StaffGrant) error
	// Grant is a grant that has not ended, locked; NotFound otherwise.
	Grant(ctx context.Context, grantID string, at time.Time) (*account.StaffGrant, error)
	// EndGrant ends a grant, and every session of its account when that has none left at that moment.
	EndGrant(ctx context.Context, g *account.StaffGrant, at time.Time) error
	// Finish ends every role of an account, its sessions and links, what it holds in the queue, and its ways to be called.
	Finish(ctx context.Context, accountID string, at time.Time) error
	fileStore
	// Trail is a page of the audit log, newest first, and how many events the filter finds. Events about the reader's
	// own case, posts or reports are marked Hidden, and no filter by action finds them.
	Trail(ctx context.Context, reader string, f Filter) ([]Trace, int, error)
}

// Queue is the job queue.
type Queue interface {
	Parked(ctx context.Context) ([]job.Job, error)
	Retry(ctx context.Context, jobID string) error
	Stats(ctx context.Context) (job.Stats, error)
}

// Backups knows how the backups stand.
type Backups interface {
	Status(ctx context.Context) (backup.Status, error)
}

// Cases is what the crisis desk does when somebody stops working here.
type Cases interface {
	// Release gives every case in the hands of the account back to the ladder. It joins the transaction of ctx.
	Release(ctx context.Context, by account.Actor, accountID string) error
}

// Rota is what the rota does then.
type Rota interface {
	// Leave makes the account's shifts vacant. It joins the transaction of ctx.
	Leave(ctx context.Context, accountID string) error
}

// Deps are what the service stands on. All but Checkpoint are needed.
type Deps struct {
	Store      Store
	Tx         tx.Runner
	Clock      clock.Clock
	Queue      Queue
	Audit      *audit.Log
	Backup     Backups
	Cases      Cases
	Rota       Rota
	Vault      *vault.Vault
	Checkpoint string // the file with the newest checkpoint of the audit log, empty if none is kept
}

// Service does everything for the admin pages.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// Numbers are counts of what an admin may know of. Nothing here counts posts, reports or cases.
type Numbers struct {
	Accounts int // active and paused
	Joined   int // of these, in the last seven days
	Spaces   int
	Staff    int // accounts with a grant that holds now
	OnDuty   int // accounts with a shift now
	Events   int // in the audit log
}

// Overview is the admin's first page.
type Overview struct {
	Numbers
	Jobs   job.Stats
	Backup backup.Status
}

// Overview returns the numbers.
func (s *Service) Overview(ctx context.Context, a account.Actor) (*Overview, error) {
	if !a.Can(account.ManageJobs) {
		return nil, fault.Missing()
	}
	n, err := s.Store.Numbers(ctx, a.At)
	if err != nil {
		return nil, err
	}
	stats, err := s.Queue.Stats(ctx)
	if err != nil {
		return nil, err
	}
	status, err := s.Backup.Status(ctx)
	return &Overview{Numbers: n, Jobs: stats, Backup: status}, err
}

// Parked returns the jobs that failed too often. They hold ids and codes only.
func (s *Service) Parked(ctx context.Context, a account.Actor) ([]job.Job, error) {
	if !a.Can(account.ManageJobs) {
		return nil, fault.Missing()
	}
	return s.Queue.Parked(ctx)
}

// Retry makes a parked job due again. It is audited.
func (s *Service) Retry(ctx context.Context, a account.Actor, jobID string) error {
	if !a.Can(account.ManageJobs) {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Queue.Retry(ctx, jobID); err != nil {
			return err
		}
		return s.record(ctx, a, "job_retried", "job", jobID, "")
	})
}

func (s *Service) record(ctx context.Context, a account.Actor, action audit.Action, kind, objectID, spaceID string) error {
	return s.Audit.Append(ctx, audit.Event{
		At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: kind, ObjectID: objectID, SpaceID: spaceID,
	})
}
