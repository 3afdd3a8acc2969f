package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"samhold/internal/space"
)

// look lets two processes look for what is due, after some time.
func (h *house) look(after time.Duration) {
	h.t.Helper()
	h.Clock.Advance(after)
	// Nobody's session ends meanwhile.
	now := h.Clock.Now()
	h.Exec(h.t, "UPDATE session SET created_at = ?, seen_at = ?, stepped_up_at = ?, expires_at = ?, rested_at = NULL", now, now, now, now.Add(12*time.Hour))
	for range 2 {
		if _, err := h.app.Area.CheckIn.Sweep(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
	}
}

// wall is a moment ahead as the two fields of a form.
func (h *house) wall(in time.Duration) (day, at string) {
	return h.app.Area.CheckIn.Wall(h.Clock.Now().Add(in))
}

// agree lets the moderator propose a time by the writer's thread, and the writer say yes.
func (h *house) agree(in time.Duration) {
	h.t.Helper()
	day, at := h.wall(in)
	path := "/mod/threads/" + h.Text(h.t, "SELECT id FROM thread") + "/check-in"
	page := h.people["moderator"].Get(path).Submit(path, "day", day, "at", at, "days", "1", "grace", "60", "note", "Bare et ord.")
	if !strings.HasPrefix(page.Location, "/mod/check-ins/") {
		h.t.Fatalf("proposed: %d %s", page.Status, page.Text("main"))
	}
	asked := h.people["writer"].Get("/me/check-in")
	if !asked.Has("Bare et ord.") || !asked.Has("kun en aftale, hvis du siger ja") {
		h.t.Fatalf("the writer is asked: %s", asked.Text("main"))
	}
	want(h.t, asked.Submit("/me/check-in/agree"), http.StatusSeeOther, "/me/check-in")
}

func TestAnAgreedWordThatDoesNotComeCallsTheDuty(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.say("writer", "Tak for i nat.")
		h.agree(3 * time.Hour)
		before := h.people["writer"].Get("/me/check-in")
		if before.Find(`button[name="word"]`).Length() != 0 || !before.Has("Efter vagtplanen er der nogen på vagt på det tidspunkt") {
			t.Errorf("before: %s", before.Text("main"))
		}
		h.look(3 * time.Hour)
		if n := h.noticesOf("writer", "check_in_due"); n != 1 {
			t.Errorf("the writer has %d reminders", n)
		}
		h.look(59 * time.Minute)
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case"); n != 0 {
			t.Fatalf("%d cases before the hour is over", n)
		}
		h.look(time.Minute)
		h.look(20 * time.Second)
		if got := h.Rows(t, "SELECT level, source_kind, space_id FROM case_signal"); len(got) != 1 || got[0] != "level=red source_kind=check_in space_id="+h.room.ID+" " {
			t.Fatalf("signals: %v", got)
		}
		h.climb(1)
		if n := h.noticesOf("moderator", "case"); n != 1 {
			t.Errorf("the one on duty has %d notices", n)
		}
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		page := h.people["moderator"].Get(path)
		if !page.Has("Aftalt, ikke svaret") || !page.Has("havde aftalt at sige et ord") {
			t.Errorf("the case: %s", page.Text("main"))
		}
		if page := page.Submit(path + "/open"); !page.Has("Aftalt tidspunkt, ikke svaret") {
			t.Errorf("its source: %s", page.Text("main"))
		}
		// The writer comes late, and is heard kindly; nothing closes by that.
		late := h.people["writer"].Get("/me/check-in")
		if !late.Has("Det er ikke for sent") {
			t.Errorf("too late: %s", late.Text("main"))
		}
		told := h.noticesOf("moderator", "case")
		want(t, late.Submit("/me/check-in/answer", "word", "here"), http.StatusSeeOther, "/me/check-in")
		if n := h.noticesOf("moderator", "case"); n != told+1 {
			t.Errorf("those who are called have %d notices of a late word, want one more than %d", n, told)
		}
		if page := h.people["moderator"].Get(path); !page.Has("svarede for sent") {
			t.Errorf("the case after it: %s", page.Text("main"))
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NULL AND level = 'red'"); n != 1 {
			t.Error("the case is closed or lower")
		}
	})
}

