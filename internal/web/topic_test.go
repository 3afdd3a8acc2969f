package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samhold/internal/space"
	"samhold/internal/topic"
)

func TestFirstPostsWaitForAModerator(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room(func(s *space.Space) { s.ApproveFirstN = 1 })
		author, _ := f.insider(s, "Havrefnug")
		reader, _ := f.insider(s, "Vintergæk")
		_, mod := f.moderator(s, "Mette")

		page := f.start(author, s, "Han lover det hver søndag", "Klokken er tre.")
		at := page.Path
		if !page.Has("Kun du og teamet kan se dette") || !page.Has("Det er et af dine første indlæg her") {
			t.Error("the author does not read that the post waits, and why")
		}
		want(t, reader.Get(at), http.StatusNotFound, "")
		if reader.Get("/s/" + s.ID).Has("Han lover") {
			t.Error("a topic that waits is listed to others")
		}
		post := strings.TrimPrefix(page.Find("article.post").AttrOr("id", ""), "p-")
		if err := f.forum.topic.Release(t.Context(), mod, post, 1); err != nil {
			t.Fatal(err)
		}
		if list := reader.Get("/s/" + s.ID); !list.Has("Han lover") || list.Text(".unread") != "1 nyt" {
			t.Errorf("a released topic is listed as %q", list.Text(".topic-list"))
		}
		want(t, reader.Get(at), http.StatusOK, "")
		if list := reader.Get("/s/" + s.ID); list.Find(".unread").Length() != 0 {
			t.Error("what has been read is still new")
		}

		// The second post of the same author is shown at once, and leads the reader to it.
		form := author.Get(at + "/reply")
		want(t, form.Submit(at+"/reply", "body", "Nu er den fire."), http.StatusSeeOther, at+"#p-"+form.Find("input[name=key]").AttrOr("value", ""))
		want(t, reader.Get(at+"/unread"), http.StatusSeeOther, at+"#p-"+form.Find("input[name=key]").AttrOr("value", ""))
		if again := reader.Get(at); again.Find("p.new-line + article").AttrOr("id", "") != "p-"+form.Find("input[name=key]").AttrOr("value", "") {
			t.Error("the line above what is new stands elsewhere")
		}
	})
}

func TestTheSameFormSentTwiceIsOnePost(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		other, _ := f.insider(s, "Vintergæk")
		at := f.start(author, s, "Nat", "Første.").Path
		form := author.Get(at + "/reply")
		first := form.Submit(at+"/reply", "body", "Andet.")
		second := form.Submit(at+"/reply", "body", "Andet.")
		want(t, second, http.StatusSeeOther, first.Location)
		page := second.Follow()
		if got := page.Find("article.post").Length(); got != 2 {
			t.Errorf("got %d posts, want 2", got)
		}
		key := form.Find("input[name=key]").AttrOr("value", "")
		stolen := other.Get(at+"/reply").Submit(at+"/reply", "body", "Ikke mit.", "key", key)
		want(t, stolen, http.StatusConflict, "")
		if !stolen.Has("Ikke mit.") {
			t.Error("the text is lost with a forged key")
		}
		want(t, other.Get(at+"/reply").Submit(at+"/reply", "body", "x", "key", "ikke en nøgle"), http.StatusConflict, "")
	})
}

func TestEditKeepsHistoryAndRefusesTheStale(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		other, _ := f.insider(s, "Vintergæk")
		page := f.start(author, s, "Nat", "Jeg bor i Nakskov.")
		at, post := page.Path, strings.TrimPrefix(page.Find("article.post").AttrOr("id", ""), "p-")
		edit := "/p/" + post + "/edit"
		stale := author.Get(edit)
		preview := author.Get(edit).Submit(edit, "body", "Jeg bor på *landet*.")
		want(t, preview, http.StatusSeeOther, at+"#p-"+post)
		conflict := stale.Submit(edit, "body", "Jeg bor ved havet.", "title", "Dag")
		want(t, conflict, http.StatusConflict, "")
		if !conflict.Has("Jeg bor på <em>landet</em>") || !conflict.Has("Jeg bor ved havet.") || !conflict.Has(`value="Dag"`) {
			t.Error("the conflict does not show both texts")
		}
		want(t, conflict.Submit(edit), http.StatusSeeOther, at+"#p-"+post)
		if read := other.Get(at); !read.Has("ved havet") || !read.Has("Rettet") || read.Has("Nakskov") {
			t.Error("the edited post does not read as it should")
		}
		if history := author.Get("/p/" + post + "/history"); !history.Has("Nakskov") {
			t.Error("the author does not find what it said before")
		}
		want(t, other.Get("/p/"+post+"/history"), http.StatusNotFound, "")
		want(t, other.Get(edit), http.StatusNotFound, "")
		want(t, other.Get("/p/"+post+"/delete"), http.StatusNotFound, "")

		// An edit that asks for a human takes the post, and the topic with it, out of sight.
		want(t, author.Get(edit).Submit(edit, "body", "HOLD"), http.StatusSeeOther, at+"#p-"+post)
		want(t, other.Get(at), http.StatusNotFound, "")
		want(t, other.Get("/p/"+post), http.StatusNotFound, "")
	})
}

