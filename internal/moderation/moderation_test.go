package moderation_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/moderation"
	"samhold/internal/topic"
)

// TestStoreAndPolicyAgree asks the database for every actor and post what the policy says of them.
func TestStoreAndPolicyAgree(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		store := w.Store.Moderation()
		// Every post that can be is reported.
		for name := range w.posts {
			if strings.HasPrefix(name, "writer") && strings.HasSuffix(name, "visible") {
				w.report("reader", name, "harsh", "")
			}
		}
		actors := map[string]account.Actor{"guest": {At: w.Clock.Now()}}
		maps.Copy(actors, w.actors)
		for who, a := range actors {
			waiting, waits, err := store.Waiting(t.Context(), a, 100)
			if err != nil {
				t.Fatal(err)
			}
			unread, unreads, err := store.Unread(t.Context(), a, 100)
			if err != nil {
				t.Fatal(err)
			}
			reports, reported, err := store.Reports(t.Context(), a, 100)
			if err != nil {
				t.Fatal(err)
			}
			if waits != len(waiting) || unreads != len(unread) || reported != len(reports) {
				t.Errorf("%s: the counts are %d, %d, %d, the rows %d, %d, %d", who, waits, unreads, reported,
					len(waiting), len(unread), len(reports))
			}
			for name, postID := range w.posts {
				parts := strings.Fields(name)
				writer, spaceID, visibility := w.actors[parts[0]].Account, w.spaces[parts[1]], parts[2]
				may := moderation.MayReview(a, spaceID, writer)
				_, err := store.Post(t.Context(), a, postID)
				agree(t, who+" reviews "+name, may, found(t, err))
				_, err = store.Text(t.Context(), a, postID)
				agree(t, who+" opens "+name, may, found(t, err))
				agree(t, who+" finds waiting "+name, may && moderation.InQueue(visibility), has(waiting, postID))
				agree(t, who+" finds unread "+name, may && moderation.Unread(visibility, "amber", false), has(unread, postID))
				agree(t, who+" finds the report of "+name, may && parts[0] == "writer" && visibility == topic.Visible,
					slices.ContainsFunc(reports, func(r moderation.HeldReport) bool { return r.Post.ID == postID }))
				member := w.members[who+" "+parts[1]] != "" || a.CanIn(account.ReadSpace, spaceID)
				_, err = store.Target(t.Context(), a, postID)
				agree(t, who+" may report "+name, member && moderation.MayReport(a, visibility, writer), found(t, err))
			}
		}
	})
}

func agree(t *testing.T, what string, policy, store bool) {
	t.Helper()
	if policy != store {
		t.Errorf("%s: the policy says %v, the database %v", what, policy, store)
	}
}

func found(t *testing.T, err error) bool {
	t.Helper()
	if err != nil && !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func has(posts []moderation.Post, id string) bool {
	return slices.ContainsFunc(posts, func(p moderation.Post) bool { return p.ID == id })
}

func TestOnlyModeratorsHaveADesk(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for who, want := range map[string]int{
			"moderator": 1, "colleague": 2, "elsewhere": 2, "duty_lead": 4, "safeguarding": 4,
		} {
			desk, err := w.service.Desk(t.Context(), w.actors[who])
			if err != nil || desk.PostCount != want || desk.UnreadCount != want {
				t.Errorf("%s: %d posts wait, want %d: %v", who, desk.PostCount, want, err)
			}
		}
		for _, who := range []string{"writer", "reader", "outsider", "facilitator", "admin"} {
			if _, err := w.service.Desk(t.Context(), w.actors[who]); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: got %v, want not found", who, err)
			}
		}
	})
}

