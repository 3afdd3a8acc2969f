package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"samhold/internal/app"
	"samhold/internal/config"
)

// serveCommand runs the real thing.
type serveCommand struct {
	Migrate       bool          `help:"Bring the schema up to date first."`
	Drain         time.Duration `default:"0s" help:"Go on answering this long after being told to end, while /readyz says so: for several processes behind a proxy."`
	WithoutBackup bool          `help:"Do so without a copy of the database, which could not be taken back."`
}

// Run serves until the process is told to end.
func (s *serveCommand) Run(ctx context.Context, w *world) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	if err := c.Unsafe(); err != nil {
		return err
	}
	for _, setting := range config.Settings(w.env, c) {
		w.log.InfoContext(ctx, "setting", "name", setting.Name, "value", setting.Value)
	}
	if s.Migrate {
		done, err := app.Upgrade(ctx, c, app.Options{Log: w.log}, s.WithoutBackup)
		if err != nil {
			return err
		}
		for _, step := range done.Steps {
			w.log.InfoContext(ctx, "schema changed", "step", step.Name, "copy", done.Copy)
		}
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log, Version: version, Drain: s.Drain})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("SAMHOLD_LISTEN: %w", err), a.Close())
	}
	w.log.InfoContext(ctx, "serving", "listen", l.Addr().String(), "address", c.BaseURL.String())
	return errors.Join(a.Run(ctx, l), a.Close())
}
