package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/id"
	"samhold/internal/space"
	"samhold/internal/testkit/browse"
)

const farewell = "Jeg vil ikke leve mere. Jeg tager mit liv i aften. Farvel alle sammen."

func TestTheCardSurvivesAButtonPressedTwice(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/s/" + h.room.ID + "/new"
		form := h.people["writer"].Get(path)
		for n := 1; n <= 2; n++ {
			card := form.Submit(path, "title", "En svær nat", "body", farewell)
			if card.Status != http.StatusOK || card.Find(".crisis").Length() != 1 {
				t.Fatalf("time %d: no card: %d %s", n, card.Status, card.Text("main"))
			}
		}
		path = "/p/" + h.post + "/edit"
		form = h.people["writer"].Get(path)
		for n := 1; n <= 2; n++ {
			card := form.Submit(path, "body", farewell)
			if card.Status != http.StatusOK || card.Find(".crisis").Length() != 1 {
				t.Fatalf("edit %d: no card: %d %s", n, card.Status, card.Text("main"))
			}
		}
	})
}

func TestTheCardSaysWhereTheTextStands(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		want(t, h.enter(h.people["moderator"], h.room, "Fløjte"), http.StatusSeeOther, "/s/"+h.room.ID)
		path := "/s/" + h.room.ID + "/new"
		for who, says := range map[string]string{
			"writer":    "Kun du og teamet kan se det", // a farewell is held
			"moderator": "De andre i rummet kan se det",
		} {
			if card := h.people[who].Get(path).Submit(path, "title", "En svær nat", "body", farewell); !card.Has(says) {
				t.Errorf("the %s reads: %s", who, card.Text(".crisis"))
			}
		}
	})
}

func TestTheCardKnowsThatTheTopicWaits(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		post := h.write("writer", "En stille aften", "Regnen falder.")
		inTopic := h.Text(t, "SELECT topic_id FROM post WHERE id = ?", post)
		h.Exec(t, "UPDATE space SET approve_first_n = 0")
		h.Exec(t, "UPDATE post SET visibility = 'held', held_reason = 'first_posts', shown_at = NULL WHERE id = ?", post)
		h.Exec(t, "UPDATE topic SET visibility = 'held' WHERE id = ?", inTopic)
		const red = "Han slår mig, og jeg er bange for ham."
		path := "/t/" + inTopic + "/reply"
		form := h.people["writer"].Get(path)
		for n := 1; n <= 2; n++ { // a button pressed twice
			card := form.Submit(path, "body", red)
			if h.Text(t, "SELECT visibility FROM post WHERE topic_id = ? AND seq = 2", inTopic) != "visible" {
				t.Fatal("the reply itself is held, so this shows nothing")
			}
			if card.Find(".crisis").Length() != 1 || card.Has("De andre i rummet kan se det") || !card.Has("Kun du og teamet kan se det") {
				t.Errorf("time %d: %s", n, card.Text("main"))
			}
		}
		reply := "/p/" + h.Text(t, "SELECT id FROM post WHERE topic_id = ? AND seq = 2", inTopic) + "/edit"
		if card := h.people["writer"].Get(reply).Submit(reply, "body", red+" Hjælp."); card.Has("De andre i rummet kan se det") {
			t.Errorf("edited: %s", card.Text("main"))
		}
		if page := h.people["writer"].Get(path).Submit(path, "body", "Tak, fordi du læser.").Follow(); !page.Has("En moderator læser det") {
			t.Errorf("a calm reply: %s", page.Text("main"))
		}
	})
}

