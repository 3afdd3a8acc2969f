package web_test

import (
	"net/http"
	"testing"
	"time"

	"samhold/internal/id"
)

// shiftOf puts somebody on duty everywhere, from an hour before until an hour after the given moment.
func (h *house) shiftOf(who string, around time.Time) {
	h.t.Helper()
	h.Exec(h.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
		id.New(), h.ids[who], around.Add(-time.Hour), around.Add(time.Hour), h.Clock.Now())
}

func TestWhatTheYoungArePromisedIsTrueAtThatHour(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "UPDATE account SET birth_year = 2009 WHERE id = ?", h.ids["writer"])
		path := "/s/" + h.room.ID + "/new"
		ask := func(says, never string) {
			t.Helper()
			card := h.people["writer"].Get(path).Submit(path, "title", "En svær nat", "body", "Han slår mig, og jeg er bange for ham.")
			if card.Find(".crisis").Length() != 1 || !card.Has("Kun du og teamet kan se det") {
				t.Fatalf("what somebody under 18 writes is not held with a card: %s", card.Text("main"))
			}
			if !card.Has(says) || card.Has(never) {
				t.Errorf("the card promises: %s", card.Text(".crisis"))
			}
			if page := h.people["writer"].Get(card.Find(".actions a").Last().AttrOr("href", "")).Follow(); !page.Has(says) || page.Has(never) {
				t.Errorf("beside the text that waits stands: %s", page.Text("article"))
			}
		}
		const now, next = "Der er en voksen på vagt nu, til kl.", "Næste vagt begynder"
		ask("vi ved ikke, hvornår næste vagt begynder", now)
		h.shiftOf("colleague", h.Clock.Now().Add(5*time.Hour))
		ask(next, now)
		h.shiftOf("moderator", h.Clock.Now())
		ask(now, next)
	})
}

func TestTheAuthorIsToldWhyATextWaits(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "UPDATE space SET approve_first_n = 0")
		post := h.write("writer", "En svær nat", farewell)
		if got := h.Text(t, "SELECT held_reason FROM post WHERE id = ?", post); got != "farewell" {
			t.Errorf("held as %q", got)
		}
		if page := h.people["writer"].Get("/p/" + post).Follow(); !page.Has("Det lyder som et farvel") || !page.Has("Det er ikke en straf") {
			t.Errorf("the author reads: %s", page.Text("article"))
		}
		// Without a detail that harms, what an adult writes stays where the others can read it.
		shown := h.write("writer", "Bange i aften", "Han slår mig, og jeg er bange for ham.")
		if got := h.Text(t, "SELECT visibility FROM post WHERE id = ?", shown); got != "visible" {
			t.Errorf("an adult's urgent post is %s", got)
		}
	})
}

func TestAModeratorPutsACalmFrameAroundATopic(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "UPDATE space SET approve_first_n = 0")
		path := "/p/" + h.post + "/calm"
		for _, who := range []string{"writer", "reader", "facilitator", "admin"} {
			want(t, h.people[who].Get(path), http.StatusNotFound, "")
			want(t, h.people[who].Post(path, "version", "1", "on", "1"), http.StatusNotFound, "")
		}
		if front := h.people["reader"].Get("/"); !front.Has("Et stille emne") {
			t.Fatal("the topic is no news, so this shows nothing")
		}
		m := h.people["moderator"]
		form := m.Get(path)
		done := form.Submit(path)
		if done.Status != http.StatusSeeOther || !done.Follow().Has("Rammen er sat") {
			t.Fatalf("got %d: %s", done.Status, done.Text("main"))
		}
		want(t, form.Submit(path), http.StatusConflict, "")
		topic := "/t/" + h.Text(t, "SELECT topic_id FROM post WHERE id = ?", h.post)
		page := h.people["reader"].Get(topic)
		if !page.Has("Nogen har det svært her") || page.Has("Rolig ramme") {
			t.Errorf("others read: %s", page.Text("main"))
		}
		if reply := page.Submit(topic+"/reply", "body", "Jeg tænker på dig.").Follow(); !reply.Has("Det gælder alle") {
			t.Errorf("the replier is not told: %s", reply.Text("main"))
		}
		if front := h.people["reader"].Get("/"); front.Has("Et stille emne") {
			t.Error("the topic is still news on the front page")
		}
		if room := h.people["reader"].Get("/s/" + h.room.ID); !room.Has("Et stille emne") {
			t.Error("the topic is gone from its space's own list")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case"); n != 0 {
			t.Errorf("there are %d cases", n)
		}
	})
}
