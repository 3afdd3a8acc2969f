package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/id"
	"samhold/internal/space"
)

// onDuty gives somebody a shift now.
func (h *house) onDuty(who string) {
	h.t.Helper()
	now := h.Clock.Now()
	h.Exec(h.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, NULL, ?, ?, ?)",
		id.New(), h.ids[who], now.Add(-time.Hour), now.Add(8*time.Hour), now)
}

// say sends a member's message.
func (h *house) say(who, text string) {
	h.t.Helper()
	want(h.t, h.people[who].Get("/talk").Submit("/talk", "body", text), http.StatusSeeOther, "/talk")
}

func (h *house) noticesOf(who, kind string) int {
	h.t.Helper()
	return h.Int(h.t, "SELECT COUNT(*) FROM notice WHERE account_id = ? AND kind = ?", h.ids[who], kind)
}

func TestAMemberWritesToThoseOnDutyWithoutACase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		page := h.people["writer"].Get("/talk")
		if !page.Has("Der er nogen på vagt nu") {
			t.Errorf("who is there: %s", page.Text("main"))
		}
		want(t, page.Submit("/talk", "body", "Kan I hjælpe mig med at finde ro?"), http.StatusSeeOther, "/talk")
		// The same form sent twice is one message; one that says something else is another.
		want(t, page.Submit("/talk", "body", "Kan I hjælpe mig med at finde ro?"), http.StatusSeeOther, "/talk")
		if n := h.Int(t, "SELECT COUNT(*) FROM message"); n != 1 {
			t.Fatalf("%d messages, want 1", n)
		}
		want(t, page.Submit("/talk", "body", "Jeg mente: Kan vi tale sammen?"), http.StatusSeeOther, "/talk")
		if cases, told, others := h.Int(t, "SELECT COUNT(*) FROM crisis_case"), h.noticesOf("moderator", "message_waits"), h.noticesOf("colleague", "message_waits"); cases != 0 || told != 1 || others != 0 {
			t.Errorf("%d cases, the one on duty has %d notices, a colleague %d", cases, told, others)
		}
		if page := h.people["writer"].Get("/talk"); !page.Has("Ingen har åbnet den endnu") {
			t.Errorf("the writer reads: %s", page.Text("main"))
		}

		desk := h.people["moderator"].Get("/mod")
		thread := "/mod/threads/" + h.Text(t, "SELECT id FROM thread")
		if !desk.Has("Medlemmer, der har skrevet") || desk.Find(`a[href="`+thread+`"]`).Length() != 1 {
			t.Fatalf("the workbench: %s", desk.Text("main"))
		}
		closed := h.people["moderator"].Get(thread)
		if closed.Has("writernavn") || closed.Has("finde ro") || !closed.Has("Åbn samtalen") {
			t.Errorf("before it is opened: %s", closed.Text("main"))
		}
		opened := closed.Submit(thread + "/open")
		if !opened.Has("finde ro") || !opened.Has("writernavn") {
			t.Fatalf("opened: %d %s", opened.Status, opened.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'thread_opened'"); n != 1 {
			t.Errorf("%d openings are audited", n)
		}
		if page := h.people["writer"].Get("/talk"); !page.Has("Åbnet af et menneske") || page.Has("Ingen har åbnet") {
			t.Errorf("after it is opened: %s", page.Text("main"))
		}
		want(t, opened.Submit(thread, "body", "Hej, jeg er her i aften."), http.StatusSeeOther, thread)
		if h.noticesOf("writer", "message_answer") != 1 {
			t.Error("the writer is not told of the answer")
		}
		read := func() string { return h.people["moderator"].Get(thread).Submit(thread + "/open").Text(".post.staff") }
		if !strings.Contains(read(), "Ikke læst endnu") {
			t.Errorf("staff read: %s", read())
		}
		page = h.people["writer"].Get("/talk")
		if !page.Has("jeg er her i aften") || page.Find(".post.staff .staff-badge").Length() != 1 || !strings.Contains(page.Text(".post.staff"), "Ny") {
			t.Errorf("the answer: %s", page.Text("main"))
		}
		if strings.Contains(read(), "Ikke læst endnu") {
			t.Errorf("after the writer read it: %s", read())
		}
		if desk := h.people["moderator"].Get("/mod"); desk.Has("Medlemmer, der har skrevet") {
			t.Error("what is answered still waits")
		}
	})
}

