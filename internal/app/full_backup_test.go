package app_test

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/testkit"
)

// TestBackupOntoAFullDisk: a clear word, no half file, the note of what failed, and a whole backup once there is space.
func TestBackupOntoAFullDisk(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d, may := small(t)
		if !may {
			t.Skip("nobody may mount a disk here; TestBackupThatTheSystemCutsOff shows the same")
		}
		w := newPlace(t, db)
		newTalk(t, w, 2)
		w.app.Runner.Drain(t.Context())
		v := newVault(t)
		c, path := v.settings(t, db), filepath.Join(d.dir, "backup.age")
		for name, left := range map[string]int64{"full": 0, "full in the middle": 4 << 10} {
			d.fill(t)
			if left > 0 {
				ballast := filepath.Join(d.dir, "ballast")
				info, err := os.Stat(ballast)
				w.must(err)
				w.must(os.Truncate(ballast, info.Size()-left))
			}
			db.Clock.Advance(time.Minute)
			_, err := app.MakeBackup(t.Context(), c, quiet(db), path, nil)
			if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "no space for a backup in "+d.dir) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, want one line that says where there is no space", name, err)
			}
			left, err := filepath.Glob(filepath.Join(d.dir, "*"))
			hidden, also := filepath.Glob(filepath.Join(d.dir, ".*"))
			if w.must(errors.Join(err, also)); len(left) != 1 || len(hidden) > 0 {
				t.Errorf("%s: there lie %v and %v", name, left, hidden)
			}
			if s, err := w.app.Area.Backup.Status(t.Context()); err != nil || s.Failed == nil || s.Failed.Code != "no_space" || s.Last != nil {
				t.Errorf("%s: the admin sees %+v, %v", name, s, err)
			}
			d.free(t)
		}
		db.Clock.Advance(time.Minute)
		_, err := app.MakeBackup(t.Context(), c, quiet(db), path, nil)
		w.must(err)
		w.must(v.open(t, path).Check(t.Context(), nil))
		if s, err := w.app.Area.Backup.Status(t.Context()); err != nil || s.Failed != nil || s.Last == nil {
			t.Errorf("once there is space: %+v, %v", s, err)
		}
	})
}

// TestBackupThatTheSystemCutsOff is the same on every machine: the system refuses the backup's file when it has so many
// bytes, as a full disk would.
func TestBackupThatTheSystemCutsOff(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		db.Clock.Set(clock.System{}.Now()) // the process that backs up has no other
		w := newPlace(t, db)
		newTalk(t, w, 2)
		noise := make([]byte, 3<<20) // what cannot be compressed is larger than anything else that is written
		if _, err := rand.Read(noise); err != nil {
			t.Fatal(err)
		}
		w.Exec(t, "UPDATE post SET body = ?", base64.StdEncoding.EncodeToString(noise))
		v, dir := newVault(t), t.TempDir()
		path := filepath.Join(dir, "backup.age")
		env := childSettings(t, db)
		env["SAMHOLD_BACKUP_RECIPIENT"], env[childFile], env[childLimit] = v.key.Recipient().String(), path, "1048576"

		said, cmd := childProcess(t, childBacksUp, env)
		if err := cmd.Wait(); err != nil || !strings.Contains(said, "no space for a backup in "+dir) {
			t.Errorf("got %q, %v, want one line that says where there is no space", said, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("there lies %v, %v", left, err)
		}
		if s, err := w.app.Area.Backup.Status(t.Context()); err != nil || s.Failed == nil || s.Failed.Code != "no_space" || s.Last != nil {
			t.Errorf("the admin sees %+v, %v", s, err)
		}

		env[childLimit] = ""
		said, cmd = childProcess(t, childBacksUp, env)
		if err := cmd.Wait(); err != nil || said != "made" {
			t.Fatalf("without a limit: %q, %v", said, err)
		}
		w.must(v.open(t, path).Check(t.Context(), nil))
		if s, err := w.app.Area.Backup.Status(t.Context()); err != nil || s.Failed != nil || s.Last == nil {
			t.Errorf("once there is space: %+v, %v", s, err)
		}
	})
}