func TestOneOpenReportEach(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first := w.report("reader", "writer home visible", "harsh", "Det gør ondt at læse.")
		again := w.report("reader", "writer home visible", "personal", "Han skriver, hvor jeg bor.")
		if first.Again || !again.Again {
			t.Errorf("again is %v, then %v", first.Again, again.Again)
		}
		r := w.onlyReport("moderator")
		if r.Reason != "personal" || !r.HasBody {
			t.Errorf("got %+v", r)
		}
		text, err := w.service.OpenReport(t.Context(), w.actors["moderator"], r.ID, "da")
		if err != nil || text.Report != "Han skriver, hvor jeg bor." || !strings.Contains(text.BodyHTML, "Teksten") {
			t.Errorf("opened %+v: %v", text, err)
		}
		// The words are assessed each time, as a revision of their own.
		if len(w.intake.heard) != 2 || w.intake.heard[0].ID != w.intake.heard[1].ID ||
			w.intake.heard[0].Revision == w.intake.heard[1].Revision {
			t.Errorf("intake heard %+v", w.intake.heard)
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'report_opened'"); n != 1 {
			t.Errorf("%d openings are in the audit log, want 1", n)
		}
	})
}

func TestAWorryCallsSomebodyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const told = "on duty report_worry ref"
		w.report("reader", "writer home visible", "harsh", "")
		if len(w.notices.told) > 0 {
			t.Errorf("somebody was called to an ordinary report: %v", w.notices.told)
		}
		w.report("reader", "writer home visible", "worry", "")
		w.report("reader", "writer home visible", "worry", "Hun svarer ikke.")
		w.report("moderator", "writer away visible", "worry", "")
		if !slices.Equal(w.notices.told, []string{told, told}) {
			t.Errorf("told %v, want once for each worry", w.notices.told)
		}
		if author := w.actors["writer"].Account; !slices.Equal(w.callers.about, []string{author, author}) {
			t.Errorf("called about %v, want the author left out", w.callers.about)
		}
		// A case calls people itself.
		w.intake.verdict = intake.Verdict{Case: "a case"}
		w.report("reader", "moderator home visible", "worry", "Hun tager sit liv i aften.")
		if len(w.notices.told) != 2 {
			t.Errorf("called twice over: %v", w.notices.told)
		}
	})
}

func TestReportsAreSealed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.report("reader", "writer home visible", "worry", "Hun skriver meget mørkt.")
		r, err := w.Store.Moderation().Report(t.Context(), w.actors["moderator"], w.onlyReport("moderator").ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.BodySealed) == 0 || bytes.Contains(r.BodySealed, []byte("mørkt")) || r.KeyID == "" {
			t.Error("the text stands open in the database")
		}
	})
}

func TestIntakeKnowsWhomTheReportIsAbout(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.report("reader", "writer home visible", "worry", "Jeg er bange for hende.")
		w.report("reader", "moderator home visible", "harsh", "Hvad er det for en tone.")
		want := []intake.Person{
			{Account: w.actors["writer"].Account, Membership: w.members["writer home"], Worried: true},
			{Account: w.actors["moderator"].Account, Membership: w.members["moderator home"]},
		}
		for i, in := range w.intake.heard {
			if in.Kind != intake.Report || in.Account != w.actors["reader"].Account || in.About == nil || *in.About != want[i] {
				t.Errorf("report %d: intake heard %+v about %+v, want about %+v", i, in, in.About, want[i])
			}
		}
	})
}

func TestReportsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for name, tc := range map[string]struct {
			who, post, reason, body string
			want                    fault.Kind
		}{
			"unknown reason": {"reader", "writer home visible", "revenge", "", fault.Invalid},
			"no reason":      {"reader", "writer home visible", "", "", fault.Invalid},
			"too long":       {"reader", "writer home visible", "harsh", strings.Repeat("å", 2001), fault.Invalid},
			"not UTF-8":      {"reader", "writer home visible", "harsh", "\xff\xfe", fault.Invalid},
			"one's own":      {"writer", "writer home visible", "harsh", "", fault.NotFound},
			"held":           {"reader", "writer home held", "harsh", "", fault.NotFound},
			"removed":        {"reader", "writer home removed", "harsh", "", fault.NotFound},
			"not a member":   {"outsider", "writer home visible", "harsh", "", fault.NotFound},
			"an admin":       {"admin", "writer home visible", "harsh", "", fault.NotFound},
		} {
			_, err := w.service.Report(t.Context(), w.actors[tc.who], w.posts[tc.post], moderation.NewReport{Reason: tc.reason, Body: tc.body})
			if !fault.Is(err, tc.want) {
				t.Errorf("%s: got %v, want %v", name, err, tc.want)
			}
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM report"); n != 0 {
			t.Errorf("%d reports were kept", n)
		}
	})
}

