package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestRulesSayHowTheyDid: a moderator reads the rules with what fired and was corrected where they moderate, and the
// file holds neither words nor ids.
func TestRulesSayHowTheyDid(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		const sad = "Droslen tier. Jeg tænker på selvmord hver dag."
		post := h.write("writer", "Et tungt emne", sad)
		m := h.people["moderator"]
		if page := m.Get("/mod/rules"); page.Status != http.StatusOK || !page.Has("slog til 1 gang") || !page.Has("Ingen har rettet et niveau endnu") {
			t.Fatalf("before a correction: %d", page.Status)
		}
		path := "/mod/queue/posts/" + post
		opened := m.Get(path).Submit(path + "/open")
		want(t, opened.Submit(path+"/level", "level", "amber", "correction", "past"), http.StatusSeeOther, path)
		page := m.Get("/mod/rules")
		if !page.Has("rettet: 0 samme, 1 for højt, 0 for lavt") || page.Has("Droslen") || page.Has(post) {
			t.Error("the correction is not counted, or a text is shown")
		}
		file := m.Get("/mod/rules/corrections")
		for _, secret := range []string{"Droslen", "selvmord hver", post, h.ids["writer"], h.ids["moderator"], h.room.ID} {
			if strings.Contains(file.Body, secret) {
				t.Errorf("the file holds %q", secret)
			}
		}
		var line struct {
			Month, Level, Found string
			Rules               []string
		}
		if err := json.Unmarshal([]byte(file.Body), &line); err != nil || line.Level != "red" || line.Found != "amber" || len(line.Month) != len("2026-11") || len(line.Rules) == 0 {
			t.Errorf("%q: %+v, %v", file.Body, line, err)
		}
		h.Exec(t, "UPDATE staff_grant SET space_id = NULL, role = 'moderator' WHERE account_id = ?", h.ids["facilitator"])
		h.Exec(t, "UPDATE assessment SET space_id = NULL")
		if page := m.Get("/mod/rules"); page.Has("slog til 1 gang") {
			t.Error("a moderator of one room is told of what was written elsewhere")
		}
		if page := h.people["facilitator"].Get("/mod/rules"); !page.Has("slog til 1 gang") {
			t.Error("a moderator of every room is not told of what was written outside of them")
		}
	})
}

// TestTriageIsToldWhatIsKnown: the writer's earlier texts and age stand among the reasons.
func TestTriageIsToldWhatIsKnown(t *testing.T) {
	eachHouse(t, func(t *testing.T, h *house) {
		h.Exec(t, "UPDATE account SET birth_year = ? WHERE id = ?", h.Clock.Now().Year()-16, h.ids["writer"])
		h.write("writer", "Det ene", "Jeg tænker på selvmord hver dag.")
		post := h.write("writer", "Det andet", "Jeg vil ikke leve mere.")
		reasons := h.Text(t, "SELECT reasons FROM assessment WHERE source_kind = 'post' AND source_id = ?", post)
		for _, known := range []string{"kontekst.ung", "kontekst.tidligere"} {
			if !strings.Contains(reasons, known) {
				t.Errorf("%s is not among %s", known, reasons)
			}
		}
		other := h.write("reader", "Det tredje", "Jeg vil ikke leve mere.")
		if reasons := h.Text(t, "SELECT reasons FROM assessment WHERE source_id = ?", other); strings.Contains(reasons, "kontekst.tidligere") {
			t.Errorf("another writer's texts weigh: %s", reasons)
		}
		h.Exec(t, "UPDATE post SET visibility = 'visible', held_reason = '', shown_at = created_at")
		h.Exec(t, "UPDATE topic SET visibility = 'visible'")
		answer := h.reply("reader", post, "Jeg vil heller ikke leve mere.")
		if reasons := h.Text(t, "SELECT reasons FROM assessment WHERE source_id = ?", answer); !strings.Contains(reasons, "kontekst.svar") {
			t.Errorf("whom it answers is not among %s", reasons)
		}
		quoted := h.reply("reader", post, "> Jeg vil ikke leve mere.\n\nTak, fordi du skrev det.")
		if got := h.Text(t, "SELECT level || reasons FROM assessment WHERE source_id = ?", quoted); !strings.Contains(got, "gengivet") || !strings.HasPrefix(got, "amber") {
			t.Errorf("a quote is read as the writer's own: %s", got)
		}
		own := h.reply("writer", post, "Jeg vil stadig ikke leve mere.")
		if reasons := h.Text(t, "SELECT reasons FROM assessment WHERE source_id = ?", own); strings.Contains(reasons, "kontekst.svar") {
			t.Errorf("an answer to oneself is taken for one to another: %s", reasons)
		}
	})
}
