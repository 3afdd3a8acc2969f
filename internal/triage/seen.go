package triage

import "slices"

// seen names what the rules noticed in a text, each once: word lists, concepts,
// softeners, and rules with the level that is left after what lowers them. The
// model weighs these beside the words.
func (r *reading) seen() []string {
	out := r.names[:0]
	for _, sentence := range r.sets {
		for _, sets := range sentence {
			for _, set := range sets {
				if name := r.rules.listNames[set]; name != "" {
					out = append(out, name)
				}
			}
		}
	}
	for c, at := range r.concepts {
		if len(at) > 0 {
			out = append(out, r.rules.conceptNames[c])
		}
	}
	for _, h := range r.whole {
		out = append(out, r.rules.softeners[h.owner.index].ID)
	}
	for _, hits := range r.lowering {
		for _, h := range hits {
			out = append(out, r.rules.softeners[h.owner.index].ID)
		}
	}
	for _, f := range r.findings() {
		out = append(out, f.rule.seenAs[levelOf(f.points)])
	}
	slices.Sort(out)
	r.names = slices.Compact(out)
	return r.names
}

// needs is what the model's scores must bring on top, because of what the rules
// saw: danger that something lowered, and less to go by in a short text.
func (r *reading) needs() float64 {
	lowered, seen := false, false
	for _, f := range r.findings() {
		if levelOf(f.points).Urgent() {
			return 0
		}
		seen = true
		lowered = lowered || f.rule.level.Urgent()
	}
	need := 0.0
	if lowered {
		need += softenedNeeds
	}
	if n := r.words(); (lowered || !seen) && n < shortText {
		need += shortNeeds * float64(shortText-n) / shortText
		if !lowered && r.softens() {
			need += softenedNeeds / 2
		}
	}
	return need
}

// doubtful says whether only a human may call the text calm: a rule for a crisis spoke, whatever lowered it, something
// urgent was found in a question that names nobody, or it stands in words that are copied.
func (r *reading) doubtful() bool {
	if slices.ContainsFunc(r.told, func(f finding) bool { return f.rule.level.Urgent() && levelOf(f.points) > Green }) {
		return true
	}
	return slices.ContainsFunc(slices.Concat(r.findings(), r.told), func(f finding) bool {
		return f.rule.level == Crisis && !f.rule.Hint || f.rule.level.Urgent() && slices.ContainsFunc(f.lowered, func(l Reason) bool { return r.rules.asks(l.Rule) })
	})
}

// asks says whether a softener is one for questions.
func (rs *ruleset) asks(id string) bool {
	return slices.ContainsFunc(rs.softeners, func(s softener) bool { return s.ID == id && s.Asks })
}

// softens says whether anything stands in the text that lowers hits.
func (r *reading) softens() bool {
	return len(r.whole) > 0 || slices.ContainsFunc(r.lowering, func(of []hit) bool { return len(of) > 0 })
}
