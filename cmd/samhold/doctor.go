package main

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/doctor"
)

// doctorCommand looks the installation over.
type doctorCommand struct {
	Mail string `placeholder:"ADDRESS" help:"Send a test mail there; otherwise the mail server is only greeted."`
}

var errBroken = errors.New("something is broken")

// Run prints a line for each thing, and fails when one is broken.
func (d *doctorCommand) Run(ctx context.Context, w *world) error {
	broken := false
	doctor.Examine(ctx, w.env, doctor.Options{MailTo: d.Mail}, func(f doctor.Finding) {
		broken = broken || f.State == doctor.Broken
		fmt.Fprintf(w.out, "%-9s  %s: %s\n", f.State, f.Subject, f.Says)
		if f.Do != "" {
			fmt.Fprintf(w.out, "           -> %s\n", f.Do)
		}
	})
	if broken {
		return errBroken
	}
	return nil
}
