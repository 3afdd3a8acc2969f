package triage

// builtin words what the engine itself knows. It stands here rather than in the
// rule files because no pattern finds it.
var builtin = map[string][2]string{
	reasonNegated: {"det er benægtet", "it is negated"},
	reasonModel:   {"ordene ligner dem i tekster, der hastede", "the words are like those in texts that were urgent"},
	reasonQuoted:  {"det står i citationstegn", "it stands in quotation marks"},
}

// Explain says in words what a reason means, for staff. lang is "da" or "en";
// anything else reads Danish. It is empty for a rule that this version does not have.
func (a *Assessor) Explain(reason Reason, lang string) string {
	pick := func(da, en string) string {
		if lang == "en" {
			return en
		}
		return da
	}
	if b, ok := builtin[reason.Rule]; ok {
		return pick(b[0], b[1])
	}
	for i := range a.rules.rules {
		if r := &a.rules.rules[i]; r.ID == reason.Rule {
			return pick(r.DA, r.EN)
		}
	}
	for i := range a.rules.softeners {
		if s := &a.rules.softeners[i]; s.ID == reason.Rule {
			return pick(s.DA, s.EN)
		}
	}
	return ""
}
