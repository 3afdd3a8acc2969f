package app_test

import (
	"path/filepath"
	"testing"

	"samhold/internal/app"
	"samhold/internal/testkit"
)

// TestOperatorsLeaveATrail: keys and backups are touched on the command line and at night, and both stand in the log.
func TestOperatorsLeaveATrail(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := newVault(t)
		c := v.settings(t, db)
		a, err := app.Open(t.Context(), c, quiet(db))
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if _, err := a.RotateKeys(t.Context(), 0, func(string, int, int) {}); err != nil {
			t.Fatal(err)
		}
		if _, err := app.MakeBackup(t.Context(), c, quiet(db), filepath.Join(t.TempDir(), "backup.age"), nil); err != nil {
			t.Fatal(err)
		}
		const said = "SELECT COUNT(*) FROM audit_event WHERE action = ? AND code = ?"
		for _, want := range [][2]string{{"keys_rotation_begun", ""}, {"keys_rotation_ended", ""}, {"backup_begun", "by_hand"}} {
			if n := db.Int(t, said, want[0], want[1]); n != 1 {
				t.Errorf("%d times %s", n, want)
			}
		}
		if whole, err := a.Area.Audit.Verify(t.Context(), nil); err != nil || len(whole.Problems) > 0 {
			t.Errorf("the log: %+v, %v", whole, err)
		}
	})
}
