package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"samhold/internal/config"
	"samhold/internal/store"
)

// Changed is a change of the schema and the copy that was taken before it.
type Changed struct {
	Steps []store.Migration
	Copy  string // empty where there was nothing to do, or nobody to lose
}

// ErrNoCopy says that a schema was not changed because there would be no way back.
var ErrNoCopy = errors.New("the database holds people's data and would be changed without a copy: " +
	"set SAMHOLD_BACKUP_RECIPIENT and SAMHOLD_BACKUP_DIR, or say --without-backup")

// Upgrade brings the schema of the configured database up to this binary's. Where somebody lives, a copy comes first:
// a backup where nights have one, else a second file beside that of SQLite.
func Upgrade(ctx context.Context, c config.Config, o Options, withoutCopy bool) (Changed, error) {
	return withSchema(ctx, c, o, withoutCopy, func(m *store.Migrations) (waits bool, apply func() ([]store.Migration, error), err error) {
		err = m.Check(ctx)
		if errors.Is(err, store.ErrNotMigrated) {
			return true, func() ([]store.Migration, error) { return m.Up(ctx) }, nil
		}
		return false, nil, err
	})
}

// Downgrade takes the newest step back, with a copy first. The step's data is gone.
func Downgrade(ctx context.Context, c config.Config, o Options, withoutCopy bool) (Changed, error) {
	return withSchema(ctx, c, o, withoutCopy, func(m *store.Migrations) (bool, func() ([]store.Migration, error), error) {
		return true, func() ([]store.Migration, error) {
			step, err := m.Down(ctx)
			return []store.Migration{step}, err
		}, nil
	})
}

type planned func(*store.Migrations) (waits bool, apply func() ([]store.Migration, error), err error)

func withSchema(ctx context.Context, c config.Config, o Options, withoutCopy bool, plan planned) (Changed, error) {
	o = o.withDefaults()
	s, err := store.Open(ctx, c.DatabaseURL, store.Options{Clock: o.Clock, Logger: o.Log, Volatile: o.Volatile})
	if err != nil {
		return Changed{}, fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	done, err := func() (Changed, error) {
		m, err := s.Migrations()
		if err != nil {
			return Changed{}, err
		}
		waits, apply, err := plan(m)
		if err != nil || !waits {
			return Changed{}, err
		}
		var done Changed
		if !withoutCopy {
			if done.Copy, err = copyBefore(ctx, c, o, s, m); err != nil {
				return done, err
			}
		}
		done.Steps, err = apply()
		return done, err
	}()
	return done, errors.Join(err, s.Close())
}

// copyBefore makes the copy that a failed or regretted change is taken back with, and returns where it is.
func copyBefore(ctx context.Context, c config.Config, o Options, s *store.Store, m *store.Migrations) (string, error) {
	blank, err := s.Backup().Blank(ctx)
	if err != nil || blank {
		return "", err
	}
	if c.Backup.Dir != "" {
		path, _, err := keeper(c, s, o.Clock, time.UTC).Nightly(ctx)
		return path, err
	}
	step, err := m.Applied(ctx)
	if err != nil {
		return "", err
	}
	path, err := s.Copy(ctx, fmt.Sprintf("%s%04d-%s", copyMark, step, o.Clock.Now().Format("20060102T150405Z")))
	if errors.Is(err, store.ErrNoCopy) {
		return "", ErrNoCopy
	}
	return path, err
}

// copyMark stands in the names of SQLite's copies, between that of the database and the step.
const copyMark = ".before-"

// copiesLast is how long SQLite's copies stay: whoever was erased since is still in them.
const copiesLast = 14 * 24 * time.Hour

// sweepCopies removes SQLite's copies that are old.
func (a *App) sweepCopies() error {
	path, ok := a.Store.Path()
	if !ok {
		return nil
	}
	copies, err := filepath.Glob(path + copyMark + "*")
	if err != nil {
		return nil //nolint:nilerr // the folder's name has a bracket in it, and the copies stay
	}
	for _, old := range copies {
		info, err := os.Stat(old)
		if err == nil && a.clock.Now().Sub(info.ModTime()) > copiesLast {
			err = os.Remove(old)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove an old copy of the database: %w", err)
		}
	}
	return nil
}
