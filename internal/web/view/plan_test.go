package view_test

import (
	"samhold/internal/fault"
	"samhold/internal/plan"
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
	return []view.Page{
		&view.PlanPage{Base: base, Parts: plan.Parts, Emergency: line, Plan: plan.Plan{Parts: parts, Version: 1, UpdatedAt: exampleNow}},
		&view.PlanPage{Base: base, Parts: plan.Parts, Emergency: line, Plan: plan.Plan{Parts: parts, Version: 1, UpdatedAt: exampleNow}, SharedAt: exampleNow},
		&view.PlanPage{Base: base, Parts: plan.Parts, Emergency: line},
		&view.CasePlanPage{
			Base: view.Base{Kind: "plan.kind_case", Signed: true, OnDuty: true, Section: "mod"}, CaseID: "a", Parts: plan.Parts, Plan: plan.Plan{Parts: parts, Version: 1, UpdatedAt: exampleNow},
		},
		&view.PlanFormPage{Base: base, Parts: plan.Parts, Form: view.Form{Values: parts, Faults: faults}, Kept: true, Changed: true},
	}
}
