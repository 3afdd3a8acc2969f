package main

import (
	"context"
	"errors"
	"fmt"

	"samhold/internal/app"
	"samhold/internal/vault"
)

// keyCommand looks after the keys under which texts are sealed.
type keyCommand struct {
	Rotate keyRotate `cmd:"" help:"Give every account and the house a new key and seal all texts again, also while serving. Interrupted, it goes on when called again."`
	Status keyStatus `cmd:"" help:"Say how the keys stand."`
}

type (
	keyRotate struct{}
	keyStatus struct{}
)

// withApp opens the configured installation.
func withApp(ctx context.Context, w *world, do func(*app.App) error) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, c, app.Options{Log: w.log})
	if err != nil {
		return err
	}
	return errors.Join(do(a), a.Close())
}

// Run rotates.
func (keyRotate) Run(ctx context.Context, w *world) error {
	return withApp(ctx, w, func(a *app.App) error {
		fmt.Fprintf(w.out, "the old keys stay for %s after the last text, for pages under way\n", app.KeyGrace)
		draw, step := bar(w.out), ""
		done, err := a.RotateKeys(ctx, app.KeyGrace, func(next string, n, total int) {
			if next != step {
				fmt.Fprintf(w.out, "\n%s\n", next)
				step = next
			}
			draw(n, total)
		})
		if err != nil {
			return fmt.Errorf("%w; call it again and it goes on", err)
		}
		fmt.Fprintln(w.out)
		if done.Resumed {
			fmt.Fprintln(w.out, "an interrupted rotation was finished")
		}
		fmt.Fprintf(w.out, "%d texts sealed again, %d old keys destroyed\n", done.Resealed, done.Dropped)
		if done.Lost > 0 {
			fmt.Fprintf(w.out, "%d texts have no key any more; their accounts were erased\n", done.Lost)
		}
		if done.Broken > 0 {
			fmt.Fprintf(w.out, "%d texts do not open: somebody changed them in the database; they and their keys stay as they are\n", done.Broken)
		}
		status, err := a.Area.Vault.Status(ctx)
		if err != nil {
			return err
		}
		fmt.Fprint(w.out, secrets(status))
		return nil
	})
}

// Run counts.
func (keyStatus) Run(ctx context.Context, w *world) error {
	return withApp(ctx, w, func(a *app.App) error {
		s, err := a.Area.Vault.Status(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "%d keys seal, %d only open; %d texts wait to be sealed again\n", s.Keys, s.Retired, s.Stale)
		if s.Unfinished {
			fmt.Fprintln(w.out, "a rotation is under way or was interrupted: samhold key rotate goes on with it")
		}
		fmt.Fprint(w.out, secrets(s))
		return nil
	})
}

// secrets says whether retired secrets are still needed.
func secrets(s vault.Status) string {
	if s.UnderOldSecret > 0 {
		return fmt.Sprintf("%d keys are wrapped under an old secret: SAMHOLD_OLD_SECRET_KEYS is needed until samhold key rotate is done\n", s.UnderOldSecret)
	}
	return "every key is wrapped under the present secret; older secrets are needed for older backups alone\n"
}
