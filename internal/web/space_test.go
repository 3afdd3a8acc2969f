package web_test

import (
	"net/http"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/space"
	"samhold/internal/topic"
)

func TestEnterLeaveAndReturn(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s, other := f.room(), f.room(func(s *space.Space) { s.Name = "Natlampen" })
		b, _ := f.member()
		if p := b.Get("/"); !p.Has("Du er ikke med i et rum endnu") {
			t.Error("the front page of somebody without spaces is not the empty one")
		}
		if p := b.Get("/spaces"); !p.Has("/s/"+s.ID+"/about") || !p.Has("/s/"+other.ID+"/about") {
			t.Error("the list does not show the spaces one may enter")
		}
		want(t, b.Get("/s/"+s.ID), http.StatusSeeOther, "/s/"+s.ID+"/about")
		about := b.Get("/s/" + s.ID + "/about")
		for _, text := range []string{"Det bliver <strong>her</strong>", "Der er ikke nogen på vagt lige nu", "Kun de, der er med i rummet"} {
			if !about.Has(text) {
				t.Errorf("the page about the space lacks %q", text)
			}
		}
		form := b.Get("/s/" + s.ID + "/join")
		if got := form.Find("input[name=suggestion]").Length(); got != 4 {
			t.Errorf("got %d suggestions, want 4", got)
		}
		refused := form.Submit("/s/"+s.ID+"/join", "alias", "Havrefnug")
		want(t, refused, http.StatusUnprocessableEntity, "")
		if !refused.Has("Sæt kryds ved aftalen") || !refused.Has(`value="Havrefnug"`) {
			t.Error("the form does not come back as it was typed")
		}
		want(t, f.enter(b, s, "M0derat0r"), http.StatusUnprocessableEntity, "")
		want(t, f.enter(b, s, "Havrefnug"), http.StatusSeeOther, "/s/"+s.ID)

		// The same name elsewhere: a warning once, then it is their choice.
		warned := f.enter(b, other, "havre fnug")
		want(t, warned, http.StatusUnprocessableEntity, "")
		if !warned.Has("Du hedder det samme i et andet rum") {
			t.Error("no warning that the name is used elsewhere")
		}
		want(t, warned.Submit("/s/"+other.ID+"/join", "accept", "1"), http.StatusSeeOther, "/s/"+other.ID)

		// Somebody else cannot take a name that looks the same, and reads nothing of whose it is.
		stranger, _ := f.member()
		taken := f.enter(stranger, s, "Hаvrefnug") // with a Cyrillic а
		want(t, taken, http.StatusUnprocessableEntity, "")
		taken = f.enter(stranger, s, "HAVREFNUG")
		if !taken.Has("Der er allerede nogen her") {
			t.Errorf("a taken name is not refused: %s", taken.Text(".errors"))
		}

		want(t, b.Get("/s/"+s.ID+"/leave").Submit("/s/"+s.ID+"/leave"), http.StatusSeeOther, "/spaces")
		want(t, b.Get("/s/"+s.ID), http.StatusSeeOther, "/s/"+s.ID+"/about")
		want(t, f.enter(stranger, s, "Havrefnug"), http.StatusUnprocessableEntity, "")
		back := b.Get("/s/" + s.ID + "/join")
		if back.Find("#alias").Length() != 0 {
			t.Error("somebody who returns is asked for a name again")
		}
		want(t, back.Submit("/s/"+s.ID+"/join", "accept", "1"), http.StatusSeeOther, "/s/"+s.ID)
		if !b.Get("/s/" + s.ID).Has("Du hedder Havrefnug her") {
			t.Error("the name did not come back")
		}
	})
}