func TestDeletedPosts(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		other, _ := f.insider(s, "Vintergæk")
		page := f.start(author, s, "Overskriften", "Første tekst.")
		at, first := page.Path, strings.TrimPrefix(page.Find("article.post").AttrOr("id", ""), "p-")
		other.Get(at+"/reply").Submit(at+"/reply", "body", "Et svar.")
		other.Get(at+"/reply").Submit(at+"/reply", "body", "HOLD, aldrig set af andre.")
		mine := other.Get(at).Find("article.held").AttrOr("id", "")
		held := strings.TrimPrefix(mine, "p-")
		want(t, other.Get("/p/"+held+"/delete").Submit("/p/"+held+"/delete"), http.StatusSeeOther, at)
		if got := author.Get(at).Find("article.post").Length(); got != 2 {
			t.Errorf("a post that others never saw leaves a trace: %d posts, want 2", got)
		}
		want(t, author.Get("/p/"+first+"/delete").Submit("/p/"+first+"/delete"), http.StatusSeeOther, at+"#p-"+first)
		read := other.Get(at)
		if read.Has("Overskriften") || read.Has("Første tekst") || !read.Has("Forfatteren har slettet dette indlæg") || !read.Has("Et svar.") {
			t.Errorf("the topic reads wrong after its first post was deleted: %s", read.Text("main"))
		}
		if read.Has("Havrefnug") {
			t.Error("the placeholder names the author")
		}
		alone := f.start(author, s, "Alene", "Kun mig.")
		only := strings.TrimPrefix(alone.Find("article.post").AttrOr("id", ""), "p-")
		want(t, author.Get("/p/"+only+"/delete").Submit("/p/"+only+"/delete"), http.StatusSeeOther, "/spaces")
		want(t, author.Get(alone.Path), http.StatusNotFound, "")
		want(t, other.Get(alone.Path), http.StatusNotFound, "")
	})
}

func TestCalmBanner(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		other, _ := f.insider(s, "Vintergæk")
		at := f.start(author, s, "Nat", "CALM Jeg kan ikke mere i dag.").Path
		page := other.Get(at)
		if !page.Has("Nogen har det svært her") {
			t.Error("the calm banner is missing")
		}
		reply := page.Submit(at+"/reply", "body", "Jeg tænker på dig.")
		if shown := reply.Follow(); !shown.Has("en moderator læser svarene, før de andre ser dem") {
			t.Error("a reply under the calm banner does not wait")
		}
		if author.Get(at).Has("Jeg tænker på dig.") {
			t.Error("a reply under the calm banner is shown before it was read")
		}
	})
}

func TestNothingTypedIsLost(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		b, a := f.insider(s, "Havrefnug")
		form := b.Get("/s/" + s.ID + "/new")
		short := form.Submit("/s/"+s.ID+"/new", "title", "x", "body", "Min tekst.")
		want(t, short, http.StatusUnprocessableEntity, "")
		if !short.Has("Min tekst.") || !short.Has("mindst 3 tegn") {
			t.Error("a refused form does not come back with its text")
		}
		if p := form.Submit("/s/"+s.ID+"/new", "body", strings.Repeat("å", 12001)); p.Status != http.StatusUnprocessableEntity || !p.Has("12001") {
			t.Errorf("a text that is too long: got %d", p.Status)
		}
		if p := form.Submit("/s/"+s.ID+"/new", "title", "Nat", "body", " \n "); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("an empty text: got %d", p.Status)
		}
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			if p := form.Submit("/s/"+s.ID+"/new", "title", "Nat", "body", bad); p.Status != http.StatusUnprocessableEntity {
				t.Errorf("%q: got %d, want 422", bad, p.Status)
			}
		}

		// A session that has expired keeps the text for its owner and nobody else.
		expired := b.Get("/s/" + s.ID + "/new")
		f.Exec(t, "UPDATE session SET expires_at = ? WHERE account_id = ?", f.Clock.Now().Add(-time.Minute), a.ID)
		sent := expired.Submit("/s/"+s.ID+"/new", "title", "Klokken tre", "body", "Det tog mig en time at skrive.")
		want(t, sent, http.StatusSeeOther, "/signin?kept=1&next="+url.QueryEscape("/s/"+s.ID+"/new"))
		if got := f.Text(t, "SELECT COUNT(*) || ' ' || COALESCE(MAX(key_id), '') FROM draft"); strings.HasPrefix(got, "0") {
			t.Fatal("nothing was kept")
		}
		other, _ := f.insider(s, "Vintergæk")
		if other.Get("/s/" + s.ID + "/new").Has("Det tog mig") {
			t.Fatal("somebody else gets the text")
		}
		b.SignIn(a.Name, known)
		back := b.Get("/s/" + s.ID + "/new")
		if !back.Has("Det tog mig en time at skrive.") || !back.Has(`value="Klokken tre"`) || !back.Has("Din tekst er her endnu") {
			t.Error("the text is lost with the session")
		}
		if !b.Get("/s/" + s.ID + "/new").Has("Det tog mig") {
			t.Error("showing the page again loses the text")
		}
		want(t, back.Submit("/s/"+s.ID+"/new"), http.StatusSeeOther, back.Submit("/s/"+s.ID+"/new").Location)
		if b.Get("/s/" + s.ID + "/new").Has("Det tog mig") {
			t.Error("the text is kept after it was sent")
		}
	})
}

