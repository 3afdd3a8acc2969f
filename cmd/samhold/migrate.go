package main

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/store"
)

// migrateCommand changes the schema, or says how it stands.
type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Apply what waits."`
	Down   migrateDown   `cmd:"" help:"Take the newest step back. Its data is gone."`
	Status migrateStatus `cmd:"" help:"List the steps."`
}

type (
	migrateUp     struct{}
	migrateDown   struct{}
	migrateStatus struct{}
)

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

// Run applies what waits.
func (migrateUp) Run(ctx context.Context, w *world) error {
	return withMigrations(ctx, w, func(m *store.Migrations) error {
		applied, err := m.Up(ctx)
		for _, step := range applied {
			fmt.Fprintln(w.out, "applied", step.Name)
		}
		if err == nil && len(applied) == 0 {
			fmt.Fprintln(w.out, "nothing to do")
		}
		return err
	})
}

// Run takes the newest step back.
func (migrateDown) Run(ctx context.Context, w *world) error {
	return withMigrations(ctx, w, func(m *store.Migrations) error {
		step, err := m.Down(ctx)
		if err == nil {
			fmt.Fprintln(w.out, "took back", step.Name)
		}
		return err
	})
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
