package triage

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// Input is a text and what is known about where it was written.
type Input struct {
	Text  string
	Lang  string // "da", "en" or ""
	Space string // the audience of the space: relatives, young, aftercare or ""
	Context
}

// Reason is one rule that spoke, and the words that made it speak.
type Reason struct {
	Rule       string // "model" where no rule but the model spoke
	Start, End int    // bytes in the original text
	Raises     bool   // false when it lowered
	Level      Level  // what it asks for by itself
}

// Assessment says how soon a human should read a text, and why. Reasons are for
// staff only. Reasons stand in the order of their weight.
type Assessment struct {
	Level        Level
	Category     Category
	Subject      Subject
	Marks        []Mark
	Reasons      []Reason
	RulesVersion string
}

// Assessor applies one version of the rules, and the model on top of them. It is
// safe for concurrent use.
type Assessor struct {
	rules *ruleset
	model *Model // nil when only the rules are asked
}

// New reads the embedded rule files and weights. An error names file, line and reason.
func New() (*Assessor, error) {
	a, err := NewWithoutModel()
	if err != nil {
		return nil, err
	}
	if a.model, err = ReadModel(weights); err != nil {
		return nil, fmt.Errorf("model/weights.bin: %w", err)
	}
	return a, nil
}

// NewWithoutModel is New with the rules alone.
func NewWithoutModel() (*Assessor, error) {
	rules, err := embeddedRules()
	if err != nil {
		return nil, err
	}
	return &Assessor{rules: rules}, nil
}

// embeddedRules are the rules of this binary, read once: nothing changes them.
var embeddedRules = sync.OnceValues(func() (*ruleset, error) { return loadRules(embedded) })

// With gives the same rules with another model on top.
func (a *Assessor) With(m *Model) *Assessor { return &Assessor{rules: a.rules, model: m} }

// Knowing gives the same rules without a model, with other known words for mending slips.
func (a *Assessor) Knowing(words []string) *Assessor {
	rules := *a.rules
	rules.spell = newSpeller(words, slices.Sorted(maps.Keys(rules.lex.whole)))
	return &Assessor{rules: &rules}
}

// Assess reads one text. The work grows linearly with its length.
func (a *Assessor) Assess(in Input) Assessment {
	r, around := a.rules.readOwn(in.Text, in.Answered), in.circumstances()
	tip := weigh(around)
	out := r.assess(tip)
	out.RulesVersion = a.Version()
	if a.model != nil {
		a.model.weigh(&out, r, tip)
	}
	out.show(around)
	return out
}

// Points that a rule of each level brings, and what a text needs for it. The
// distance between the two is what a softener has to overcome.
var (
	points = [...]float64{Green: 0, Amber: 3, Red: 6, Crisis: 10}
	needed = [...]float64{Green: 0, Amber: 2, Red: 4, Crisis: 7}
)

// pointsOfHint are too few for any level.
const pointsOfHint = 1.5

func levelOf(points float64) Level {
	for l := Crisis; l > Green; l-- {
		if points >= needed[l] {
			return l
		}
	}
	return Green
}

// finding is a rule hit with everything that weighed on it.
type finding struct {
	rule     *rule
	hit      hit
	points   float64
	subject  Subject
	category Category
	lowered  []Reason
}

