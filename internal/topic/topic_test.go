package topic_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/space"
	"samhold/internal/store"
	"samhold/internal/testkit"
	"samhold/internal/topic"
)

// forum is the services over one database. Its Intake answers with verdict, and fails when broken is set.
type forum struct {
	*testkit.Database
	*topic.Service
	t       *testing.T
	spaces  *space.Service
	verdict intake.Verdict
	broken  error
	seen    []intake.Submission
	mu      sync.Mutex
	people  int
}

func (f *forum) Receive(_ context.Context, s intake.Submission) (intake.Verdict, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, s)
	return f.verdict, f.broken
}

func (f *forum) IndexPost(context.Context, string) error { return nil }

func each(t *testing.T, test func(t *testing.T, f *forum)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) { test(t, open(t, db)) })
}

func open(t *testing.T, db *testkit.Database) *forum {
	t.Helper()
	ring := testkit.Vault(t, db)
	f := &forum{t: t, Database: db}
	f.spaces = space.New(space.Deps{Store: db.Store.Spaces(), Tx: db.Store, Clock: db.Clock})
	f.Service = topic.New(topic.Deps{
		Store: db.Store.Topics(), Spaces: f.spaces, Tx: db.Store, Clock: db.Clock, Intake: f, Jobs: f,
		Audit: audit.New(db.Store, db.Store.Audit(), ring.Derive("audit")), Vault: ring,
	})
	return f
}

func must[T any](f *forum, v T, err error) T {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
	return v
}

func (f *forum) room(approveFirst int) space.Space {
	f.t.Helper()
	s, err := f.spaces.Create(f.t.Context(), space.Space{
		Kind: space.Young, Name: "Lysthuset", Purpose: "Et sted.", AgeBand: space.BandAll, SeePolicy: space.ForAccount,
		ReadPolicy: space.ForMember, WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen, Colour: "sea", Sign: "boat",
		ApproveFirstN: approveFirst,
	}, "Det bliver her.")
	return must(f, s, err)
}

// person is an account without a membership.
func (f *forum) person(born int) account.Actor {
	f.t.Helper()
	f.people++
	a := account.Actor{Account: topic.NewKey(), BirthYear: born, At: f.Clock.Now()}
	f.Exec(f.t, "INSERT INTO account (id, name, birth_year, locale, state, created_at) VALUES (?, ?, ?, 'da', 'active', ?)",
		a.Account, fmt.Sprintf("navn-%d", f.people), born, f.Clock.Now())
	return a
}

// member is a person in the space who may write there.
func (f *forum) member(s space.Space, born int) account.Actor {
	f.t.Helper()
	a := f.person(born)
	alias := "Bølge " + strings.Repeat("a", f.people)
	must(f, space.Membership{}, func() error {
		_, err := f.spaces.Enrol(f.t.Context(), space.Enrolment{Account: a.Account, Space: s.ID, Alias: alias, At: f.Clock.Now(), Accepts: true})
		return err
	}())
	return a
}

func (f *forum) moderator(s space.Space) account.Actor {
	f.t.Helper()
	a := f.member(s, 1980)
	a.Grants = []account.Grant{{Role: account.Moderator, Space: s.ID}}
	return a
}

func (f *forum) start(a account.Actor, s space.Space) topic.Saved {
	f.t.Helper()
	saved, err := f.Start(f.t.Context(), a, s.ID, topic.Text{Key: topic.NewKey(), Title: "Emne", Body: "Første.", Lang: "da"})
	return must(f, saved, err)
}

func (f *forum) reply(a account.Actor, topicID, body string) topic.Saved {
	f.t.Helper()
	saved, err := f.Reply(f.t.Context(), a, topicID, topic.Text{Key: topic.NewKey(), Body: body, Lang: "da"})
	return must(f, saved, err)
}

func (f *forum) read(a account.Actor, topicID string) topic.Reading {
	f.t.Helper()
	r, err := f.Read(f.t.Context(), a, topicID, 1)
	return must(f, r, err)
}

