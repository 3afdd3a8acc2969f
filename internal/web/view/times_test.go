package view_test

import (
	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func timesExamples() []view.Page {
	base := view.Base{Kind: "times.kind", Signed: true, Wide: true, Section: "mod"}
	nav := view.DeskNav{Desk: true, Times: true, At: "times"}
	var levels []crisis.LevelTimes
	for _, level := range []string{"crisis", "red", "amber"} {
		levels = append(levels, crisis.LevelTimes{Level: level, Times: crisis.DefaultTimes[level], Own: level == "crisis", Shared: level == "red"})
	}
	slow := crisis.DefaultTimes["crisis"].Value()
	slow.Rung, slow.Goal = 20, 20
	who := "a"
	set := crisis.Settings{
		Place: "s", Name: "Bordet", May: true, Spaces: []crisis.Named{{ID: "s", Name: "Bordet"}}, Times: levels, Own: true,
		Ladder: crisis.Ladder{Turns: 2, Rungs: []crisis.Rung{{Roles: []account.Role{account.Moderator}, OnDuty: true}, {People: []string{"a", "b"}}}},
		Empty:  []bool{false, true}, People: []crisis.Named{{ID: "a", Name: "Mette"}}, Names: map[string]string{"a": "Mette"},
		History: []crisis.Version{
			{Setting: crisis.Setting{Kind: "crisis", Value: "{}", Reason: "Vi er kun tre", SetBy: &who, SetAt: night}, Name: "Mette", Times: &slow, Before: crisis.DefaultTimes["crisis"].Value()},
			{Setting: crisis.Setting{Kind: crisis.LadderKind, Value: "{}", SetAt: night}, Ladder: &crisis.LadderValue{Turns: 1, Rungs: []crisis.RungValue{{Roles: []account.Role{account.DutyLead}}}}},
			{Setting: crisis.Setting{Kind: "red", SetAt: night}, Name: "Mette"},
		},
	}
	form := view.Form{Values: map[string]string{"goal": "90", "follow_ups": "4, 24"}, Faults: []fault.Field{
		{Name: "goal", Key: "times.bound", Args: map[string]any{"Least": 1, "Most": 60}},
		{Name: "follow_ups", Key: "times.follow_ups_wrong", Args: map[string]any{"Most": 6}},
		{Name: "reason", Key: "times.reason_missing"},
	}}
	rungs := view.Form{Values: map[string]string{"rung1_moderator": "yes", "rung1_a": "yes", "turns": "9"}, Faults: []fault.Field{
		{Name: "rung1", Key: "times.rung_empty"}, {Name: "rung2", Key: "times.rung_nobody"}, {Name: "turns", Key: "times.turns_wrong", Args: map[string]any{"Max": 5}},
	}}
	return []view.Page{
		&view.TimesPage{Base: base, Nav: nav, Settings: set, Now: night},
		&view.TimesPage{Base: base, Nav: nav, Settings: crisis.Settings{Times: levels}, Now: night},
		&view.TimesFormPage{Base: base, Nav: nav, What: "crisis", Settings: set, Bounds: crisis.Bounds("crisis"), Form: form},
		&view.TimesFormPage{Base: base, Nav: nav, What: "red", Settings: crisis.Settings{Times: levels}, Bounds: crisis.Bounds("red"), Form: form},
		&view.TimesFormPage{Base: base, Nav: nav, What: crisis.LadderKind, Settings: set, Roles: account.RolesWith(account.WorkCases), Form: rungs},
	}
}