func TestUrgentMessagesShowTheCardAndOpenACase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		form := h.people["writer"].Get("/talk")
		for n := 1; n <= 2; n++ { // a button pressed twice
			card := form.Submit("/talk", "body", farewell)
			if card.Status != http.StatusOK || card.Find(".crisis").Length() != 1 || card.Find(`a[href="/talk"]`).Length() == 0 {
				t.Fatalf("time %d: no card: %d %s", n, card.Status, card.Text("main"))
			}
		}
		if cases, signals := h.Int(t, "SELECT COUNT(*) FROM crisis_case"), h.Int(t, "SELECT COUNT(*) FROM case_signal WHERE source_kind = 'message'"); cases != 1 || signals != 1 {
			t.Fatalf("%d cases with %d signals", cases, signals)
		}
		want(t, h.people["writer"].Get("/care"), http.StatusOK, "")
		thread := h.Text(t, "SELECT id FROM thread")
		caseID := h.Text(t, "SELECT id FROM crisis_case")
		want(t, h.people["moderator"].Get("/mod/threads/"+thread), http.StatusSeeOther, "/mod/cases/"+caseID)
		path := "/mod/cases/" + caseID
		if page := h.people["moderator"].Get(path); page.Has("mit liv") {
			t.Error("the message is on the page before it is opened")
		}
		if page := h.people["moderator"].Get(path).Submit(path + "/open"); !page.Has("Besked til vagten") || page.Has("mit liv") {
			t.Errorf("the texts: %s", page.Text("main"))
		}
		if page := h.people["moderator"].Get(path).Submit(path + "/thread/open"); !page.Has("mit liv") {
			t.Errorf("the conversation: %s", page.Text("main"))
		}
	})
}

// TestWritingIsTheHumanContact holds that the first message of staff takes the case and stops its clock.
func TestWritingIsTheHumanContact(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		h.climb(1)
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		page := h.people["moderator"].Get(path)
		for range 2 { // a button pressed twice
			want(t, page.Submit(path+"/thread", "body", "Hej, jeg hedder Solsort her. Er du i sikkerhed lige nu?"), http.StatusSeeOther, path)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM message"); n != 1 {
			t.Errorf("%d messages, want 1", n)
		}
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.InContact) {
			t.Errorf("the case is %s", state)
		}
		if owner := h.Text(t, "SELECT owner_id FROM crisis_case"); owner != h.ids["moderator"] {
			t.Error("who writes does not have the case")
		}
		if kind := h.Text(t, "SELECT kind FROM case_timer WHERE fired_at IS NULL AND generation = (SELECT generation FROM crisis_case)"); kind != "follow_up" {
			t.Errorf("the next timer is %s", kind)
		}
		// A colleague does not write into it; what they wrote is not lost.
		refused := h.people["colleague"].Get(path).Submit(path+"/thread/open").Submit(path+"/thread", "body", "Jeg er her også.")
		if refused.Status != http.StatusConflict || !strings.Contains(refused.Find("#thread textarea").Text(), "Jeg er her også.") {
			t.Errorf("a colleague: %d %s", refused.Status, refused.Text("main"))
		}
		// The person writes back: who has the case is told, and nobody is called anew.
		h.say("writer", "Jeg er hjemme nu.")
		if n := h.noticesOf("moderator", "case"); n != 1 {
			t.Errorf("who has the case has %d notices, want that of the message", n)
		}
		// It is to be answered like the first, and then all is as before.
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.Acknowledged) {
			t.Errorf("with a message to answer the case is %s", state)
		}
		h.Clock.Advance(10 * time.Minute)
		page = h.people["moderator"].Get(path).Submit(path + "/thread/open")
		want(t, page.Submit(path+"/thread", "body", "Godt. Jeg skriver igen klokken fire."), http.StatusSeeOther, path)
		h.Clock.Advance(14 * time.Minute)
		h.climb(1)
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.InContact) {
			t.Errorf("after an answer the case is %s", state)
		}
		// Nobody holds it any more, and the person writes: somebody is called.
		h.Clock.Advance(30 * time.Minute)
		h.say("writer", "Er du der stadig?")
		h.climb(1)
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.Called) {
			t.Errorf("written to nobody, the case is %s", state)
		}
	})
}

