package app_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samhold/internal/app"
	"samhold/internal/config"
	"samhold/internal/store"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
)

// earlier is a database as the version before left it: schema 6, with the community of newWorld in it.
func earlier(t *testing.T, name string) *testkit.Database {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "schema0006."+name+".sql"))
	if err != nil {
		t.Fatal(err)
	}
	db := testkit.Empty(t, name)
	if path, ok := strings.CutPrefix(db.URL, "sqlite:"); ok {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db.Script(t, string(body))
	return db
}

// TestTheVersionBeforeOpens upgrades a stored database, and reads in it what was written then.
func TestTheVersionBeforeOpens(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, v := earlier(t, name), newVault(t)
			c := v.settings(t, db)
			if _, err := app.Open(t.Context(), c, quiet(db)); !errors.Is(err, store.ErrNotMigrated) {
				t.Errorf("opened before it is migrated: %v", err)
			}
			topic := db.Text(t, "SELECT topic_id FROM post WHERE body LIKE ?", "%"+word("visible body")+"%")
			writer := db.Text(t, `SELECT account.name FROM post JOIN membership ON membership.id = membership_id
				JOIN account ON account.id = account_id WHERE body LIKE ?`, "%"+word("visible body")+"%")
			done, err := app.Upgrade(t.Context(), c, quiet(db), false)
			if err != nil {
				t.Fatal(err)
			}
			if len(done.Steps) == 0 || done.Copy == "" {
				t.Errorf("got %+v, want steps and a copy", done)
			}
			old := v.open(t, done.Copy)
			if got := old.Summary().Schema; got != 6 {
				t.Errorf("the copy has schema %d, want 6", got)
			}

			// The copy of the old schema restores into the new one.
			blank := testkit.Open(t, "sqlite")
			if _, err := v.restore(t, done.Copy, v.settings(t, blank), blank); err != nil {
				t.Errorf("restore the old copy: %v", err)
			}

			a, err := app.Open(t.Context(), c, quiet(db))
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			if err := a.Area.Indexer.Rebuild(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			client := browse.New(t, a.Web.App())
			client.SignIn(writer, secret)
			if page := client.Get("/t/" + topic); page.Status != http.StatusOK || !page.Has(word("visible body")) {
				t.Errorf("the topic: %d", page.Status)
			}
			if page := client.Get("/t/" + topic + "/reply"); !page.Has(word("draft")) {
				t.Errorf("what was sealed does not open: %d", page.Status)
			}
			if found := client.Post("/search", "q", word("visible body")); found.Status != http.StatusSeeOther || found.Follow().Find(".hit").Length() != 1 {
				t.Errorf("the search: %d", found.Status)
			}
			if result, err := a.Area.Audit.Verify(t.Context(), nil); err != nil || len(result.Problems) > 0 || result.Checked == 0 {
				t.Errorf("the audit log: %+v, %v", result, err)
			}
			// Somebody had a case when there were no timers: one drives it now.
			state := func() string { return db.Text(t, "SELECT state FROM crisis_case WHERE closed_at IS NULL") }
			if was := state(); was != "acknowledged" {
				t.Fatalf("the case was %s, so this shows nothing", was)
			}
			for range 3 { // the old goal passes, then the fifteen minutes in which a message is wanted
				if _, err := a.Area.Crisis.Sweep(t.Context()); err != nil {
					t.Errorf("timers after the upgrade: %v", err)
				}
				db.Clock.Advance(20 * time.Minute)
			}
			if is := state(); is != "paged" && is != "unstaffed" {
				t.Errorf("a case from before the upgrade, let go, is %s", is)
			}
			if again, err := app.Upgrade(t.Context(), c, quiet(db), false); err != nil || again.Copy != "" || len(again.Steps) > 0 {
				t.Errorf("a second time: %+v, %v", again, err)
			}
		})
	}
}

func TestNobodyIsChangedWithoutACopy(t *testing.T) {
	db := earlier(t, "postgres")
	c := settings(t, db)
	if done, err := app.Upgrade(t.Context(), c, quiet(db), false); !errors.Is(err, app.ErrNoCopy) || len(done.Steps) > 0 {
		t.Errorf("got %+v, %v", done, err)
	}
	if done, err := app.Upgrade(t.Context(), c, quiet(db), true); err != nil || done.Copy != "" || len(done.Steps) == 0 {
		t.Errorf("without a backup: %+v, %v", done, err)
	}
	empty := testkit.Empty(t, "postgres")
	if done, err := app.Upgrade(t.Context(), settings(t, empty), quiet(empty), false); err != nil || done.Copy != "" || len(done.Steps) == 0 {
		t.Errorf("an empty database: %+v, %v", done, err)
	}
}

func TestSQLiteIsCopiedBeside(t *testing.T) {
	db := earlier(t, "sqlite")
	c := settings(t, db)
	done, err := app.Upgrade(t.Context(), c, quiet(db), false)
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(db.URL, "sqlite:")
	if want := path + ".before-0006-20261122T110000Z"; done.Copy != want {
		t.Errorf("the copy is %s, want %s", done.Copy, want)
	}
	if info, err := os.Stat(done.Copy); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is %v, %v", info.Mode(), err)
	}
	old := &testkit.Database{Name: "sqlite", URL: "sqlite:" + done.Copy, Clock: db.Clock}
	if got := old.Int(t, "SELECT MAX(version_id) FROM goose_db_version"); got != 6 {
		t.Errorf("the copy has schema %d, want 6", got)
	}
	if got, want := old.Int(t, "SELECT COUNT(*) FROM post"), db.Int(t, "SELECT COUNT(*) FROM post"); got != want || got == 0 {
		t.Errorf("the copy has %d posts, want %d", got, want)
	}

	// It goes when it is old.
	info, err := os.Stat(done.Copy)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), c, quiet(db))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, step := range []struct {
		after time.Duration
		there bool
	}{{13 * 24 * time.Hour, true}, {15 * 24 * time.Hour, false}} {
		db.Clock.Set(info.ModTime().Add(step.after))
		if err := a.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.Runner.Drain(t.Context())
		if _, err := os.Stat(done.Copy); (err == nil) != step.there {
			t.Errorf("after %s: %v, want it there: %t", step.after, err, step.there)
		}
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		db.Exec(t, "INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (9999, ?, ?)", true, db.Clock.Now())
		c := settings(t, db)
		for name, do := range map[string]func(config.Config) error{
			"serve": func(c config.Config) error { _, err := app.Open(t.Context(), c, quiet(db)); return err },
			"up":    func(c config.Config) error { _, err := app.Upgrade(t.Context(), c, quiet(db), true); return err },
			"down":  func(c config.Config) error { _, err := app.Downgrade(t.Context(), c, quiet(db), true); return err },
		} {
			err := do(c)
			if !errors.Is(err, store.ErrNewer) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "migrate up") {
				t.Errorf("%s: %v, want one line that names the newer version", name, err)
			}
		}
	})
}