func TestDecisionsAboutPosts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		m, writer := w.actors["moderator"], w.actors["writer"]
		id := w.posts["writer home held"]
		explained := moderation.Step{Reason: "personal", Statement: "Du nævner en kollega ved navn."}
		for i, tc := range []struct {
			kind   moderation.Kind
			want   string
			notice string
		}{
			{moderation.Release, topic.Visible, moderation.NoticeReleased},
			{moderation.Hold, topic.Held, moderation.NoticeHeld},
			{moderation.Remove, topic.Removed, moderation.NoticeRemoved},
			{moderation.Restore, topic.Visible, moderation.NoticeRestored},
		} {
			step := explained
			step.Kind, step.Version = tc.kind, i+1
			if err := w.service.DecidePost(t.Context(), m, id, step); err != nil {
				t.Fatalf("%s: %v", tc.kind, err)
			}
			f, err := w.service.PostFile(t.Context(), m, id)
			if err != nil || f.Visibility != tc.want || f.Lease.Live(w.Clock.Now()) || len(f.Past) != i+1 {
				t.Fatalf("after %s: %+v, %v", tc.kind, f, err)
			}
			if got := w.notices.told[i]; got != writer.Account+" "+tc.notice+" ref" {
				t.Errorf("after %s the notice is %q", tc.kind, got)
			}
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action LIKE 'decided_%' AND object_id = ?", id); n != 4 {
			t.Errorf("%d decisions are in the audit log, want 4", n)
		}
		if !slices.Equal(w.correct.made, []string{id + " amber read"}) && len(w.correct.made) == 0 {
			t.Errorf("corrections: %v", w.correct.made)
		}
	})
}

func TestDecisionsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		why := moderation.Step{Version: 1, Reason: "harsh", Statement: "Tonen rammer andre."}
		step := func(kind moderation.Kind, change func(*moderation.Step)) moderation.Step {
			s := why
			s.Kind = kind
			if change != nil {
				change(&s)
			}
			return s
		}
		for name, tc := range map[string]struct {
			who, post string
			step      moderation.Step
			want      fault.Kind
		}{
			"no reason":           {"moderator", "writer home visible", step(moderation.Remove, func(s *moderation.Step) { s.Reason = "" }), fault.Invalid},
			"no statement":        {"moderator", "writer home visible", step(moderation.Hold, func(s *moderation.Step) { s.Statement = " \n" }), fault.Invalid},
			"unknown reason":      {"moderator", "writer home visible", step(moderation.Remove, func(s *moderation.Step) { s.Reason = "mood" }), fault.Invalid},
			"long statement":      {"moderator", "writer home visible", step(moderation.Remove, func(s *moderation.Step) { s.Statement = strings.Repeat("x", 2001) }), fault.Invalid},
			"older version":       {"moderator", "writer home visible", step(moderation.Remove, func(s *moderation.Step) { s.Version = 0 }), fault.Conflict},
			"released twice":      {"moderator", "writer home visible", step(moderation.Release, nil), fault.Conflict},
			"what is deleted":     {"moderator", "writer home deleted", step(moderation.Remove, nil), fault.Conflict},
			"an unknown decision": {"moderator", "writer home visible", step("ban", nil), fault.Conflict},
			"one's own":           {"moderator", "moderator home visible", step(moderation.Hold, nil), fault.NotFound},
			"another space":       {"moderator", "writer away visible", step(moderation.Remove, nil), fault.NotFound},
			"a facilitator":       {"facilitator", "writer home visible", step(moderation.Remove, nil), fault.NotFound},
			"an admin":            {"admin", "writer home visible", step(moderation.Remove, nil), fault.NotFound},
			"the author":          {"writer", "writer home held", step(moderation.Release, nil), fault.NotFound},
		} {
			if err := w.service.DecidePost(t.Context(), w.actors[tc.who], w.posts[tc.post], tc.step); !fault.Is(err, tc.want) {
				t.Errorf("%s: got %v, want %v", name, err, tc.want)
			}
		}
		for _, table := range []string{"decision", "audit_event", "review_item"} {
			if n := w.Int(t, "SELECT COUNT(*) FROM "+table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		if len(w.notices.told) != 0 {
			t.Errorf("notices: %v", w.notices.told)
		}
	})
}

