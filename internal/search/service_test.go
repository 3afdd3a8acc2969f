package search_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/job"
	"samhold/internal/search"
	"samhold/internal/search/bleve"
	"samhold/internal/store"
	"samhold/internal/testkit"
)

// world is a small community: Anna is in the space "one", Bo in "two"; everybody may read "all".
type world struct {
	*testkit.Database
	t       *testing.T
	index   search.Index
	service *search.Service
	indexer *search.Indexer
	names   map[string]string // names in a test to ids
}

var (
	anna = account.Actor{Account: "anna", BirthYear: 1980, At: testkit.Noon}
	bo   = account.Actor{Account: "bo", BirthYear: 1980, At: testkit.Noon}
	mod  = account.Actor{Account: "mod", BirthYear: 1980, At: testkit.Noon, Grants: []account.Grant{{Role: account.Moderator}}}
)

func eachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		index, err := bleve.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = index.Close() })
		keys := testkit.Vault(t, db)
		w := &world{Database: db, t: t, index: index, names: map[string]string{}}
		w.service = search.New(search.Deps{
			Store: db.Store.Search(), Index: index, Tx: db.Store, Clock: db.Clock, Vault: keys, Zone: time.FixedZone("CET", 3600),
		})
		w.indexer = &search.Indexer{Sources: db.Store.Search(), Index: index}
		w.people()
		test(t, w)
	})
}

// exec runs a statement without parameters, which both databases write alike.
func (w *world) exec(format string, args ...any) {
	w.t.Helper()
	w.Exec(w.t, fmt.Sprintf(format, args...))
}

func (w *world) people() {
	w.t.Helper()
	for _, a := range []string{"anna", "bo", "mod"} {
		w.exec(`INSERT INTO account (id, name, birth_year, locale, state, created_at) VALUES ('%s', '%s', 1980, 'da', 'active', '2026-01-01 00:00:00')`, a, a)
	}
	for _, s := range []string{"one", "two", "all"} {
		policy := "member"
		if s == "all" {
			policy = "account"
		}
		w.exec(`INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy, write_policy,
			join_policy, approve_first_n, hours, time_zone, colour, sign, state, position, version, created_at)
			VALUES ('%s', 'relatives', 'Rum %s', '', '', '', '', 'adult', 'account', '%s', 'member', 'open', 0, '', 'Europe/Copenhagen', 'clay', 'tree', 'open', 1, 1, '2026-01-01 00:00:00')`, s, s, policy)
	}
	for who, where := range map[string]string{"anna": "one", "bo": "two"} {
		w.exec(`INSERT INTO membership (id, account_id, space_id, alias, alias_skeleton, role, state, approved_count, created_at)
			VALUES ('m-%s', '%s', '%s', 'Alias %s', 'alias %s', 'member', 'active', 0, '2026-01-01 00:00:00')`, who, who, where, who, who)
	}
}

// topic writes a topic with posts; a post's text is its name's too. Visibility may be written before a text, as "held:".
func (w *world) topic(space, title string, posts ...string) (topicID string, postIDs []string) {
	w.t.Helper()
	topicID = id.New()
	for i, body := range posts {
		visibility := "visible"
		for _, v := range []string{"held", "deleted", "removed"} {
			if rest, ok := strings.CutPrefix(body, v+":"); ok {
				visibility, body = v, rest
			}
		}
		if i == 0 {
			w.exec(`INSERT INTO topic (id, space_id, kind, title, state, visibility, promotable, last_seq, shown_seq, post_count, last_post_at, version, created_at)
				VALUES ('%s', '%s', 'conversation', '%s', 'open', '%s', true, 1, 1, 1, '2026-11-01 12:00:00', 1, '2026-11-01 12:00:00')`, topicID, space, title, visibility)
		}
		postID := id.New()
		postIDs = append(postIDs, postID)
		w.exec(`INSERT INTO post (id, topic_id, space_id, shown_alias, shown_role, seq, body, body_html, policy_version, visibility, held_reason, calm_banner, revision, version, created_at)
			VALUES ('%s', '%s', '%s', 'Havblik', 'member', %d, '%s', '', 1, '%s', '', false, 1, 1, '2026-11-%02d 12:00:00')`, postID, topicID, space, i+1, body, visibility, 1+i%28)
	}
	return topicID, postIDs
}

func (w *world) rebuild() {
	w.t.Helper()
	if err := w.indexer.Rebuild(w.t.Context(), nil); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) search(a account.Actor, f search.Form) string {
	w.t.Helper()
	result, err := w.service.Search(w.t.Context(), a, f)
	if err != nil {
		w.t.Fatalf("search %+v: %v", f, err)
	}
	return result
}

