package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/testkit/browse"
)

// caseOf lets the writer cry for help and the moderator take the case, and returns the case's path.
func (h *house) caseOf() string {
	h.t.Helper()
	h.write("writer", "En svær nat", farewell)
	path := "/mod/cases/" + h.Text(h.t, "SELECT id FROM crisis_case")
	want(h.t, h.people["moderator"].Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
	return path
}

func TestACallTo112StandsInTheCase(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path, duty := h.caseOf(), h.people["moderator"]
		empty := duty.Get(path).Submit(path+"/emergency", "emergency_line", "112", "emergency_result", "sent", "emergency_clock", "25.10")
		if empty.Status != http.StatusUnprocessableEntity || !empty.Has("Skriv, hvad du gav videre.") || !empty.Has("Skriv klokken som 21.40") {
			t.Errorf("without what was told: %d %s", empty.Status, empty.Text("main"))
		}
		want(t, empty.Submit(path+"/emergency", "emergency_line", "112", "emergency_clock", "12.40", "emergency_result", "waiting",
			"emergency_told", "Hun er ved søen.", "emergency_reference", "J 17"), http.StatusSeeOther, path)
		page := h.people["colleague"].Get(path)
		if card := page.Text("[aria-labelledby=emergency-title]"); !strings.Contains(card, "moderator ringede 112") || !strings.Contains(card, "Hun er ved søen.") {
			t.Errorf("a colleague reads %s", card)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM emergency_call WHERE called_at < created_at"); n != 1 {
			t.Error("the time that was typed is not kept")
		}
		call := h.Text(t, "SELECT id FROM emergency_call")
		want(t, page.Submit(path+"/emergency/result", "call", call, "emergency_result", "found"), http.StatusSeeOther, path)
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('case_emergency', 'case_emergency_result')"); n != 2 {
			t.Errorf("%d lines in the log, want 2", n)
		}
		for _, who := range []string{"facilitator", "admin", "reader", "writer"} {
			want(t, h.people[who].Post(path+"/emergency", "emergency_line", "112"), http.StatusNotFound, "")
			want(t, h.people[who].Post(path+"/emergency/result", "call", call, "emergency_result", "sent"), http.StatusNotFound, "")
		}
		if got := h.Text(t, "SELECT result FROM emergency_call"); got != "found" {
			t.Errorf("the result is %s", got)
		}
	})
}

// open opens a field of the case as somebody who has just proven who they are.
func (h *house) open(who, path string, fields ...string) *browse.Page {
	h.t.Helper()
	h.Exec(h.t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now())
	return h.people[who].Get(path).Submit(path+"/contact", fields...)
}

func TestBreakGlassLeavesItsTraces(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		want(t, h.people["writer"].Get("/me/contact").Submit("/me/contact", "trusted_name", "Karen Holm", "trusted_phone", "40 12 34 56"), http.StatusSeeOther, "/me")
		path := h.caseOf()
		why := []string{"contact_field", "kin_phone", "contact_reason", "call_person", "contact_words", "Hun svarer ikke."}
		opened := h.open("moderator", path, why...)
		if opened.Status != http.StatusOK || !opened.Has("40 12 34 56") || opened.Has("Karen Holm") {
			t.Fatalf("one field is opened: %d %s", opened.Status, opened.Text("main"))
		}
		// Within the hour the same person needs no new reason; another person does, and so does another field.
		if again := h.open("moderator", path, "contact_field", "kin_phone"); !again.Has("40 12 34 56") {
			t.Errorf("within the hour: %s", again.Text("main"))
		}
		want(t, h.open("moderator", path, "contact_field", "kin_name"), http.StatusUnprocessableEntity, "")
		want(t, h.open("colleague", path, "contact_field", "kin_phone"), http.StatusUnprocessableEntity, "")
		for _, who := range []string{"facilitator", "admin", "reader", "writer"} {
			want(t, h.people[who].Post(path+"/contact", why...), http.StatusNotFound, "")
		}
		if h.people["colleague"].Get(path).Has("40 12 34 56") || h.people["moderator"].Get(path).Has("40 12 34 56") {
			t.Error("the case shows what was opened")
		}
		for trace, query := range map[string]string{
			"in the case":   "SELECT COUNT(*) FROM case_event WHERE kind = 'contact_opened' AND note_sealed IS NOT NULL",
			"in the log":    "SELECT COUNT(*) FROM audit_event WHERE action = 'case_contact_opened'",
			"the look back": "SELECT COUNT(*) FROM audit_event WHERE action = 'case_contact_seen'",
			"for review":    "SELECT COUNT(*) FROM glass_opening WHERE reviewed_at IS NULL",
		} {
			if n := h.Int(t, query); n != 1 {
				t.Errorf("%s: %d traces, want 1", trace, n)
			}
		}
		h.Exec(t, "UPDATE glass_opening SET ends_at = ?", h.Clock.Now())
		want(t, h.open("moderator", path, "contact_field", "kin_phone"), http.StatusUnprocessableEntity, "") // sealed again
		h.Exec(t, "UPDATE crisis_case SET level = 'red'")
		if page := h.people["moderator"].Get(path); !page.Has("Det kan kun åbnes") {
			t.Errorf("the case is red: %s", page.Text("main"))
		}
		want(t, h.people["moderator"].Post(path+"/contact", why...), http.StatusUnprocessableEntity, "")
		h.Exec(t, "UPDATE crisis_case SET category = 'child_at_risk'")
		want(t, h.open("moderator", path, why...), http.StatusOK, "")
	})
}

