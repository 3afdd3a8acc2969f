package view_test

import (
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func lineExamples() []view.Page {
	base := view.Base{Kind: "lines.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	nav := view.DeskNav{Lines: true, At: "lines"}
	lines := exampleLines()
	confirmed := lines[len(lines)-1]
	soon := exampleNow.AddDate(0, 1, 0)
	shown := directory.Entry{ID: "l", Facts: "{}", Version: 2, ProposedFor: &soon}
	retired := confirmed
	retired.Retired = true
	sheets := []directory.Sheet{
		{Line: lines[0], Entry: shown},
		{Line: confirmed, Entry: shown, Verifier: "Mette", Confirmer: "Jonas", Stale: true},
		{Line: lines[1], Entry: shown, Stale: true},
		{Line: retired, Entry: shown},
		{Entry: directory.Entry{ID: "n", Version: 1, ProposedFor: &soon}, Proposal: &confirmed.Facts, Proposer: "Mette", MayAgree: true},
		{Entry: directory.Entry{ID: "d", Version: 2}},
	}
	page := func(sheet *directory.Sheet) *view.LinePage {
		return &view.LinePage{
			Base: base, Nav: nav, Sheet: sheet, Needs: directory.Needs, Concerns: directory.Categories, Audiences: directory.Audiences,
			Ways: directory.Ways, Now: exampleNow, Proposed: confirmed,
		}
	}
	wrong := page(nil)
	wrong.Changed = true
	wrong.Form = view.Form{Values: map[string]string{"name": "x", "call_none": "1", "for_suicide": "1", "to_young": "1"}}
	for name, key := range map[string]string{
		"name": "name_missing", "purpose": "purpose_missing", "need": "need_missing", "call": "bad_call", "sms": "bad_sms", "chat": "bad_chat",
		"call_hours": "hours_unreadable", "source": "source_missing", "expires_on": "expires_when",
	} {
		wrong.Form.Faults = append(wrong.Form.Faults, fault.Field{Name: name, Key: "resource." + key})
	}
	proposed := sheets[1]
	proposed.Proposal, proposed.Proposer = &retired.Facts, "Jonas"
	proposed.Pasts = []directory.Former{{Past: directory.Past{CreatedAt: night}, Facts: confirmed.Facts, Verifier: "Mette", Confirmer: "Jonas"}}
	kept := page(&proposed)
	kept.Form = view.Form{Values: map[string]string{"retired": "1"}, Faults: []fault.Field{{Name: "retired", Key: "resource.emergency_stays"}}}
	return []view.Page{
		&view.LinesPage{Base: base, Nav: nav, Sheets: sheets, Now: exampleNow}, wrong, kept, page(&sheets[4]), page(&sheets[0]),
	}
}