// TestAPersonWhoIsAnsweredIsStillHeard holds that a conversation that has begun stops no clock: whatever the person says
// next is answered in the time of a first message, or the ladder is climbed.
func TestAPersonWhoIsAnsweredIsStillHeard(t *testing.T) {
	for name, says := range map[string]func(h *house){
		"another cry":         func(h *house) { h.write("writer", "Igen", farewell) },
		"a cry in the thread": func(h *house) { h.people["writer"].Get("/talk").Submit("/talk", "body", farewell) },
		"a plain message":     func(h *house) { h.say("writer", "Er du der?") },
		"the button":          func(h *house) { h.people["writer"].Get("/now").Submit("/now") },
		"the button once more": func(h *house) {
			h.Exec(h.t, "UPDATE case_signal SET source_kind = 'button'") // what was answered was a press, minutes ago
			h.people["writer"].Get("/now").Submit("/now")
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h *house) {
				h.write("writer", "En svær nat", farewell)
				h.climb(1)
				path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
				page := h.people["moderator"].Get(path)
				want(t, page.Submit(path+"/thread", "body", "Hej, jeg hedder Solsort her. Er du i sikkerhed lige nu?"), http.StatusSeeOther, path)
				h.Clock.Advance(5 * time.Minute)
				says(h)
				if owner := h.Text(t, "SELECT owner_id FROM crisis_case"); owner != h.ids["moderator"] {
					t.Error("who was in contact has it no more")
				}
				if page := h.people["moderator"].Get(path); !page.Has("Personen skal have hørt fra jer") {
					t.Errorf("the case does not say until when: %s", page.Text(".page-head"))
				}
				before := h.noticesOf("duty_lead", "case_let_go")
				h.Clock.Advance(16 * time.Minute)
				h.climb(1)
				if state, let := h.Text(t, "SELECT state FROM crisis_case"), h.noticesOf("duty_lead", "case_let_go"); state != string(crisis.Called) || let == before {
					t.Errorf("16 minutes without an answer: the case is %s, and %d are told that nobody has it", state, let-before)
				}
			})
		})
	}
}

// TestWhoeverCalledForHelpKeepsTheCaseWhileTheyWrite holds that writing goes on holding a case for which more help is
// called, and that the card is true at each step.
func TestWhoeverCalledForHelpKeepsTheCaseWhileTheyWrite(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		h.climb(1)
		says := func(text string) {
			t.Helper()
			if page := h.people["writer"].Get("/care"); !page.Has(text) {
				t.Errorf("the card: %s", page.Text(".facts"))
			}
		}
		says("Vi ved ikke, hvor hurtigt nogen ser det.")
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		want(t, h.people["moderator"].Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
		says("skal skrive til dig inden længe")
		want(t, h.people["moderator"].Get(path).Submit(path+"/thread", "body", "Hej, jeg hedder Solsort. Er du i sikkerhed lige nu?"), http.StatusSeeOther, path)
		says("har været i kontakt med dig og har det stadig")
		want(t, h.people["moderator"].Get(path).Submit(path+"/step", "action", "escalate", "note", "Jeg har brug for en til."), http.StatusSeeOther, path)
		for n := range 12 {
			h.Clock.Advance(10 * time.Minute)
			page := h.people["moderator"].Get(path).Submit(path + "/thread/open")
			want(t, page.Submit(path+"/thread", "body", fmt.Sprintf("Jeg er her stadig, svar %d.", n)), http.StatusSeeOther, path)
			h.people["writer"].Get("/talk")
			h.climb(1)
		}
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.Escalated) {
			t.Errorf("while they write to one another the case is %s", state)
		}
		// They are gone, and the person cries out: nothing says that somebody was in contact.
		h.Clock.Advance(time.Hour)
		h.write("writer", "Igen", farewell)
		says("Vi ved ikke, hvor hurtigt nogen ser det.")
	})
}

