package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"filippo.io/age"

	"samhold/internal/app"
	"samhold/internal/backup"
	"samhold/internal/clock"
	"samhold/internal/store"
)

// backupCommand writes everything into one encrypted file.
type backupCommand struct {
	File string `arg:"" type:"path" help:"The new file. It is encrypted to SAMHOLD_BACKUP_RECIPIENT and readable by its owner alone."`
}

// Run makes the backup while others may serve and write.
func (b *backupCommand) Run(ctx context.Context, w *world) error {
	c, err := w.config()
	if err != nil {
		return err
	}
	watch := clock.System{}
	started := watch.Now()
	made, err := app.MakeBackup(ctx, c, app.Options{Log: w.log}, b.File, bar(w.out))
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "\n%s: %d rows, %d bytes, schema %d, in %.1f s\n", b.File, made.Rows, made.Bytes, made.Schema, watch.Now().Sub(started).Seconds())
	return nil
}

// backupKeyCommand makes the key pair that backups are made for.
type backupKeyCommand struct {
	File string `arg:"" type:"path" help:"The new file with the identity, which opens backups. Keep it away from this machine."`
}

// Run writes the identity and prints the recipient. It never overwrites.
func (b *backupKeyCommand) Run(w *world) error {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return fmt.Errorf("make a key pair: %w", err)
	}
	f, err := os.OpenFile(b.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the identity: %w", err)
	}
	_, err = fmt.Fprintf(f, "# opens the backups of Samhold; public key: %s\n%s\n", identity.Recipient(), identity)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the identity: %w", err)
	}
	fmt.Fprintf(w.out, "SAMHOLD_BACKUP_RECIPIENT=%s\n", identity.Recipient())
	return nil
}

// restoreCommand puts a backup into an empty installation.
type restoreCommand struct {
	File     string `arg:"" type:"existingfile" help:"The backup."`
	Identity string `required:"" type:"existingfile" help:"The file with the identity that it was made for."`
	Check    bool   `help:"Read and check the whole file, and change nothing."`
}

// Run restores, or checks.
func (r *restoreCommand) Run(ctx context.Context, w *world) (err error) {
	keys, err := os.Open(r.Identity)
	if err != nil {
		return fmt.Errorf("--identity: %w", err)
	}
	identities, err := age.ParseIdentities(keys)
	if err = errors.Join(err, keys.Close()); err != nil {
		return fmt.Errorf("--identity: %w", err)
	}
	f, err := os.Open(r.File)
	if err != nil {
		return fmt.Errorf("open the backup: %w", err)
	}
	defer f.Close()
	if r.Check {
		return r.check(ctx, w, f, identities)
	}
	c, err := w.config()
	if err != nil {
		return err
	}
	say := func(step string) backup.Progress {
		fmt.Fprintf(w.out, "\n%s\n", step)
		return bar(w.out)
	}
	done, err := app.Restore(ctx, c, app.Options{Log: w.log}, f, identities, say)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "\nrestored %d rows as they were on %s\n%d events in the audit log, whole\n", done.Rows,
		done.MadeAt.UTC().Format("2006-01-02 15:04 UTC"), done.Events)
	if done.Aside != "" {
		fmt.Fprintf(w.out, "the old checkpoint knew later events, which are lost; it is kept as %s\n", done.Aside)
	}
	if again := done.Replayed; again.Erased+len(again.Bad) > 0 {
		fmt.Fprintf(w.out, "%d accounts were erased since, and are erased again; %d lines of the ledger are not whole\n", again.Erased, len(again.Bad))
	}
	fmt.Fprintln(w.out, "everybody signs in again")
	return nil
}

// check reads everything without a database.
func (r *restoreCommand) check(ctx context.Context, w *world, f *os.File, identities []age.Identity) error {
	newest, err := store.Newest()
	if err != nil {
		return err
	}
	open, err := backup.Open(f, newest, identities...)
	if err != nil {
		return err
	}
	defer open.Close()
	if err := open.Check(ctx, bar(w.out)); err != nil {
		return err
	}
	s := open.Summary()
	fmt.Fprintf(w.out, "\nwhole: %d rows as they were on %s, schema %d\n", s.Rows, s.MadeAt.UTC().Format("2006-01-02 15:04 UTC"), s.Schema)
	return nil
}
