package meili

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"samhold/internal/search"
)

// Bounds of one question to the server. What they cut off are the least likely ways to hold the words.
const (
	maxStrict = 24 // queries when every word must be held
	maxLoose  = 40 // queries when half of the words will do
	maxWays   = 8  // ways to hold one word, with every other one
	wholePlan = 3  // words for which every half of them is asked for by itself
)

// query is one of the queries that together find every candidate.
type query struct {
	weight float64
	text   string
	last   bool // words may be left out from the end
}

// term is one word of a query: a term that must stand in the post, or with forgiving a word that may be typed with
// errors, or with longer the beginning of one.
type term struct {
	token             string
	forgiving, longer bool
}

// choice is one way to hold some words: all the terms.
type choice struct {
	worth float64
	terms []term
}

// choices lists the ways to hold a word, the best first. A post that holds an atom also has its root, in one field
// or another, so the root is what is asked for.
func choices(w search.Wanted, loose bool) []choice {
	var out []choice
	for _, way := range w.Ways {
		if way.Loose && !loose {
			continue
		}
		some := []choice{{worth: way.Worth}}
		for _, group := range way.All {
			var roots []choice
			for _, a := range group {
				roots = append(roots, choice{1, []term{{token: token(search.Root(a.Term))}}})
			}
			some = cross(some, roots, maxWays)
		}
		out = append(out, some...)
	}
	if loose && w.Fuzz > 0 {
		out = append(out, choice{0.3, []term{{token: token(w.Exact), forgiving: true}}}, choice{0.2, []term{{token: token(w.Stem), longer: true}}})
		if w.Stem != w.Exact {
			out = append(out, choice{0.3, []term{{token: token(w.Stem), forgiving: true}}})
		}
	}
	return best(out, maxWays+3)
}

// cross combines each of some with each of more, and keeps the best n.
func cross(some, more []choice, n int) []choice {
	out := make([]choice, 0, len(some)*len(more))
	for _, a := range some {
		for _, b := range more {
			out = append(out, choice{a.worth * b.worth, append(slices.Clone(a.terms), b.terms...)})
		}
	}
	return best(out, n)
}

// best keeps the best n, each once.
func best(list []choice, n int) []choice {
	slices.SortStableFunc(list, func(a, b choice) int { return cmp.Compare(b.worth, a.worth) })
	seen := map[string]bool{}
	list = slices.DeleteFunc(list, func(c choice) bool {
		text := c.text()
		again := seen[text]
		seen[text] = true
		return again
	})
	return list[:min(n, len(list))]
}

// text is the query as the server reads it: between quotation marks a word is meant as it stands, and only the last
// word may begin a longer one.
func (c choice) text() string {
	var exact, last []string
	for _, t := range c.terms {
		switch {
		case t.longer:
			last = append(last, t.token)
		case t.forgiving:
			exact = append(exact, t.token)
		default:
			exact = append(exact, `"`+t.token+`"`)
		}
	}
	slices.Sort(exact)
	exact = slices.Compact(exact)
	if len(last) > 0 {
		return strings.Join(append(exact, last...), " ")
	}
	return strings.Join(exact, " ") + " "
}

// plan lists the queries that find the posts which may answer.
func plan(w search.Wants, loose bool) []query {
	var must []term
	for _, a := range w.Must {
		must = append(must, term{token: pairToken(a.Term)})
	}
	whole := []choice{{1, must}}
	if len(w.Words) == 0 {
		return []query{{weight: 1}}
	}
	var words [][]choice
	for _, word := range w.Words {
		words = append(words, choices(word, loose))
	}
	every := whole
	for _, c := range words {
		every = cross(every, c, maxStrict)
	}
	out := queries(every, 1)
	// Of many posts, those with the words beside each other.
	for _, a := range w.Near {
		out = append(out, queries(cross(every[:1], []choice{{1.2, []term{{token: pairToken(a.Term)}}}}, 1), 1)...)
	}
	if loose {
		out = append(out, halves(w, words, whole)...)
		return out[:min(len(out), maxLoose)]
	}
	return out
}

// halves are queries for the posts that hold at least half of the wanted weight.
func halves(w search.Wants, words [][]choice, whole []choice) (out []query) {
	if len(words) > wholePlan {
		return rotations(words, whole[0].terms)
	}
	total := 0.0
	for _, word := range w.Words {
		total += word.Weight
	}
	for set := range 1 << len(words) {
		if n := bits.OnesCount(uint(set)); n == 0 || n == len(words) {
			continue
		}
		weight, some := 0.0, whole
		for i, c := range words {
			if set&(1<<i) != 0 {
				weight += w.Words[i].Weight
				some = cross(some, c, maxWays)
			}
		}
		if weight >= total/2 {
			out = append(out, queries(some, 0.5*weight/total)...)
		}
	}
	return out
}

// rotations ask for all words with the server leaving them out from the end, and begin with each word once.
func rotations(words [][]choice, must []term) (out []query) {
	for first := range words {
		var parts []string
		for _, t := range must {
			parts = append(parts, `"`+t.token+`"`)
		}
		for i := range words {
			parts = append(parts, strings.TrimSpace(words[(first+i)%len(words)][0].text()))
		}
		out = append(out, query{weight: 0.5, text: strings.Join(parts, " ") + " ", last: true})
	}
	return out
}

func queries(list []choice, weight float64) []query {
	out := make([]query, 0, len(list))
	for _, c := range list {
		out = append(out, query{weight: weight * c.worth, text: c.text()})
	}
	return out
}
