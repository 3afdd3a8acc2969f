package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestTheButtonOpensACase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		writer := h.people["writer"]
		for _, path := range []string{"/", "/me", "/s/" + h.room.ID, "/now"} {
			if n := writer.Get(path).Find(`form[action="/now"] button`).Length(); n != 1 {
				t.Errorf("%s has %d buttons", path, n)
			}
		}
		want(t, writer.Post("/now/danger", "danger", "now"), http.StatusNotFound, "") // there is nothing to speak of yet
		page := writer.Get("/s/" + h.room.ID)
		for range 2 { // pressed twice
			want(t, page.Submit("/now"), http.StatusSeeOther, "/care")
		}
		if got := h.Rows(t, "SELECT level, source_kind FROM case_signal"); len(got) != 1 || got[0] != "level=red source_kind=button " {
			t.Fatalf("signals: %v", got)
		}
		if in := h.Text(t, "SELECT space_id FROM crisis_case"); in != h.room.ID {
			t.Errorf("the case is in %q", in)
		}
		h.climb(1)
		if n := h.noticesOf("moderator", "case"); n != 1 {
			t.Errorf("the one on duty has %d notices", n)
		}
		card := writer.Get("/care")
		first := card.Find(".crisis a").First().Text()
		if card.Status != http.StatusOK || !strings.Contains(first, "112") || !card.Has("Er du i fare lige nu?") || card.Find(`a[href="/talk"]`).Length() != 1 {
			t.Fatalf("the card: %d %s", card.Status, card.Text("main"))
		}
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		if page := h.people["moderator"].Get(path).Submit(path + "/open"); !page.Has("Trykkede: Jeg har brug for hjælp nu") {
			t.Errorf("the case's texts: %s", page.Text("main"))
		}
		want(t, card.Submit("/now/danger", "danger", "now"), http.StatusSeeOther, "/care")
		want(t, card.Submit("/now/danger", "danger", "now"), http.StatusSeeOther, "/care")
		if level, n := h.Text(t, "SELECT level FROM crisis_case"), h.Int(t, "SELECT COUNT(*) FROM case_signal"); level != "crisis" || n != 2 {
			t.Errorf("in danger now: %s, %d signals", level, n)
		}
		want(t, card.Submit("/now/danger", "danger", "noget andet"), http.StatusSeeOther, "/care")
		if n := h.Int(t, "SELECT COUNT(*) FROM case_signal"); n != 2 {
			t.Errorf("a made-up answer: %d signals", n)
		}
		// Somebody else is told nothing.
		want(t, h.people["reader"].Post("/now/danger", "danger", "mistake"), http.StatusNotFound, "")
	})
}

func TestAPressByMistakeIsToldAndClosesNothing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		writer := h.people["writer"]
		want(t, writer.Get("/").Submit("/now"), http.StatusSeeOther, "/care")
		h.climb(1)
		want(t, writer.Get("/care").Submit("/now/danger", "danger", "mistake"), http.StatusSeeOther, "/care")
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NULL AND level = 'red'"); n != 1 {
			t.Error("the case is closed or lower")
		}
		if n := h.noticesOf("moderator", "case"); n != 2 {
			t.Errorf("the one on duty has %d notices, want the call and the word", n)
		}
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		if page := h.people["moderator"].Get(path); !page.Has("trykket var en fejl") {
			t.Errorf("the case: %s", page.Text("main"))
		}
		h.Clock.Advance(11 * time.Minute)
		want(t, writer.Get("/").Submit("/now"), http.StatusSeeOther, "/care")
		if n := h.Int(t, "SELECT COUNT(*) FROM case_signal"); n != 2 {
			t.Errorf("pressed again later: %d signals", n)
		}
	})
}

func TestTheHelpPageLeadsMembersToTheButton(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		guest := h.browser()
		if page := guest.Get("/help"); page.Find(`a[href="/now"]`).Length() != 1 || page.Body != h.people["writer"].Get("/help").Body {
			t.Errorf("the help page: %s", page.Text("main"))
		}
		if page := guest.Get("/now"); !strings.HasPrefix(page.Location, "/signin") {
			t.Errorf("a guest: %d %s", page.Status, page.Location)
		}
	})
}
