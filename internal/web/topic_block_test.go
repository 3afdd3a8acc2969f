package web_test

import (
	"net/http"
	"testing"

	"samhold/internal/space"
)

func TestWhatOneHasChosenNotToSee(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b, topicPath := h.people["reader"], "/t/"+h.Text(t, "SELECT topic_id FROM post WHERE id = ?", h.post)
		alias := h.Text(t, "SELECT shown_alias FROM post WHERE id = ?", h.post)
		path := "/p/" + h.post + "/block"
		h.people["writer"].Get(topicPath) // takes the notice that the topic was sent
		before := h.people["writer"].Get(topicPath)
		h.app.Runner.Drain(t.Context())
		finds := func(who string) bool {
			return h.people[who].Get("/search").Submit("/search", "q", "kanariefuglen").Follow().Has("Et stille emne")
		}
		if !finds("reader") {
			t.Fatal("the search does not find it")
		}
		if b.Get(topicPath).Find("a[href='"+path+"']").Length() != 1 {
			t.Fatal("the post's menu does not offer it")
		}
		for range 2 {
			want(t, b.Get(path).Submit(path), http.StatusSeeOther, topicPath+"#p-"+h.post)
		}
		page := b.Get(topicPath)
		if page.Has("Kanariefuglen") || !page.Has("Du har valgt ikke at se, hvad "+alias+" skriver") {
			t.Errorf("the reader sees: %s", page.Text("main"))
		}
		if list := b.Get("/s/" + h.room.ID); list.Has("Et stille emne") || !list.Has("Du har valgt ikke at se, hvad "+alias) {
			t.Errorf("the list shows: %s", list.Text("main"))
		}
		if home := b.Get("/"); home.Has("Et stille emne") {
			t.Errorf("the home page shows: %s", home.Text("main"))
		}
		if finds("reader") || !finds("colleague") {
			t.Error("the search finds it for the one who blocked, or not for others")
		}
		// Nobody else sees a difference, not even the author.
		for _, who := range []string{"writer", "moderator"} {
			if page := h.people[who].Get(topicPath); !page.Has("Kanariefuglen") || page.Has("valgt ikke at se") {
				t.Errorf("the %s sees: %s", who, page.Text("main"))
			}
		}
		if after := h.people["writer"].Get(topicPath); after.Text("main") != before.Text("main") {
			t.Errorf("the author can tell: %s", after.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM notice"); n != 0 {
			t.Errorf("%d people are told of it", n)
		}

		list := b.Get("/me/blocks")
		if !list.Has(alias) || !list.Has(h.room.Name) || h.people["writer"].Get("/me/blocks").Has(alias) {
			t.Errorf("the list: %s", list.Text("main"))
		}
		want(t, list.Submit("/me/blocks"), http.StatusSeeOther, "/me/blocks")
		if !b.Get(topicPath).Has("Kanariefuglen") || b.Get("/me/blocks").Has(alias) {
			t.Error("it cannot be undone from the list")
		}
		want(t, b.Get(path).Submit(path), http.StatusSeeOther, topicPath+"#p-"+h.post)
		want(t, b.Get(topicPath).Submit(path), http.StatusSeeOther, topicPath+"#p-"+h.post)
		if !b.Get(topicPath).Has("Kanariefuglen") {
			t.Error("it cannot be undone in the topic")
		}
		want(t, b.Post("/me/blocks", "space", h.room.ID, "alias", "Nobody"), http.StatusSeeOther, "/me/blocks")
	})
}

func TestABlockStaysInItsSpace(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		elsewhere := h.front.room(func(s *space.Space) { s.Name, s.ApproveFirstN = "Natlampen", 0 })
		for who, alias := range map[string]string{"reader": "Mudderklire", "writer": "Vandstær"} {
			want(t, h.enter(h.people[who], elsewhere, alias), http.StatusSeeOther, "/s/"+elsewhere.ID)
		}
		other := h.start(h.people["writer"], elsewhere, "Et andet emne", "Vipstjerten vipper.")
		path := "/p/" + h.post + "/block"
		want(t, h.people["reader"].Post(path, "on", "1"), http.StatusSeeOther, "/t/"+h.Text(t, "SELECT topic_id FROM post WHERE id = ?", h.post)+"#p-"+h.post)
		if page := h.people["reader"].Get(other.Path); !page.Has("Vipstjerten") {
			t.Errorf("the block betrays who is who: %s", page.Text("main"))
		}
	})
}

func TestStaffAreNotBlockedAndDoNotBlock(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for _, who := range []string{"writer", "moderator", "facilitator", "admin"} {
			want(t, h.people[who].Get("/p/"+h.post+"/block"), http.StatusNotFound, "")
			want(t, h.people[who].Post("/p/"+h.post+"/block", "on", "1"), http.StatusNotFound, "")
		}
		h.Exec(t, "UPDATE post SET shown_role = 'staff' WHERE id = ?", h.post)
		want(t, h.people["reader"].Post("/p/"+h.post+"/block", "on", "1"), http.StatusNotFound, "")
		// Written under a badge, a text is seen whatever was chosen before.
		h.Exec(t, "INSERT INTO block (blocker_id, blocked_id, created_at) SELECT r.id, w.id, ? FROM membership r, membership w WHERE r.account_id = ? AND w.account_id = ?",
			h.Clock.Now(), h.ids["reader"], h.ids["writer"])
		if page := h.people["reader"].Get("/p/" + h.post).Follow(); !page.Has("Kanariefuglen") {
			t.Errorf("what staff wrote is hidden: %s", page.Text("main"))
		}
	})
}