// shown returns the texts on a page of a result, and the count.
func (w *world) shown(a account.Actor, result string, page int) (string, int) {
	w.t.Helper()
	p, err := w.service.Result(w.t.Context(), a, result, page)
	if err != nil {
		w.t.Fatalf("result: %v", err)
	}
	var texts []string
	for _, h := range p.Hits {
		texts = append(texts, h.Body)
	}
	return strings.Join(texts, "|"), p.Count
}

func TestSearchFindsOnlyWhatMayBeRead(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.topic("one", "Et emne", "tilbagefald et", "tilbagefald igen", "held:tilbagefald holdt", "deleted:tilbagefald slettet", "removed:tilbagefald fjernet")
		w.topic("two", "Andet", "tilbagefald to")
		w.topic("all", "Alle", "tilbagefald alle")
		w.topic("one", "Skjult", "held:tilbagefald nyt emne", "tilbagefald svar i holdt emne")
		w.rebuild()
		for _, c := range []struct {
			name  string
			actor account.Actor
			want  []string
		}{
			{"a member of one", anna, []string{"tilbagefald et", "tilbagefald igen", "tilbagefald alle"}},
			{"a member of two", bo, []string{"tilbagefald to", "tilbagefald alle"}},
			{"a moderator", mod, []string{"tilbagefald et", "tilbagefald igen", "tilbagefald alle", "tilbagefald to"}},
		} {
			got, count := w.shown(c.actor, w.search(c.actor, search.Form{Text: "tilbagefaldet"}), 1)
			if count != len(c.want) {
				t.Errorf("%s: count %d, want %d: %s", c.name, count, len(c.want), got)
			}
			for _, text := range c.want {
				if !strings.Contains(got+"|", text+"|") {
					t.Errorf("%s: no %q in %q", c.name, text, got)
				}
			}
		}
		if got, _ := w.shown(anna, w.search(anna, search.Form{Text: "tilbagefald", Space: "all"}), 1); got != "tilbagefald alle" {
			t.Errorf("in one space: %q", got)
		}
	})
}

func TestResultForgetsAtOnceWhatMayNoLongerBeRead(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		topic, posts := w.topic("one", "Emne", "håb et", "håb to", "håb tre", "håb fire")
		w.rebuild()
		result := w.search(anna, search.Form{Text: "håb"})
		want := func(texts string) {
			t.Helper()
			got, count := w.shown(anna, result, 1)
			if got != texts || texts != "" && count != strings.Count(texts, "|")+1 || texts == "" && count != 0 {
				t.Errorf("got %q and count %d, want %q", got, count, texts)
			}
		}
		want("håb fire|håb tre|håb to|håb et")
		staff := w.search(mod, search.Form{Text: "håb"})
		w.exec(`UPDATE post SET visibility = 'held' WHERE id = '%s'`, posts[3])
		want("håb tre|håb to|håb et")
		// Staff read what is held in the queue, not here.
		if got, count := w.shown(mod, staff, 1); got != "håb tre|håb to|håb et" || count != 3 {
			t.Errorf("a moderator: got %q and count %d", got, count)
		}
		w.exec(`UPDATE post SET visibility = 'removed' WHERE id = '%s'`, posts[2])
		w.exec(`UPDATE post SET body = 'rettet' WHERE id = '%s'`, posts[1])
		want("rettet|håb et")
		w.exec(`UPDATE topic SET visibility = 'held' WHERE id = '%s'`, topic)
		want("")
		w.exec(`UPDATE topic SET visibility = 'visible' WHERE id = '%s'`, topic)
		want("rettet|håb et")
		w.exec(`UPDATE membership SET state = 'left' WHERE id = 'm-anna'`)
		want("")
		if _, err := w.service.Search(t.Context(), anna, search.Form{Text: "håb", Space: "one"}); !fault.Is(err, fault.Invalid) {
			t.Errorf("a room that one has left: %v", err)
		}
	})
}

func TestLyingIndexShowsNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, posts := w.topic("two", "Hemmeligt", "en hemmelighed")
		err := w.index.Put(t.Context(), search.Document{ID: posts[0], Space: "one", Body: "en hemmelighed", At: testkit.Noon},
			search.Document{ID: "never-there", Space: "one", Body: "en hemmelighed", At: testkit.Noon})
		if err != nil {
			t.Fatal(err)
		}
		if got, count := w.shown(anna, w.search(anna, search.Form{Text: "hemmelighed"}), 1); got != "" || count != 0 {
			t.Errorf("got %q, %d", got, count)
		}
	})
}

