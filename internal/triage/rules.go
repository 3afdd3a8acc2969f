package triage

import "slices"

// Rule is what staff may read about a rule or a softener.
type Rule struct {
	ID       string
	Level    Level // Green for one that lowers
	Category Category
	Words    Both // what it means
	Note     Both // why it exists
	Source   string
	Example  string // a text that it finds
	Counter  string // a text that it does not find
}

// Version names the rules and the model in force.
func (a *Assessor) Version() string {
	if a.model == nil {
		return a.rules.version
	}
	return a.rules.version + "+" + modelVersion
}

// Rules lists the rules in force, those that raise before those that lower.
func (a *Assessor) Rules() []Rule {
	var out []Rule
	for i := range a.rules.rules {
		r := &a.rules.rules[i]
		out = append(out, Rule{r.ID, r.level, r.Category, Both{r.DA, r.EN}, r.Note, r.Source, r.Example, r.Counter})
	}
	for i := range a.rules.softeners {
		s := &a.rules.softeners[i]
		out = append(out, Rule{ID: s.ID, Words: Both{s.DA, s.EN}, Note: s.Note, Source: s.Source, Example: s.Example, Counter: s.Counter})
	}
	return out
}

// Matches lists the rules and softeners whose words and conditions are in a
// text, whatever lowers them there.
func (a *Assessor) Matches(text string) []string {
	r := a.rules.read(text)
	var out []string
	for _, h := range r.hits {
		if f, ok := r.weigh(h); ok {
			out = append(out, f.rule.ID)
		}
	}
	for _, h := range slices.Concat(append(r.lowering, r.whole)...) {
		out = append(out, a.rules.softeners[h.owner.index].ID)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
