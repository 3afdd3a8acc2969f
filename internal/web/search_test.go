package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/id"
	"samhold/internal/search"
	"samhold/internal/search/bleve"
	"samhold/internal/support"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
	"samhold/internal/topic"
	"samhold/internal/web"
)

// searchFront is the web application with search over an index, and one space that every account may read.
type searchFront struct {
	*front
	index   search.Index
	service *search.Service
	posts   int
}

func eachSearchFront(t *testing.T, test func(t *testing.T, f *searchFront)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		ring := testkit.Vault(t, db)
		lines, err := directory.New()
		if err != nil {
			t.Fatal(err)
		}
		f := &searchFront{front: openFront(t, db)}
		if f.index, err = bleve.Open(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.index.Close() })
		f.service = search.New(search.Deps{
			Store: db.Store.Search(), Index: f.index, Tx: db.Store, Clock: db.Clock, Vault: ring, Zone: time.UTC,
		})
		topics := topic.New(topic.Deps{Store: db.Store.Topics(), Tx: db.Store, Clock: db.Clock, Vault: ring})
		f.server, err = web.New(web.Services{Account: f.account, Topic: topics, Search: f.service, Directory: lines, Support: support.New(support.Deps{Store: db.Store.Supports()})}, web.Options{
			BaseURL: &url.URL{Scheme: "https", Host: "samhold.test"},
			ExitURL: &url.URL{Scheme: "https", Host: "neutral.test", Path: "/"},
			Locale:  i18n.Danish, Clock: db.Clock, Log: slog.New(slog.NewTextHandler(f.log, nil)),
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []struct{ id, policy string }{{"open", "account"}, {"closed", "member"}} {
			f.Exec(t, `INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy,
				write_policy, join_policy, approve_first_n, hours, time_zone, colour, sign, state, position, version, created_at)
				VALUES (?, 'relatives', ?, '', '', '', '', 'all', 'account', ?, 'member', 'open', 0, '', 'Europe/Copenhagen', 'clay', 'tree', 'open', 1, 1, ?)`,
				s.id, "Rummet "+s.id, s.policy, f.Clock.Now())
		}
		test(t, f)
	})
}

// write saves and indexes a topic of one post, and returns the post's id.
func (f *searchFront) write(space, title, body string) string {
	f.t.Helper()
	topicID, postID := id.New(), id.New()
	f.posts++
	at := f.Clock.Now().Add(-time.Duration(f.posts) * time.Hour)
	f.Exec(f.t, `INSERT INTO topic (id, space_id, kind, title, state, visibility, promotable, last_seq, shown_seq, post_count, last_post_at, version, created_at)
		VALUES (?, ?, 'conversation', ?, 'open', 'visible', true, 1, 1, 1, ?, 1, ?)`, topicID, space, title, at, at)
	f.Exec(f.t, `INSERT INTO post (id, topic_id, space_id, shown_alias, shown_role, seq, body, body_html, policy_version, visibility, held_reason, calm_banner, revision, version, created_at)
		VALUES (?, ?, ?, 'Havblik', 'member', 1, ?, '', 1, 'visible', '', false, 1, 1, ?)`, postID, topicID, space, body, at)
	indexer := &search.Indexer{Sources: f.Store.Search(), Index: f.index}
	if err := indexer.IndexPost(f.t.Context(), postID); err != nil {
		f.t.Fatal(err)
	}
	return postID
}

// searched sends the form and returns the result's page.
func searched(t *testing.T, b *browse.Client, fields ...string) *browse.Page {
	t.Helper()
	page := b.Get("/search").Submit("/search", fields...)
	if page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Location, "/search/") {
		t.Fatalf("search %q: %d to %q: %s", fields, page.Status, page.Location, page.Text("main"))
	}
	return page.Follow()
}

