package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"samhold/internal/app"
	"samhold/internal/audit"
	"samhold/internal/backup"
	"samhold/internal/config"
	"samhold/internal/privacy"
	"samhold/internal/store"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
	"samhold/internal/topic"
)

// vault is a key pair, and the settings of an installation that makes backups for it.
type vault struct {
	key *age.X25519Identity
	dir string
}

func newVault(t *testing.T) vault {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return vault{key, t.TempDir()}
}

func (v vault) settings(t *testing.T, db *testkit.Database) config.Config {
	t.Helper()
	c := settings(t, db)
	c.Backup = config.Backup{Recipients: []age.Recipient{v.key.Recipient()}, Dir: v.dir, Keep: 2}
	c.AuditFile = filepath.Join(t.TempDir(), "head")
	return c
}

func quiet(db *testkit.Database) app.Options {
	return app.Options{Clock: db.Clock, Log: slog.New(slog.DiscardHandler), Volatile: true}
}

// make writes a backup of the database and returns its path.
func (v vault) make(t *testing.T, db *testkit.Database) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.age")
	if _, err := app.MakeBackup(t.Context(), v.settings(t, db), quiet(db), path, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func (v vault) open(t *testing.T, path string) *backup.Reader {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	newest, err := store.Newest()
	if err != nil {
		t.Fatal(err)
	}
	r, err := backup.Open(bytes.NewReader(body), newest, v.key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func (v vault) restore(t *testing.T, path string, c config.Config, db *testkit.Database) (app.Restored, error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return app.Restore(t.Context(), c, quiet(db), f, []age.Identity{v.key}, func(string) backup.Progress { return nil })
}

// content is every row of the database as text, by table, in one order.
func content(t *testing.T, s backup.Source) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	err := s.Snapshot(t.Context(), func(ctx context.Context, snapshot backup.Snapshot) error {
		for _, table := range snapshot.Tables() {
			slices.SortFunc(table.Columns, func(a, b backup.Column) int { return strings.Compare(a.Name, b.Name) })
			err := snapshot.Each(ctx, table, func(values []any) error {
				text, err := json.Marshal(values)
				rows[table.Name] = append(rows[table.Name], string(text))
				return err
			})
			if err != nil {
				return err
			}
			slices.Sort(rows[table.Name])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// eachPair runs the test from each database to each.
func eachPair(t *testing.T, test func(t *testing.T, from, to string)) {
	t.Helper()
	for _, from := range []string{"sqlite", "postgres"} {
		for _, to := range []string{"sqlite", "postgres"} {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				test(t, from, to)
			})
		}
	}
}

// TestRestoreDrill loses a whole community and gets it back: every row, then a signed-in page and a search.
func TestRestoreDrill(t *testing.T) {
	eachPair(t, func(t *testing.T, from, to string) {
		db := testkit.Open(t, from)
		w := newWorld(t, db)
		reply := w.reply("writer", "visible", "answer", insiders)
		db.Exec(t, "UPDATE post SET reply_to = ? WHERE id = ?", reply.Post, w.ids["visible post"]) // an older row refers to a newer
		w.app.Runner.Drain(t.Context())
		v := newVault(t)
		path := v.make(t, db)
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the backup is %v, %v", info.Mode(), err)
		}

		rows := testkit.Open(t, to)
		if err := v.open(t, path).Restore(t.Context(), rows.Store.Backup(), nil); err != nil {
			t.Fatal(err)
		}
		want, got := content(t, db.Store.Backup()), content(t, rows.Store.Backup())
		left := 0
		for table := range want {
			if backup.Passing(table) {
				left += len(want[table])
				delete(want, table)
			}
		}
		delete(want, "setting") // it notes that the backup was made
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows:\n%s", diff)
		}
		if left == 0 || len(want) < 20 {
			t.Errorf("%d tables and %d rows left out: the test shows nothing", len(want), left)
		}

		blank := testkit.Open(t, to)
		c := v.settings(t, blank)
		done, err := v.restore(t, path, c, blank)
		if err != nil {
			t.Fatal(err)
		}
		if events := db.Int(t, "SELECT COUNT(*) FROM audit_event"); done.Events != int64(events)+1 || done.Aside != "" {
			t.Errorf("restored %+v, want %d events", done, events)
		}
		a, err := app.Open(t.Context(), c, quiet(blank))
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		stale := browse.New(t, a.Web.App())
		client := browse.New(t, a.Web.App())
		if page := stale.Get("/t/" + w.ids["visible topic"]); page.Has(word("visible body")) {
			t.Error("a guest reads the topic")
		}
		client.SignIn(w.accounts["writer"].Name, secret)
		if page := client.Get("/t/" + w.ids["visible topic"]); page.Status != http.StatusOK || !page.Has(word("visible body")) {
			t.Errorf("the topic: %d", page.Status)
		}
		found := client.Post("/search", "q", word("visible body"))
		if found.Status != http.StatusSeeOther || found.Follow().Find(".hit").Length() != 1 {
			t.Errorf("the search: %d", found.Status)
		}
		result, err := a.Area.Audit.Verify(t.Context(), nil)
		if err != nil || len(result.Problems) > 0 || result.Checked != done.Events {
			t.Errorf("the audit log: %+v, %v", result, err)
		}
		if _, err := v.restore(t, path, c, blank); !errors.Is(err, backup.ErrNotBlank) {
			t.Errorf("restored over people: %v", err)
		}
	})
}

// TestErasedStaysErased restores a backup from before an erasure, which the ledger remembers.
// TestRestoreTakesAllOrNothing: rows that refer to some that are missing are refused as a whole.
func TestRestoreTakesAllOrNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, from, to string) {
		db := testkit.Open(t, from)
		newTalk(t, newPlace(t, db), 1)
		v := newVault(t)
		path, target := v.make(t, db), testkit.Open(t, to)
		newest, err := store.Newest()
		if err != nil {
			t.Fatal(err)
		}
		load := func(without string) error {
			return target.Store.Backup().Load(t.Context(), newest, func(ctx context.Context, put backup.Put) error {
				return v.open(t, path).Rows(ctx, func(ctx context.Context, table backup.Table, rows [][]any) error {
					if table.Name == without {
						return nil
					}
					return put(ctx, table, rows)
				}, nil)
			})
		}
		if err := load("space"); err == nil {
			t.Error("rows of a space that is not there are taken")
		}
		for table, rows := range content(t, target.Store.Backup()) {
			if table != "setting" && len(rows) > 0 {
				t.Errorf("%d rows of %s are left", len(rows), table)
			}
		}
		if err := load(""); err != nil {
			t.Error(err)
		}
	})
}