func TestNobodyReadsTheirOwnCryForHelp(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		want(t, h.enter(h.people["moderator"], h.room, "Fløjte"), http.StatusSeeOther, "/s/"+h.room.ID)
		now := h.Clock.Now()
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["moderator"], now.Add(-time.Hour), now.Add(time.Hour), now)
		path := "/s/" + h.room.ID + "/new"
		const nobody = "Der er ikke nogen på vagt lige nu"
		card := h.people["moderator"].Get(path).Submit(path, "title", "En svær nat", "body", farewell)
		if !card.Has(nobody) || card.Has("De får besked med det samme") {
			t.Errorf("alone on duty: %s", card.Text(".crisis"))
		}
		if page := h.people["safeguarding"].Get("/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")); !page.Has(nobody) {
			t.Errorf("the case says who is on duty: %s", page.Text("main"))
		}
		report := "/p/" + h.post + "/report"
		if page := h.people["moderator"].Get(report).Submit(report, "reason", "harsh"); !page.Has(nobody) {
			t.Errorf("a report: %s", page.Text("main"))
		}
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["colleague"], now.Add(-time.Hour), now.Add(time.Hour), now)
		if card := h.people["moderator"].Get("/care"); card.Has(nobody) {
			t.Errorf("with a colleague: %s", card.Text(".crisis"))
		}
	})
}

func TestTheCardTellsNothingOfOthersReports(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/p/" + h.post + "/report"
		want(t, h.people["reader"].Get(path).Submit(path, "reason", "worry", "body", "Hun vil tage sit liv i aften."), http.StatusOK, "")
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE account_id = ?", h.ids["writer"]); n != 1 {
			t.Fatalf("the author has %d cases, want 1", n)
		}
		want(t, h.people["writer"].Get("/care"), http.StatusSeeOther, "/talk")
		want(t, h.people["writer"].Post("/care/contact", "contact_phone", "12345678"), http.StatusNotFound, "")
		h.write("writer", "En svær nat", farewell)
		want(t, h.people["writer"].Get("/care"), http.StatusOK, "")
	})
}

func TestStaffOfEverySpaceWithASignalAreCalled(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		elsewhere := h.front.room(func(s *space.Space) { s.Name = "Natlampen" })
		_, other := h.moderator(elsewhere, "Fløjte")
		want(t, h.enter(h.people["writer"], elsewhere, "Bølge"), http.StatusSeeOther, "/s/"+elsewhere.ID)
		h.write("writer", "En svær nat", farewell)
		path := "/s/" + elsewhere.ID + "/new"
		want(t, h.people["writer"].Get(path).Submit(path, "title", "En svær nat igen", "body", farewell), http.StatusOK, "")
		h.climb(3)
		for who, account := range map[string]string{"moderator": h.ids["moderator"], "the other": other.Account} {
			if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = 'case' AND account_id = ?", account); n != 1 {
				t.Errorf("%s has %d notices, want 1", who, n)
			}
		}
	})
}

func TestSomebodyElseIsCalledForWhoIsAloneOnDuty(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		want(t, h.enter(h.people["moderator"], h.room, "Fløjte"), http.StatusSeeOther, "/s/"+h.room.ID)
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["moderator"], h.Clock.Now().Add(-time.Hour), h.Clock.Now().Add(time.Hour), h.Clock.Now())
		h.write("moderator", "En svær nat", farewell)
		h.climb(3)
		for who, notices := range map[string]int{"moderator": 0, "colleague": 1} {
			if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = 'case' AND account_id = ?", h.ids[who]); n != notices {
				t.Errorf("%s has %d notices, want %d", who, n, notices)
			}
		}
	})
}

func TestAClosedCaseIsReopenedUnlessAnotherIsOpen(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		first := h.Text(t, "SELECT id FROM crisis_case")
		path, lead := "/mod/cases/"+first, h.people["safeguarding"]
		want(t, lead.Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
		want(t, lead.Get(path).Submit(path+"/step", "action", "close", "outcome", "referred"), http.StatusSeeOther, path)
		want(t, h.people["colleague"].Get(path).Submit(path+"/step", "action", "sign"), http.StatusSeeOther, path)
		form := lead.Get(path)
		h.Exec(t, "UPDATE crisis_case SET closed_at = ?", h.Clock.Now().Add(-8*24*time.Hour))
		h.write("writer", "En svær nat igen", farewell)
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NULL AND id <> ?", first); n != 1 {
			t.Fatalf("%d new cases long after the closing, want one", n)
		}
		want(t, form.Submit(path+"/step", "action", "reopen"), http.StatusConflict, "")
		h.Exec(t, "UPDATE crisis_case SET state = 'closed', closed_at = ? WHERE closed_at IS NULL", h.Clock.Now())
		want(t, form.Submit(path+"/step", "action", "reopen"), http.StatusSeeOther, path)
		if state := h.Text(t, "SELECT state FROM crisis_case WHERE id = ?", first); state != "reopened" {
			t.Errorf("the case is %s", state)
		}
	})
}