func TestResultIsPrivateAndShortLived(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.topic("all", "Emne", "et særligt ord")
		w.rebuild()
		result := w.search(anna, search.Form{Text: "særligt", Alias: "havblik"})
		if sealed := w.Text(t, "SELECT sealed FROM search_result"); strings.Contains(sealed, "ligt") || strings.Contains(sealed, "havblik") {
			t.Error("what was searched for is readable in the database")
		}
		missing := func(name string, a account.Actor, result string, page int) {
			t.Helper()
			if _, err := w.service.Result(t.Context(), a, result, page); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		missing("another account", bo, result, 1)
		missing("a moderator", mod, result, 1)
		missing("a guest", account.Actor{}, result, 1)
		missing("no such result", anna, id.New(), 1)
		missing("page 0", anna, result, 0)
		missing("page 2 of 1", anna, result, 2)
		w.Clock.Advance(59 * time.Minute)
		if got, _ := w.shown(anna, result, 1); got != "et særligt ord" {
			t.Errorf("got %q", got)
		}
		w.Clock.Advance(time.Minute)
		missing("after an hour", anna, result, 1)
		if _, err := w.service.Search(t.Context(), account.Actor{}, search.Form{Text: "ord"}); !fault.Is(err, fault.Unauthenticated) {
			t.Errorf("a guest searches: %v", err)
		}
		for range 9 {
			w.search(anna, search.Form{Text: "ord"})
		}
		if kept := w.Int(t, "SELECT COUNT(*) FROM search_result"); kept != 5 {
			t.Errorf("kept %d results", kept)
		}
		w.Clock.Advance(time.Hour)
		if err := w.service.Sweep(t.Context()); err != nil || w.Int(t, "SELECT COUNT(*) FROM search_result") != 0 {
			t.Errorf("expired results are left, %v", err)
		}
	})
}

func TestResultPages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var texts []string
		for i := range 23 {
			texts = append(texts, fmt.Sprintf("om glæde nummer %d", i))
		}
		w.topic("one", "Emne", texts...)
		w.rebuild()
		result := w.search(anna, search.Form{Text: "glæde"})
		seen := map[string]bool{}
		for page, want := range map[int]int{1: 10, 2: 10, 3: 3} {
			ctx, queries := store.CountQueries(t.Context())
			p, err := w.service.Result(ctx, anna, result, page)
			if err != nil {
				t.Fatal(err)
			}
			if len(p.Hits) != want || p.Count != 23 || p.Pages != 3 {
				t.Errorf("page %d: %d hits, count %d, pages %d", page, len(p.Hits), p.Count, p.Pages)
			}
			if n := queries(); n != 5 { // the result, its key, what may be read, the posts, the synonyms
				t.Errorf("page %d took %d queries", page, n)
			}
			for _, h := range p.Hits {
				seen[h.ID] = true
			}
		}
		if len(seen) != 23 {
			t.Errorf("%d different hits on all pages", len(seen))
		}
	})
}

func TestHitsAreMarked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.topic("one", "Om <b>tilbagefald</b>", "Det **var** et [tilbagefald](https://example.org) & <script>alert(1)</script>")
		w.rebuild()
		p, err := w.service.Result(t.Context(), anna, w.search(anna, search.Form{Text: "tilbagefaldet"}), 1)
		if err != nil || len(p.Hits) != 1 {
			t.Fatalf("%v, %+v", err, p)
		}
		if got := show(p.Hits[0].Heading); got != "Om <b>[tilbagefald]</b>" {
			t.Errorf("heading %q", got)
		}
		if got := show(p.Hits[0].Excerpt); !strings.HasPrefix(got, "Det var et [tilbagefald]") {
			t.Errorf("excerpt %q", got)
		}
	})
}

