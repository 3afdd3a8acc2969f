package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
)

// A shift is planned every week, moved once, offered to a colleague, and taken by them, all with plain forms.
func TestAShiftChangesHands(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead, mine, other := h.people["duty_lead"], h.people["moderator"], h.people["colleague"]
		day := h.Clock.Now().AddDate(0, 0, 2).Format(time.DateOnly)
		want(t, lead.Get("/mod/rota").Submit("/mod/rota", "account", h.ids["moderator"], "space", h.room.ID, "day", day,
			"starts", "22:00", "ends", "08:00", "weeks", "2", "last", h.Clock.Now().AddDate(0, 0, 20).Format(time.DateOnly)), http.StatusSeeOther, "/mod/rota")
		if n := h.Int(t, "SELECT COUNT(*) FROM shift"); n != 2 {
			t.Fatalf("%d shifts, want 2", n)
		}
		shift := "/mod/rota/" + h.Text(t, "SELECT id FROM shift ORDER BY starts_at LIMIT 1")
		want(t, lead.Get(shift).Submit(shift, "ends", "06:00"), http.StatusSeeOther, "/mod/rota")
		if other.Get(shift).Find("form[action$=offer]").Length() != 0 || mine.Get(shift).Find("form[action$=remove]").Length() != 0 {
			t.Error("somebody is offered what they may not do")
		}
		want(t, mine.Get(shift).Submit(shift+"/offer", "to", ""), http.StatusSeeOther, "/mod/rota")
		swap := "/mod/rota/swaps/" + h.Text(t, "SELECT id FROM shift_swap") + "/accept"
		if n := h.Int(t, "SELECT COUNT(*) FROM shift WHERE account_id = ?", h.ids["moderator"]); n != 2 {
			t.Error("an offer alone took the shift away")
		}
		if mine.Get("/mod/rota").Find("form[action='"+swap+"']").Length() != 0 {
			t.Error("one can accept one's own offer")
		}
		want(t, other.Get("/mod/rota").Submit(swap), http.StatusSeeOther, "/mod/rota")
		if n := h.Int(t, "SELECT COUNT(*) FROM shift WHERE account_id = ?", h.ids["colleague"]); n != 1 {
			t.Error("the colleague does not have the shift")
		}
		want(t, lead.Get(shift).Submit(shift+"/remove"), http.StatusSeeOther, "/mod/rota")
	})
}

func TestAnAbsenceLeavesAVacancy(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead, mine, other := h.people["duty_lead"], h.people["moderator"], h.people["colleague"]
		day := h.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly)
		want(t, lead.Get("/mod/rota").Submit("/mod/rota", "account", h.ids["moderator"], "space", h.room.ID, "day", day, "starts", "12:00", "ends", "20:00"),
			http.StatusSeeOther, "/mod/rota")
		bad := mine.Get("/mod/rota").Submit("/mod/away", "away_from", day, "away_to", "2020-01-01")
		if bad.Status != http.StatusUnprocessableEntity || bad.Find("#away_to-error").Length() != 1 {
			t.Errorf("an absence that ends before it begins: %d", bad.Status)
		}
		want(t, mine.Get("/mod/rota").Submit("/mod/away", "away_from", day, "away_to", day), http.StatusSeeOther, "/mod/rota")
		if page := lead.Get("/mod"); !page.Has("Der mangler vagt") || page.Find(".notice.careful a[href='/mod/rota']").Length() != 1 {
			t.Errorf("the workbench says nothing of the gap: %s", page.Text("main"))
		}
		take := "/mod/rota/vacant/" + h.Text(t, "SELECT id FROM shift_vacancy") + "/take"
		if got := mine.Get("/mod/rota").Submit(take); got.Status != http.StatusUnprocessableEntity {
			t.Errorf("whoever is away takes it: %d", got.Status)
		}
		want(t, other.Get("/mod/rota").Submit(take), http.StatusSeeOther, "/mod/rota")
		if h.Text(t, "SELECT account_id FROM shift") != h.ids["colleague"] {
			t.Error("the colleague does not have the shift")
		}
		back := "/mod/away/" + h.Text(t, "SELECT id FROM staff_absence") + "/end"
		if got := other.Get("/mod/rota"); got.Find("form[action='"+back+"']").Length() != 0 {
			t.Error("a colleague reads who is away")
		}
		want(t, mine.Get("/mod/rota").Submit(back), http.StatusSeeOther, "/mod/rota")
		if h.Text(t, "SELECT account_id FROM shift") != h.ids["colleague"] {
			t.Error("what a colleague took was taken from them")
		}
	})
}

// Whoever is on duty soon and has no way to be called stands there by name, for the team to see.
func TestTheTeamSeesWhomNothingCalls(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		lead := h.people["duty_lead"]
		seen := func() [2]bool {
			return [2]bool{strings.Contains(lead.Get("/mod/rota").Text("#unreached"), "moderator"), strings.Contains(lead.Get("/mod").Text("main"), "kan ikke nås udefra: moderator")}
		}
		if got := seen(); got != [2]bool{} {
			t.Errorf("without a shift: rota %t, workbench %t", got[0], got[1])
		}
		h.shiftOf("moderator", h.Clock.Now().Add(20*time.Hour))
		if got := seen(); got != [2]bool{true, true} {
			t.Errorf("on duty tomorrow: rota %t, workbench %t", got[0], got[1])
		}
		now := h.Clock.Now()
		h.Exec(t, "INSERT INTO call_way (id, account_id, kind, position, address_sealed, key_id, code_tries, confirmed_at, test_state, created_at) VALUES ('w', ?, 'push', 0, ?, (SELECT id FROM data_key WHERE kind = 'house'), 0, ?, '', ?)",
			h.ids["moderator"], []byte("x"), now, now)
		if got := seen(); got != [2]bool{} {
			t.Errorf("with a browser: rota %t, workbench %t", got[0], got[1])
		}
		h.Exec(t, "DELETE FROM call_way")
		h.Clock.Advance(-9 * time.Hour)
		if got := seen(); got != [2]bool{} {
			t.Errorf("on duty in more than a day: rota %t, workbench %t", got[0], got[1])
		}
	})
}

// Whoever plans is told how many have promised no confidentiality, and nobody else is.
func TestWhoeverPlansSeesThatADeclarationIsMissing(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		const missing = "har ingen tavshedserklæring"
		if page := h.people["duty_lead"].Get("/mod/rota"); !page.Has(missing) || page.Find("main p a[href='/admin/staff']").Length() != 2 {
			t.Errorf("the lead reads %s", page.Text("main"))
		}
		if page := h.people["moderator"].Get("/mod/rota"); page.Has(missing) {
			t.Error("a moderator reads what is between whoever plans and each of the team")
		}
		boss := account.Actor{Account: h.ids["admin"], At: h.Clock.Now(), ProvenAt: h.Clock.Now(), Grants: []account.Grant{{Role: account.Admin}}}
		team, err := h.app.Area.Admin.Team(t.Context(), boss)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range team.People {
			by := boss
			if m.ID == boss.Account { // nobody writes down their own
				by = account.Actor{Account: h.ids["duty_lead"], At: boss.At, ProvenAt: boss.At, Grants: []account.Grant{{Role: account.Admin}}}
			}
			if err := h.app.Area.Admin.Declare(t.Context(), by, m.ID, h.Clock.Now(), "2026-1"); err != nil {
				t.Fatal(err)
			}
		}
		if page := h.people["duty_lead"].Get("/mod/rota"); page.Has(missing) {
			t.Error("all have declared it, and the page says that somebody has not")
		}
	})
}