func TestAMissedWordRaisesTheOneCaseThatIsOpen(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.say("writer", "Tak for i nat.")
		h.agree(3 * time.Hour)
		h.write("writer", "En svær nat", farewell) // a crisis before the time
		path := "/mod/cases/" + h.Text(t, "SELECT id FROM crisis_case")
		h.climb(1)
		want(t, h.people["moderator"].Get(path).Submit(path+"/step", "action", "take"), http.StatusSeeOther, path)
		h.look(3 * time.Hour)
		h.look(time.Hour)
		if got := h.Rows(t, "SELECT level, source_kind FROM case_signal WHERE source_kind = 'check_in'"); len(got) != 1 || got[0] != "level=crisis source_kind=check_in " {
			t.Fatalf("signals: %v", got)
		}
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case"); n != 1 {
			t.Errorf("%d cases of one person", n)
		}
	})
}

func TestSayingThatItGoesBadlyLeadsToTheCard(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.onDuty("moderator")
		h.say("writer", "Tak for i nat.")
		h.agree(time.Hour)
		page := h.people["writer"].Get("/me/check-in")
		for range 2 { // pressed twice
			want(t, page.Submit("/me/check-in/answer", "word", "hard"), http.StatusSeeOther, "/care")
		}
		if card := h.people["writer"].Get("/care"); !strings.Contains(card.Find(".crisis a").First().Text(), "112") {
			t.Errorf("the card: %s", card.Text("main"))
		}
		if got := h.Rows(t, "SELECT source_kind FROM case_signal"); len(got) != 1 || got[0] != "source_kind=button " {
			t.Errorf("signals: %v", got)
		}
		h.look(5 * time.Hour)
		if n := h.Int(t, "SELECT COUNT(*) FROM case_signal"); n != 1 {
			t.Errorf("%d signals of somebody who was heard of", n)
		}
	})
}

func TestAMemberAsksToBeLookedFor(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		day, at := h.wall(20 * time.Hour)
		form := h.people["writer"].Get("/me/check-in")
		if page := form.Submit("/me/check-in", "day", "", "at", at); page.Status != http.StatusUnprocessableEntity || !page.Has("Vælg en dag") {
			t.Errorf("without a day: %d %s", page.Status, page.Text("main"))
		}
		want(t, form.Submit("/me/check-in", "day", day, "at", at, "days", "3"), http.StatusSeeOther, "/me/check-in")
		if page := h.people["writer"].Get("/me/check-in"); !page.Has("Efter vagtplanen er der ingen på vagt") || !page.Has("2 dage mere") {
			t.Errorf("what is promised: %s", page.Text("main"))
		}
		want(t, form.Submit("/me/check-in", "day", day, "at", at), http.StatusSeeOther, "/me/check-in") // another waits already
		if n := h.Int(t, "SELECT COUNT(*) FROM check_in"); n != 1 {
			t.Errorf("%d check-ins, want 1", n)
		}
		want(t, h.people["writer"].Get("/me/check-in").Submit("/me/check-in/end"), http.StatusSeeOther, "/me/check-in")
		h.look(30 * time.Hour)
		if n := h.Int(t, "SELECT COUNT(*) FROM crisis_case"); n != 0 {
			t.Errorf("%d cases of an agreement that ended", n)
		}
	})
}

func TestCheckInsAreTheirSpacesOnly(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		elsewhere := h.front.room(func(s *space.Space) { s.Name = "Natlampen" })
		other, _ := h.moderator(elsewhere, "Fløjte")
		h.say("writer", "Tak for i nat.")
		h.agree(3 * time.Hour)
		path := "/mod/check-ins/" + h.Text(t, "SELECT id FROM check_in")
		if page := h.people["moderator"].Get(path); page.Status != http.StatusOK || !page.Has("Bare et ord.") {
			t.Errorf("its staff: %d %s", page.Status, page.Text("main"))
		}
		want(t, other.Get(path), http.StatusNotFound, "")
		want(t, other.Post(path+"/end"), http.StatusNotFound, "")
		want(t, h.people["reader"].Get(path), http.StatusNotFound, "")
		if page := h.people["moderator"].Get("/mod/threads/" + h.Text(t, "SELECT id FROM thread") + "/check-in"); page.Find("textarea").Length() != 0 || !page.Has("Aftalt") {
			t.Errorf("while one waits: %s", page.Text("main"))
		}
		taken := h.people["moderator"].Post("/mod/threads/"+h.Text(t, "SELECT id FROM thread")+"/check-in", "day", "2026-11-30", "at", "10:00", "days", "1", "grace", "60", "note", "Igen")
		if taken.Status != http.StatusConflict && taken.Status != http.StatusUnprocessableEntity {
			t.Errorf("another at the same time: %d", taken.Status)
		}
		want(t, h.people["moderator"].Get(path).Submit(path+"/end"), http.StatusSeeOther, path)
		if n := h.noticesOf("writer", "check_in_ended"); n != 1 {
			t.Errorf("the writer has %d notices of its end", n)
		}
	})
}
