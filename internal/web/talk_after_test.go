package web_test

import (
	"net/http"
	"testing"
	"time"

	"samhold/internal/id"
)

// TestWritingAfterTheCaseIsClosed holds that nothing a member writes later lies unread: what is calm is told to those on
// duty and opens nothing, and what is urgent opens the case again.
func TestWritingAfterTheCaseIsClosed(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.write("writer", "En svær nat", farewell)
		h.climb(1)
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		h.Exec(t, "UPDATE crisis_case SET state = 'closed', closed_at = ?, outcome = 'contact_made', generation = generation + 1", h.Clock.Now())
		h.Clock.Advance(10 * time.Minute)

		h.say("writer", "Kan I hjælpe mig med at finde ro?")
		if n := h.noticesOf("moderator", "message_waits"); n != 1 {
			t.Errorf("the one on duty has %d notices of the message", n)
		}
		if open := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NULL"); open != 0 {
			t.Errorf("a calm message opened %d cases", open)
		}
		thread := "/mod/threads/" + h.Text(t, "SELECT id FROM thread")
		// Answered from the closed case's page it is still an answer.
		opened := h.people["moderator"].Get(path).Submit(path + "/thread/open")
		want(t, opened.Submit(path+"/thread", "body", "Ja. Skriv, når du vil."), http.StatusSeeOther, path)
		if desk := h.people["moderator"].Get("/mod"); desk.Find(`a[href="`+thread+`"]`).Length() != 0 {
			t.Error("what is answered still waits")
		}

		card := h.people["writer"].Get("/talk").Submit("/talk", "body", farewell)
		if card.Status != http.StatusOK || card.Find(".crisis").Length() != 1 {
			t.Fatalf("no card: %d %s", card.Status, card.Text("main"))
		}
		if got := h.Rows(t, "SELECT state, level FROM crisis_case"); len(got) != 1 || got[0] != "state=reopened level=crisis " {
			t.Errorf("cases: %v", got)
		}
	})
}

// TestWhoIsThereIsTheRotas holds that the page says what the rota says.
func TestWhoIsThereIsTheRotas(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		shift := func(from, to time.Duration) {
			h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
				id.New(), h.ids["moderator"], h.Clock.Now().Add(from), h.Clock.Now().Add(to), h.Clock.Now())
		}
		reads := func(texts ...string) {
			t.Helper()
			for _, text := range texts {
				if page := h.people["writer"].Get("/talk"); !page.Has(text) {
					t.Errorf("%q is missing: %s", text, page.Text(".facts"))
				}
			}
		}
		reads("ikke nogen på vagt", "Du kan altid skrive")
		shift(10*time.Minute, 20*time.Minute)
		reads("ikke nogen på vagt", "Næste vagt begynder")
		h.Clock.Advance(15 * time.Minute)
		reads("Der er nogen på vagt nu")
		h.Clock.Advance(10 * time.Minute)
		reads("ikke nogen på vagt")
	})
}
