package view

import "samhold/internal/crisis"

// RulesPage is what triage looks for and how it has done. It holds no text that a member wrote.
type RulesPage struct {
	Base
	Nav  DeskNav
	Book crisis.Rulebook
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
