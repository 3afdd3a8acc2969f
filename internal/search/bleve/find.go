package bleve

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
	"time"

	engine "github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// Find implements search.Index.
func (x *Index) Find(ctx context.Context, q search.Query) (hits []search.Hit, err error) {
	wants := search.Parse(q)
	if len(q.Spaces) == 0 || wants.None {
		return nil, nil
	}
	if q.Limit <= 0 || q.Limit > search.MaxHits {
		q.Limit = search.MaxHits
	}
	err = x.read(ctx, func(live engine.Index) error {
		raw, err := live.Advanced()
		if err != nil {
			return down("search", err)
		}
		reader, err := raw.Reader()
		if err != nil {
			return down("search", err)
		}
		defer reader.Close()
		if hits, err = find(ctx, reader, q, wants); err != nil {
			return down("search", err)
		}
		return nil
	})
	return hits, err
}

// find asks strictly first. The number of hits that it keeps never depends on the limit, so that a short answer
// is the beginning of a long one.
func find(ctx context.Context, reader index.IndexReader, q search.Query, wants search.Wants) ([]search.Hit, error) {
	keep := search.MaxHits
	if len(wants.Words) == 0 {
		keep = math.MaxInt // by time alone: every post is looked at
	}
	p := plan{wants: wants}
	best, err := p.best(ctx, reader, q, keep)
	if err == nil && len(best.list) < search.Few && len(wants.Words) > 0 {
		p.loose = true
		if p.wants.Words, err = forgive(reader, wants.Words); err == nil {
			best, err = p.best(ctx, reader, q, search.MostLoose)
		}
	}
	if err != nil {
		return nil, err
	}
	return best.hits(reader, q)
}

// best scores tier after tier, until the answer is filled with better posts than all that are left.
func (p plan) best(ctx context.Context, reader index.IndexReader, q search.Query, keep int) (*top, error) {
	s := newSets(ctx, reader)
	defer s.close()
	candidates := p.candidates(s, q)
	best := &top{limit: keep}
	for _, tier := range p.tiers() {
		part := tier.part(s, candidates)
		if s.err != nil {
			return nil, s.err
		}
		best.list = best.list[:0]
		newTally(s, part).score(p, best.add)
		if s.err != nil {
			return nil, s.err
		}
		if len(best.list) == keep && best.list[0].score >= tier.beyond {
			break
		}
	}
	return best, nil
}

// candidate is a post by its number in the index. Later numbers are mostly later posts.
type candidate struct {
	doc   uint32
	score float32
}

// top keeps the best candidates: a heap with the worst on top.
type top struct {
	list  []candidate
	limit int
}

func (t *top) Len() int { return len(t.list) }
func (t *top) Less(i, j int) bool {
	if t.list[i].score != t.list[j].score {
		return t.list[i].score < t.list[j].score
	}
	return t.list[i].doc < t.list[j].doc
}
func (t *top) Swap(i, j int) { t.list[i], t.list[j] = t.list[j], t.list[i] }
func (t *top) Push(x any)    { t.list = append(t.list, x.(candidate)) }
func (t *top) Pop() any {
	last := t.list[len(t.list)-1]
	t.list = t.list[:len(t.list)-1]
	return last
}

func (t *top) add(c candidate) {
	if len(t.list) < t.limit {
		heap.Push(t, c)
		return
	}
	if worst := t.list[0]; c.score < worst.score || c.score == worst.score && c.doc < worst.doc {
		return
	}
	t.list[0] = c
	heap.Fix(t, 0)
}

// hits turns the candidates into hits: best first, then newest. The days of the date filter were whole days, so
// the exact bounds are held here.
func (t *top) hits(reader index.IndexReader, q search.Query) ([]search.Hit, error) {
	// By number, because the engine reads its columns in that order.
	slices.SortFunc(t.list, func(a, b candidate) int { return cmp.Compare(a.doc, b.doc) })
	moments, err := reader.DocValueReader([]string{atField})
	if err != nil {
		return nil, err
	}
	type dated struct {
		candidate
		at string
	}
	found := make([]dated, 0, len(t.list))
	from, to := bound(q.From, ""), bound(q.To, "~")
	for _, c := range t.list {
		d := dated{candidate: c}
		err := moments.VisitDocValues(index.NewIndexInternalID(nil, uint64(c.doc)), func(_ string, term []byte) { d.at = string(term) })
		if err != nil {
			return nil, err
		}
		if d.at >= from && d.at < to {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b dated) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.at, a.at), cmp.Compare(a.doc, b.doc))
	})
	if len(found) > q.Limit {
		found = found[:q.Limit]
	}
	out := make([]search.Hit, 0, len(found))
	for _, d := range found {
		id, err := reader.ExternalID(index.NewIndexInternalID(nil, uint64(d.doc)))
		if err != nil {
			return nil, err
		}
		out = append(out, search.Hit{ID: id, Score: float64(d.score)})
	}
	return out, nil
}

func bound(t time.Time, open string) string {
	if t.IsZero() {
		return open
	}
	return moment(t)
}
