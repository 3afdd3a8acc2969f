package main

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/app"
	"samhold/internal/config"
	"samhold/internal/store"
)

// migrateCommand changes the schema, or says how it stands.
type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Apply what waits."`
	Down   migrateDown   `cmd:"" help:"Take the newest step back. Its data is gone."`
	Status migrateStatus `cmd:"" help:"List the steps."`
}

type (
	migrateUp struct {
		WithoutBackup bool `help:"Without a copy of the database first."`
	}
	migrateDown struct {
		WithoutBackup bool `help:"Without a copy of the database first."`
	}
	migrateStatus struct{}
)

// Run applies what waits.
func (m *migrateUp) Run(ctx context.Context, w *world) error {
	return change(ctx, w, app.Upgrade, m.WithoutBackup, "applied")
}

// Run takes the newest step back.
func (m *migrateDown) Run(ctx context.Context, w *world) error {
	return change(ctx, w, app.Downgrade, m.WithoutBackup, "took back")
}

func change(ctx context.Context, w *world, do func(context.Context, config.Config, app.Options, bool) (app.Changed, error), withoutBackup bool, verb string) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	done, err := do(ctx, c, app.Options{Log: w.log}, withoutBackup)
	if done.Copy != "" {
		fmt.Fprintln(w.out, "before the change, a copy:", done.Copy)
	}
	if err != nil {
		return err
	}
	for _, step := range done.Steps {
		fmt.Fprintln(w.out, verb, step.Name)
	}
	if len(done.Steps) == 0 {
		fmt.Fprintln(w.out, "nothing to do")
	}
	return nil
}

// withMigrations opens the configured database and hands its migrations over.
func withMigrations(ctx context.Context, w *world, do func(*store.Migrations) error) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, c.DatabaseURL, store.Options{Logger: w.log})
	if err != nil {
		return fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	m, err := s.Migrations()
	if err == nil {
		err = do(m)
	}
	return errors.Join(err, s.Close())
}

// Run lists the steps.
func (migrateStatus) Run(ctx context.Context, w *world) error {
	return withMigrations(ctx, w, func(m *store.Migrations) error {
		steps, err := m.Status(ctx)
		for _, step := range steps {
			state := "waits"
			if !step.AppliedAt.IsZero() {
				state = step.AppliedAt.UTC().Format("2006-01-02 15:04")
			}
			fmt.Fprintf(w.out, "%s\t%s\n", step.Name, state)
		}
		return err
	})
}
