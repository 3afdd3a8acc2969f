package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestGuestsReadEveryLineByNeed(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		page := h.browser().Get("/resources")
		want(t, page, http.StatusOK, "")
		for _, says := range []string{"tel:112", "tel:70201201", "Tanker om at dø", "Ikke bekræftet: åbningstid, sms, chat."} {
			if !strings.Contains(page.Body, says) {
				t.Errorf("the page lacks %q", says)
			}
		}
		for _, says := range []string{"Åben nu", "Lukket nu"} {
			if page.Has(says) {
				t.Errorf("the page says %q, and nobody has confirmed any hours", says)
			}
		}
	})
}

func TestTwoOfTheTeamConfirmALine(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		line := h.Text(t, "SELECT id FROM help_line WHERE line_key = 'livslinien'")
		path := "/mod/resources/" + line
		for _, who := range []string{"writer", "facilitator", "moderator"} {
			want(t, h.people[who].Get(path), http.StatusNotFound, "")
		}
		lead, second := h.people["duty_lead"], h.people["safeguarding"]
		form := lead.Get(path)
		until := h.Clock.Now().AddDate(0, 3, 0).Format("2006-01-02")
		wrong := form.Submit(path, "call_hours", "når vi kan", "source", "", "expires_on", until)
		want(t, wrong, http.StatusUnprocessableEntity, "")
		if !wrong.Has("Vi kan ikke læse åbningstiden") || !strings.Contains(wrong.Body, "når vi kan") {
			t.Errorf("the form says: %s", wrong.Text("main"))
		}
		fields := []string{
			"call_hours", "døgnet rundt", "source", "Ringet til dem", "expires_on", until, "chat", "https://chat.example.org/side",
		}
		want(t, form.Submit(path, fields...), http.StatusSeeOther, path)
		want(t, form.Submit(path, fields...), http.StatusConflict, "")
		if page := h.browser().Get("/resources"); page.Has("Åben nu") || strings.Contains(page.Body, "chat.example.org") {
			t.Error("a proposal is shown before the second look")
		}
		if own := lead.Get(path); !own.Has("En anden skal se på det") || own.Find("form[action$='/agree']").Length() > 0 {
			t.Error("who proposed it is asked to agree")
		}
		if desk := lead.Get("/mod"); !desk.Has("1 venter på et ekstra blik") {
			t.Errorf("the workbench says: %s", desk.Text("main"))
		}
		want(t, second.Get(path).Submit(path+"/agree"), http.StatusSeeOther, path)
		for _, public := range []string{"/resources", "/help"} {
			page := h.browser().Get(public)
			chat := page.Find("a[href='https://chat.example.org/side']")
			if !page.Has("Åben nu") || chat.Length() != 1 || chat.AttrOr("rel", "") != "noopener noreferrer" {
				t.Errorf("%s lacks what two have confirmed", public)
			}
		}
		h.Clock.Advance(100 * 24 * 3600 * 1e9)
		if page := h.browser().Get("/help"); page.Has("Åben nu") {
			t.Error("a line is said to be open after its facts have expired")
		}
	})
}

func TestTheCardGivesOneLineAndOneToFallBackOn(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/s/" + h.room.ID + "/new"
		card := h.people["writer"].Get(path).Submit(path, "title", "En svær nat", "body", farewell)
		if got := card.Find("section.crisis a").First().AttrOr("href", ""); got != "tel:112" {
			t.Errorf("first stands %q, want 112", got)
		}
		if n := card.Find(".crisis .line").Length(); n == 0 || n > 2 {
			t.Errorf("there are %d lines, want one and at most one to fall back on", n)
		}
		if !card.Has("Livslinien") || !card.Has("Ikke bekræftet: åbningstid, sms, chat.") || card.Has("Åben nu") {
			t.Errorf("the card says: %s", card.Text(".crisis"))
		}
		h.Exec(t, "UPDATE account SET birth_year = 2009 WHERE id = ?", h.ids["writer"])
		if young := h.people["writer"].Get("/care"); !strings.Contains(young.Find(".crisis .line").First().Text(), "BørneTelefonen") {
			t.Errorf("somebody under 18 reads: %s", young.Text(".crisis"))
		}
		h.Exec(t, "UPDATE account SET birth_year = 2005 WHERE id = ?", h.ids["writer"])
		if care := h.people["writer"].Get("/care"); strings.Contains(care.Text(".crisis"), "BørneTelefonen") {
			t.Errorf("an adult among relatives reads: %s", care.Text(".crisis"))
		}
		h.Exec(t, "UPDATE space SET kind = 'young'")
		if young := h.people["writer"].Get("/care"); !strings.Contains(young.Find(".crisis .line").First().Text(), "BørneTelefonen") {
			t.Errorf("somebody among the young reads: %s", young.Text(".crisis"))
		}
	})
}
