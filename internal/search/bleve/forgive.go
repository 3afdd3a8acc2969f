package bleve

import (
	"slices"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// mostAlike bounds the work for one word, far above what an index holds: were it reached, hidden posts could
// crowd out spellings that the asker may read.
const mostAlike = 5000

// forgive returns the words with, for each one long enough, the terms of the index that differ by typing errors
// or begin with it. They never leave the engine: a post that holds one must still pass the filters.
func forgive(reader index.IndexReader, words []search.Wanted) ([]search.Wanted, error) {
	words = slices.Clone(words)
	for i := range words {
		w := &words[i]
		if w.Fuzz == 0 {
			continue
		}
		var off [3][]search.Atom // by the number of errors
		for _, s := range search.Swaps(w.Exact) {
			off[1] = append(off[1], search.Atom{Field: search.Exact, Term: s}, search.Atom{Field: search.Stem, Term: s})
		}
		for _, like := range []search.Atom{{Field: search.Stem, Term: w.Stem}, {Field: search.Exact, Term: w.Exact}} {
			if err := alike(reader, like, w.Fuzz, &off); err != nil {
				return nil, err
			}
		}
		begins, err := longer(reader, *w)
		if err != nil {
			return nil, err
		}
		w.Ways = append(slices.Clone(w.Ways), search.FuzzyWays(off[1], off[2], begins)...)
	}
	return words, nil
}

// alike adds the terms of a field that differ from one by at most so many errors. The first letter must be right,
// and a short stem is forgiven less than the whole word.
func alike(reader index.IndexReader, like search.Atom, errors int, off *[3][]search.Atom) error {
	fuzzy, ok := reader.(index.IndexReaderFuzzy)
	errors = min(errors, utf8.RuneCountInString(like.Term)-3)
	if !ok || errors < 1 {
		return nil
	}
	_, first := utf8.DecodeRuneInString(like.Term)
	dict, automaton, err := fuzzy.FieldDictFuzzyAutomaton(string(like.Field), like.Term, errors, like.Term[:first])
	if err != nil {
		return err
	}
	return each(dict, func(term string) {
		n := errors
		if ok, distance := automaton.MatchAndDistance(term); ok {
			n = int(distance)
		}
		if n > 0 {
			off[n] = append(off[n], search.Atom{Field: like.Field, Term: term})
		}
	})
}

// longer returns the terms that begin with the wanted word.
func longer(reader index.IndexReader, w search.Wanted) (atoms []search.Atom, err error) {
	dict, err := reader.FieldDictPrefix(string(search.Stem), []byte(w.Stem))
	if err != nil {
		return nil, err
	}
	err = each(dict, func(term string) {
		if w.Begins(term) {
			atoms = append(atoms, search.Atom{Field: search.Stem, Term: term})
		}
	})
	return atoms, err
}

func each(dict index.FieldDict, visit func(term string)) error {
	defer dict.Close()
	for range mostAlike {
		e, err := dict.Next()
		if err != nil || e == nil {
			return err
		}
		visit(e.Term)
	}
	return nil
}
