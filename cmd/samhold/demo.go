package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"samhold/internal/app"
	"samhold/internal/clock"
)

// demoCommand shows a ready community on embedded parts.
type demoCommand struct {
	Listen string `default:"127.0.0.1:8080" help:"Address and port; port 0 takes a free one."`
	Data   string `type:"path" help:"Folder for the data; a temporary one, removed at the end, if it is left out."`
}

// Run seeds a community, prints how to sign in, and serves until it is told to end.
func (d *demoCommand) Run(ctx context.Context, w *world) (err error) {
	watch := clock.System{}
	started := watch.Now()
	dir := d.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "samhold-demo-"); err != nil {
			return fmt.Errorf("make a temporary folder: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	l, err := net.Listen("tcp", d.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	c, err := app.DemoConfig(dir, l.Addr().String())
	if err != nil {
		return err
	}
	if err := app.Migrate(ctx, c.DatabaseURL); err != nil {
		return err
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log, Volatile: true, Demo: true})
	if err != nil {
		return err
	}
	seeded, err := a.SeedDemo(ctx)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	fmt.Fprintf(w.out, "Samhold is at %s (ready in %.1f s)\n\n", c.BaseURL, watch.Now().Sub(started).Seconds())
	for _, s := range seeded.SignIns {
		fmt.Fprintf(w.out, "%s\t%s\t%s\n", s.Role, s.Name, app.DemoPassphrase)
	}
	fmt.Fprintln(w.out, "\nEnd it with Ctrl+C.")
	return errors.Join(a.Run(ctx, l), a.Close())
}
