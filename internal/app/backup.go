package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"filippo.io/age"

	"samhold/internal/audit"
	"samhold/internal/backup"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/fault"
	"samhold/internal/job"
	"samhold/internal/privacy"
	"samhold/internal/store"
)

// backupJob makes tonight's backup. It leaves the next one behind it, also when it fails.
const backupJob = "backup"

func keeper(c config.Config, s *store.Store, watch clock.Clock, zone *time.Location) *backup.Keeper {
	return backup.NewKeeper(backup.Deps{
		Source: s.Backup(), Notes: s.Backup(), Clock: watch, To: c.Backup.Recipients, Dir: c.Backup.Dir, Keep: c.Backup.Keep,
		Zone: zone,
	})
}

// nightly does the job, and nothing where no backups are made any more.
func (a *App) nightly(ctx context.Context) error {
	if a.Config.Backup.Dir == "" {
		return nil
	}
	if err := a.scheduleBackup(ctx, a.Area.Backup.Tonight()); err != nil {
		return err
	}
	if err := a.Area.Audit.Append(ctx, backupTrace(a.clock.Now(), "nightly")); err != nil {
		a.log.ErrorContext(ctx, "the backup is not in the audit log", "err", err.Error())
	}
	_, made, err := a.Area.Backup.Nightly(ctx)
	if err != nil {
		a.log.ErrorContext(ctx, "no backup was made", "err", err.Error())
		return err
	}
	a.log.InfoContext(ctx, "backup made", "rows", made.Rows, "bytes", made.Bytes)
	return nil
}

func (a *App) scheduleBackup(ctx context.Context, at time.Time) error {
	return a.Area.Queue.Enqueue(ctx, backupJob, struct{}{}, job.Once("next"), job.At(at))
}

// prepareBackup leaves the first job: for tonight, or for now when nights were missed.
func (a *App) prepareBackup(ctx context.Context) error {
	if a.Config.Backup.Dir == "" {
		return nil
	}
	if err := a.Area.Backup.Begin(ctx); err != nil {
		return err
	}
	overdue, err := a.Area.Backup.Overdue(ctx)
	switch {
	case err != nil:
		return err
	case overdue:
		return a.Area.Queue.Enqueue(ctx, backupJob, struct{}{}, job.Once("overdue"))
	}
	return a.scheduleBackup(ctx, a.Area.Backup.Tonight())
}

// watchBackup is the alarm of the log.
func (a *App) watchBackup(ctx context.Context) error {
	status, err := a.Area.Backup.Status(ctx)
	if err == nil && status.Late {
		a.log.ErrorContext(ctx, "the backup is late: run samhold doctor")
	}
	return err
}