func TestErasedStaysErased(t *testing.T) {
	eachPair(t, func(t *testing.T, from, to string) {
		db := testkit.Open(t, from)
		w := newWorld(t, db)
		v := newVault(t)
		path := v.make(t, db)
		w.must(w.app.Area.Privacy.Erase(t.Context(), w.actor("writer"), privacy.Remove))
		blank := testkit.Open(t, to)
		c := v.settings(t, blank)
		c.LedgerFile = w.app.Config.LedgerFile
		done, err := v.restore(t, path, c, blank)
		if err != nil || done.Replayed.Erased != 1 || len(done.Replayed.Bad) > 0 {
			t.Fatalf("got %+v, %v", done.Replayed, err)
		}
		for table, rows := range content(t, blank.Store.Backup()) {
			for _, row := range rows {
				if strings.Contains(row, w.accounts["writer"].Name) || strings.Contains(row, word("visible body")) {
					t.Errorf("%s still has %.80s", table, row)
				}
			}
		}
	})
}

// TestNobodyStaysSignedIn holds that a session from before does not live again.
func TestNobodyStaysSignedIn(t *testing.T) {
	db := testkit.Open(t, "sqlite")
	w := newPlace(t, db)
	w.person("writer", 1980)
	h := newHand(t, w, w.clients["writer"])
	v := newVault(t)
	path := v.make(t, db)
	blank := testkit.Open(t, "sqlite")
	c := v.settings(t, blank)
	if _, err := v.restore(t, path, c, blank); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), c, quiet(blank))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	req, err := http.NewRequest(http.MethodGet, "/me", nil)
	w.must(err)
	req.AddCookie(&http.Cookie{Name: "session", Value: h.session})
	res, err := a.Web.App().Test(req, -1)
	w.must(err)
	res.Body.Close()
	if res.StatusCode == http.StatusOK {
		t.Error("the old session shows a page")
	}
}

