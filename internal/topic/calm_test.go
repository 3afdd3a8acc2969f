package topic_test

import (
	"testing"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/space"
	"samhold/internal/topic"
)

// news are the topics that a front page shows of the space.
func (f *forum) news(a account.Actor, s space.Space) []topic.Row {
	f.t.Helper()
	latest, err := f.Latest(f.t.Context(), a, []string{s.ID}, 10)
	return must(f, latest, err)[s.ID]
}

func (f *forum) setCalm(mod account.Actor, postID string, on bool) error {
	f.t.Helper()
	w, err := f.PostForStaff(f.t.Context(), mod, postID)
	must(f, w, err)
	return f.SetCalm(f.t.Context(), mod, postID, w.Post.Version, on)
}

func TestUrgentTopicsAreNoNews(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, other := f.member(s, 1980), f.member(s, 1981)
		f.start(author, s)
		f.verdict = intake.Verdict{Urgent: true, CalmBanner: true}
		urgent := f.start(author, s)
		if got := f.news(other, s); len(got) != 1 || got[0].ID == urgent.Topic {
			t.Errorf("the front page shows %+v", got)
		}
		list, err := f.List(t.Context(), other, s.ID, 1)
		if err != nil || len(list.Topics) != 2 {
			t.Errorf("the space's own list shows %d topics, want both: %v", len(list.Topics), err)
		}
		if !f.read(other, urgent.Topic).Calm {
			t.Error("others do not see the calm banner")
		}
		quiet := f.start(author, s)
		f.verdict = intake.Verdict{}
		calm := f.start(author, s)
		f.verdict = intake.Verdict{Urgent: true, CalmBanner: true}
		f.reply(author, calm.Topic, "Nu er det galt.")
		for _, row := range f.news(other, s) {
			if row.ID == quiet.Topic || row.ID == calm.Topic {
				t.Errorf("news of %s", row.ID)
			}
		}
	})
}

func TestStaffSetAndLiftTheCalmBannerWithoutACase(t *testing.T) {
	each(t, func(t *testing.T, f *forum) {
		s := f.room(0)
		author, other, mod := f.member(s, 1980), f.member(s, 1981), f.moderator(s)
		elsewhere := f.moderator(f.room(0))
		saved := f.start(author, s)
		for name, who := range map[string]account.Actor{"its author": author, "a moderator of another space": elsewhere, "a guest": {}} {
			if err := f.SetCalm(t.Context(), who, saved.Post, 1, true); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: got %v, want NotFound", name, err)
			}
		}
		if err := f.SetCalm(t.Context(), mod, saved.Post, 9, true); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older version: got %v, want Stale", err)
		}
		if err := f.setCalm(mod, saved.Post, true); err != nil {
			t.Fatal(err)
		}
		if err := f.setCalm(mod, saved.Post, true); !fault.Is(err, fault.Conflict) {
			t.Errorf("set twice: got %v, want Stale", err)
		}
		if got := f.reply(other, saved.Topic, "Hej."); got.HeldReason != topic.HeldReplies {
			t.Errorf("a reply is held as %q", got.HeldReason)
		}
		if got := f.reply(mod, saved.Topic, "Jeg er her."); !got.Shown {
			t.Error("a reply of staff waits")
		}
		if got := f.news(other, s); len(got) != 0 {
			t.Errorf("the front page shows %+v", got)
		}
		second := f.reply(author, saved.Topic, "Og mere.")
		if err := f.setCalm(mod, second.Post, true); err != nil {
			t.Fatal(err)
		}
		if err := f.setCalm(mod, saved.Post, false); err != nil {
			t.Fatal(err)
		}
		if got := f.news(other, s); len(got) != 0 || !f.read(other, saved.Topic).Calm {
			t.Errorf("lifted from one of two, the front page shows %+v", got)
		}
		if err := f.setCalm(mod, second.Post, false); err != nil {
			t.Fatal(err)
		}
		if got := f.news(other, s); len(got) != 1 || f.read(other, saved.Topic).Calm {
			t.Errorf("lifted from both, the front page shows %+v", got)
		}
		if got := f.reply(other, saved.Topic, "Hej igen."); !got.Shown {
			t.Error("a reply waits after the banner was lifted")
		}
		for action, want := range map[string]int{"calm_set": 2, "calm_lifted": 2} {
			if got := f.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ? AND actor = ?", action, mod.Account); got != want {
				t.Errorf("%s stands %d times in the log, want %d", action, got, want)
			}
		}
	})
}