// climb lets so many rungs of the ladder be called, and nobody answers.
func (h *house) climb(rungs int) {
	h.t.Helper()
	for range rungs {
		if _, err := h.app.Area.Crisis.Sweep(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
		h.Clock.Advance(5 * time.Minute)
	}
}

func TestNobodyIsOnDutyWhoseRoleHasEnded(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		now := h.Clock.Now()
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["moderator"], now.Add(-2*time.Hour), now.Add(time.Hour), now)
		duty, err := h.app.Area.Crisis.Duty(t.Context(), h.room.ID, "")
		if err != nil || !duty.Now {
			t.Fatalf("on duty: %v, %v", duty, err)
		}
		h.Exec(t, "UPDATE staff_grant SET ends_at = ? WHERE account_id = ?", now.Add(-time.Hour), h.ids["moderator"])
		if duty, err = h.app.Area.Crisis.Duty(t.Context(), h.room.ID, ""); err != nil || duty.Now {
			t.Errorf("on duty after the role ended: %v, %v", duty, err)
		}
	})
}

func TestTheAddressFillsInNoForm(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := "/p/" + h.post + "/report"
		if page := h.people["reader"].Get(path + "?body=Kolibrien&reason=harsh"); page.Has("Kolibrien") {
			t.Error("the words of an address stand in the form")
		}
		if page := h.people["moderator"].Get("/mod/queue/posts/" + h.post + "?statement=Kolibrien"); page.Has("Kolibrien") {
			t.Error("the words of an address stand in the statement")
		}
	})
}

func TestAnExpiredSessionLosesNothingOfACase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		guest := h.browser()
		want(t, guest.Get("/concern").Submit("/concern", "about", "site", "body", "Jeg undrer mig."), http.StatusOK, "")
		file, worry := "/mod/cases/"+h.Text(t, "SELECT id FROM crisis_case"), "/mod/concerns/"+h.Text(t, "SELECT id FROM concern")
		// again signs in anew after the session has expired under a form, and returns the page that follows.
		again := func(who, path string, fields ...string) *browse.Page {
			idle := map[bool]time.Duration{true: 2 * time.Hour, false: 30 * time.Minute}[who == "writer"]
			name := h.Text(t, "SELECT name FROM account WHERE id = ?", h.ids[who])
			b := h.browser()
			b.SignIn(name, known)
			h.ProveAll(t)
			h.Clock.Advance(idle + time.Minute)
			sent := b.Post(path, fields...)
			if sent.Status != http.StatusSeeOther {
				t.Fatalf("%s: %d", path, sent.Status)
			}
			in := sent.Follow().Submit("/signin", "name", name, "passphrase", known)
			want(t, in, http.StatusSeeOther, in.Location)
			h.ProveAll(t)
			page := b.Get(next(t, in))
			want(t, page, http.StatusOK, "")
			return page
		}
		if page := again("writer", "/care/contact", "contact_phone", "12 34 56 78"); page.Find("#contact_phone").AttrOr("value", "") != "12 34 56 78" {
			t.Error("the number that somebody gave is lost")
		}
		if page := again("safeguarding", file+"/step", "action", "note", "note", "Ringer igen kl. 8", "version", "1"); page.Text("#note") != "Ringer igen kl. 8" {
			t.Error("the note is lost")
		}
		if page := again("safeguarding", file+"/open"); page.Path != file {
			t.Errorf("opening a case leads to %s", page.Path)
		}
		page := again("safeguarding", worry+"/answer", "answer", "Tak for din hilsen", "version", "1")
		if page.Has("Jeg undrer mig") {
			t.Error("the concern stands on a page that was not opened")
		}
		if opened := page.Submit(worry + "/open"); opened.Text("#answer") != "Tak for din hilsen" {
			t.Error("the answer is lost")
		}
	})
}