// TestATemplateIsABeginning holds that what began as a template is nobody's until its brackets are filled in and it bears
// the name of whoever sends it.
func TestATemplateIsABeginning(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.write("writer", "En svær nat", farewell)
		h.climb(1)
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		if n := h.people["moderator"].Get(path).Find(`button[name=begin][formaction="` + path + `/thread/open"]`).Length(); n != 2 {
			t.Errorf("%d templates are offered", n)
		}
		begun := h.people["moderator"].Post(path+"/thread/open", "begin", "first", "body", "Hej.")
		text := begun.Find("#thread textarea").Text()
		if !strings.HasPrefix(text, "Hej.") || !strings.Contains(text, "[[dit navn]]") {
			t.Fatalf("begun: %d %q", begun.Status, text)
		}
		raw := begun.Submit(path+"/thread", "body", text)
		if raw.Status != http.StatusUnprocessableEntity || !raw.Has("parentes") || raw.Find("#thread textarea").Text() != text {
			t.Errorf("as it is: %d %s", raw.Status, raw.Text("#thread"))
		}
		if unsigned := raw.Submit(path+"/thread", "body", "Jeg har læst det. Er du i sikkerhed?"); unsigned.Status != http.StatusUnprocessableEntity {
			t.Errorf("without a name: %d", unsigned.Status)
		}
		if state := h.Text(t, "SELECT state FROM crisis_case"); state == string(crisis.InContact) || h.Int(t, "SELECT COUNT(*) FROM message") != 0 {
			t.Errorf("what was not sent counts as contact: %s", state)
		}
		want(t, raw.Submit(path+"/thread", "body", "Jeg har læst det. Er du i sikkerhed? moderator"), http.StatusSeeOther, path)
		if state := h.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.InContact) {
			t.Errorf("after it was sent the case is %s", state)
		}
	})
}

// TestWritingAgainDoesNotKeepTheLadderDown holds that a person who writes every few minutes is not called for on the
// first rung for ever.
func TestWritingAgainDoesNotKeepTheLadderDown(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.write("writer", "En svær nat", farewell)
		for n := range 6 {
			h.climb(1)
			form := h.people["writer"].Get("/talk")
			if page := form.Submit("/talk", "body", farewell+strings.Repeat(" Er her nogen?", n)); page.Status != http.StatusOK {
				t.Fatalf("message %d: %d", n, page.Status)
			}
		}
		if n := h.noticesOf("duty_lead", "case"); n == 0 {
			t.Error("the second rung was never called")
		}
	})
}

func TestAMessageThatNobodyOpensIsACaseInTheEnd(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.say("writer", "Kan vi tale sammen en dag?")
		sweep := func(after time.Duration) {
			t.Helper()
			h.Clock.Advance(after)
			for range 2 { // as two processes do
				if _, err := h.app.Area.Message.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		sweep(59 * time.Minute)
		if n := h.noticesOf("colleague", "message_waits"); n != 0 {
			t.Errorf("too early: %d", n)
		}
		sweep(2 * time.Minute)
		if n := h.noticesOf("colleague", "message_waits"); n != 1 {
			t.Errorf("a colleague has %d notices, want 1", n)
		}
		for range 5 {
			sweep(4 * time.Hour)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case"); n != 0 {
			t.Errorf("%d cases before a day has passed", n)
		}
		sweep(4 * time.Hour)
		sweep(4 * time.Hour)
		if got := h.Rows(t, "SELECT level FROM crisis_case"); len(got) != 1 || got[0] != "level=amber " {
			t.Fatalf("cases: %v", got)
		}
		// The sessions of the first day have ended.
		now := h.Clock.Now()
		h.Exec(t, "UPDATE session SET created_at = ?, seen_at = ?, stepped_up_at = ?, expires_at = ?, rested_at = NULL", now, now, now, now.Add(12*time.Hour))
		want(t, h.people["writer"].Get("/care"), http.StatusSeeOther, "/talk") // they are not told
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		if page := h.people["moderator"].Get(path).Submit(path + "/thread/open"); !page.Has("tale sammen en dag") {
			t.Fatalf("the conversation: %s", page.Text("main"))
		}
		before := h.noticesOf("colleague", "message_waits")
		sweep(8 * time.Hour)
		if n := h.noticesOf("colleague", "message_waits"); n != before {
			t.Errorf("what was opened is told of again: %d, then %d", before, n)
		}
	})
}

