package bleve

import (
	"context"
	"errors"

	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// set is a set of posts. The engine merges sets as bitmaps before any post is looked at.
type set = bsearch.Searcher

// sets makes them. The first error is kept and every later set is nil.
type sets struct {
	ctx    context.Context
	reader index.IndexReader
	err    error
}

// flat asks the engine for membership only.
var flat = bsearch.SearcherOptions{Score: "none"}

// holding is the set of posts that hold any of the terms.
func (s *sets) holding(atoms ...search.Atom) set {
	list := make([]set, 0, len(atoms))
	for _, a := range atoms {
		if s.err != nil {
			return nil
		}
		var one set
		one, s.err = searcher.NewTermSearcher(s.ctx, s.reader, a.Term, string(a.Field), 0, flat)
		list = append(list, one)
	}
	return s.any(list...)
}

// any is the union.
func (s *sets) any(list ...set) set {
	if s.err != nil {
		return nil
	}
	if len(list) == 1 {
		return list[0]
	}
	var out set
	out, s.err = searcher.NewDisjunctionSearcher(s.ctx, s.reader, list, 0, flat)
	return out
}

// all is the intersection; of nothing it is an error.
func (s *sets) all(list ...set) set {
	if s.err == nil && len(list) == 0 {
		s.err = errors.New("an intersection of nothing")
	}
	if s.err != nil {
		return nil
	}
	if len(list) == 1 {
		return list[0]
	}
	var out set
	out, s.err = searcher.NewConjunctionSearcher(s.ctx, s.reader, list, flat)
	return out
}

// walk calls visit with the number of each post of the set, in rising order.
func (s *sets) walk(from set, visit func(doc uint64) error) error {
	if s.err != nil {
		return s.err
	}
	defer from.Close()
	ctx := s.context(from)
	for n := 0; ; n++ {
		if n%patience == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		match, err := from.Next(ctx)
		if err != nil || match == nil {
			return err
		}
		doc := match.IndexInternalID.Value()
		ctx.DocumentMatchPool.Put(match)
		if err := visit(doc); err != nil {
			return err
		}
	}
}

// context is what the engine wants to walk through a set.
func (s *sets) context(of set) *bsearch.SearchContext {
	pool := bsearch.NewDocumentMatchPool(of.DocumentMatchPoolSize()+1, 0)
	return &bsearch.SearchContext{DocumentMatchPool: pool, IndexReader: s.reader}
}

// patience is how many posts are looked at between two looks at the deadline.
const patience = 1024
