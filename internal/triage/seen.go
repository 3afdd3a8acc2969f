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

// softened says whether rules saw something urgent and something lowered it all.
func (r *reading) softened() bool {
	lowered := false
	for _, f := range r.findings() {
		if levelOf(f.points).Urgent() {
			return false
		}
		lowered = lowered || f.rule.level.Urgent()
	}
	return lowered
}