func TestQuotePreviewAndReaction(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		other, _ := f.insider(s, "Vintergæk")
		page := f.start(author, s, "Nat", "Jeg sover *ikke*.")
		at, post := page.Path, strings.TrimPrefix(page.Find("article.post").AttrOr("id", ""), "p-")
		form := other.Get(at + "/reply?quote=" + post)
		if got := form.Find("#body").Text(); !strings.Contains(got, "> **Havrefnug:**") || !strings.Contains(got, "> Jeg sover *ikke*.") {
			t.Errorf("the quote is %q", got)
		}
		preview := other.Post(at+"/reply", "body", "Det *kender* jeg.", "key", topic.NewKey(), "preview", "1")
		want(t, preview, http.StatusOK, "")
		if !preview.Has("Det <em>kender</em> jeg.") || preview.Find("#body").Text() != "\nDet *kender* jeg." && preview.Find("#body").Text() != "Det *kender* jeg." {
			t.Errorf("the preview shows %q and keeps %q", preview.Text(".preview"), preview.Find("#body").Text())
		}
		react := "/p/" + post + "/react"
		want(t, other.Get(at).Submit(react), http.StatusSeeOther, at+"#p-"+post)
		if !author.Get(at).Has("1 tænker på dig") {
			t.Error("the author does not see that somebody thinks of them")
		}
		want(t, other.Get(at).Submit(react), http.StatusSeeOther, at+"#p-"+post)
		if author.Get(at).Has("tænker på dig") {
			t.Error("the thought is not taken back")
		}
		want(t, author.Post(react, "on", "1"), http.StatusNotFound, "")
	})
}

func TestLeadersPinAndLock(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		lead, _ := f.moderator(s, "Mette")
		at := f.start(author, s, "Nat", "Første.").Path
		want(t, author.Post(at+"/lock", "on", "1"), http.StatusNotFound, "")
		want(t, lead.Get(at).Submit(at+"/lock"), http.StatusSeeOther, at)
		want(t, lead.Get(at).Submit(at+"/pin"), http.StatusSeeOther, at)
		if p := author.Get(at); !p.Has("Emnet er lukket") || p.Find("form.editor").Length() != 0 {
			t.Error("a closed topic can be answered")
		}
		want(t, author.Post(at+"/reply", "body", "Alligevel.", "key", topic.NewKey()), http.StatusForbidden, "")
		if got := f.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('topic_locked', 'topic_pinned')"); got != 2 {
			t.Errorf("got %d audit events, want 2", got)
		}
		if p := lead.Get(at); !p.Has("Fjern fra toppen") || p.Find("form.editor").Length() != 1 {
			t.Error("those who lead the space cannot write in a closed topic")
		}
	})
}

func TestStrangersFindNothing(t *testing.T) {
	eachFront(t, func(t *testing.T, f *front) {
		s := f.room()
		author, _ := f.insider(s, "Havrefnug")
		page := f.start(author, s, "Nat", "Første.")
		at, post := page.Path, strings.TrimPrefix(page.Find("article.post").AttrOr("id", ""), "p-")
		stranger, _ := f.member()
		guest := f.browser()
		for _, path := range []string{at, at + "/unread", at + "/reply", "/p/" + post, "/p/" + post + "/edit", "/p/" + post + "/history", "/p/" + post + "/delete", "/s/" + s.ID + "/new"} {
			if got := stranger.Get(path).Status; got != http.StatusNotFound {
				t.Errorf("stranger %s: got %d, want 404", path, got)
			}
			if p := guest.Get(path); p.Status != http.StatusSeeOther || !strings.HasPrefix(p.Location, "/signin") {
				t.Errorf("guest %s: got %d %q, want sign-in", path, p.Status, p.Location)
			}
		}
		if p := guest.Get("/t/" + topic.NewKey()); p.Status != http.StatusSeeOther {
			t.Error("a guest learns what exists")
		}
		want(t, stranger.Post(at+"/reply", "body", "Hej", "key", topic.NewKey()), http.StatusNotFound, "")
	})
}