// TestBackupWhilePeopleWrite holds that a backup has everything that was answered before it began, and half of nothing.
func TestBackupWhilePeopleWrite(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		w.room("home", "account", nobody)
		w.Exec(t, "UPDATE space SET approve_first_n = 0")
		const writers = 3
		for i := range writers {
			name := fmt.Sprintf("writer %d", i)
			w.settle(name, 1980)
			w.enrol(name, "home", "", nobody, 9)
		}
		w.start("writer 0", "home", "talk", nobody)
		var mu sync.Mutex
		var answered []string
		v := newVault(t)
		stop := make(chan struct{})
		var wg sync.WaitGroup
		enough := make(chan struct{}, 1000)
		for i := range writers {
			wg.Go(func() {
				for n := 0; ; n++ {
					select {
					case <-stop:
						return
					default:
					}
					saved, err := w.app.Area.Topic.Reply(context.Background(), w.actor(fmt.Sprintf("writer %d", i)), w.ids["talk topic"],
						topic.Text{Key: topic.NewKey(), Body: fmt.Sprintf("Svar %d fra %d.", n, i), Lang: "da"})
					if err != nil {
						continue
					}
					mu.Lock()
					answered = append(answered, saved.Post)
					mu.Unlock()
					select {
					case enough <- struct{}{}:
					default:
					}
				}
			})
		}
		for range 3 {
			for range 10 {
				<-enough
			}
			mu.Lock()
			before := slices.Clone(answered)
			mu.Unlock()
			path := v.make(t, db)
			posts, assessed := map[string]bool{}, map[string]bool{}
			err := v.open(t, path).Rows(t.Context(), func(_ context.Context, table backup.Table, rows [][]any) error {
				for _, row := range rows {
					switch table.Name {
					case "post":
						posts[row[0].(string)] = true
					case "assessment":
						at := slices.IndexFunc(table.Columns, func(c backup.Column) bool { return c.Name == "source_id" })
						assessed[row[at].(string)] = true
					}
				}
				return nil
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, post := range before {
				if !posts[post] {
					t.Errorf("post %s was answered before the backup, and is not in it", post)
				}
			}
			for post := range posts {
				if !assessed[post] {
					t.Errorf("post %s is in the backup without its assessment", post)
				}
			}
		}
		close(stop)
		wg.Wait()
	})
}

// TestCheckpointGoesAside restores beside a checkpoint that knew events which the backup does not have.
func TestCheckpointGoesAside(t *testing.T) {
	db := testkit.Open(t, "sqlite")
	w := newPlace(t, db)
	note := func(a *app.App) {
		w.must(a.Store.InTx(t.Context(), func(ctx context.Context) error {
			return a.Area.Audit.Append(ctx, audit.Event{At: db.Clock.Now(), Action: "test", ObjectKind: "job"})
		}))
	}
	note(w.app)
	v := newVault(t)
	path := v.make(t, db)
	note(w.app)
	blank := testkit.Open(t, "sqlite")
	c := v.settings(t, blank)
	_, err := w.app.Area.Audit.Checkpoint(t.Context(), c.AuditFile)
	w.must(err)
	done, err := v.restore(t, path, c, blank)
	// The test's first note, that the backup was begun, and that it was restored.
	if err != nil || done.Aside == "" || done.Events != 3 {
		t.Fatalf("got %+v, %v", done, err)
	}
	if kept, err := audit.ReadCheckpoint(done.Aside); err != nil || kept.Seq != 3 {
		t.Errorf("the old checkpoint: %+v, %v", kept, err)
	}
	a, err := app.Open(t.Context(), c, quiet(blank))
	w.must(err)
	defer a.Close()
	if _, err := a.Area.Audit.Checkpoint(t.Context(), c.AuditFile); err != nil {
		t.Errorf("a new checkpoint: %v", err)
	}
}