func TestConversationsAreTheirSpacesOnly(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		elsewhere := h.front.room(func(s *space.Space) { s.Name = "Natlampen" })
		other, _ := h.moderator(elsewhere, "Fløjte")
		want(t, h.enter(h.people["writer"], elsewhere, "Bølge"), http.StatusSeeOther, "/s/"+elsewhere.ID)
		form := h.people["writer"].Get("/talk")
		want(t, form.Submit("/talk", "space", h.room.ID, "body", "Kun til køkkenbordet."), http.StatusSeeOther, "/talk")
		thread := "/mod/threads/" + h.Text(t, "SELECT id FROM thread")
		for _, path := range []string{thread, thread + "/open", thread + "/settle"} {
			if page := other.Get(path); path == thread && page.Status != http.StatusNotFound {
				t.Errorf("GET %s: %d", path, page.Status)
			}
			if page := other.Post(path, "body", "x"); page.Status != http.StatusNotFound {
				t.Errorf("POST %s: %d", path, page.Status)
			}
		}
		if desk := other.Get("/mod"); desk.Has("Medlemmer, der har skrevet") {
			t.Error("the workbench of another space lists it")
		}
		form = h.people["writer"].Get("/talk?space=" + elsewhere.ID)
		want(t, form.Submit("/talk", "space", elsewhere.ID, "body", "Kun til natlampen."), http.StatusSeeOther, "/talk")
		opened := other.Get(thread).Submit(thread + "/open")
		if !opened.Has("Kun til natlampen") || opened.Has("køkkenbordet") || !opened.Has("Bølge") {
			t.Errorf("staff of the second space read: %d %s", opened.Status, opened.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM message WHERE opened_at IS NOT NULL"); n != 1 {
			t.Errorf("%d messages count as opened, want 1", n)
		}
		if page := h.people["writer"].Post("/talk", "space", "x", "body", "Til hvem som helst."); page.Status != http.StatusSeeOther {
			t.Errorf("a space that is none: %d", page.Status)
		}
		want(t, h.people["reader"].Get(thread), http.StatusNotFound, "")
	})
}

func TestWhoIsInNoSpaceReachesEverybodyOnDuty(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		b, _ := h.member()
		card := b.Get("/talk").Submit("/talk", "body", farewell)
		if card.Status != http.StatusOK || card.Find(".crisis").Length() != 1 {
			t.Fatalf("no card: %d %s", card.Status, card.Text("main"))
		}
		h.climb(1)
		if n := h.noticesOf("moderator", "case"); n != 1 {
			t.Errorf("the one on duty has %d notices", n)
		}
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		page := h.people["moderator"].Get(path)
		if page.Status != http.StatusOK || !page.Has("Et medlem") {
			t.Errorf("the case: %d %s", page.Status, page.Text("main"))
		}
		opened := page.Submit(path + "/thread/open")
		want(t, opened.Submit(path+"/thread", "body", "Hej."), http.StatusSeeOther, path)
	})
}

func TestWhatWasTypedSurvivesAnExpiredSession(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		form := h.people["writer"].Get("/talk")
		h.Exec(t, "UPDATE session SET expires_at = ? WHERE account_id = ?", h.Clock.Now().Add(-time.Minute), h.ids["writer"])
		page := form.Submit("/talk", "body", "Jeg ville bare sige noget.")
		if !strings.HasPrefix(page.Location, "/signin?kept=1") || h.Int(t, "SELECT COUNT(*) FROM draft") != 1 {
			t.Errorf("sent too late: %d %s", page.Status, page.Location)
		}
	})
}
