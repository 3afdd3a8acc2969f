package view

import (
	"time"

	"samhold/internal/crisis"
)

// RulesPage is what triage looks for and how it has done. It holds no text that a member wrote.
type RulesPage struct {
	Base
	Nav    DeskNav
	Book   crisis.Rulebook
	Raises []crisis.LevelCount // what would be higher since the rules changed, and waits for a person
}

// Template implements Page.
func (*RulesPage) Template() string { return "moderation/rules" }

// Quiet are the rules that have fired before and have been silent lately.
func (p *RulesPage) Quiet() []crisis.RuleUse {
	var quiet []crisis.RuleUse
	for _, r := range p.Book.Rules {
		if r.Quiet {
			quiet = append(quiet, r)
		}
	}
	return quiet
}

// Judged reports whether a human has judged anything yet.
func (p *RulesPage) Judged() bool { return len(p.Book.Months) > 0 }

// RaisesPage is what the rules would raise since they changed. It holds no text that a member wrote.
type RaisesPage struct {
	Base
	Nav    DeskNav
	Raises crisis.Raises
	Now    time.Time
}

// Template implements Page.
func (*RaisesPage) Template() string { return "moderation/raises" }