func (r *reading) assess(tip float64) Assessment {
	found := append(slices.Clone(r.findings()), r.told...)
	out := Assessment{Subject: Unknown}
	if len(found) == 0 {
		return out
	}
	slices.SortStableFunc(found, func(a, b finding) int {
		return cmp.Or(
			cmp.Compare(b.points, a.points),
			cmp.Compare(slices.Index(categories, a.category), slices.Index(categories, b.category)),
		)
	})
	out.Level = levelOf(found[0].points + tip*pointsForWeight)
	if out.Level > Green {
		out.Category = found[0].category
	}
	out.Subject = found[0].subject
	spoke := map[string]bool{}
	for _, f := range found {
		if spoke[f.rule.ID] {
			continue // once in the writer's own words and once in copied ones
		}
		spoke[f.rule.ID] = true
		out.Reasons = append(out.Reasons, Reason{Rule: f.rule.ID, Start: f.hit.start, End: f.hit.end, Raises: true, Level: f.rule.level})
		if levelOf(f.points) == Green {
			continue
		}
		for _, m := range f.rule.Marks {
			if !slices.Contains(out.Marks, m) {
				out.Marks = append(out.Marks, m)
			}
		}
	}
	for _, f := range found {
		for _, l := range f.lowered {
			if !slices.Contains(out.Reasons, l) {
				out.Reasons = append(out.Reasons, l)
			}
		}
	}
	return out
}

// findings gives each rule's strongest hit, in the order in which they stand.
func (r *reading) findings() []finding {
	if r.weighed {
		return r.found
	}
	r.weighed = true
	var out []finding
	best := map[string]int{}
	for _, h := range r.hits {
		f, ok := r.weigh(h)
		if !ok {
			continue
		}
		i, seen := best[f.rule.ID]
		if !seen {
			best[f.rule.ID] = len(out)
			out = append(out, f)
		} else if f.points > out[i].points {
			out[i] = f
		}
	}
	r.found = out
	return out
}

// weigh applies a rule's conditions and softeners to one hit.
func (r *reading) weigh(h hit) (finding, bool) {
	ru := &r.rules.rules[h.owner.index]
	for _, anyOf := range ru.with {
		if !slices.ContainsFunc(anyOf, func(c int) bool { return r.has(c, h, ru.scope) }) {
			return finding{}, false
		}
	}
	if slices.ContainsFunc(ru.without, func(c int) bool { return r.has(c, h, ru.scope) }) {
		return finding{}, false
	}
	f := finding{rule: ru, hit: h, points: points[ru.level], category: ru.Category, subject: r.subject(h)}
	if ru.Hint {
		f.points = pointsOfHint
	}
	if !ru.speaksOf(f.subject) {
		return finding{}, false
	}
	if ru.OfOther != "" && (f.subject == OtherAdult || f.subject == Child) {
		f.category = ru.OfOther
	}
	if ru.Turns.Into != "" && r.turns(&ru.turn, h) {
		f.category = ru.Turns.Into
	}
	if !ru.keeps[reasonNegated] && !h.denies {
		if n, ok := r.negation(h); ok {
			f.points *= negatedFactor
			f.lowered = append(f.lowered, Reason{Rule: reasonNegated, Start: n.start, End: n.end})
		}
	}
	if !ru.keeps[reasonQuoted] && r.quoted(h) {
		f.points *= quotedFactor
		f.lowered = append(f.lowered, Reason{Rule: reasonQuoted, Start: h.start, End: h.end})
	}
	for s := range r.around(h) {
		so := &r.rules.softeners[s.owner.index]
		if ru.keeps[so.ID] || !r.within(s, h, so.scope) || slices.ContainsFunc(f.lowered, func(l Reason) bool { return l.Rule == so.ID }) {
			continue
		}
		if slices.ContainsFunc(so.without, func(c int) bool { return r.has(c, h, inPost) }) {
			continue
		}
		f.points *= so.Factor
		f.lowered = append(f.lowered, Reason{Rule: so.ID, Start: s.start, End: s.end})
	}
	return f, true
}

func (r *reading) turns(t *turn, h hit) bool {
	stands := func(c int) bool { return r.has(c, h, near) }
	return slices.ContainsFunc(t.with, stands) && !slices.ContainsFunc(t.without, stands)
}

func (r *rule) speaksOf(s Subject) bool {
	switch r.About {
	case "author":
		return s == Author || s == Unknown
	case "other":
		return s == OtherAdult || s == Child
	case "child":
		return s == Child
	}
	return true
}