func TestWorriesStandAboveOtherReports(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		now := h.Clock.Now()
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["colleague"], now.Add(-time.Hour), now.Add(4*time.Hour), now)
		path := "/p/" + h.post + "/report"
		want(t, h.people["moderator"].Get(path).Submit(path, "reason", "spam"), http.StatusOK, "")
		h.Clock.Advance(time.Minute)
		want(t, h.people["reader"].Get(path).Submit(path, "reason", "worry"), http.StatusOK, "")
		report := "/mod/queue/reports/" + h.Text(t, "SELECT id FROM report WHERE reason = 'worry'")
		for who, n := range map[string]int{"colleague": 1, "moderator": 0, "writer": 0, "reader": 0} {
			notices := h.people[who].Get("/me/notices")
			if notices.Find("a[href='"+report+"']").Length() != n {
				t.Errorf("the %s reads: %s", who, notices.Text("main"))
			}
		}
		h.Clock.Advance(20 * time.Minute)
		h.people["colleague"].Get("/mod") // keeps the session
		h.Clock.Advance(20 * time.Minute)
		desk := h.people["colleague"].Get("/mod")
		links := desk.Find(".queue a[href^='/mod/queue/reports/']")
		if links.Length() != 2 || links.First().AttrOr("href", "") != report ||
			!strings.Contains(desk.Text("section[aria-labelledby=worries-title]"), "40 minutter") ||
			desk.Find("section[aria-labelledby=worries-title] .late").Length() != 1 {
			t.Errorf("the workbench: %s", desk.Text("main"))
		}
	})
}

func TestACaseThatIsLetGoIsLateAndCallsAgain(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		h.climb(1)
		lead, path := h.people["safeguarding"], "/mod/cases/"+h.Text(t, "SELECT id FROM crisis_case")
		want(t, lead.Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
		h.Clock.Advance(4 * time.Minute)
		h.climb(2)
		if desk := lead.Get("/mod"); desk.Find(".case .late").Length() > 0 || !desk.Has("Set") {
			t.Errorf("in hands: %s", desk.Text(".case"))
		}
		h.people["colleague"].Get("/mod") // keeps the session
		h.Clock.Advance(2 * time.Minute)  // a crisis wants a message to the person within fifteen
		h.climb(2)
		if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = 'case_let_go'"); n == 0 {
			t.Error("nobody was told that the case was let go")
		}
		for _, where := range []string{"/mod", path} {
			if page := lead.Get(where); page.Find("main .late").Length() != 1 || !page.Has("Ingen har den") {
				t.Errorf("%s: %s", where, page.Text("main"))
			}
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE account_id = ?", h.ids["colleague"]); n == 0 {
			t.Error("the next rung was not called")
		}
		if notices := h.people["colleague"].Get("/me/notices"); notices.Find("a[href='"+path+"']").Length() == 0 {
			t.Errorf("the colleague's notices: %s", notices.Text("main"))
		}
		want(t, h.people["colleague"].Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
		if desk := lead.Get("/mod"); desk.Find(".case .late").Length() > 0 {
			t.Errorf("taken again: %s", desk.Text(".case"))
		}
	})
}

func TestErrorsSpeakTheLanguageOfTheAccount(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b := h.people["writer"]
		want(t, b.Get("/me/language").Submit("/me/language", "locale", "en"), http.StatusSeeOther, "/me")
		for name, page := range map[string]*browse.Page{
			"what is not there":       b.Get("/t/" + id.New()),
			"an address that is none": b.Get("/nothing"),
			"a forged form":           b.Send("/me/language", nil),
			"another method":          b.Get("/signout"),
		} {
			if page.Status < 400 || page.Find("html").AttrOr("lang", "") != "en" || page.Find(".nav").Length() == 0 {
				t.Errorf("%s: %d in %s", name, page.Status, page.Find("html").AttrOr("lang", ""))
			}
		}
		if page := h.browser().Get("/nothing"); page.Find("html").AttrOr("lang", "") != "da" || page.Find(".nav").Length() > 0 {
			t.Errorf("a guest reads: %s", page.Text("main"))
		}
	})
}