func TestFormIsChecked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name, field string
			form        search.Form
		}{
			{"nothing", "q", search.Form{}},
			{"blank", "q", search.Form{Text: "  ", Alias: " "}},
			{"too long", "q", search.Form{Text: strings.Repeat("å", 201)}},
			{"alias too long", "alias", search.Form{Alias: strings.Repeat("å", 81)}},
			{"no day", "from", search.Form{Text: "x", From: "i går"}},
			{"no such day", "to", search.Form{Text: "x", To: "2026-02-30"}},
			{"reversed", "to", search.Form{Text: "x", From: "2026-03-02", To: "2026-03-01"}},
			{"hidden space", "space", search.Form{Text: "x", Space: "two"}},
			{"no such space", "space", search.Form{Text: "x", Space: "' OR 1=1"}},
		} {
			_, err := w.service.Search(t.Context(), anna, c.form)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != c.field {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		// A day is one in Denmark: 12:00 UTC on the 1st lies in it, and the next day begins an hour before midnight UTC.
		w.topic("one", "Emne", "en dag")
		w.rebuild()
		for f, want := range map[search.Form]int{
			{From: "2026-11-01", To: "2026-11-01"}:        1,
			{From: "2026-11-02"}:                          0,
			{To: "2026-10-31"}:                            0,
			{Text: "dag", Alias: "HAVBLIK", Space: "one"}: 1,
			{Text: "dag", Alias: "andre"}:                 0,
		} {
			if _, got := w.shown(anna, w.search(anna, f), 1); got != want {
				t.Errorf("%+v: %d hits, want %d", f, got, want)
			}
		}
	})
}

// brokenIndex is an engine that does not answer.
type brokenIndex struct {
	search.Index
	err error
}

func (b brokenIndex) Find(context.Context, search.Query) ([]search.Hit, error) { return nil, b.err }

func TestSearchDown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.topic("one", "Emne", "et ord")
		w.rebuild()
		result := w.search(anna, search.Form{Text: "ord"})
		for _, err := range []error{errors.New("connection refused"), context.DeadlineExceeded, fault.New(fault.Unavailable, "search.down")} {
			w.service.Index = brokenIndex{w.index, err}
			_, got := w.service.Search(t.Context(), anna, search.Form{Text: "ord"})
			if f, ok := errors.AsType[*fault.Error](got); !ok || f.Kind != fault.Unavailable || f.Key != "search.down" {
				t.Errorf("%v became %v", err, got)
			}
		}
		if got, _ := w.shown(anna, result, 1); got != "et ord" {
			t.Errorf("a result found before is still shown: %q", got)
		}
	})
}

func TestIndexPostFollowsTheDatabase(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		topic, posts := w.topic("one", "Overskrift", "første", "andet svar", "tredje svar")
		index := func(post string) {
			t.Helper()
			for range 2 { // jobs may run twice
				if err := w.indexer.IndexPost(t.Context(), post); err != nil {
					t.Fatal(err)
				}
			}
		}
		count := func(want uint64) {
			t.Helper()
			if n, err := w.index.Count(t.Context()); err != nil || n != want {
				t.Errorf("%d in the index, %v, want %d", n, err, want)
			}
		}
		index(posts[1])
		count(1)
		index(posts[0])
		count(3)
		w.exec(`UPDATE post SET visibility = 'held' WHERE id = '%s'`, posts[2])
		index(posts[2])
		count(2)
		w.exec(`UPDATE topic SET visibility = 'removed' WHERE id = '%s'`, topic)
		w.exec(`UPDATE post SET visibility = 'removed' WHERE id = '%s'`, posts[0])
		index(posts[0])
		count(0)
		w.exec(`UPDATE topic SET visibility = 'visible' WHERE id = '%s'`, topic)
		w.exec(`UPDATE post SET visibility = 'visible' WHERE topic_id = '%s'`, topic)
		index(posts[0])
		count(3)
		w.exec(`DELETE FROM post WHERE id = '%s'`, posts[2])
		index(posts[2])
		count(2)
		index("never-there")
		count(2)
	})
}

func TestRebuildTellsItsProgress(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		behind := func(want bool) {
			t.Helper()
			if got, err := w.indexer.Behind(t.Context()); err != nil || got != want {
				t.Errorf("behind: %v, %v, want %v", got, err, want)
			}
		}
		behind(true) // made empty at the start
		w.rebuild()
		behind(false)
		_, posts := w.topic("one", "Emne", "et", "to", "held:tre")
		behind(true)
		w.exec(`INSERT INTO job (id, kind, payload, due_at, attempts, last_error, created_at) VALUES ('j1', 'index_post', '', '2026-01-01 00:00:00', 0, '', '2026-01-01 00:00:00'),
			('j2', 'index_post', '', '2026-01-01 00:00:00', 0, '', '2026-01-01 00:00:00')`)
		behind(false) // the jobs that wait will mend it
		var steps []string
		err := w.indexer.Rebuild(t.Context(), func(done, total int) { steps = append(steps, fmt.Sprintf("%d/%d", done, total)) })
		if err != nil || strings.Join(steps, " ") != "0/2 2/2" {
			t.Errorf("steps %q, %v", steps, err)
		}
		w.exec("DELETE FROM job")
		behind(false)
		if err := w.index.Delete(t.Context(), posts[0]); err != nil {
			t.Fatal(err)
		}
		behind(true)
	})
}

