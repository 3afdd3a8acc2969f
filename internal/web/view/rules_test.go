package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/triage"
	"samhold/internal/web/view"
)

// toldExample is why a text was put in front, with a word that a browser must not read as markup.
var toldExample = triage.Told{
	Raised:  []triage.Because{{Words: "taler om i aften", Found: []string{"i <aften"}}, {Words: "det er skrevet om natten"}},
	Lowered: []triage.Because{{Words: "handler om en film", Found: []string{"filmen"}}},
	Pieces:  []triage.Piece{{Text: "I filmen, "}, {Text: "i <aften", Hit: true}},
}

// rulesExamples are the rulebook with and without anything counted.
func rulesExamples() []view.Page {
	base := view.Base{Kind: "rules.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	raises := triage.Rule{
		ID: "selvmord.tanke", Level: triage.Red, Category: triage.Suicide, Source: "C-SSRS",
		Example: "Jeg tænker på selvmord.", Counter: "Jeg tænker på sommer.",
	}
	lowers := triage.Rule{ID: "fiktion", Source: "CLPsych", Example: "I filmen dør hun.", Counter: "Jeg dør."}
	book := crisis.Rulebook{
		Version: "2026-11-22.3+model-5", Since: exampleNow, Given: 12, Unseen: 2, Levels: []string{"green", "amber", "red", "crisis"},
		Rules: []crisis.RuleUse{
			{Rule: raises, Words: "taler om ikke at ville leve", Why: "Et ønske om at dø.", Fired: 9, Kept: 3, Lowered: 2, Raised: 1},
			{Rule: lowers, Words: "handler om en film", Fired: 4, Quiet: true},
		},
		Confusion: [][]int{{0, 1, 0, 0}, {2, 3, 1, 0}, {0, 2, 3, 1}, {0, 0, 0, 4}},
		Months:    []crisis.Judgements{{Month: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), Same: 3, Lower: 2, Higher: 1}},
	}
	return []view.Page{
		&view.RulesPage{Base: base, Nav: view.DeskNav{Desk: true, Rules: true, At: "rules"}, Book: book},
		&view.RulesPage{Base: base, Book: book, Raises: []crisis.LevelCount{{Level: "crisis", N: 1}, {Level: "amber", N: 3}}},
		&view.RaisesPage{Base: base, Now: exampleNow, Raises: crisis.Raises{Reassessment: crisis.Reassessment{RulesVersion: "2", Looked: 7, DoneAt: &exampleNow}}},
		&view.RaisesPage{Base: base, Nav: view.DeskNav{Desk: true, Rules: true, At: "rules"}, Now: exampleNow, Raises: crisis.Raises{
			Reassessment: crisis.Reassessment{ID: "r1", RulesVersion: "2026-11-22.3+model-5", Looked: 900},
			Counts:       []crisis.LevelCount{{Level: "crisis", N: 1}, {Level: "amber", N: 60}},
			Shown: []crisis.WaitingRaise{
				{PostID: "p1", Alias: "Ravnen <b>", SpaceName: "Åen", Was: "green", Level: "crisis", Category: "suicide", At: exampleNow, Words: []string{"taler om i aften"}},
				{PostID: "p2", Alias: "Musvit", SpaceName: "Åen", Was: "green", Level: "amber", At: exampleNow},
			},
		}},
		&view.RulesPage{Base: base, Book: crisis.Rulebook{Version: "1", Since: exampleNow, Rules: []crisis.RuleUse{{Rule: raises, Words: "taler"}}}},
	}
}
