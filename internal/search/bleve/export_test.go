package bleve

import (
	"context"

	engine "github.com/blevesearch/bleve/v2"

	"samhold/internal/search"
)

// FindAll answers like Find, strictly or loosely, with keep hits at most. With tiers it looks at the best tier first,
// as Find does; without, it scores every candidate.
func (x *Index) FindAll(ctx context.Context, q search.Query, loose, tiers bool, keep int) (hits []search.Hit, err error) {
	err = x.read(ctx, func(live engine.Index) error {
		raw, err := live.Advanced()
		if err != nil {
			return err
		}
		reader, err := raw.Reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		p := plan{wants: search.Parse(q), loose: loose}
		if loose {
			if p.wants.Words, err = forgive(reader, p.wants.Words); err != nil {
				return err
			}
		}
		best := &top{limit: keep}
		if tiers {
			best, err = p.best(ctx, reader, q, keep)
		} else {
			s := newSets(ctx, reader)
			defer s.close()
			newTally(s, p.candidates(s, q)).score(p, best.add)
			err = s.err
		}
		if err != nil {
			return err
		}
		q.Limit = keep
		hits, err = best.hits(reader, q)
		return err
	})
	return hits, err
}
