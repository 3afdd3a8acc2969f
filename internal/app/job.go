package app

import (
	"context"
	"fmt"
	"time"

	"samhold/internal/call"
	"samhold/internal/crisis"
	"samhold/internal/job"
	"samhold/internal/privacy"
	"samhold/internal/search"
	"samhold/internal/web/view"
)

// sweepJob cleans up what has run out and keeps the head of the audit chain outside the database. It leaves the
// next one behind it.
const sweepJob = "sweep"

const sweepEvery = 15 * time.Minute

func (a *App) handlers() map[string]job.Handler {
	all := a.Area.Indexer.Handlers()
	all[crisis.CallJob] = job.Handle(func(ctx context.Context, p crisis.CallPayload) error {
		return a.Area.Crisis.Deliver(ctx, p.Attempt)
	})
	all[crisis.ReassessJob] = job.Handle(a.Area.Crisis.Reassess)
	all[call.CodeJob] = job.Handle(func(ctx context.Context, p call.WayPayload) error { return a.Area.Call.SendCode(ctx, p.Way) })
	all[call.TrialJob] = job.Handle(func(ctx context.Context, p call.WayPayload) error { return a.Area.Call.SendTrial(ctx, p.Way) })
	all[backupJob] = func(ctx context.Context, _ []byte) error { return a.nightly(ctx) }
	all[privacy.LedgerJob] = job.Handle(a.Area.Privacy.WriteLedger)
	all[sweepJob] = func(ctx context.Context, _ []byte) error { return a.sweep(ctx) }
	return all
}

func (a *App) sweep(ctx context.Context) error {
	if err := a.Area.Account.Sweep(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Call.Sweep(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Privacy.Sweep(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Directory.Remind(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Crisis.TellOpenings(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Guarding.Remind(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Support.Remind(ctx); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return fmt.Errorf("time zone: %w", err)
	}
	if err := a.Area.Crisis.TellReporters(ctx, zone); err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	if err := a.Area.Rota.Extend(ctx); err != nil {
		return fmt.Errorf("sweep: extend the rota: %w", err)
	}
	// Roles begin and end without the rota being touched.
	if err := a.Area.Crisis.RotaChanged(ctx); err != nil {
		return fmt.Errorf("sweep: deadlines by the rota: %w", err)
	}
	// An index that lost something while we run is filled again.
	if err := a.Area.Indexer.CatchUp(ctx, a.indexJobs()); err != nil {
		a.log.WarnContext(ctx, "the index was not compared with the database", "err", err.Error())
	}
	if a.Config.AuditFile != "" {
		if _, err := a.Area.Audit.Checkpoint(ctx, a.Config.AuditFile); err != nil {
			return fmt.Errorf("audit checkpoint: %w", err)
		}
	}
	if err := a.sweepCopies(); err != nil {
		return err
	}
	if err := a.watchBackup(ctx); err != nil {
		return fmt.Errorf("watch the backup: %w", err)
	}
	return a.Area.Queue.Enqueue(ctx, sweepJob, struct{}{}, job.Once("next"), job.At(a.clock.Now().Add(sweepEvery)))
}

// prepare leaves the jobs that a start needs.
func (a *App) prepare(ctx context.Context) error {
	if err := a.Area.Queue.Enqueue(ctx, sweepJob, struct{}{}, job.Once("next")); err != nil {
		return err
	}
	if err := a.prepareBackup(ctx); err != nil {
		return err
	}
	if err := a.Area.Crisis.BeginReassessment(ctx); err != nil {
		return fmt.Errorf("begin the reassessment: %w", err)
	}
	// Touching the index opens it, and opening it lets it catch up.
	if err := a.Index.Healthy(ctx); err != nil {
		a.log.WarnContext(ctx, "search is not available yet", "err", err.Error())
	}
	return nil
}

// RequestRebuild leaves a rebuild of the index for the process that serves.
func (a *App) RequestRebuild(ctx context.Context) error {
	return a.indexJobs().Rebuild(ctx)
}

func (a *App) indexJobs() search.Jobs { return search.Jobs{Queue: a.Area.Queue} }

// catchUp leaves a rebuild for an index that is behind the database.
func (a *App) catchUp(search.Index) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := a.Area.Indexer.CatchUp(ctx, a.indexJobs()); err != nil {
		a.log.Warn("the index was not compared with the database", "err", err.Error())
	}
}