func TestLeases(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b, id := w.actors["moderator"], w.actors["colleague"], w.posts["writer home held"]
		if _, err := w.service.OpenPost(t.Context(), a, id, "da"); err != nil {
			t.Fatal(err)
		}
		f, err := w.service.PostFile(t.Context(), b, id)
		if err != nil || !f.Lease.Blocks(b.Account, w.Clock.Now()) || f.Lease.Name != "moderator" {
			t.Fatalf("the colleague sees %+v, %v", f.Lease, err)
		}
		release := moderation.Step{Kind: moderation.Release, Version: 1}
		if err := w.service.DecidePost(t.Context(), b, id, release); !fault.Is(err, fault.Conflict) {
			t.Errorf("deciding about a taken post: %v", err)
		}
		if _, err := w.service.OpenPost(t.Context(), b, id, "da"); err != nil {
			t.Errorf("reading a taken post: %v", err)
		}
		f, _ = w.service.PostFile(t.Context(), a, id)
		if f.Lease.Holder != a.Account {
			t.Error("reading it took it away")
		}
		w.Clock.Advance(15 * time.Minute)
		if _, err := w.service.OpenPost(t.Context(), b, id, "da"); err != nil {
			t.Fatal(err)
		}
		f, _ = w.service.PostFile(t.Context(), a, id)
		if f.Lease.Holder != b.Account {
			t.Error("a lease that ran out was not taken")
		}
		if err := w.service.GiveBack(t.Context(), a, moderation.PostItem, id); err != nil {
			t.Fatal(err)
		}
		if f, _ = w.service.PostFile(t.Context(), a, id); f.Lease.Holder != b.Account {
			t.Error("somebody gave back what another has")
		}
		if err := w.service.GiveBack(t.Context(), b, moderation.PostItem, id); err != nil {
			t.Fatal(err)
		}
		if err := w.service.DecidePost(t.Context(), a, id, release); err != nil {
			t.Errorf("after giving back: %v", err)
		}
	})
}

func TestOfTwoAtOnceOneDecides(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for round := range 5 {
			id := w.post("writer", "home", topic.Held)
			results := make([]error, 6)
			var together sync.WaitGroup
			for i := range results {
				together.Go(func() {
					who := w.actors[[]string{"moderator", "colleague", "duty_lead"}[i%3]]
					step := moderation.Step{Kind: moderation.Release, Version: 1}
					if i%2 == 1 {
						step = moderation.Step{Kind: moderation.Remove, Version: 1, Reason: "harsh", Statement: "Tonen rammer andre."}
					}
					results[i] = w.service.DecidePost(t.Context(), who, id, step)
				})
			}
			together.Wait()
			won := 0
			for _, err := range results {
				switch {
				case err == nil:
					won++
				case !fault.Is(err, fault.Conflict):
					t.Errorf("round %d: %v", round, err)
				}
			}
			if n := w.Int(t, "SELECT COUNT(*) FROM decision WHERE target_id = ?", id); won != 1 || n != 1 {
				t.Errorf("round %d: %d won and %d decisions are kept, want 1", round, won, n)
			}
		}
	})
}