func TestExitDoesNotWaitForASlowDatabase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		b := h.people["writer"]
		session := h.Text(t, "SELECT id FROM session WHERE account_id = ?", h.ids["writer"])
		err := h.Store.InTx(t.Context(), func(ctx context.Context) error {
			if err := h.Store.Accounts().TouchSession(ctx, session, h.Clock.Now().Add(time.Second)); err != nil {
				return err
			}
			began := time.Now()
			want(t, b.Send("/exit", nil), http.StatusSeeOther, "http://neutral.test/")
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("leaving took %s", took)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if b.Cookie("session") != "" || b.Cookie("cover") == "" {
			t.Error("the browser is still signed in or shows pages")
		}
	})
}

func TestNoOtherSiteTakesTheCoverAway(t *testing.T) {
	s := unplugged(t)
	for site, status := range map[string]int{"cross-site": http.StatusForbidden, "same-origin": http.StatusSeeOther, "": http.StatusSeeOther} {
		req := httptest.NewRequest(http.MethodPost, "/continue", nil)
		if site != "" {
			req.Header.Set("Sec-Fetch-Site", site)
		}
		if res, _ := ask(t, s, req); res.StatusCode != status {
			t.Errorf("%q: got %d, want %d", site, res.StatusCode, status)
		}
	}
}

func TestNobodyIsSaidToBeToldWhoIsNot(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
			id.New(), h.ids["moderator"], h.Clock.Now().Add(-time.Hour), h.Clock.Now().Add(time.Hour), h.Clock.Now())
		const told = "De får besked med det samme"
		form := h.browser().Get("/concern")
		if page := form.Submit("/concern", "about", "site", "body", "Jeg undrer mig."); page.Has(told) || !page.Has("Der er nogen på vagt nu") {
			t.Errorf("a worry that can wait: %s", page.Text("main"))
		}
		if page := form.Submit("/concern", "about", "myself", "body", farewell); !page.Has(told) {
			t.Errorf("an urgent one: %s", page.Text("main"))
		}
	})
}

func TestAConcernSentTwiceIsOne(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		form := h.browser().Get("/concern")
		first := form.Submit("/concern", "about", "site", "body", "Jeg undrer mig.")
		again := form.Submit("/concern", "about", "site", "body", "Jeg undrer mig.")
		if n := h.Int(t, "SELECT COUNT(*) FROM concern"); n != 1 {
			t.Errorf("got %d concerns, want one", n)
		}
		if receiptOf(first.Body) == "" || receiptOf(first.Body) != receiptOf(again.Body) {
			t.Error("the second answer does not show the receipt of the first")
		}
		// Going back and writing something else must lose nothing.
		other := form.Submit("/concern", "about", "site", "body", "Jeg undrer mig stadig.")
		if n := h.Int(t, "SELECT COUNT(*) FROM concern"); n != 2 || receiptOf(other.Body) == receiptOf(first.Body) {
			t.Errorf("got %d concerns, want the new words as one of their own", n)
		}
	})
}

func TestAConcernSentTwiceInTheSameInstantIsOne(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		for _, body := range []string{"Jeg undrer mig.", farewell} {
			receipt := crisis.NewReceipt()
			var senders sync.WaitGroup
			for range 8 {
				senders.Go(func() {
					got, card, err := h.app.Area.Crisis.RaiseConcern(t.Context(), crisis.NewConcern{
						Receipt: receipt, About: "myself", Body: body, Lang: "da",
					})
					if err == nil && (got != receipt || (card != nil) != (body == farewell)) {
						err = fmt.Errorf("receipt %q for %q, card %v", got, receipt, card)
					}
					if err != nil {
						t.Errorf("%s: %v", body, err)
					}
				})
			}
			senders.Wait()
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM concern"); n != 2 {
			t.Errorf("got %d concerns, want one for each text", n)
		}
	})
}

