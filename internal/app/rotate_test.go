package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/testkit"
	sealing "samhold/internal/vault"
)

// rotateGrace is longer than any reading in the test takes.
const rotateGrace = 2 * time.Second

// rotated is what people write and read while keys are rotated, and what must be there in the end.
type rotated struct {
	*world
	mu       sync.Mutex
	receipts []string          // of concerns, with
	said     map[string]string // what they say
	answers  map[string]string
	notes    []string
	drafts   map[string]string // the last one of each account
	writes   int
}

// TestKilledWhileRotating kills a process that rotates keys again and again while others write and read sealed texts.
// Whatever was saved must open and say the same, nobody must fail to read meanwhile, and when a rotation has run to its
// end, no text stands under a key that was there when it began.
func TestKilledWhileRotating(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for a while")
	}
	const kills, most = 8, 2500 // milliseconds: a whole rotation takes a little longer than its grace
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		db.Clock.Set(clock.System{}.Now()) // the child has the machine's clock
		w := &rotated{world: newPlace(t, db), said: map[string]string{}, answers: map[string]string{}, drafts: map[string]string{}}
		w.room("home", "account", nobody)
		w.settle("lead", 0, account.Grant{Role: account.DutyLead})
		for i := range 40 {
			name := fmt.Sprint("member ", i)
			w.settle(name, 1980)
			w.keep(name)
		}
		w.settle("writer", 1980)
		w.enrol("writer", "home", "", nobody, 9)
		w.start("writer", "home", "urgent", nobody, "Jeg tager mit eget liv i aften.")
		w.ids["case"] = w.Text(t, "SELECT id FROM crisis_case")
		for range 300 {
			w.note()
		}

		// The new secret comes with the first rotation.
		env := childSettings(t, db)
		env["SAMHOLD_OLD_SECRET_KEYS"], env["SAMHOLD_SECRET_KEY"] = testSecretKey, "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
		// Every process that serves must know the new secret before keys are wrapped under it.
		w.reopen(env["SAMHOLD_SECRET_KEY"])
		first := w.keys()

		ended := make(chan struct{})
		var wg sync.WaitGroup
		for n := range 3 {
			wg.Go(func() { w.live(n, ended) })
		}
		random := rand.New(rand.NewPCG(4, 7))
		finished := 0
		for range kills {
			_, kill := startChild(t, childRotates, env)
			time.Sleep(time.Duration(random.IntN(most)) * time.Millisecond)
			kill()
			if status, err := w.app.Area.Vault.Status(t.Context()); err == nil && !status.Unfinished {
				finished++
			}
		}
		interrupted, err := w.app.Area.Vault.Status(t.Context())
		w.must(err)
		before := w.keys()
		done, err := w.app.RotateKeys(t.Context(), rotateGrace, func(string, int, int) {})
		w.must(err)
		if done.Lost+done.Broken > 0 || done.Resumed != interrupted.Unfinished {
			t.Errorf("got %+v after %+v", done, interrupted)
		}
		if done.Resumed { // it went on with keys that were new already
			if done, err = w.app.RotateKeys(t.Context(), rotateGrace, func(string, int, int) {}); err != nil || done.Resumed {
				t.Errorf("got %+v, %v", done, err)
			}
		}
		close(ended)
		wg.Wait()

		for _, text := range sealing.Texts {
			for _, old := range slices.Concat(first, before) {
				if n := w.Int(t, "SELECT COUNT(*) FROM "+text.Table+" WHERE key_id = ?", old); n != 0 {
					t.Errorf("%d texts of %s still stand under key %s", n, text.Table, old)
				}
			}
		}
		status, err := w.app.Area.Vault.Status(t.Context())
		if err != nil || status.Retired+status.Stale+status.UnderOldSecret > 0 || status.Unfinished {
			t.Errorf("in the end: %+v, %v", status, err)
		}
		w.whole()
		t.Logf("%d kills, %d of them after a whole rotation; %d texts written meanwhile, %d in all", kills, finished, w.writes, len(w.Opened(t, w.app.Area.Vault)))
		if w.writes < 30 || finished == kills {
			t.Errorf("only %d writes, %d of %d rotations were not interrupted: the test shows nothing", w.writes, finished, kills)
		}
	})
}

// reopen opens the application anew under another secret, the old one retired.
func (w *rotated) reopen(secretKey string) {
	w.t.Helper()
	c := settings(w.t, w.Database)
	c.SecretKey, c.OldSecretKeys = secretKey, []string{testSecretKey}
	a, err := app.Open(w.t.Context(), c, app.Options{Clock: w.Clock, Log: slog.New(slog.NewTextHandler(w.log, nil)), Volatile: true})
	w.must(err)
	w.t.Cleanup(func() {
		if err := a.Close(); err != nil {
			w.t.Error(err)
		}
	})
	w.app = a
}