// MakeBackup writes a backup of the installation to path, whether it is served or not.
func MakeBackup(ctx context.Context, c config.Config, o Options, path string, progress backup.Progress) (backup.Summary, error) {
	if len(c.Backup.Recipients) == 0 {
		return backup.Summary{}, backup.ErrNoRecipient
	}
	o = o.withDefaults()
	s, err := store.Open(ctx, c.DatabaseURL, store.Options{Clock: o.Clock, Logger: o.Log})
	if err != nil {
		return backup.Summary{}, fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	if err := traceBackup(ctx, c, o, s); err != nil {
		o.Log.WarnContext(ctx, "the backup is not in the audit log", "err", err.Error())
	}
	made, err := keeper(c, s, o.Clock, time.UTC).Make(ctx, path, progress)
	return made, errors.Join(err, s.Close())
}

// traceBackup notes in the audit log that somebody takes everything out. It comes before the backup, which then holds
// it: the end of a restored log fits its checkpoint. No backup is refused because it cannot be noted.
func traceBackup(ctx context.Context, c config.Config, o Options, s *store.Store) error {
	a := &App{Config: c, Store: s, clock: o.Clock}
	if err := a.checkSchema(ctx); err != nil {
		return err
	}
	v, err := a.vault(ctx, o.Clock)
	if err != nil {
		return err
	}
	return a.auditLog(v).Append(ctx, backupTrace(o.Clock.Now(), "by_hand"))
}

func backupTrace(at time.Time, how string) audit.Event {
	return audit.Event{At: at, Action: "backup_begun", ObjectKind: "backup", Code: how}
}

// Restored says what a restore did.
type Restored struct {
	backup.Summary
	Replayed privacy.Replayed // who was erased since the backup, and is erased again
	Events   int64            // of the audit log, all of them whole
	Aside    string           // where the checkpoint went that knew a later audit log, empty if there was none
}

// ErrTampered says that the audit log is not whole.
var ErrTampered = errors.New("the audit log is not whole")

// Restore puts a backup into the empty installation that c names, brings its schema up to date, rebuilds the index and
// verifies the audit log. Say is told what begins, and returns whom to tell the progress; it must not be nil. Nobody
// stays signed in: a backup holds no sessions.
func Restore(ctx context.Context, c config.Config, o Options, in io.Reader, identities []age.Identity, say func(step string) backup.Progress) (Restored, error) {
	o = o.withDefaults()
	summary, err := load(ctx, c, o, in, identities, say)
	if err != nil {
		return Restored{}, err
	}
	a, err := Open(ctx, c, o)
	if err == nil {
		if err = a.verify(ctx); err != nil {
			err = errors.Join(fmt.Errorf("%w: is SAMHOLD_SECRET_KEY the one that the backup was made under?", err), a.Close())
		}
	}
	if err != nil {
		return Restored{}, errors.Join(err, unload(ctx, c, o))
	}
	r, err := a.settle(ctx, say)
	r.Summary = summary
	return r, errors.Join(err, a.Close())
}

// unload empties the database again, so that the restore can be tried once more.
func unload(ctx context.Context, c config.Config, o Options) error {
	s, err := store.Open(ctx, c.DatabaseURL, store.Options{Clock: o.Clock, Logger: o.Log, Volatile: o.Volatile})
	if err != nil {
		return fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	newest, err := store.Newest()
	if err == nil {
		err = s.Backup().Load(ctx, newest, func(context.Context, backup.Put) error { return nil })
	}
	return errors.Join(err, s.Close())
}

// load puts the rows back.
func load(ctx context.Context, c config.Config, o Options, in io.Reader, identities []age.Identity, say func(string) backup.Progress) (backup.Summary, error) {
	s, err := store.Open(ctx, c.DatabaseURL, store.Options{Clock: o.Clock, Logger: o.Log, Volatile: o.Volatile})
	if err != nil {
		return backup.Summary{}, fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	summary, err := func() (backup.Summary, error) {
		m, err := s.Migrations()
		if err != nil {
			return backup.Summary{}, err
		}
		newest, err := store.Newest()
		if err != nil {
			return backup.Summary{}, err
		}
		r, err := backup.Open(in, newest, identities...)
		if err != nil {
			return backup.Summary{}, err
		}
		defer r.Close()
		if err := r.Restore(ctx, s.Backup(), say("rows")); err != nil {
			return backup.Summary{}, err
		}
		_, err = m.Up(ctx)
		return r.Summary(), err
	}()
	return summary, errors.Join(err, s.Close())
}

// settle makes the rest of the installation fit the rows: it erases again whoever was erased since the backup, rebuilds
// the index, notes the restore and verifies the audit log once more.
func (a *App) settle(ctx context.Context, say func(string) backup.Progress) (Restored, error) {
	var r Restored
	var err error
	if r.Aside, err = a.putAside(ctx); err != nil {
		return r, err
	}
	if r.Replayed, err = a.Area.Privacy.Replay(ctx); err != nil {
		return r, fmt.Errorf("erase again: %w", err)
	}
	err = a.Area.Indexer.Rebuild(ctx, say("search index"))
	if fault.Is(err, fault.Unavailable) {
		err = a.RequestRebuild(ctx) // another process holds the index, or its server is down
	}
	if err != nil {
		return r, err
	}
	err = a.Store.InTx(ctx, func(ctx context.Context) error {
		return a.Area.Audit.Append(ctx, audit.Event{At: a.clock.Now(), Action: "backup_restored", ObjectKind: "backup"})
	})
	if err != nil {
		return r, err
	}
	whole, err := a.Area.Audit.Verify(ctx, nil)
	r.Events = whole.Checked
	if err == nil && len(whole.Problems) > 0 {
		err = ErrTampered
	}
	return r, err
}

func (a *App) verify(ctx context.Context) error {
	whole, err := a.Area.Audit.Verify(ctx, nil)
	if err == nil && len(whole.Problems) > 0 {
		err = ErrTampered
	}
	return err
}

// putAside keeps a checkpoint that knows events which the backup does not have: it is evidence of what was lost with the
// old database, and a new one must be able to begin.
func (a *App) putAside(ctx context.Context) (aside string, err error) {
	path := a.Config.AuditFile
	if path == "" {
		return "", nil
	}
	kept, err := audit.ReadCheckpoint(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	with, err := a.Area.Audit.Verify(ctx, kept)
	if err != nil || len(with.Problems) == 0 {
		return "", err
	}
	aside = path + ".before-restore-" + a.clock.Now().Format("20060102T150405Z")
	if err := os.Rename(path, aside); err != nil {
		return "", fmt.Errorf("put the old checkpoint aside: %w", err)
	}
	return aside, nil
}
