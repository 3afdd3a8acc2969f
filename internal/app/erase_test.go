package app_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/privacy"
	"samhold/internal/search"
	"samhold/internal/space"
	"samhold/internal/testkit"
)

// traces are the tables in which text stands, as table: row.
func (w *world) traces(text string) []string {
	w.t.Helper()
	var found []string
	for _, table := range w.Tables(w.t) {
		for _, row := range w.Rows(w.t, "SELECT * FROM "+table) {
			if strings.Contains(row, text) {
				found = append(found, table+": "+row)
			}
		}
	}
	return found
}

// inIndex reports whether a search of everything finds text in a post or as an alias.
func (w *world) inIndex(text string) bool {
	w.t.Helper()
	all := []string{w.ids["home"], w.ids["away"], w.ids["hidden"]}
	for _, q := range []search.Query{{Text: text, Spaces: all}, {Text: text, Alias: text, Spaces: all}} {
		hits, err := w.app.Index.Find(w.t.Context(), q)
		w.must(err)
		if len(hits) > 0 {
			return true
		}
	}
	return false
}

func (w *world) erase(who string, choice privacy.Choice) {
	w.t.Helper()
	w.must(w.app.Area.Privacy.Erase(w.t.Context(), w.actor(who), choice))
	w.app.Runner.Drain(w.t.Context())
}

// planted are the words that the person left behind: everything that the world planted under their name, and what it
// planted for them elsewhere.
func (w *world) planted(names ...string) []canary {
	return slices.DeleteFunc(slices.Clone(w.canaries), func(c canary) bool { return !slices.Contains(names, c.name) })
}

// writerSaid is what the writer of the world wrote and was called; visible texts apart.
var (
	writerHidden = []string{
		"sign-in name of writer", "alias of writer in home", "alias of writer in away", "membership of writer in home",
		"membership of writer in away", "first body", "deleted reply body", "deleted title", "deleted body", "removed title", "removed body",
		"removed reply body", "statement one", "statement two", "session of writer",
	}
	writerShown = []string{"visible title", "visible body", "second body", "away title", "away body", "urgent title", "urgent body"}
)

func TestErasureLeavesNothing(t *testing.T) {
	t.Parallel()
	for choice, gone := range map[privacy.Choice][]string{
		privacy.Remove: slices.Concat(writerHidden, writerShown), privacy.Stay: writerHidden,
	} {
		t.Run(string(choice), func(t *testing.T) {
			testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
				w := newWorld(t, db)
				w.furnish()
				rows := w.rowsToGo("writer")
				marks := w.planted(gone...)
				if len(marks) != len(gone) {
					t.Fatalf("the world planted %d of %d marks", len(marks), len(gone))
				}
				for _, c := range marks {
					if len(w.traces(c.text)) == 0 {
						t.Errorf("%s is nowhere to begin with", c.name)
					}
				}
				if !w.inIndex(word("visible body")) {
					t.Error("the index knows nothing to begin with")
				}
				w.erase("writer", choice)
				for _, c := range marks {
					for _, found := range w.traces(c.text) {
						t.Errorf("%s is still in %.200s", c.name, found)
					}
					if w.inIndex(c.text) {
						t.Errorf("%s is still in the index", c.name)
					}
				}
				for _, c := range w.planted(writerShown...) {
					if choice == privacy.Stay && len(w.traces(c.text)) == 0 {
						t.Errorf("%s went, and was to stay", c.name)
					}
				}
				w.erased("writer")
				for table, lines := range rows {
					for _, row := range w.Rows(t, "SELECT * FROM "+table) {
						if slices.Contains(lines, row) {
							t.Errorf("a row of %s is still there: %.200s", table, row)
						}
					}
				}
				if n := w.Int(t, "SELECT COUNT(*) FROM job WHERE kind = ? AND due_at <= ?", search.JobRebuildIndex, w.Clock.Now().Add(24*time.Hour)); n != 1 {
					t.Errorf("%d rebuilds of the index wait, want one within a day", n)
				}
			})
		})
	}
}

// rowsToGo are the person's rows of the tables that erasure deletes, as Schema declares it.
func (w *world) rowsToGo(who string) map[string][]string {
	w.t.Helper()
	rows := map[string][]string{}
	for _, t := range privacy.Schema {
		if t.Through == "" || slices.ContainsFunc(t.Columns, func(c privacy.Column) bool { return c.Fate != privacy.Gone }) {
			continue
		}
		rows[t.Name] = w.Rows(w.t, "SELECT * FROM "+t.Name+" WHERE "+theirs(t, w.accounts[who].ID))
		if t.Exported() && len(rows[t.Name]) == 0 {
			w.t.Errorf("%s has no row to begin with", t.Name)
		}
	}
	return rows
}

