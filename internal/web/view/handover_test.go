package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func handoverExamples() []view.Page {
	base := view.Base{Kind: "handover.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	nav := view.DeskNav{Desk: true, Handover: true, At: "handover"}
	mine := func(id string) crisis.Handing {
		return crisis.Handing{
			Case: crisis.Case{ID: id, Level: "red", Category: "relapse", State: crisis.InContact, OpenedAt: night, DueAt: night, Version: 3},
			Next: "Jonas", NextFrom: night, Colleagues: []string{"Jonas", "Mette"},
		}
	}
	alone, later := mine("b"), mine("e")
	alone.Next, alone.Colleagues, later.NextFrom = "", nil, night.Add(time.Hour)
	handover := crisis.Handover{Due: true, Mine: []crisis.Handing{mine("a"), alone, mine("c"), later}, ToReceive: []crisis.Row{
		{Case: crisis.Case{ID: "d", Level: "crisis", State: crisis.HandedOver, OpenedAt: night, DueAt: night}, SpaceNames: []string{"Bordet"}},
	}}
	return []view.Page{
		&view.HandoverPage{Base: base, Nav: nav, Handover: handover, Now: night, At: "a", Form: view.Form{
			Values: map[string]string{"note": "Ring igen", "to": "Mette"},
			Faults: []fault.Field{{Name: "note", Key: "handover.note_missing"}, {Name: "to", Key: "crisis.to_missing"}},
		}},
		&view.HandoverPage{Base: base, Nav: nav, Handover: handover, Now: night, Changed: true},
		&view.HandoverPage{Base: base, Nav: nav, Now: night},
	}
}