// TestManyAtOnceWaitForEachOther lets a team open, decide, dismiss and act about one post and its report at the same
// moment: whoever is too late hears so, and nobody waits for ever.
func TestManyAtOnceWaitForEachOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for round := range 4 {
			name := fmt.Sprintf("round %d", round)
			w.posts[name] = w.post("writer", "home", topic.Visible)
			w.report("reader", name, "harsh", "")
			post := w.posts[name]
			r := w.Text(t, "SELECT id FROM report WHERE target_id = ?", post)
			why := moderation.Step{Reason: "harsh", Statement: "Tonen rammer andre.", Version: 1, PostVersion: 1}
			as := func(kind moderation.Kind, version int) moderation.Step {
				step := why
				step.Kind, step.Version = kind, version
				return step
			}
			ctx, s, version := t.Context(), w.service, w.Int(t, "SELECT version FROM report WHERE id = ?", r)
			deeds := []func(account.Actor) error{
				func(a account.Actor) error { return s.DecidePost(ctx, a, post, as(moderation.Remove, 1)) },
				func(a account.Actor) error { return s.DecidePost(ctx, a, post, as(moderation.Hold, 1)) },
				func(a account.Actor) error { return s.DecideReport(ctx, a, r, as(moderation.Act, version)) },
				func(a account.Actor) error { return s.DecideReport(ctx, a, r, as(moderation.Dismiss, version)) },
				func(a account.Actor) error { return s.MarkRead(ctx, a, post, 1) },
				func(a account.Actor) error { _, err := s.OpenReport(ctx, a, r, "da"); return err },
				func(a account.Actor) error { _, err := s.OpenPost(ctx, a, post, "da"); return err },
			}
			var together sync.WaitGroup
			for i, deed := range deeds {
				together.Go(func() {
					who := w.actors[[]string{"moderator", "colleague", "duty_lead", "safeguarding"}[(i+round)%4]]
					if err := deed(who); err != nil && !fault.Is(err, fault.Conflict) {
						t.Errorf("%s, deed %d: %v", name, i, err)
					}
				})
			}
			together.Wait()
			about := w.Int(t, "SELECT COUNT(*) FROM decision WHERE target_id = ?", post)
			settled := w.Int(t, "SELECT COUNT(*) FROM decision WHERE target_id = ?", r)
			if about > 1 || settled > 1 {
				t.Errorf("%s: %d decisions about the post and %d about the report", name, about, settled)
			}
		}
	})
}

func TestOfTwoAtOnceOneTakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		store := w.Store.Moderation()
		for range 5 {
			id := w.post("writer", "home", topic.Held)
			taken := make([]bool, 4)
			var together sync.WaitGroup
			for i := range taken {
				together.Go(func() {
					who := w.actors[[]string{"moderator", "colleague", "duty_lead", "safeguarding"}[i]]
					err := w.Store.InTx(t.Context(), func(ctx context.Context) (err error) {
						taken[i], err = store.Take(ctx, moderation.PostItem, id, who.Account, w.Clock.Now(), w.Clock.Now().Add(time.Minute))
						return err
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			together.Wait()
			if n := len(slices.DeleteFunc(taken, func(ok bool) bool { return !ok })); n != 1 {
				t.Errorf("%d took it, want 1", n)
			}
		}
	})
}

func TestReportsAreAnswered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		m, reader, writer := w.actors["moderator"], w.actors["reader"].Account, w.actors["writer"].Account
		w.report("reader", "writer home visible", "harsh", "")
		r := w.onlyReport("moderator")
		if err := w.service.DecideReport(t.Context(), m, r.ID, moderation.Step{Kind: moderation.Dismiss, Version: r.Version}); err != nil {
			t.Fatal(err)
		}
		// A decided report leaves room for another.
		w.report("reader", "writer home visible", "personal", "")
		r = w.onlyReport("moderator")
		act := moderation.Step{
			Kind: moderation.Act, Version: r.Version, PostVersion: r.Post.Version, Reason: "personal", Statement: "Du nævner en ved navn.",
		}
		bare := act
		bare.Statement = ""
		if err := w.service.DecideReport(t.Context(), m, r.ID, bare); !fault.Is(err, fault.Invalid) {
			t.Errorf("without a statement: %v", err)
		}
		stale := act
		stale.PostVersion = 7
		if err := w.service.DecideReport(t.Context(), m, r.ID, stale); !fault.Is(err, fault.Conflict) {
			t.Errorf("about another text: %v", err)
		}
		if err := w.service.DecideReport(t.Context(), m, r.ID, act); err != nil {
			t.Fatal(err)
		}
		if err := w.service.DecideReport(t.Context(), m, r.ID, act); !fault.Is(err, fault.Conflict) {
			t.Errorf("a second time: %v", err)
		}
		want := []string{reader + " report_dismissed", writer + " post_removed ref", reader + " report_acted"}
		if !slices.Equal(w.notices.told, want) {
			t.Errorf("told %v, want %v", w.notices.told, want)
		}
		f, err := w.service.PostFile(t.Context(), m, w.posts["writer home visible"])
		if err != nil || f.Visibility != topic.Removed || len(f.Reports) != 0 {
			t.Errorf("the post is %+v: %v", f, err)
		}
	})
}

func TestActingOnWhatItsAuthorTookBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.report("reader", "writer home visible", "harsh", "")
		w.Exec(t, "UPDATE post SET visibility = 'deleted', version = 2 WHERE id = ?", w.posts["writer home visible"])
		r := w.onlyReport("moderator")
		if err := w.service.DecideReport(t.Context(), w.actors["moderator"], r.ID, moderation.Step{Kind: moderation.Act, Version: r.Version}); err != nil {
			t.Fatal(err)
		}
		if want := []string{w.actors["reader"].Account + " report_acted"}; !slices.Equal(w.notices.told, want) {
			t.Errorf("told %v, want %v", w.notices.told, want)
		}
	})
}

func TestOnlyTheAuthorReadsTheJudgement(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.posts["writer home visible"]
		step := moderation.Step{Kind: moderation.Remove, Version: 1, Reason: "personal", Statement: "Du nævner en ved navn."}
		if err := w.service.DecidePost(t.Context(), w.actors["moderator"], id, step); err != nil {
			t.Fatal(err)
		}
		decision := w.decisionOf(id)
		for who, a := range w.actors {
			j, err := w.service.Judgement(t.Context(), a, decision)
			if (err == nil) != (who == "writer") {
				t.Errorf("%s: %v", who, err)
			}
			if who == "writer" && (j.Statement != step.Statement || j.Reason != "personal" || j.Kind != moderation.Remove || j.Readable) {
				t.Errorf("the author reads %+v", j)
			}
		}
		if _, err := w.service.Judgement(t.Context(), account.Actor{}, decision); !fault.Is(err, fault.NotFound) {
			t.Errorf("a guest: %v", err)
		}
	})
}

func TestRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.posts["writer home visible"]
		if err := w.service.MarkRead(t.Context(), w.actors["moderator"], id, 1); err != nil {
			t.Fatal(err)
		}
		if want := []string{id + " amber read"}; !slices.Equal(w.correct.made, want) {
			t.Errorf("corrections %v, want %v", w.correct.made, want)
		}
		for _, who := range []string{"elsewhere", "facilitator", "admin", "writer"} {
			if err := w.service.MarkRead(t.Context(), w.actors[who], id, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", who, err)
			}
		}
		if err := w.service.Correct(t.Context(), w.actors["moderator"], id, 7, "red", "missed"); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older version: %v", err)
		}
		for _, wrong := range [][2]string{{"purple", "missed"}, {"red", ""}, {"red", "mood"}} {
			if err := w.service.Correct(t.Context(), w.actors["moderator"], id, 1, wrong[0], wrong[1]); !fault.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", wrong, err)
			}
		}
	})
}

func TestFailedNoticeUndoesTheDecision(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.service.Notifier = broken{}
		step := moderation.Step{Kind: moderation.Release, Version: 1}
		if err := w.service.DecidePost(t.Context(), w.actors["moderator"], w.posts["writer home held"], step); !errors.Is(err, errBroken) {
			t.Fatalf("got %v", err)
		}
		f, err := w.service.PostFile(t.Context(), w.actors["moderator"], w.posts["writer home held"])
		if err != nil || f.Visibility != topic.Held || len(f.Past) != 0 || w.Int(t, "SELECT COUNT(*) FROM audit_event") != 0 {
			t.Errorf("half of it was kept: %+v, %v", f, err)
		}
	})
}

func TestPolicyTable(t *testing.T) {
	var b strings.Builder
	for _, role := range account.Roles {
		a := account.Actor{Account: "a", Grants: []account.Grant{{Role: role, Space: "home"}}}
		fmt.Fprintf(&b, "%s: reviews %v, own %v, elsewhere %v\n", role,
			moderation.MayReview(a, "home", "b"), moderation.MayReview(a, "home", "a"), moderation.MayReview(a, "away", "b"))
	}
	want := `facilitator: reviews false, own false, elsewhere false
moderator: reviews true, own false, elsewhere false
duty_lead: reviews true, own false, elsewhere false
safeguarding_lead: reviews true, own false, elsewhere false
admin: reviews false, own false, elsewhere false
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