func TestASecondPersonLooksAtEachOpening(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		want(t, h.people["writer"].Get("/me/contact").Submit("/me/contact", "trusted_name", "Karen Holm", "trusted_phone", "40 12 34 56"), http.StatusSeeOther, "/me")
		path := h.caseOf()
		want(t, h.open("moderator", path, "contact_field", "kin_phone", "contact_reason", "call_person", "contact_words", "Hun svarer ikke.",
			"contact_unsafe", "Han læser hendes telefon."), http.StatusOK, "")
		review := "/mod/reviews/openings/" + h.Text(t, "SELECT id FROM glass_opening")
		if own := h.people["moderator"].Get(review); !own.Has("Du åbnede det selv") || own.Find("form [name=verdict]").Length() > 0 {
			t.Error("who opened it may look themselves")
		}
		want(t, h.people["moderator"].Post(review, "verdict", "right", "version", "1"), http.StatusConflict, "")
		now := h.Clock.Now()
		if n := h.Int(t, "SELECT COUNT(*) FROM glass_opening WHERE ends_at = ? AND review_by = ?", now.Add(time.Hour), now.Add(24*time.Hour)); n != 1 {
			t.Error("it is not open for 60 minutes, or not to be looked at within 24 hours")
		}
		h.Exec(t, "UPDATE glass_opening SET review_by = ?, ends_at = ?", h.Clock.Now().Add(-time.Minute), h.Clock.Now())
		if desk := h.people["colleague"].Get("/mod"); !desk.Has("1 ting skulle være set efter") {
			t.Errorf("a day later the workbench says %s", desk.Text("main"))
		}
		tell := func() int {
			if err := h.app.Area.Crisis.TellOpenings(t.Context()); err != nil {
				t.Fatal(err)
			}
			return h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = 'contact_opened' AND account_id = ?", h.ids["writer"])
		}
		if n := tell(); n != 0 {
			t.Errorf("told %d times while it is unsafe", n)
		}
		page := h.people["colleague"].Get(review)
		want(t, page.Submit(review, "verdict", "right"), http.StatusUnprocessableEntity, "") // why still not?
		want(t, page.Submit(review, "verdict", "right", "glass_words", "Han er der endnu."), http.StatusSeeOther, "/mod/reviews")
		if n := tell(); n != 0 || h.Int(t, "SELECT COUNT(*) FROM glass_opening WHERE unsafe") != 1 {
			t.Errorf("told %d times, and it does not come back", n)
		}
		want(t, h.people["colleague"].Get(review).Submit(review, "verdict", "right", "tell", "1"), http.StatusSeeOther, "/mod/reviews")
		if first, second := tell(), tell(); first != 1 || second != 1 {
			t.Errorf("told %d times, then %d, want once", first, second)
		}
		if got := h.people["colleague"].Get("/mod/reviews"); !got.Has("Der er ingen åbninger") {
			t.Errorf("it still waits: %s", got.Text("main"))
		}
	})
}

