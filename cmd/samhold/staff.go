package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"samhold/internal/account"
	"samhold/internal/app"
)

// staffCommand lets staff in.
type staffCommand struct {
	Add staffAdd `cmd:"" help:"Make an account for somebody who works here, and print a one-time link to sign in with."`
}

type staffAdd struct {
	Role  string `required:"" enum:"facilitator,moderator,duty_lead,safeguarding_lead,admin" help:"${enum}"`
	Space string `help:"Id of the one space it is for; every space if it is left out."`
	Name  string `arg:"" help:"What they are called among staff."`
}

// Run adds the account and prints the link, which is shown only now.
func (s *staffAdd) Run(ctx context.Context, w *world) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log})
	if err != nil {
		return err
	}
	invited, err := a.Area.Account.AddStaff(ctx, account.NewStaff{
		Role: account.Role(s.Role), SpaceID: s.Space, StaffName: s.Name, Locale: string(c.Locale),
	})
	if err == nil {
		fmt.Fprintf(w.out, "Sign-in name: %s\nOne-time link, until %s:\n%s/welcome/%s\n", invited.Name,
			invited.Until.UTC().Format("2006-01-02 15:04 UTC"), strings.TrimSuffix(c.BaseURL.String(), "/"), invited.Token)
	}
	return errors.Join(err, a.Close())
}
