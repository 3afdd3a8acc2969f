package bleve

import (
	"context"

	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// cursor walks through the posts that hold one term.
type cursor struct {
	reader index.TermFieldReader
	count  uint64 // of all posts, for choosing where to begin only
	doc    uint64 // the present post
	done   bool
	left   uint64 // the post before the present one, plus one
	buffer index.TermFieldDoc
	target index.IndexInternalID
}

func newCursor(ctx context.Context, reader index.IndexReader, a search.Atom) (*cursor, error) {
	r, err := reader.TermFieldReader(ctx, []byte(a.Term), string(a.Field), false, false, false)
	if err != nil {
		return nil, err
	}
	c := &cursor{reader: r, count: r.Count()}
	return c, c.at(r.Next(&c.buffer))
}

// leave goes on to the next post; holds still answers for the one that was left.
func (c *cursor) leave() error {
	c.left = c.doc + 1
	return c.at(c.reader.Next(&c.buffer))
}

func (c *cursor) at(d *index.TermFieldDoc, err error) error {
	if err != nil {
		return err
	}
	if c.done = d == nil; !c.done {
		c.doc = d.ID.Value()
	}
	return nil
}

// holds reports whether the post holds the term. It is asked with rising numbers.
func (c *cursor) holds(doc uint64) (bool, error) {
	if c.left == doc+1 {
		return true, nil
	}
	if !c.done && c.doc < doc {
		c.target = index.NewIndexInternalID(c.target, doc)
		if err := c.at(c.reader.Advance(c.target, &c.buffer)); err != nil {
			return false, err
		}
	}
	return !c.done && c.doc == doc, nil
}

// gate is a filter: the posts that hold any of some terms, merged once.
type gate struct {
	searcher bsearch.Searcher
	ctx      *bsearch.SearchContext
	doc      uint64
	done     bool
	started  bool
	target   index.IndexInternalID
}

func newGate(ctx context.Context, reader index.IndexReader, field string, terms []string) (*gate, error) {
	s, err := searcher.NewMultiTermSearcher(ctx, reader, terms, field, 0, bsearch.SearcherOptions{Score: "none"}, false)
	if err != nil {
		return nil, err
	}
	pool := bsearch.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0)
	return &gate{searcher: s, ctx: &bsearch.SearchContext{DocumentMatchPool: pool, IndexReader: reader}}, nil
}

func (g *gate) next() (uint64, bool, error) {
	err := g.at(g.searcher.Next(g.ctx))
	return g.doc, !g.done, err
}

func (g *gate) at(m *bsearch.DocumentMatch, err error) error {
	g.started = true
	if err != nil {
		return err
	}
	if g.done = m == nil; !g.done {
		g.doc = m.IndexInternalID.Value()
		g.ctx.DocumentMatchPool.Put(m)
	}
	return nil
}

// holds reports whether the post passes. It is asked with rising numbers.
func (g *gate) holds(doc uint64) (bool, error) {
	if !g.started || !g.done && g.doc < doc {
		g.target = index.NewIndexInternalID(g.target, doc)
		if err := g.at(g.searcher.Advance(g.ctx, g.target)); err != nil {
			return false, err
		}
	}
	return !g.done && g.doc == doc, nil
}