func TestAConcernIsAnsweredAndClosed(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead := h.people["duty_lead"]
		send := func(about, body string) (receipt, path string) {
			page := h.browser().Get("/concern").Submit("/concern", "about", about, "body", body)
			h.Clock.Advance(time.Minute)
			return receiptOf(page.Body), "/mod/concerns/" + h.Text(t, "SELECT id FROM concern ORDER BY created_at DESC LIMIT 1")
		}
		read := func(receipt string) *browse.Page {
			return h.browser().Get("/concern").Submit("/concern/answer", "receipt", receipt)
		}
		listed := func(path string) bool { return lead.Get("/mod").Find("a[href='"+path+"']").Length() > 0 }

		receipt, path := send("site", "Jeg undrer mig.")
		form := lead.Get(path).Submit(path + "/open")
		want(t, form.Submit(path+"/answer", "answer", ""), http.StatusUnprocessableEntity, "")
		want(t, form.Submit(path+"/answer", "answer", "Tak, vi ser på det."), http.StatusSeeOther, "/mod")
		if page := read(receipt); !page.Has("Tak, vi ser på det.") || page.Has("lukket") || !listed(path) {
			t.Errorf("answered, the guest reads: %s", page.Text("main"))
		}
		want(t, form.Submit(path+"/answer", "answer", "", "close", "1"), http.StatusConflict, "")
		form = lead.Get(path).Submit(path + "/open")
		want(t, form.Submit(path+"/answer", "answer", "", "close", "1"), http.StatusSeeOther, "/mod")
		if page := read(receipt); !page.Has("Tak, vi ser på det.") || !page.Has("Vi har lukket din bekymring") || listed(path) {
			t.Errorf("closed, the guest reads: %s", page.Text("main"))
		}
		closed := lead.Get(path).Submit(path + "/open")
		if closed.Find("form[action='"+path+"/answer']").Length() > 0 {
			t.Error("a closed concern still takes an answer")
		}
		want(t, lead.Post(path+"/answer", "answer", "Mere", "version", "3"), http.StatusConflict, "")

		receipt, path = send("site", "Reklame for vinduer")
		want(t, lead.Get(path).Submit(path+"/open").Submit(path+"/answer", "close", "1"), http.StatusSeeOther, "/mod")
		if page := read(receipt); !page.Has("Der er ikke noget svar her") || listed(path) {
			t.Errorf("closed without an answer, the guest reads: %s", page.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'concern_closed'"); n != 2 {
			t.Errorf("the log knows of %d closings, want 2", n)
		}
	})
}

func TestAConcernIsNotClosedUnderAnOpenCase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.browser().Get("/concern").Submit("/concern", "about", "myself", "body", farewell)
		path := "/mod/concerns/" + h.Text(t, "SELECT id FROM concern")
		page := h.people["duty_lead"].Get(path).Submit(path+"/open").Submit(path+"/answer", "answer", "Ring til os.", "close", "1")
		if page.Status != http.StatusUnprocessableEntity || !page.Has("Luk sagen først") || page.Text("#answer") != "Ring til os." {
			t.Errorf("got %d: %s", page.Status, page.Text("main"))
		}
	})
}

func receiptOf(html string) string {
	_, rest, _ := strings.Cut(html, `<code class="receipt">`)
	code, _, _ := strings.Cut(rest, "<")
	return code
}

func TestReadingTheNotesOfACaseIsNoted(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		lead := h.people["safeguarding"]
		viewed := func() int {
			return h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'case_viewed' AND actor = ?", h.ids["safeguarding"])
		}
		page := lead.Get(path)
		if n := viewed(); n != 0 {
			t.Errorf("%d rows before there are notes", n)
		}
		want(t, page.Submit(path+"/step", "action", "note", "note", "Ringer igen kl. 8"), http.StatusSeeOther, path)
		if page := lead.Get(path); !page.Has("Ringer igen kl. 8") || viewed() != 1 {
			t.Errorf("%d rows after reading: %s", viewed(), page.Text("main"))
		}
	})
}