func TestSearchPages(t *testing.T) {
	eachSearchFront(t, func(t *testing.T, f *searchFront) {
		for range 12 {
			f.write("open", "Om håb", "Vi taler om <b>håb</b> & mod")
		}
		post := f.write("open", "Fald", "Der kom et tilbagefald & <script>alert(1)</script>")
		f.write("closed", "Skjult", "Der kom et tilbagefald, som kun medlemmer ser")
		b, _ := f.member()

		page := searched(t, b, "q", "tilbagefaldet")
		if n := page.Find(".hit").Length(); n != 1 || page.Find(`.hit a[href="/p/`+post+`"]`).Length() != 1 {
			t.Errorf("%d hits: %s", n, page.Text("main"))
		}
		if got := page.Text(".hit mark"); got != "tilbagefald" {
			t.Errorf("marked %q", got)
		}
		if page.Find("main script").Length() != 0 || page.Has("som kun medlemmer ser") || page.Text("[role=status]") != "1 indlæg" {
			t.Errorf("the page shows %s", page.Text("main"))
		}
		if got := page.Text("title"); got != "Søgning" {
			t.Errorf("the title says %q", got)
		}
		if got := page.Find("#q").AttrOr("value", ""); got != "tilbagefaldet" {
			t.Errorf("the field holds %q", got)
		}
		if page.Find(`option[value="closed"]`).Length() != 0 || page.Find(`option[value="open"]`).Length() != 1 {
			t.Error("the form offers another set of rooms than one may read")
		}

		page = searched(t, b, "q", "håb", "space", "open", "alias", "havblik")
		if page.Find("details.filters[open]").Length() != 1 || page.Find(".hit").Length() != 10 {
			t.Errorf("%d hits, filters %q", page.Find(".hit").Length(), page.Find("details").AttrOr("open", "closed"))
		}
		second := b.Get(page.Path + "?page=2")
		if second.Status != http.StatusOK || second.Find(".hit").Length() != 2 {
			t.Errorf("page 2: %d, %d hits", second.Status, second.Find(".hit").Length())
		}
		for _, wrong := range []string{"?page=3", "?page=0", "?page=x"} {
			if got := b.Get(page.Path + wrong).Status; got != http.StatusNotFound {
				t.Errorf("%s: %d", wrong, got)
			}
		}
		if page := searched(t, b, "q", "giraf"); page.Find(".empty").Length() != 1 {
			t.Errorf("nothing found: %s", page.Text("main"))
		}
		// What is searched for stands in no address and in no log.
		if strings.Contains(f.log.String(), "tilbagefald") || strings.Contains(f.log.String(), "giraf") {
			t.Errorf("the log tells what was searched for: %s", f.log)
		}
		other, _ := f.member()
		if got := other.Get(page.Path).Status; got != http.StatusNotFound {
			t.Errorf("another's result: %d", got)
		}
		if got := f.browser().Get("/search"); got.Status != http.StatusSeeOther || !strings.HasPrefix(got.Location, "/signin") {
			t.Errorf("a guest: %d to %q", got.Status, got.Location)
		}
	})
}

func TestSearchFormComesBack(t *testing.T) {
	eachSearchFront(t, func(t *testing.T, f *searchFront) {
		b, a := f.member()
		for _, c := range []struct {
			name, wrong string
			fields      []string
		}{
			{"nothing typed", "q", nil},
			{"too long", "q", []string{"q", strings.Repeat("å", 201)}},
			{"no day", "from", []string{"q", "mor", "from", "i går"}},
			{"a room that one may not read", "space", []string{"q", "mor", "space", "closed"}},
		} {
			page := b.Post("/search", c.fields...)
			if page.Status != http.StatusUnprocessableEntity || page.Find("#"+c.wrong+"-error").Length() != 1 || page.Find(".errors li").Length() != 1 {
				t.Errorf("%s: %d: %s", c.name, page.Status, page.Text("main"))
			}
			if len(c.fields) > 2 && page.Find("#q").AttrOr("value", "") != "mor" {
				t.Errorf("%s: what was typed is lost", c.name)
			}
		}
		// What was typed when the session ran out is there after signing in.
		f.Clock.Advance(2*time.Hour + time.Minute)
		page := b.Post("/search", "q", "min bror", "alias", "havblik")
		if page.Status != http.StatusSeeOther || !strings.HasPrefix(page.Location, "/signin?kept=1") {
			t.Fatalf("after the session: %d to %q", page.Status, page.Location)
		}
		b.SignIn(a.Name, known)
		if page := b.Get("/search"); page.Find("#q").AttrOr("value", "") != "min bror" || page.Find("#alias").AttrOr("value", "") != "havblik" {
			t.Errorf("what was typed is lost: %s", page.Text("main"))
		}
		searched(t, b, "q", "min søster")
		if got := b.Get("/search").Find("#q").AttrOr("value", ""); got != "" {
			t.Errorf("kept after it was sent: %q", got)
		}
		for _, text := range []string{"\x00mor", "\xffmor", strings.Repeat("\xff", 300), "+mor -far", `"mor`, "og det", "👩", strings.Repeat("a ", 99)} {
			if page := b.Post("/search", "q", text); page.Status != http.StatusSeeOther {
				t.Errorf("%q: %d", text, page.Status)
			}
		}
	})
}

// deafIndex does not answer.
type deafIndex struct{ search.Index }

func (deafIndex) Find(context.Context, search.Query) ([]search.Hit, error) {
	return nil, fault.New(fault.Unavailable, "search.down")
}

func TestSearchIsDownCalmly(t *testing.T) {
	eachSearchFront(t, func(t *testing.T, f *searchFront) {
		f.write("open", "Om håb", "Vi taler om håb")
		b, _ := f.member()
		before := searched(t, b, "q", "håb").Path
		f.service.Index = deafIndex{f.index}
		page := b.Post("/search", "q", "håb og mod", "alias", "havblik")
		if page.Status != http.StatusServiceUnavailable || page.Text(".notice-title") != "Søgningen svarer ikke lige nu" {
			t.Errorf("%d: %s", page.Status, page.Text("main"))
		}
		if page.Find("#q").AttrOr("value", "") != "håb og mod" || page.Find("#alias").AttrOr("value", "") != "havblik" {
			t.Error("what was typed is lost")
		}
		if got := b.Get(before); got.Status != http.StatusOK || got.Find(".hit").Length() != 1 {
			t.Errorf("an earlier result: %d", got.Status)
		}
	})
}
