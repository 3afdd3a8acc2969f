package web_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"samhold/internal/testkit/browse"
)

// child is a case of the writer's about a child, taken by the moderator. It returns the path of its underretninger.
func (h *house) child() string {
	h.t.Helper()
	path := h.caseOf()
	h.Exec(h.t, "UPDATE crisis_case SET category = 'child_at_risk'")
	return path + "/referral"
}

// proven asks for a page as somebody who has just shown who they are.
func (h *house) proven(who, path string) *browse.Page {
	h.t.Helper()
	h.Exec(h.t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now())
	return h.people[who].Get(path)
}

// begun is a draft with everything that it asks for.
var begun = []string{
	"referral_municipality", "Ærø Kommune", "referral_child", "Åse, 10 år, Søndre Skole", "referral_said", "Far slår, når han er fuld.",
	"referral_told", "Hun ved, at vi skriver.", "referral_danger", "no", "referral_writer", "Mette Holm, 40 12 34 56", "referral_capacity", "Frivillig",
}

func TestAnUnderretningFromDraftToAnswer(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.child()
		if page := h.people["moderator"].Get(strings.TrimSuffix(path, "/referral")); !page.Has("Et barn kan være i fare") || page.Has("Åse") {
			t.Errorf("the case says %s", page.Text("main"))
		}
		h.Exec(t, "UPDATE session SET stepped_up_at = ?", h.Clock.Now().Add(-11*time.Minute))
		want(t, h.people["moderator"].Get(path), http.StatusSeeOther, "/me/confirm?next="+strings.ReplaceAll(path, "/", "%2F"))
		page := h.proven("moderator", path)
		if !page.Has("112") || !page.Has("114") || !page.Has("sociale vagt") || !page.Has("Samhold sender ingenting") {
			t.Errorf("the page says %s", page.Text("main"))
		}
		want(t, page.Submit(path), http.StatusUnprocessableEntity, "")
		want(t, page.Submit(path, begun...), http.StatusSeeOther, path)
		page = h.proven("colleague", path)
		if !page.Has("Udkastet er ikke sendt") || page.Find("#referral_said").Text() != "Far slår, når han er fuld." {
			t.Errorf("a colleague reads %s", page.Text("main"))
		}
		// Two write at once: what the second one typed stays on the page.
		want(t, page.Submit(path, "referral_told", "Hun ved det."), http.StatusSeeOther, path)
		stale := page.Submit(path, "referral_told", "Jeg ringer i morgen.")
		if stale.Status != http.StatusConflict || stale.Find("#referral_told").Text() != "Jeg ringer i morgen." || !stale.Has("nyere udgave") {
			t.Errorf("an older version: %d %s", stale.Status, stale.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM referral_revision"); n != 2 {
			t.Errorf("%d versions are kept, want 2", n)
		}

		referral := h.Text(t, "SELECT id FROM referral")
		paper := h.proven("moderator", "/mod/referrals/"+referral)
		if !paper.Has("Ærø Kommune") || !paper.Has("Hun ved det.") || !paper.Has("Det her er ikke sendt") {
			t.Errorf("the paper says %s", paper.Text("main"))
		}
		file := h.proven("moderator", "/mod/referrals/"+referral+"/pdf")
		if file.Status != http.StatusOK || !bytes.HasPrefix([]byte(file.Body), []byte("%PDF-")) || file.Header.Get("Content-Type") != "application/pdf" ||
			strings.Contains(file.Header.Get("Content-Disposition"), "nder") {
			t.Errorf("the file: %d %v", file.Status, file.Header)
		}
		if desk := h.people["colleague"].Get("/mod"); !desk.Has("1 underretning skal I se til") {
			t.Errorf("the workbench says %s", desk.Text("main"))
		}

		page = h.proven("moderator", path)
		want(t, page.Submit(path+"/sent", "referral_day", "2099-01-01"), http.StatusUnprocessableEntity, "")
		want(t, page.Submit(path+"/sent", "referral_way", "phone", "referral_reference", "Talte med vagten"), http.StatusSeeOther, path)
		page = h.proven("colleague", path)
		if !page.Has("Kommunen skal svare senest") || !page.Has("Talte med vagten") || !page.Has("moderator") {
			t.Errorf("sent: %s", page.Text("main"))
		}
		if desk := h.people["colleague"].Get("/mod"); desk.Has("underretning skal I se til") {
			t.Error("the workbench asks about what nobody need look at yet")
		}
		h.Exec(t, "UPDATE referral SET answer_by = ?, remind_at = ?", h.Clock.Now().Add(-time.Minute), h.Clock.Now().Add(-time.Minute))
		for range 2 {
			if err := h.app.Area.Guarding.Remind(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = 'referral' AND account_id = ?", h.ids["moderator"]); n != 1 {
			t.Errorf("whoever has the case got %d notices, want 1", n)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM case_event WHERE kind = 'referral_unanswered'"); n != 1 {
			t.Errorf("%d lines in the case, want 1", n)
		}
		if desk := h.people["colleague"].Get("/mod"); !desk.Has("1 underretning skal I se til") {
			t.Errorf("late, and the workbench says %s", desk.Text("main"))
		}
		want(t, h.proven("colleague", path).Submit(path+"/answered"), http.StatusSeeOther, path)
		h.Exec(t, "UPDATE referral SET remind_at = ?", h.Clock.Now().Add(-time.Minute))
		if err := h.app.Area.Guarding.Remind(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM case_event WHERE kind = 'referral_unanswered'"); n != 1 {
			t.Error("the team is asked although the municipality has answered")
		}
		for action, want := range map[string]int{
			"case_referral_begun": 1, "case_referral_saved": 1, "case_referral_printed": 2, "case_referral_sent": 1, "case_referral_answered": 1,
		} {
			if n := h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ?", action); n != want {
				t.Errorf("%s stands %d times in the log, want %d", action, n, want)
			}
		}
		if h.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'case_referral_read'") == 0 {
			t.Error("reading it leaves no trace in the log")
		}
	})
}