func TestWhoseTextsWait(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s, careful := f.room(0), f.room(2)
		author := f.member(s, 1980)
		calm := f.start(author, s)
		f.Exec(t, "UPDATE post SET calm_banner = TRUE WHERE id = ?", calm.Post)
		peaceful := f.start(author, s)
		regular := f.member(s, 1980)
		f.Exec(t, "UPDATE membership SET approved_count = 200 WHERE account_id = ?", regular.Account)
		newcomer, lead := f.member(careful, 1980), f.moderator(careful)
		there := f.start(lead, careful)
		for name, tc := range map[string]struct {
			who     account.Actor
			in      string
			verdict intake.Verdict
			want    string
		}{
			"a member":               {f.member(s, 1980), peaceful.Topic, intake.Verdict{}, ""},
			"somebody under 18":      {f.member(s, 2009), peaceful.Topic, intake.Verdict{}, topic.HeldMinor},
			"18 this year":           {f.member(s, 2008), peaceful.Topic, intake.Verdict{}, topic.HeldMinor},
			"19 this year":           {f.member(s, 2007), peaceful.Topic, intake.Verdict{}, ""},
			"a careful text":         {f.member(s, 1980), peaceful.Topic, intake.Verdict{HoldFirst: true}, topic.HeldCareful},
			"a farewell":             {f.member(s, 1980), peaceful.Topic, intake.Verdict{HoldFirst: true, Hold: intake.HoldFarewell}, topic.HeldFarewell},
			"a method":               {f.member(s, 1980), peaceful.Topic, intake.Verdict{HoldFirst: true, Hold: intake.HoldMethod}, topic.HeldMethod},
			"a dose":                 {f.member(s, 1980), peaceful.Topic, intake.Verdict{HoldFirst: true, Hold: intake.HoldDose}, topic.HeldDose},
			"a place":                {f.member(s, 1980), peaceful.Topic, intake.Verdict{HoldFirst: true, Hold: intake.HoldPlace}, topic.HeldPlace},
			"young people's":         {f.member(s, 2005), peaceful.Topic, intake.Verdict{HoldFirst: true, Hold: intake.HoldYoung}, topic.HeldYoung},
			"a regular":              {regular, calm.Topic, intake.Verdict{}, topic.HeldReplies},
			"a moderator":            {f.moderator(s), peaceful.Topic, intake.Verdict{HoldFirst: true}, ""},
			"under the calm banner":  {f.member(s, 1980), calm.Topic, intake.Verdict{}, topic.HeldReplies},
			"staff under the banner": {f.moderator(s), calm.Topic, intake.Verdict{}, ""},
			"its own topic":          {author, calm.Topic, intake.Verdict{}, ""},
			"among the first":        {newcomer, there.Topic, intake.Verdict{}, topic.HeldFirstPosts},
		} {
			f.verdict = tc.verdict
			got := f.reply(tc.who, tc.in, "Hej.")
			wantVisibility := topic.Visible
			if tc.want != "" {
				wantVisibility = topic.Held
			}
			if got.HeldReason != tc.want || got.Visibility != wantVisibility {
				t.Errorf("%s: got %s %q, want %q", name, got.Visibility, got.HeldReason, tc.want)
			}
		}
	})
}

func TestTheIntakeSeesEveryText(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		a := f.member(s, 1980)
		saved := f.start(a, s)
		if _, err := f.Edit(t.Context(), a, saved.Post, 1, topic.Text{Title: "Nyt navn", Body: "Anden."}); err != nil {
			t.Fatal(err)
		}
		want := []intake.Submission{
			{Kind: intake.Post, ID: saved.Post, Revision: 1, Text: "Emne\n\nFørste.", Lang: "da"},
			{Kind: intake.Post, ID: saved.Post, Revision: 2, Text: "Nyt navn\n\nAnden."},
		}
		for i, w := range want {
			w.Account, w.Space, w.SpaceKind, w.Membership = a.Account, s.ID, "young", f.seen[i].Membership
			if f.seen[i] != w || w.Membership == "" {
				t.Errorf("text %d: got %+v, want %+v", i, f.seen[i], w)
			}
		}
		// What cannot be assessed is not saved.
		f.broken = fault.New(fault.Unavailable, "error.slow")
		key := topic.NewKey()
		_, err := f.Reply(t.Context(), a, saved.Topic, topic.Text{Key: key, Body: "Tredje."})
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want the intake's fault", err)
		}
		if n := f.Int(t, "SELECT COUNT(*) FROM post WHERE id = ?", key); n != 0 {
			t.Error("a text is saved that nobody assessed")
		}
	})
}

