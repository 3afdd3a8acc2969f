package search

import (
	"iter"
	"math"
	"slices"
	"unicode/utf8"
)

const (
	// Few is how many posts must hold every word before posts with typing errors or only some of the words are
	// left out.
	Few = 10
	// MostLoose is how many hits there are at most when such posts are let in.
	MostLoose = 50
)

// Held is what an engine knows about one post.
type Held interface {
	// Has reports whether the post has the term in the field.
	Has(Atom) bool
	// Each yields the post's terms of a field.
	Each(Field) iter.Seq[string]
}

// Score is what a post is worth as an answer, by the same rules for every engine; false when it is none. Loose
// lets in typing errors and posts that hold only half of the words. It looks at the post and the query alone.
func (w Wants) Score(post Held, loose bool) (float64, bool) {
	near := LiftNear * float64(len(w.Must))
	for _, a := range w.Must {
		if !post.Has(a) {
			return 0, false
		}
	}
	if len(w.Words) == 0 {
		return 1, true
	}
	total, sum, held := 0.0, 0.0, 0.0
	for _, word := range w.Words {
		total += word.Weight
		best := word.worth(post, loose)
		if best == 0 {
			continue
		}
		if hasAny(post, word.Title) {
			best += LiftTitle
		}
		if hasAny(post, word.Strong) {
			best += LiftStrong
		}
		sum += word.Weight * best
		held += word.Weight
	}
	for _, a := range w.Near {
		if post.Has(a) {
			sum += LiftNear
		}
	}
	if held == 0 || held < total/2 || !loose && held < total-0.01 {
		return 0, false
	}
	return Grade(sum+near, held, total), true
}

// Grade turns the sum of what the words are worth into the score of a post that holds a part of the wanted
// weight. It is rounded, so that posts which answer about equally well stand newest first.
func Grade(sum, held, total float64) float64 {
	return math.Round(20*sum*held/total)/20 + 0.001
}

// worth is what the best way in which the post holds the word is worth, 0 for none.
func (w Wanted) worth(post Held, loose bool) float64 {
	best := 0.0
	for _, way := range w.Ways {
		if way.Worth > best && (loose || !way.Loose) && way.held(post) {
			best = way.Worth
		}
	}
	if !loose || w.Fuzz == 0 || best >= worthFuzzy {
		return best
	}
	return max(best, w.forgiven(post))
}

func (w Way) held(post Held) bool {
	for _, group := range w.All {
		if !hasAny(post, group) {
			return false
		}
	}
	return true
}

func hasAny(post Held, atoms []Atom) bool {
	return slices.ContainsFunc(atoms, post.Has)
}

// forgiven is what the nearest spelling in the post is worth. A short stem is forgiven less than the whole word.
func (w Wanted) forgiven(post Held) float64 {
	best := 0.0
	for _, like := range []Atom{{Stem, w.Stem}, {Exact, w.Exact}} {
		most := min(w.Fuzz, utf8.RuneCountInString(like.Term)-3)
		for term := range post.Each(like.Field) {
			if like.Field == Stem && w.Begins(term) {
				best = max(best, worthBegins)
			}
			switch errs, ok := errorsBetween(term, like.Term, most); {
			case !ok:
			case errs == 1:
				return worthFuzzy
			default:
				best = max(best, worthFuzzy2)
			}
		}
	}
	return best
}

// Root returns what a term is looked up by when an engine must find every post that may hold it in some field: all
// terms that lead to each other by the rules of Danish have the same.
func Root(term string) string {
	l := words()
	for range 4 { // rules may lead in a circle
		s := l.stem(term, false)
		if s == term {
			break
		}
		term = s
	}
	return term
}
