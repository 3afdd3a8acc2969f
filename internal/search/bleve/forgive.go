package bleve

import (
	"cmp"
	"slices"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// forgive returns the words with, for each one long enough, the terms of the index that differ by a typing error. They never
// leave the engine: a post that holds one must still pass the filters.
func forgive(reader index.IndexReader, words []search.Wanted) ([]search.Wanted, error) {
	fuzzy, ok := reader.(index.IndexReaderFuzzy)
	if !ok {
		return words, nil
	}
	words = slices.Clone(words)
	for i := range words {
		w := &words[i]
		if w.Fuzz == 0 {
			continue
		}
		w.Ways = slices.Clone(w.Ways)
		for _, s := range search.Swaps(w.Exact) {
			w.Ways = append(w.Ways, search.FuzzyWay(search.Exact, s, 1), search.FuzzyWay(search.Stem, s, 1))
		}
		for _, try := range []search.Atom{{Field: search.Stem, Term: w.Stem}, {Field: search.Exact, Term: w.Exact}} {
			ways, err := alike(fuzzy, try, min(w.Fuzz, max(0, utf8.RuneCountInString(try.Term)-3)))
			if err != nil {
				return nil, err
			}
			w.Ways = append(w.Ways, ways...)
		}
	}
	return words, nil
}

// mostAlike bounds how many spellings stand for one word.
const mostAlike = 24

func alike(reader index.IndexReaderFuzzy, a search.Atom, errors int) ([]search.Way, error) {
	if errors == 0 {
		return nil, nil
	}
	_, first := utf8.DecodeRuneInString(a.Term)
	dict, automaton, err := reader.FieldDictFuzzyAutomaton(string(a.Field), a.Term, errors, a.Term[:first])
	if err != nil {
		return nil, err
	}
	defer dict.Close()
	type spelling struct {
		term string
		off  int
	}
	var found []spelling
	for {
		e, err := dict.Next()
		if err != nil {
			return nil, err
		}
		if e == nil {
			break
		}
		off := errors
		if automaton != nil {
			if ok, d := automaton.MatchAndDistance(e.Term); ok {
				off = int(d)
			}
		}
		if off > 0 {
			found = append(found, spelling{e.Term, off})
		}
	}
	// Never by how common a spelling is: that would tell of posts which the asker may not read.
	slices.SortFunc(found, func(x, y spelling) int { return cmp.Or(cmp.Compare(x.off, y.off), cmp.Compare(x.term, y.term)) })
	ways := make([]search.Way, 0, min(len(found), mostAlike))
	for _, s := range found[:min(len(found), mostAlike)] {
		ways = append(ways, search.FuzzyWay(a.Field, s.term, s.off))
	}
	return ways, nil
}