func TestWhatWaitsLeavesNoTrace(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, reader, mod := f.member(s, 1980), f.member(s, 1980), f.moderator(s)
		saved := f.start(author, s)
		f.read(reader, saved.Topic)
		before := must2(f.List(t.Context(), reader, s.ID, 1))(f).Topics[0]

		f.Clock.Advance(time.Hour)
		f.verdict = intake.Verdict{HoldFirst: true}
		waits := f.reply(author, saved.Topic, "Venter.")
		f.verdict = intake.Verdict{}
		if got := must2(f.List(t.Context(), reader, s.ID, 1))(f).Topics[0]; got != before {
			t.Errorf("a post that waits changes the list from %+v to %+v", before, got)
		}
		if got := f.read(reader, saved.Topic); len(got.Posts) != 1 {
			t.Errorf("a post that waits has a place for others: %d posts", len(got.Posts))
		}
		if got := f.read(author, saved.Topic); len(got.Posts) != 2 || got.Posts[1].BodyHTML == "" {
			t.Error("the author does not see what waits")
		}
		if got := f.read(mod, saved.Topic); len(got.Posts) != 2 {
			t.Error("the moderator does not see what waits")
		}

		// Released, it stands at the end, where readers meet it.
		later := f.reply(reader, saved.Topic, "Imens.")
		if err := f.Release(t.Context(), mod, waits.Post, 1); err != nil {
			t.Fatal(err)
		}
		got := f.read(reader, saved.Topic)
		if len(got.Posts) != 3 || got.Posts[1].ID != later.Post || got.Posts[2].ID != waits.Post || got.ReadSeq >= got.Posts[2].Seq {
			t.Errorf("a released post does not stand at the end as new: %+v", got.Posts)
		}
		if n := f.Int(t, "SELECT approved_count FROM membership WHERE account_id = ?", author.Account); n != 1 {
			t.Errorf("got %d approved posts, want 1", n)
		}

		// Removed before anybody saw it, it was never there.
		f.verdict = intake.Verdict{HoldFirst: true}
		never := f.reply(author, saved.Topic, "Aldrig.")
		if err := f.Remove(t.Context(), mod, never.Post, 1); err != nil {
			t.Fatal(err)
		}
		if got := f.read(reader, saved.Topic); len(got.Posts) != 3 {
			t.Error("a post that nobody saw leaves a placeholder")
		}
		if err := f.Remove(t.Context(), mod, later.Post, 1); err != nil {
			t.Fatal(err)
		}
		if got := f.read(author, saved.Topic).Posts[1]; !got.Gone() || got.BodyHTML != "" || got.Alias != "" {
			t.Errorf("a removed post shows %+v", got)
		}
		if err := f.Restore(t.Context(), mod, later.Post, 2); err != nil {
			t.Fatal(err)
		}
		if got := f.read(author, saved.Topic).Posts[1]; got.Gone() || got.BodyHTML == "" {
			t.Error("a restored post is not back")
		}
		if n := f.Int(t, "SELECT COUNT(*) FROM audit_event"); n != 4 {
			t.Errorf("got %d audit events, want 4", n)
		}
	})
}

func must2[T any](v T, err error) func(*forum) T {
	return func(f *forum) T { f.t.Helper(); return must(f, v, err) }
}

func TestModeratorsDecideOnWhatTheyRead(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, mod := f.member(s, 1980), f.moderator(s)
		elsewhere := f.moderator(f.room(0))
		saved := f.start(author, s)
		for name, err := range map[string]error{
			"an older version":      f.Hold(t.Context(), mod, saved.Post, 0),
			"what is shown already": f.Release(t.Context(), mod, saved.Post, 1),
		} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("%s: got %v, want Stale", name, err)
			}
		}
		for name, who := range map[string]account.Actor{"a member": author, "a moderator of another space": elsewhere, "a guest": {}} {
			if err := f.Hold(t.Context(), who, saved.Post, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: got %v, want NotFound", name, err)
			}
		}
		if err := f.Hold(t.Context(), mod, saved.Post, 1); err != nil {
			t.Fatal(err)
		}
		w, err := f.PostForStaff(t.Context(), mod, saved.Post)
		if err != nil || w.Post.HeldReason != topic.HeldByStaff || w.Topic.Visibility != topic.Held || w.Space.ID != s.ID {
			t.Errorf("got %+v, %v", w.Post, err)
		}
	})
}

