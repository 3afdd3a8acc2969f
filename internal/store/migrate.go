package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"samhold/migrations"
)

// ErrNotMigrated says that migrations wait; "samhold migrate up" applies them.
var ErrNotMigrated = errors.New(`the database is older than this version of Samhold; run "samhold migrate up"`)

// Migration is one step of the schema.
type Migration struct {
	Version   int64
	Name      string    // of the file
	AppliedAt time.Time // zero while it waits
}

// Migrations changes the schema of one database.
type Migrations struct {
	store    *Store
	provider *goose.Provider
}

// Migrations returns the schema's steps that this binary carries.
func (s *Store) Migrations() (*Migrations, error) { return s.MigrationsFrom(migrations.Files) }

// MigrationsFrom is Migrations for the files of fsys.
func (s *Store) MigrationsFrom(fsys fs.FS) (*Migrations, error) {
	others, err := s.dialect.foreignMigrations(fsys)
	if err != nil {
		return nil, err
	}
	dialect, opts, err := s.dialect.migrationOptions()
	if err != nil {
		return nil, err
	}
	opts = append(opts,
		goose.WithExcludeNames(others),
		goose.WithDisableGlobalRegistry(true),
		goose.WithSlog(slog.New(slog.DiscardHandler)),
	)
	provider, err := goose.NewProvider(dialect, s.pools[0], fsys, opts...)
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return &Migrations{store: s, provider: provider}, nil
}

// foreignMigrations are the files of fsys that are for another database.
func (d dialect) foreignMigrations(fsys fs.FS) ([]string, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	var foreign []string
	for _, name := range names {
		for _, other := range []dialect{sqliteDialect, postgresDialect} {
			if other != d && strings.HasSuffix(name, "."+other.String()+".sql") {
				foreign = append(foreign, name)
			}
		}
	}
	return foreign, nil
}

// Up applies what waits and returns it. Several processes may call it at once on PostgreSQL; one does the work.
func (m *Migrations) Up(ctx context.Context) ([]Migration, error) {
	if err := m.refuseNewer(ctx); err != nil {
		return nil, err
	}
	results, err := m.provider.Up(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate up: %w", err)
	}
	applied := make([]Migration, 0, len(results))
	for _, r := range results {
		applied = append(applied, Migration{Version: r.Source.Version, Name: r.Source.Path, AppliedAt: m.store.clock.Now()})
	}
	return applied, nil
}

// Down takes back the newest step and returns it. Its data is gone.
func (m *Migrations) Down(ctx context.Context) (Migration, error) {
	if err := m.refuseNewer(ctx); err != nil {
		return Migration{}, err
	}
	result, err := m.provider.Down(ctx)
	if err != nil {
		return Migration{}, fmt.Errorf("migrate down: %w", err)
	}
	return Migration{Version: result.Source.Version, Name: result.Source.Path}, nil
}

// To takes every step back and then applies those up to the given one. All data is gone.
func (m *Migrations) To(ctx context.Context, step int64) error {
	if _, err := m.provider.DownTo(ctx, 0); err != nil {
		return fmt.Errorf("migrate to %d: %w", step, err)
	}
	if _, err := m.provider.UpTo(ctx, step); err != nil {
		return fmt.Errorf("migrate to %d: %w", step, err)
	}
	return nil
}

// Newest is the newest step of the schema that this binary carries.
func Newest() (int64, error) {
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("migrate: no steps: %w", err)
	}
	number, _, _ := strings.Cut(slices.Max(names), "_")
	step, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return step, nil
}

// Applied is the newest step that the database has, 0 for none.
func (m *Migrations) Applied(ctx context.Context) (int64, error) {
	version, err := m.provider.GetDBVersion(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return version, nil
}

// Status returns every step in order.
func (m *Migrations) Status(ctx context.Context) ([]Migration, error) {
	states, err := m.provider.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate status: %w", err)
	}
	all := make([]Migration, 0, len(states))
	for _, state := range states {
		all = append(all, Migration{Version: state.Source.Version, Name: state.Source.Path, AppliedAt: state.AppliedAt})
	}
	return all, nil
}

// Check returns nil when the schema is the one that this binary was built for, ErrNotMigrated or ErrNewer.
func (m *Migrations) Check(ctx context.Context) error {
	if err := m.refuseNewer(ctx); err != nil {
		return err
	}
	pending, err := m.provider.HasPending(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if pending {
		return ErrNotMigrated
	}
	return nil
}

func (m *Migrations) refuseNewer(ctx context.Context) error {
	current, target, err := m.provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if current > target {
		return fmt.Errorf("%w (it has step %d, this version knows %d)", ErrNewer, current, target)
	}
	return nil
}
