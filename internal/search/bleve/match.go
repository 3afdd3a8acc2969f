package bleve

import (
	"math"
	"slices"

	"samhold/internal/search"
)

// plan says which posts are scored. Most posts that hold a common word cannot be among the best: those with
// the word in the title, or that repeat it, are looked at first, and the others only when need be.
type plan struct {
	wants search.Wants
	loose bool // posts with typing errors, or with half of the words, match too
}

// filters are the sets that a post must be in whatever the words are.
func (p plan) filters(s *sets, q search.Query) []set {
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
	return out
}

// candidates is the set of posts that can answer.
func (p plan) candidates(s *sets, q search.Query) set {
	out := p.filters(s, q)
	var words []set
	for _, w := range p.wants.Words {
		words = append(words, p.word(s, w))
	}
	if p.loose && len(words) > 0 {
		words = []set{s.any(words...)}
	}
	return s.all(append(out, words...)...)
}

// word is the set of posts that hold a word in some way.
func (p plan) word(s *sets, w search.Wanted) set {
	var ways []set
	for _, way := range w.Ways {
		if way.Loose && !p.loose {
			continue
		}
		var groups []set
		for _, g := range way.All {
			groups = append(groups, s.holding(g...))
		}
		ways = append(ways, s.all(groups...))
	}
	return s.any(ways...)
}

// lifted is the part of the candidates that can score above bound.
func (p plan) lifted(s *sets, q search.Query) set {
	lifts := p.wants.Near
	for _, w := range p.wants.Words {
		lifts = append(append(slices.Clip(lifts), w.Title...), w.Strong...)
	}
	some := []set{s.holding(lifts...)}
	if p.loose {
		for i := range p.wants.Words {
			for j := range i {
				some = append(some, s.all(p.word(s, p.wants.Words[i]), p.word(s, p.wants.Words[j])))
			}
		}
	}
	return s.all(p.candidates(s, q), s.any(some...))
}

// bound is the highest score of a candidate that is not lifted: all words and no lift, or, when loose, one word
// and no lift.
func (p plan) bound() float64 {
	total, heaviest := 0.0, 0.0
	for _, w := range p.wants.Words {
		total += w.Weight
		heaviest = max(heaviest, w.Weight)
	}
	switch {
	case !p.loose:
		return grade(total+search.LiftNear*float64(len(p.wants.Must)), total, total)
	case heaviest < total/2:
		return 0
	}
	return grade(heaviest+search.LiftNear*float64(len(p.wants.Must)), heaviest, total)
}

// grade turns the sum of what the words are worth into the score of a post that holds a part of the wanted
// weight. It is rounded, so that posts which answer about equally well stand newest first.
func grade(sum, held, total float64) float64 { return math.Round(20*sum*held/total)/20 + 0.001 }
