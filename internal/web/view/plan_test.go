package view_test

import (
	"samhold/internal/fault"
	"samhold/internal/plan"
	"samhold/internal/support"
	"samhold/internal/web/view"
)

func planExamples() []view.Page {
	base := view.Base{Kind: "plan.kind", Signed: true, Section: "me"}
	var faults []fault.Field
	parts := map[string]string{}
	for _, part := range plan.Parts {
		parts[part] = "Jeg går en tur.\nSå ringer jeg."
		faults = append(faults, fault.Field{Name: part, Key: "plan.long", Args: map[string]any{"Max": plan.MaxPart}})
	}
	parts[plan.Safe] = ""
	line := exampleLines()[0]
	staff := view.Base{Kind: "support.kind", Signed: true, OnDuty: true, Section: "mod"}
	support1 := exampleSupport(support.Proposed, true)
	words := view.Form{Values: map[string]string{"support_before": "x", "support_day": "2026-12-01"}, Faults: []fault.Field{
		{Name: "support_before", Key: "plan.empty"}, {Name: "support_day", Key: "support.day_wrong"},
	}}
	return []view.Page{
		&view.SupportPage{Base: base},
		&view.SupportPage{Base: base, Plan: support1},
		&view.SupportPage{Base: base, Plan: exampleSupport(support.Proposed, false)},
		&view.SupportPage{Base: base, Plan: exampleSupport(support.Agreed, true)},
		&view.SupportPage{Base: base, Plan: exampleSupport(support.Declined, true)},
		&view.SupportFormPage{Base: base, Version: 2, Form: words, Kept: true, Changed: true},
		&view.CaseSupportPage{Base: staff, File: support.File{CaseID: "a"}, Form: words, Kept: true, Changed: true},
		&view.CaseSupportPage{Base: staff, File: support.File{CaseID: "a", Declined: true}},
		&view.CaseSupportPage{Base: staff, File: support.File{CaseID: "a", Open: support1}, Version: 2},
		&view.CaseSupportPage{Base: staff, File: support.File{CaseID: "a", Open: exampleSupport(support.Proposed, false)}, Version: 2},
		&view.PlanPage{Base: base, Parts: plan.Parts, Emergency: line, Plan: plan.Plan{Parts: parts, Version: 1, UpdatedAt: exampleNow}},
		&view.PlanPage{Base: base, Parts: plan.Parts, Emergency: line, Plan: plan.Plan{Parts: parts, Version: 1, UpdatedAt: exampleNow}, SharedAt: exampleNow},
		&view.PlanPage{Base: base, Parts: plan.Parts, Emergency: line},
		&view.CasePlanPage{
			Base: view.Base{Kind: "plan.kind_case", Signed: true, OnDuty: true, Section: "mod"}, CaseID: "a", Parts: plan.Parts, Plan: plan.Plan{Parts: parts, Version: 1, UpdatedAt: exampleNow},
		},
		&view.PlanFormPage{Base: base, Parts: plan.Parts, Form: view.Form{Values: parts, Faults: faults}, Kept: true, Changed: true},
	}
}

// exampleSupport is a support plan in its second version, with one that holds before it.
func exampleSupport(state support.State, byTeam bool) *support.Open {
	caseID := "a"
	words := support.Words{Before: "Jeg sover ikke.", Helps: "At nogen skriver.", Agreed: "Jeg skriver, før det bliver nat."}
	return &support.Open{
		Plan: support.Plan{
			ID: "p", CaseID: &caseID, State: state, Version: 2, AgreedVersion: 1, AgreedAt: &exampleNow, ReviewOn: &exampleNow, BegunAt: exampleNow, ChangedAt: exampleNow,
		},
		Newest: support.Version{Words: words, Number: 2, Staff: byTeam, Name: "Mette", At: exampleNow},
		Past:   []support.Version{{Words: words, Number: 1, Staff: !byTeam, Name: "Mette", At: exampleNow}},
	}
}