func TestQueriesDoNotGrowWithTheData(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, reader := f.member(s, 1980), f.member(s, 1980)
		saved := f.start(author, s)
		count := func(page func(ctx context.Context) error) int {
			t.Helper()
			ctx, queries := store.CountQueries(t.Context())
			if err := page(ctx); err != nil {
				t.Fatal(err)
			}
			return queries()
		}
		read := func(ctx context.Context) error { _, err := f.Read(ctx, reader, saved.Topic, 1); return err }
		list := func(ctx context.Context) error { _, err := f.List(ctx, reader, s.ID, 1); return err }
		home := func(ctx context.Context) error {
			o, err := f.spaces.Overview(ctx, reader)
			if err != nil {
				return err
			}
			var ids []string
			for _, c := range o.Mine {
				ids = append(ids, c.Space.ID)
			}
			_, err = f.Latest(ctx, reader, ids, 3)
			return err
		}
		for name, tc := range map[string]struct {
			page func(context.Context) error
			most int
		}{"topic": {read, 3}, "list": {list, 3}, "home": {home, 2}} {
			if got := count(tc.page); got > tc.most {
				t.Errorf("%s with little in it takes %d queries, want at most %d", name, got, tc.most)
			}
		}
		for i := range 45 {
			f.reply(author, saved.Topic, fmt.Sprintf("Svar %d.", i))
			if i < 30 {
				f.start(author, s)
			}
		}
		for range 3 {
			other := f.room(0)
			must(f, space.Membership{}, func() error {
				_, err := f.spaces.Enrol(t.Context(), space.Enrolment{Account: reader.Account, Space: other.ID, Alias: "Fjer", At: f.Clock.Now(), Accepts: true})
				return err
			}())
		}
		for name, tc := range map[string]struct {
			page func(context.Context) error
			most int
		}{"topic": {read, 4}, "list": {list, 3}, "home": {home, 2}} {
			if got := count(tc.page); got > tc.most {
				t.Errorf("%s with much in it takes %d queries, want at most %d", name, got, tc.most)
			}
		}
		if got := count(func(ctx context.Context) error {
			_, err := f.Reply(ctx, reader, saved.Topic, topic.Text{Key: topic.NewKey(), Body: "Svar."})
			return err
		}); got > 9 {
			t.Errorf("a reply takes %d statements, want at most 9", got)
		}
	})
}

func TestAButtonPressedManyTimesSendsOnce(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		a := f.member(s, 1980)
		in := f.start(a, s).Topic
		for name, send := range map[string]func(key string) (topic.Saved, error){
			"reply": func(key string) (topic.Saved, error) {
				return f.Reply(t.Context(), a, in, topic.Text{Key: key, Body: "Svar."})
			},
			"topic": func(key string) (topic.Saved, error) {
				return f.Start(t.Context(), a, s.ID, topic.Text{Key: key, Title: "Emne", Body: "Tekst."})
			},
		} {
			key, before := topic.NewKey(), len(f.seen)
			var wg sync.WaitGroup
			var fresh atomic.Int64
			for range 6 {
				wg.Go(func() {
					saved, err := send(key)
					if err != nil || saved.Post != key {
						t.Errorf("%s: got %+v, %v", name, saved, err)
					}
					if !saved.Replayed {
						fresh.Add(1)
					}
				})
			}
			wg.Wait()
			if fresh.Load() != 1 || len(f.seen)-before != 1 {
				t.Errorf("%s: saved %d times, assessed %d times, want once", name, fresh.Load(), len(f.seen)-before)
			}
		}
		if n := f.Int(t, "SELECT COUNT(*) FROM topic"); n != 2 {
			t.Errorf("got %d topics, want 2", n)
		}
	})
}