func TestNewAgreementIsReadBeforeWriting(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		b, _ := f.insider(s, "Havrefnug")
		want(t, b.Get("/s/"+s.ID+"/new"), http.StatusOK, "")
		_, mod := f.moderatorOf(s)
		if err := f.forum.space.Amend(t.Context(), mod, s.ID, 1, "Det bliver **stadig** her."); err != nil {
			t.Fatal(err)
		}
		want(t, b.Get("/s/"+s.ID), http.StatusOK, "")
		want(t, b.Get("/s/"+s.ID+"/new"), http.StatusForbidden, "")
		page := b.Get("/s/" + s.ID + "/agreement")
		want(t, page.Submit("/s/"+s.ID+"/agreement"), http.StatusUnprocessableEntity, "")
		want(t, page.Submit("/s/"+s.ID+"/agreement", "accept", "1"), http.StatusSeeOther, "/s/"+s.ID)
		want(t, b.Get("/s/"+s.ID+"/new"), http.StatusOK, "")
	})
}

func TestWhoMayEnter(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		for name, tc := range map[string]struct {
			change func(*space.Space)
			want   int
		}{
			"open":            {func(*space.Space) {}, http.StatusOK},
			"for the young":   {func(s *space.Space) { s.AgeBand = space.BandYoung }, http.StatusNotFound},
			"young but shown": {func(s *space.Space) { s.AgeBand, s.SeePolicy = space.BandYoung, space.ForPublic }, http.StatusForbidden},
			"closed":          {func(s *space.Space) { s.JoinPolicy = space.JoinClosed }, http.StatusForbidden},
			"for staff":       {func(s *space.Space) { s.SeePolicy = space.ForStaff }, http.StatusNotFound},
		} {
			s := f.room(tc.change)
			b, _ := f.member()
			if got := b.Get("/s/" + s.ID + "/join").Status; got != tc.want {
				t.Errorf("%s: got %d, want %d", name, got, tc.want)
			}
		}
		s := f.room(func(s *space.Space) { s.JoinPolicy = space.JoinByInvite })
		_, mod := f.moderatorOf(s)
		code, err := f.forum.space.Invite(t.Context(), mod, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := f.member()
		form := b.Get("/s/" + s.ID + "/join")
		wrong := form.Submit("/s/"+s.ID+"/join", "alias", "Bølge", "accept", "1", "code", "forkert")
		want(t, wrong, http.StatusUnprocessableEntity, "")
		want(t, wrong.Submit("/s/"+s.ID+"/join", "accept", "1", "code", code), http.StatusSeeOther, "/s/"+s.ID)
		again, _ := f.member()
		used := again.Get("/s/"+s.ID+"/join").Submit("/s/"+s.ID+"/join", "alias", "Fjer", "accept", "1", "code", code)
		want(t, used, http.StatusUnprocessableEntity, "")
	})
}

// moderatorOf is a moderator of the space who is no member of it.
func (f *front) moderatorOf(s space.Space) (account.Account, account.Actor) {
	_, a := f.member()
	return a, account.Actor{
		Account: a.ID, BirthYear: a.BirthYear, At: f.Clock.Now(),
		Grants: []account.Grant{{Role: account.Moderator, Space: s.ID}},
	}
}

func TestDutyIsTold(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		b, _ := f.insider(s, "Havrefnug")
		_, mod := f.moderator(s, "Mette fra teamet")
		shift := func(from, to time.Duration) {
			f.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
				topic.NewKey(), mod.Account, f.Clock.Now().Add(from), f.Clock.Now().Add(to), f.Clock.Now())
		}
		shift(20*time.Minute, 3*time.Hour)
		about := b.Get("/s/" + s.ID + "/about")
		if !about.Has("Der er ikke nogen på vagt lige nu.") || !about.Has("Næste vagt begynder i dag kl. 12.20.") {
			t.Errorf("the next duty is not told: %s", about.Text("dl.facts"))
		}
		f.Clock.Advance(20 * time.Minute)
		about = b.Get("/s/" + s.ID + "/about")
		if !about.Has("Mette fra teamet er på vagt til kl. 15.00.") || !b.Get("/s/"+s.ID).Has("Der er en moderator på vagt nu") {
			t.Errorf("who is on duty is not told: %s", about.Text("dl.facts"))
		}
	})
}
