package bleve

import (
	"context"
	"errors"

	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// set is a set of posts, which the engine walks through once in the order of their numbers. A set that was merged
// is a bitmap in memory; the sets that it was merged from stay as they were, if they have not been walked through.
type set = index.TermFieldReader

// sets makes sets over one state of the index. The first error is kept, and every later set is nil.
type sets struct {
	ctx    context.Context
	reader index.IndexReader
	terms  map[search.Atom]set
	err    error
}

func newSets(ctx context.Context, reader index.IndexReader) *sets {
	return &sets{ctx: ctx, reader: reader, terms: map[search.Atom]set{}}
}

func (s *sets) close() {
	for _, t := range s.terms {
		_ = t.Close()
	}
}

// holding is the set of posts that hold any of the terms. It is shared, so it is only merged, never walked through.
func (s *sets) holding(atoms ...search.Atom) set {
	list := make([]set, 0, len(atoms))
	for _, a := range atoms {
		t := s.terms[a]
		if t == nil && s.err == nil {
			if t, s.err = s.reader.TermFieldReader(s.ctx, []byte(a.Term), string(a.Field), false, false, false); s.err == nil {
				s.terms[a] = t
			}
		}
		list = append(list, t)
	}
	return s.any(list...)
}

// any is the union, all the intersection.
func (s *sets) any(list ...set) set { return s.merge("disjunction:unadorned", list) }
func (s *sets) all(list ...set) set { return s.merge("conjunction:unadorned", list) }

var errUnmergeable = errors.New("the engine cannot merge its sets")

func (s *sets) merge(how string, list []set) set {
	if s.err != nil {
		return nil
	}
	if len(list) == 1 {
		return list[0]
	}
	var merging index.OptimizableContext
	for _, x := range list {
		o, ok := x.(index.Optimizable)
		if !ok {
			s.err = errUnmergeable
			return nil
		}
		if merging, s.err = o.Optimize(how, merging); s.err != nil {
			return nil
		}
	}
	if merging == nil {
		s.err = errUnmergeable
		return nil
	}
	var merged index.Optimized
	if merged, s.err = merging.Finish(); s.err != nil {
		return nil
	}
	out, ok := merged.(set)
	if !ok {
		s.err = errUnmergeable
	}
	return out
}

// walk calls visit with the number of each post of a merged set.
func (s *sets) walk(over set, visit func(doc uint32)) {
	var buffer index.TermFieldDoc
	for n := 1; s.err == nil; n++ {
		var d *index.TermFieldDoc
		if d, s.err = over.Next(&buffer); s.err != nil || d == nil {
			return
		}
		visit(uint32(d.ID.Value()))
		if n%patience == 0 {
			s.err = s.ctx.Err()
		}
	}
}

// patience is how many posts are looked at between two looks at the deadline.
const patience = 4096