func TestIndexCatchesUpByItself(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		queue := job.NewQueue(w.Store.Job(), w.Store, w.Clock)
		jobs := search.Jobs{Queue: queue}
		down := &switchable{Index: w.index}
		w.indexer.Index, w.service.Index = down, down
		runner := job.NewRunner(queue, w.indexer.Handlers(), 1, slog.New(slog.DiscardHandler))
		_, posts := w.topic("one", "Emne", "skrevet mens søgningen var nede")

		// While the engine is down, posts are saved and their jobs wait.
		down.broken.Store(true)
		if err := jobs.IndexPost(t.Context(), posts[0]); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			runner.Drain(t.Context())
			w.Clock.Advance(2 * time.Minute)
		}
		if parked, err := queue.Parked(t.Context()); err != nil || len(parked) != 0 {
			t.Fatalf("parked: %v, %v", parked, err)
		}
		down.broken.Store(false)
		w.Clock.Advance(2 * time.Minute)
		runner.Drain(t.Context())
		if _, n := w.shown(anna, w.search(anna, search.Form{Text: "nede"}), 1); n != 1 {
			t.Errorf("%d hits after the engine came back", n)
		}

		// An index that is behind at the start is rebuilt, once.
		w.topic("one", "Andet", "skrevet uden job")
		for range 3 {
			if err := w.indexer.CatchUp(t.Context(), jobs); err != nil {
				t.Fatal(err)
			}
		}
		if n := runner.Drain(t.Context()); n != 1 {
			t.Errorf("%d jobs for one rebuild", n)
		}
		if _, n := w.shown(anna, w.search(anna, search.Form{Text: "skrevet"}), 1); n != 2 {
			t.Errorf("%d hits after the rebuild", n)
		}
		if err := w.indexer.CatchUp(t.Context(), jobs); err != nil {
			t.Fatal(err)
		}
		if n := runner.Drain(t.Context()); n != 0 {
			t.Errorf("%d jobs when nothing is behind", n)
		}

		// What was rebuilt by hand before the job's turn came is not rebuilt again; a rebuild that somebody asked for is.
		w.topic("one", "Tredje", "rettet i hånden")
		if err := w.indexer.CatchUp(t.Context(), jobs); err != nil {
			t.Fatal(err)
		}
		if err := w.indexer.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		before := down.rebuilt.Load()
		if n := runner.Drain(t.Context()); n != 1 || down.rebuilt.Load() != before {
			t.Errorf("%d jobs rebuilt %d times what was not behind", n, down.rebuilt.Load()-before)
		}
		if err := jobs.Rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		if runner.Drain(t.Context()); down.rebuilt.Load() != before+1 {
			t.Error("a rebuild that was asked for did not happen")
		}
	})
}

// switchable is an engine that can be down for writing.
type switchable struct {
	search.Index
	broken  atomic.Bool
	rebuilt atomic.Int32
}

func (s *switchable) Rebuild(ctx context.Context, fill func(put func(docs ...search.Document) error) error) error {
	s.rebuilt.Add(1)
	return s.Index.Rebuild(ctx, fill)
}

func (s *switchable) Put(ctx context.Context, docs ...search.Document) error {
	if s.broken.Load() {
		return fault.New(fault.Unavailable, "search.down")
	}
	return s.Index.Put(ctx, docs...)
}

// TestNewerRowWins: a post changes between the reading and the writing of its job.
func TestNewerRowWins(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, posts := w.topic("one", "Emne", "gammel tekst")
		changed := false
		w.indexer.Index = meanwhile{w.index, func() {
			if !changed {
				changed = true
				w.exec(`UPDATE post SET visibility = 'held' WHERE id = '%s'`, posts[0])
			}
		}}
		if err := w.indexer.IndexPost(t.Context(), posts[0]); err != nil {
			t.Fatal(err)
		}
		if n, err := w.index.Count(t.Context()); err != nil || n != 0 {
			t.Errorf("%d in the index, %v", n, err)
		}
	})
}

// meanwhile does something before each Put.
type meanwhile struct {
	search.Index
	do func()
}

func (m meanwhile) Put(ctx context.Context, docs ...search.Document) error {
	m.do()
	return m.Index.Put(ctx, docs...)
}
