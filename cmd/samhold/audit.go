package main

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/app"
	"samhold/internal/audit"
)

// auditCommand looks after the log of what staff did.
type auditCommand struct {
	Verify auditVerify `cmd:"" help:"Check that nobody changed, removed, added or moved a row."`
}

type auditVerify struct {
	Checkpoint string `type:"existingfile" help:"A head of the chain that was kept outside the database; SAMHOLD_AUDIT_FILE if it is left out."`
}

// Run walks the whole chain.
func (v *auditVerify) Run(ctx context.Context, w *world) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log})
	if err != nil {
		return err
	}
	return errors.Join(v.verify(ctx, w, a), a.Close())
}

func (v *auditVerify) verify(ctx context.Context, w *world, a *app.App) error {
	path := v.Checkpoint
	if path == "" {
		path = a.Config.AuditFile
	}
	var kept *audit.Head
	if path != "" {
		var err error
		if kept, err = audit.ReadCheckpoint(path); err != nil {
			return err
		}
	}
	result, err := a.Area.Audit.Verify(ctx, kept)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%d events\n", result.Checked)
	if kept == nil {
		fmt.Fprintln(w.out, "no checkpoint given: rows cut off at the end together with the head would not be noticed")
	}
	for _, p := range result.Problems {
		fmt.Fprintf(w.out, "event %d: %s\n", p.Seq, p.Kind)
	}
	if len(result.Problems) > 0 {
		return app.ErrTampered
	}
	fmt.Fprintln(w.out, "whole")
	return nil
}