// TestAnotherSecretIsSeen restores without the secret that the sealed texts need.
func TestAnotherSecretIsSeen(t *testing.T) {
	db := testkit.Open(t, "sqlite")
	newWorld(t, db)
	v := newVault(t)
	path := v.make(t, db)
	blank := testkit.Open(t, "sqlite")
	c := v.settings(t, blank)
	right := c.SecretKey
	c.SecretKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	if _, err := v.restore(t, path, c, blank); err == nil || !strings.Contains(err.Error(), "SAMHOLD_SECRET_KEY") {
		t.Errorf("got %v, want a line that names SAMHOLD_SECRET_KEY", err)
	}
	c.SecretKey = right
	if _, err := v.restore(t, path, c, blank); err != nil {
		t.Errorf("once more with the right one: %v", err)
	}
}

// TestEveryNightABackup lets the job queue live through nights.
func TestEveryNightABackup(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		v := newVault(t)
		c := v.settings(t, db)
		log := &buffer{}
		o := quiet(db)
		o.Log = slog.New(slog.NewTextHandler(log, nil))
		a, err := app.Open(t.Context(), c, o)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		if err := a.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
		files := func() int {
			found, err := filepath.Glob(filepath.Join(v.dir, "samhold-*.age"))
			if err != nil {
				t.Fatal(err)
			}
			return len(found)
		}
		a.Runner.Drain(t.Context())
		if files() != 1 {
			t.Errorf("%d backups after the first start, want 1", files())
		}
		for night, want := range []int{2, 2, 2} {
			db.Clock.Advance(24 * time.Hour)
			a.Runner.Drain(t.Context())
			if files() != want {
				t.Errorf("%d backups after night %d, want %d", files(), night+1, want)
			}
		}
		if strings.Contains(log.String(), "late") {
			t.Error("an alarm without a reason")
		}
		if err := os.RemoveAll(v.dir); err != nil {
			t.Fatal(err)
		}
		for range 200 { // two days, in steps of the sweep
			db.Clock.Advance(15 * time.Minute)
			a.Runner.Drain(t.Context())
		}
		status, err := a.Area.Backup.Status(t.Context())
		if err != nil || !status.Late || status.Failed == nil || status.Failed.Code != "no_folder" || !strings.Contains(log.String(), "the backup is late") {
			t.Errorf("without a folder: %+v, %v", status, err)
		}
		if err := os.Mkdir(v.dir, 0o700); err != nil {
			t.Fatal(err)
		}
		db.Clock.Advance(24 * time.Hour)
		a.Runner.Drain(t.Context())
		if status, err := a.Area.Backup.Status(t.Context()); err != nil || status.Late || files() != 1 {
			t.Errorf("mended, and still %+v with %d files, %v", status, files(), err)
		}
	})
}

func TestPassingTablesAreTables(t *testing.T) {
	db := testkit.Open(t, "sqlite")
	err := db.Store.Backup().Snapshot(t.Context(), func(_ context.Context, s backup.Snapshot) error {
		n := 0
		for _, table := range s.Tables() {
			if backup.Passing(table.Name) {
				n++
			}
		}
		if n != 8 {
			t.Errorf("%d tables pass, want 8", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
