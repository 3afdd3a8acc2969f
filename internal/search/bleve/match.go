package bleve

import (
	"slices"

	"samhold/internal/search"
)

// plan says which posts are scored. Most posts that hold a common word cannot be among the best: those with the
// word in the title, or that repeat it, are looked at first, and the others only when need be.
type plan struct {
	wants search.Wants
	loose bool // posts with typing errors, or with half of the words, match too
}

// tier is a part of the candidates. No candidate outside it scores more than beyond.
type tier struct {
	part   func(s *sets, candidates set) set
	beyond float32
}

func (p plan) tiers() []tier {
	everything := tier{part: func(_ *sets, candidates set) set { return candidates }}
	if len(p.wants.Words) == 0 {
		return []tier{everything}
	}
	lifted := tier{part: p.lifted, beyond: p.unlifted()}
	if p.loose {
		return []tier{lifted, everything}
	}
	return []tier{{part: p.first, beyond: p.repeated()}, lifted, everything}
}

// candidates is the set of posts that can answer.
func (p plan) candidates(s *sets, q search.Query) set {
	spaces := make([]search.Atom, 0, len(q.Spaces))
	for _, id := range q.Spaces {
		spaces = append(spaces, search.Atom{Field: spaceField, Term: id})
	}
	out := []set{s.holding(spaces...)}
	if !q.From.IsZero() || !q.To.IsZero() {
		days := []search.Atom{{Field: dateField, Term: "none"}} // no post: the range may be empty
		for _, d := range between(q.From, q.To) {
			days = append(days, search.Atom{Field: dateField, Term: d})
		}
		out = append(out, s.holding(days...))
	}
	for _, a := range p.wants.Must {
		out = append(out, s.holding(a))
	}
	for _, a := range p.wants.Alias {
		out = append(out, s.holding(search.Atom{Field: search.Alias, Term: a}))
	}
	var words []set
	for _, w := range p.wants.Words {
		words = append(words, p.word(s, w))
	}
	if p.loose && len(words) > 0 {
		words = []set{s.any(words...)}
	}
	return s.all(append(out, words...)...)
}

// ways are the ways of holding a word that count now, the least worth first.
func (p plan) ways(w search.Wanted) []search.Way {
	ways := slices.DeleteFunc(slices.Clone(w.Ways), func(way search.Way) bool { return way.Loose && !p.loose })
	slices.SortStableFunc(ways, func(a, b search.Way) int {
		switch {
		case a.Worth < b.Worth:
			return -1
		case a.Worth > b.Worth:
			return 1
		}
		return 0
	})
	return ways
}

// way is the set of posts that hold a word in one way, word in any way that counts now.
func (p plan) way(s *sets, way search.Way) set {
	var groups []set
	for _, g := range way.All {
		groups = append(groups, s.holding(g...))
	}
	return s.all(groups...)
}

func (p plan) word(s *sets, w search.Wanted) set {
	var ways []set
	for _, way := range p.ways(w) {
		ways = append(ways, p.way(s, way))
	}
	return s.any(ways...)
}

// first is the part of the candidates that hold a word in the title, or words beside each other.
func (p plan) first(s *sets, candidates set) set {
	lifts := slices.Clone(p.wants.Near)
	for _, w := range p.wants.Words {
		lifts = append(lifts, w.Title...)
	}
	return s.all(candidates, s.holding(lifts...))
}

// repeated is the highest score of the others: all words, and each repeated.
func (p plan) repeated() float32 {
	total := 0.0
	for _, w := range p.wants.Words {
		total += w.Weight
	}
	return grade(total*(1+search.LiftStrong)+search.LiftNear*float64(len(p.wants.Must)), total, total)
}

// lifted is the part of the candidates that something lifts or, when loose, that holds two words.
func (p plan) lifted(s *sets, candidates set) set {
	lifts := slices.Clone(p.wants.Near)
	for _, w := range p.wants.Words {
		lifts = append(append(lifts, w.Title...), w.Strong...)
	}
	some := []set{s.holding(lifts...)}
	if p.loose {
		var words []set
		for _, w := range p.wants.Words {
			words = append(words, p.word(s, w))
		}
		for i := range words {
			for j := range i {
				some = append(some, s.all(words[i], words[j]))
			}
		}
	}
	return s.all(candidates, s.any(some...))
}

// unlifted is the highest score of the others: all words and no lift or, when loose, one word and no lift.
func (p plan) unlifted() float32 {
	total, heaviest := 0.0, 0.0
	for _, w := range p.wants.Words {
		total += w.Weight
		heaviest = max(heaviest, w.Weight)
	}
	near := search.LiftNear * float64(len(p.wants.Must))
	switch {
	case !p.loose:
		return grade(total+near, total, total)
	case heaviest < total/2:
		return 0
	}
	return grade(heaviest+near, heaviest, total)
}

// grade is search.Grade in the engine's numbers.
func grade(sum, held, total float64) float32 { return float32(search.Grade(sum, held, total)) }
