package view_test

import (
	"time"

	"samhold/internal/care"
	"samhold/internal/figure"
	"samhold/internal/web/view"
)

func careExamples() []view.Page {
	base := view.Base{Kind: "upkeep.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	refusal := care.Refusal{Kind: "category", Code: "suicide"}
	month := figure.Load{Name: "Mette", Cases: 4, Crises: 2, Hours: 31 * time.Hour, Nights: 3}
	return []view.Page{
		&view.CarePage{
			Base: base, Nav: view.DeskNav{Care: true, At: "care"}, Asked: []care.Debrief{{ID: "d", AskedAt: night}}, Refusals: []care.Refusal{refusal},
			Month: month, Leads: true, Categories: care.Categories, Subjects: care.Subjects,
		},
		&view.CareTeamPage{
			Base: base, Wanted: []care.Wanted{{ID: "d", Name: "Mette", Since: night.Add(-30 * time.Hour)}},
			Team:  []care.Colleague{{Name: "Jonas", Refusals: []care.Refusal{refusal, {Kind: "subject", Code: "child"}}}},
			Loads: []figure.Load{month}, Now: night,
		},
		&view.CareTeamPage{Base: base, Now: night},
	}
}