// erased checks that the account's id stands only where it is said to stay.
func (w *world) erased(who string) {
	w.t.Helper()
	id := w.accounts[who].ID
	for _, found := range w.traces(id) {
		table, _, _ := strings.Cut(found, ":")
		if !slices.Contains([]string{"account", "crisis_case", "audit_event", "invitation", "staff_file"}, table) {
			w.t.Errorf("the account is still named in %.200s", found)
		}
	}
	if n := w.Int(w.t, "SELECT COUNT(*) FROM staff_file WHERE account_id = ? AND (duty <> 'unknown' OR ended_at IS NULL)", id); n > 0 {
		w.t.Error("more of their file is kept than the promise")
	}
	if state := w.Text(w.t, "SELECT state FROM account WHERE id = ?", id); state != account.Erased {
		w.t.Errorf("the account is %s", state)
	}
	if n := w.Int(w.t, "SELECT COUNT(*) FROM job WHERE parked_at IS NULL AND due_at <= ?", w.Clock.Now()); n > 0 {
		w.t.Errorf("%d jobs are left", n)
	}
	if r, err := w.app.Area.Audit.Verify(w.t.Context(), nil); err != nil || len(r.Problems) > 0 {
		w.t.Errorf("the audit log: %v, %v", r.Problems, err)
	}
}

func TestErasureIsSeenByOthersAsAFormerMember(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		w.erase("writer", privacy.Stay)
		page := w.clients["member"].Get("/t/" + w.ids["visible topic"])
		if !strings.Contains(page.Body, "Tidligere medlem") || !strings.Contains(page.Body, word("visible body")) {
			t.Errorf("the topic does not stand as a former member's: %s", page.Body)
		}
		// The case goes on, knows what happened, and those who work it still find the way to its person.
		page = w.clients["moderator"].Get("/mod/cases/" + w.ids["case"])
		if !strings.Contains(page.Body, "slettede sin konto") {
			t.Error("staff are not told")
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM case_contact"); n != 1 {
			t.Error("the contact of an open case is gone")
		}
	})
}

func TestErasureWantsItsOwnerAndAChoice(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		w.settle("writer", 1980)
		for _, choice := range []privacy.Choice{"", "all"} {
			if err := w.app.Area.Privacy.Erase(t.Context(), w.actor("writer"), choice); !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: got %v", choice, err)
			}
		}
		somebody := w.actor("writer")
		somebody.ConfirmedAt = somebody.At.Add(-11 * time.Minute)
		if err := w.app.Area.Privacy.Erase(t.Context(), somebody, privacy.Remove); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		if err := w.app.Area.Privacy.Export(t.Context(), somebody, nil, io.Discard); !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		if state := w.Text(t, "SELECT state FROM account"); state != account.Active {
			t.Errorf("the account is %s", state)
		}
	})
}

// TestRestoredPeopleAreErasedAgain restores an older copy of the database and replays the ledger.
func TestRestoredPeopleAreErasedAgain(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		restore := w.Snapshot(t)
		w.erase("writer", privacy.Remove)
		w.erase("member", privacy.Stay)
		restore()
		if len(w.traces(w.accounts["writer"].Name)) == 0 {
			t.Fatal("the copy is not older than the erasure")
		}
		got, err := w.app.Area.Privacy.Replay(t.Context())
		w.must(err)
		if got.Erased != 2 || got.Already != 0 || got.Unknown != 0 || len(got.Bad) != 0 {
			t.Errorf("got %+v", got)
		}
		w.app.Runner.Drain(t.Context())
		for _, c := range w.planted(slices.Concat(writerHidden, writerShown)...) {
			for _, found := range w.traces(c.text) {
				t.Errorf("%s is back in %.200s", c.name, found)
			}
		}
		w.erased("writer")
		w.erased("member")
		again, err := w.app.Area.Privacy.Replay(t.Context())
		w.must(err)
		if again.Erased != 0 || again.Already < 2 {
			t.Errorf("the second time: %+v", again)
		}
	})
}

// TestNobodyTakesTheNameOfAFormerMember: others would believe that they had come back. What stays says neither the name
// nor whose it was.
func TestNobodyTakesTheNameOfAFormerMember(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		alias := w.Text(t, "SELECT alias FROM membership WHERE account_id = ? AND space_id = ?", w.accounts["writer"].ID, w.ids["home"])
		w.erase("writer", privacy.Stay)
		w.settle("imitator", 1980)
		enter := func(spaceID, alias string) error {
			_, err := w.app.Area.Space.Enrol(t.Context(), space.Enrolment{
				Account: w.accounts["imitator"].ID, Space: spaceID, Alias: alias, At: w.Clock.Now(),
			})
			return err
		}
		for _, taken := range []string{alias, strings.ToUpper(alias), " " + alias} {
			if err := enter(w.ids["home"], taken); !fault.Is(err, fault.Conflict) {
				t.Errorf("%q in the same space: %v", taken, err)
			}
		}
		entry := space.Entry{Alias: alias, SameAlias: true, Accepts: true, Agreement: w.Text(t, "SELECT id FROM agreement WHERE space_id = ?", w.ids["home"])}
		err := w.app.Area.Space.Join(t.Context(), w.actor("imitator"), w.ids["home"], entry)
		if f, ok := errors.AsType[*fault.Error](err); !ok || len(f.Fields) != 1 || f.Fields[0].Key != "space.alias_taken" {
			t.Errorf("asked for on the page: %v", err)
		}
		if err := enter(w.ids["hidden"], alias); err != nil {
			t.Errorf("in another space: %v", err)
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM retired_alias"); n != 2 {
			t.Errorf("%d prints, want one for each space", n)
		}
	})
}