func TestManyHandsInOneTopic(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, mod := f.member(s, 1980), f.moderator(s)
		in := f.start(author, s)
		f.verdict = intake.Verdict{HoldFirst: true}
		var held []string
		for i := range 6 {
			held = append(held, f.reply(author, in.Topic, fmt.Sprintf("Venter %d.", i)).Post)
		}
		f.verdict = intake.Verdict{}
		var wg sync.WaitGroup
		do := func(what string, err error) {
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		for i, post := range held {
			wg.Go(func() { do("release", f.Release(t.Context(), mod, post, 1)) })
			wg.Go(func() {
				_, err := f.Reply(t.Context(), author, in.Topic, topic.Text{Key: topic.NewKey(), Body: fmt.Sprintf("Svar %d.", i)})
				do("reply", err)
			})
		}
		wg.Go(func() { do("pin", f.Pin(t.Context(), mod, in.Topic, true)) })
		wg.Go(func() {
			_, err := f.Edit(t.Context(), author, in.Post, 1, topic.Text{Title: "Nyt navn", Body: "Ny tekst."})
			do("edit", err)
		})
		wg.Wait()
		r := f.read(author, in.Topic)
		if r.Topic.PostCount != 13 || r.Topic.Title != "Nyt navn" || r.Topic.PinnedAt == nil {
			t.Errorf("a change was lost: %+v", r.Topic)
		}
	})
}

func TestUnreadAcrossPages(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, reader := f.member(s, 1980), f.member(s, 1980)
		saved := f.start(author, s)
		var posts []string
		for i := range 44 {
			posts = append(posts, f.reply(author, saved.Topic, fmt.Sprintf("Svar %d.", i)).Post)
		}
		check := func(want topic.Place) {
			t.Helper()
			if got := must2(f.Unread(t.Context(), reader, saved.Topic))(f); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
		check(topic.Place{Topic: saved.Topic, Page: 1, Post: saved.Post})
		if r := f.read(reader, saved.Topic); r.Pages != 3 || len(r.Posts) != topic.PostsPerPage {
			t.Errorf("got %d posts on one of %d pages", len(r.Posts), r.Pages)
		}
		check(topic.Place{Topic: saved.Topic, Page: 2, Post: posts[19]})
		if _, err := f.Read(t.Context(), reader, saved.Topic, 3); err != nil {
			t.Fatal(err)
		}
		check(topic.Place{Topic: saved.Topic, Page: 3})
		f.read(reader, saved.Topic)
		check(topic.Place{Topic: saved.Topic, Page: 3}) // reading an older page does not move the mark back
		if _, err := f.Read(t.Context(), reader, saved.Topic, 4); !fault.Is(err, fault.NotFound) {
			t.Errorf("a page after the last: got %v", err)
		}
		if got := must2(f.List(t.Context(), author, s.ID, 1))(f).Topics[0]; got.Unread != 0 {
			t.Errorf("one's own posts are new to oneself: %d", got.Unread)
		}
	})
}

func TestDraftsAreForOnePersonAndOneHour(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		a, other := f.person(1980), f.person(1980)
		keep := func(path, body string) {
			t.Helper()
			if err := f.KeepDraft(t.Context(), a.Account, path, map[string]string{"body": body}); err != nil {
				t.Fatal(err)
			}
		}
		keep("/t/x/reply", "første")
		keep("/t/x/reply", "anden")
		keep("/t/y/reply", "tredje")
		take := func(who account.Actor, path string) string {
			t.Helper()
			return must2(f.TakeDraft(t.Context(), who, path))(f)["body"]
		}
		if got := take(a, "/t/x/reply"); got != "anden" {
			t.Errorf("got %q, want the newest", got)
		}
		if got := take(other, "/t/x/reply") + take(account.Actor{}, "/t/x/reply") + take(a, "/t/z/reply"); got != "" {
			t.Errorf("a draft is given away: %q", got)
		}
		sealed := f.Text(t, "SELECT MAX(CAST(sealed AS TEXT)) FROM draft")
		if strings.Contains(sealed, "anden") || strings.Contains(sealed, "/t/") {
			t.Error("a draft is not sealed")
		}
		for i := range 12 {
			keep(fmt.Sprintf("/s/%d/new", i), "mange")
		}
		if n := f.Int(t, "SELECT COUNT(*) FROM draft"); n > 10 {
			t.Errorf("%d drafts are kept for one account", n)
		}
		f.Clock.Advance(time.Hour)
		if got := take(a, "/s/11/new"); got != "" {
			t.Errorf("a draft is kept longer than an hour: %q", got)
		}
	})
}