func (w *rotated) keys() []string {
	w.t.Helper()
	var ids []string
	for _, row := range w.Rows(w.t, "SELECT id FROM data_key WHERE kind <> 'root'") {
		ids = append(ids, strings.TrimSuffix(strings.TrimPrefix(row, "id="), " "))
	}
	return ids
}

// live writes and reads until it ends.
func (w *rotated) live(n int, ended <-chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-ended:
			return
		case <-time.After(10 * time.Millisecond): // the machine has others to serve
		}
		switch i % 4 {
		case 0:
			w.keep(fmt.Sprint("member ", n*10+i%10))
		case 1:
			w.worry()
		case 2:
			w.read()
		default:
			if n == 0 {
				w.note()
			}
		}
		w.mu.Lock()
		w.writes++
		w.mu.Unlock()
	}
}

// step does something that others may be in the way of: then a person tries again, and so does this.
func (w *rotated) step(what string, do func(context.Context) error) bool {
	err := do(context.Background())
	if err != nil && !fault.Is(err, fault.Unavailable) && !fault.Is(err, fault.Conflict) {
		w.t.Errorf("%s: %v", what, err)
	}
	return err == nil
}

func (w *rotated) keep(who string) {
	text := fmt.Sprint("kladde ", id.New())
	if w.step("draft", func(ctx context.Context) error {
		return w.app.Area.Topic.KeepDraft(ctx, w.accounts[who].ID, "/concern", map[string]string{"body": text})
	}) {
		w.mu.Lock()
		w.drafts[who] = text
		w.mu.Unlock()
	}
}

func (w *rotated) worry() {
	n := crisis.NewReceipt()
	body := "Jeg er bekymret " + n
	if !w.step("concern", func(ctx context.Context) error {
		_, _, err := w.app.Area.Crisis.RaiseConcern(ctx, crisis.NewConcern{Receipt: n, About: "other", Body: body, Lang: "da"})
		return err
	}) {
		return
	}
	concern := w.Text(w.t, "SELECT MAX(id) FROM concern WHERE answered_at IS NULL")
	answered := w.step("answer", func(ctx context.Context) error {
		return w.app.Area.Crisis.AnswerConcern(ctx, w.actor("lead"), concern, crisis.Reply{Version: 1, Text: "Svar på " + concern})
	})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.receipts, w.said[n] = append(w.receipts, n), body
	if answered {
		w.answers[concern] = "Svar på " + concern
	}
}

func (w *rotated) note() {
	text := fmt.Sprint("notat ", id.New())
	version := w.version("crisis_case", w.ids["case"])
	if w.step("note", func(ctx context.Context) error {
		return w.app.Area.Crisis.Do(ctx, w.actor("lead"), w.ids["case"], crisis.Step{
			Action: crisis.Note, Version: version, Note: text,
		})
	}) {
		w.mu.Lock()
		w.notes = append(w.notes, text)
		w.mu.Unlock()
	}
}

// read opens what somebody wrote before.
func (w *rotated) read() {
	w.mu.Lock()
	if len(w.receipts) == 0 {
		w.mu.Unlock()
		return
	}
	receipt := w.receipts[rand.IntN(len(w.receipts))]
	w.mu.Unlock()
	w.step("read an answer", func(ctx context.Context) error {
		_, err := w.app.Area.Crisis.ReadAnswer(ctx, receipt)
		return err
	})
	w.step("read the notes", func(ctx context.Context) error {
		_, err := w.app.Area.Crisis.File(ctx, w.actor("lead"), w.ids["case"])
		return err
	})
}

// whole checks that everything that was saved opens and says the same.
func (w *rotated) whole() {
	w.t.Helper()
	var texts []string
	for where, plain := range w.Opened(w.t, w.app.Area.Vault) {
		if strings.HasPrefix(where, "draft.") {
			_, plain, _ = strings.Cut(strings.TrimSuffix(plain, `"}}`), `"body":"`)
		}
		texts = append(texts, plain)
	}
	slices.Sort(texts)
	missing := 0
	for _, want := range [][]string{w.notes, values(w.said), values(w.answers), values(w.drafts)} {
		for _, text := range want {
			if _, found := slices.BinarySearch(texts, text); !found {
				missing++
				w.t.Logf("lost: %s", text)
			}
		}
	}
	if missing > 0 {
		w.t.Errorf("%d texts are lost or say something else", missing)
	}
}

func values(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	return all
}