func TestACrisisIsLookedBackAt(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.caseOf()
		want(t, h.people["moderator"].Get(path).Submit(path+"/step", "action", "close", "outcome", "referred"), http.StatusSeeOther, path)
		if n := h.Int(t, "SELECT COUNT(*) FROM case_review"); n != 0 {
			t.Fatal("the crisis has not ended before two have signed")
		}
		want(t, h.people["colleague"].Get(path).Submit(path+"/step", "action", "sign"), http.StatusSeeOther, path)
		list := h.people["colleague"].Get("/mod/reviews")
		review := "/mod/reviews/cases/" + h.Text(t, "SELECT id FROM case_review")
		if n := h.Int(t, "SELECT COUNT(*) FROM case_review WHERE due_at = ?", h.Clock.Now().Add(72*time.Hour)); n != 1 {
			t.Error("it is not to be looked back at within 72 hours")
		}
		if list.Find("a[href='"+review+"']").Length() != 1 {
			t.Fatalf("the list: %s", list.Text("main"))
		}
		form := h.people["colleague"].Get(review)
		bare := form.Submit(review, "review_seen", "Hun skrev om søen.")
		if bare.Status != http.StatusUnprocessableEntity || !bare.Has("Hun skrev om søen.") || !bare.Has("Skriv, hvad der kom for sent") {
			t.Errorf("half a review: %d", bare.Status)
		}
		want(t, bare.Submit(review, "review_late", "Intet.", "review_changed", "Vi ringer før."), http.StatusSeeOther, "/mod/reviews")
		want(t, form.Submit(review, "review_seen", "Andet.", "review_late", "Andet.", "review_changed", "Andet."), http.StatusConflict, "")
		if got := h.people["moderator"].Get(review); !got.Has("Vi ringer før.") || got.Find("textarea").Length() > 0 {
			t.Errorf("the review: %s", got.Text("main"))
		}
		for _, who := range []string{"facilitator", "admin", "reader", "writer"} {
			want(t, h.people[who].Get(review), http.StatusNotFound, "")
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action IN ('case_reviewed', 'case_review_read')"); n < 2 {
			t.Errorf("%d lines in the log", n)
		}
	})
}

func TestWhoWasWorriedHearsTheSameAtTheSameTime(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		zone, err := time.LoadLocation("Europe/Copenhagen")
		if err != nil {
			t.Fatal(err)
		}
		report := "/p/" + h.post + "/report"
		urgent := map[string]string{"reader": "Hun vil tage sit liv i aften.", "facilitator": "Jeg er lidt urolig."}
		for who, words := range urgent {
			want(t, h.people[who].Get(report).Submit(report, "reason", "worry", "body", words), http.StatusOK, "")
		}
		heard := func(at time.Time) string {
			h.Clock.Set(at)
			if err := h.app.Area.Crisis.TellReporters(t.Context(), zone); err != nil {
				t.Fatal(err)
			}
			return strings.Join(strings.Fields(strings.Join(h.Rows(t, "SELECT account_id AS who FROM notice WHERE ref_id = '' AND kind IN ('handled', 'report_acted', 'report_dismissed') ORDER BY account_id"), " ")), ",")
		}
		made := h.Clock.Now()
		noon := func(days int) time.Time {
			d := made.In(zone)
			return time.Date(d.Year(), d.Month(), d.Day()+days, 12, 10, 0, 0, zone)
		}
		if got := heard(noon(2)); got != "" {
			t.Errorf("nobody has acted, and %s heard", got)
		}
		// One is put aside, the other is a case in which somebody reaches the person: both hear in the same hour.
		h.Exec(t, "UPDATE report SET state = 'dismissed', decided_at = ? WHERE account_id = ?", h.Clock.Now(), h.ids["facilitator"])
		h.Exec(t, "UPDATE crisis_case SET contacted_at = ?", h.Clock.Now())
		if got := heard(noon(2).Add(3 * time.Hour)); got != "" {
			t.Errorf("in the afternoon %s heard", got)
		}
		ids := []string{"who=" + h.ids["reader"], "who=" + h.ids["facilitator"]}
		slices.Sort(ids)
		for range 2 {
			if got := heard(noon(3)); got != strings.Join(ids, ",") {
				t.Errorf("at noon: %s, want both, once", got)
			}
		}
	})
}