func TestADraftThatNobodySendsIsAskedAbout(t *testing.T) {
	for danger, wait := range map[string]time.Duration{"no": 24 * time.Hour, "yes": time.Hour} {
		t.Run(danger, func(t *testing.T) {
			eachHouse(t, func(t *testing.T, h *house) {
				path := h.child()
				want(t, h.proven("moderator", path).Submit(path, append(begun, "referral_danger", danger)...), http.StatusSeeOther, path)
				asked := func() int {
					if err := h.app.Area.Guarding.Remind(t.Context()); err != nil {
						t.Fatal(err)
					}
					return h.Int(t, "SELECT COUNT(*) FROM case_event WHERE kind = 'referral_unsent'")
				}
				h.Clock.Advance(wait - time.Second)
				if n := asked(); n != 0 {
					t.Error("asked too soon")
				}
				h.Clock.Advance(time.Second)
				if first, again := asked(), asked(); first != 1 || again != 1 {
					t.Errorf("asked %d times, then %d, want once", first, again)
				}
				h.Clock.Advance(wait)
				if n := asked(); n != 2 {
					t.Errorf("asked %d times: a click stopped it", n)
				}
			})
		})
	}
}

func TestADraftIsPutAway(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.child()
		want(t, h.proven("moderator", path).Submit(path, begun...), http.StatusSeeOther, path)
		page := h.people["moderator"].Get(path)
		want(t, page.Submit(path+"/drop"), http.StatusUnprocessableEntity, "")
		want(t, page.Submit(path+"/drop", "referral_why", "Skolen har sendt en."), http.StatusSeeOther, path)
		if page := h.people["colleague"].Get(strings.TrimSuffix(path, "/referral")); !page.Has("Skolen har sendt en.") {
			t.Errorf("why does not stand in the case: %s", page.Text("main"))
		}
		want(t, page.Submit(path+"/sent", "referral_way", "phone"), http.StatusConflict, "")
		if page := h.people["moderator"].Get(path); !page.Has("Skriv udkastet") {
			t.Error("another one cannot be begun")
		}
	})
}

func TestOnlyTheCasesStaffKnowOfAnUnderretning(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.child()
		want(t, h.proven("moderator", path).Submit(path, begun...), http.StatusSeeOther, path)
		referral := h.Text(t, "SELECT id FROM referral")
		for _, who := range []string{"facilitator", "admin", "reader", "writer"} {
			for _, at := range []string{path, "/mod/referrals/" + referral, "/mod/referrals/" + referral + "/pdf"} {
				want(t, h.proven(who, at), http.StatusNotFound, "")
			}
			for _, at := range []string{"", "/sent", "/answered", "/drop"} {
				want(t, h.people[who].Post(path+at, append([]string{"referral", referral, "referral_way", "phone", "referral_why", "x", "version", "1"}, begun...)...), http.StatusNotFound, "")
			}
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM referral WHERE state = 'draft' AND version = 1"); n != 1 {
			t.Error("somebody else changed it")
		}
	})
}

func TestWhatIsDoneNoLongerCallsAtTheWorkbench(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		path := h.child()
		file := strings.TrimSuffix(path, "/referral")
		notices := func(kind string) int {
			return h.Int(t, "SELECT COUNT(*) FROM notice WHERE kind = ? AND ref_id = ?", kind, strings.TrimPrefix(file, "/mod/cases/"))
		}
		want(t, h.proven("moderator", path).Submit(path, begun...), http.StatusSeeOther, path)
		want(t, h.people["moderator"].Get(file).Submit(file+"/step", "action", "close", "outcome", "referred"), http.StatusSeeOther, file)
		if notices("case") == 0 {
			t.Fatal("nobody was called to sign")
		}
		want(t, h.people["colleague"].Get(file).Submit(file+"/step", "action", "sign"), http.StatusSeeOther, file)
		if n := notices("case"); n != 0 {
			t.Errorf("%d people are still called to a closed case", n)
		}

		// The duty to tell the municipality does not end with the case: it is asked about, and it can be done.
		h.Exec(t, "UPDATE referral SET remind_at = ?", h.Clock.Now().Add(-time.Minute))
		if err := h.app.Area.Guarding.Remind(t.Context()); err != nil {
			t.Fatal(err)
		}
		if notices("referral") == 0 {
			t.Error("nobody is asked about the draft of a closed case")
		}
		if desk := h.proven("colleague", "/mod"); !desk.Has("1 underretning skal I se til") {
			t.Errorf("the workbench says %s", desk.Text("main"))
		}
		want(t, h.proven("colleague", path).Submit(path+"/sent", "referral_way", "phone"), http.StatusSeeOther, path)
		if n := notices("referral"); n != 0 {
			t.Errorf("%d people are still asked about what is sent", n)
		}
		if desk := h.people["colleague"].Get("/mod"); desk.Has("underretning skal I se til") {
			t.Error("the workbench still asks about what is sent")
		}
	})
}
