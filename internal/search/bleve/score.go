package bleve

import (
	"cmp"
	"slices"

	bsearch "github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// judge scores posts, which come in rising order.
type judge struct {
	words  []word
	near   []*cursor
	must   int // neighbours that every candidate holds
	total  float64
	strict bool
	opened map[search.Atom]*cursor
	merged []*cursor
}

// word is a wanted word with its terms looked up.
type word struct {
	weight        float64
	ways          []way // best first
	title, strong []*cursor
}

// way is one way to hold a word: each group has a term in the post.
type way struct {
	worth float64
	all   [][]*cursor
}

func newJudge(s *sets, p plan) *judge {
	j := &judge{must: len(p.wants.Must), strict: !p.loose, opened: map[search.Atom]*cursor{}}
	j.near = j.open(s, p.wants.Near)
	for _, want := range p.wants.Words {
		w := word{weight: want.Weight, title: j.open(s, want.Title), strong: j.open(s, want.Strong)}
		for _, it := range want.Ways {
			if it.Loose && !p.loose {
				continue
			}
			found := way{worth: it.Worth}
			for _, group := range it.All {
				found.all = append(found.all, j.group(s, group))
			}
			w.ways = append(w.ways, found)
		}
		slices.SortStableFunc(w.ways, func(a, b way) int { return cmp.Compare(b.worth, a.worth) })
		j.words = append(j.words, w)
		j.total += w.weight
	}
	return j
}

// manyTerms is from how many on a group of terms is merged into one set.
const manyTerms = 5

func (j *judge) group(s *sets, atoms []search.Atom) []*cursor {
	if len(atoms) < manyTerms {
		return j.open(s, atoms)
	}
	merged := s.holding(atoms...)
	if s.err != nil {
		return nil
	}
	c := &cursor{set: merged, ctx: s.context(merged)}
	j.merged = append(j.merged, c)
	return []*cursor{c}
}

func (j *judge) open(s *sets, atoms []search.Atom) []*cursor {
	out := make([]*cursor, 0, len(atoms))
	for _, a := range atoms {
		if j.opened[a] == nil {
			if s.err != nil {
				return nil
			}
			var r index.TermFieldReader
			if r, s.err = s.reader.TermFieldReader(s.ctx, []byte(a.Term), string(a.Field), false, false, false); s.err != nil {
				return nil
			}
			j.opened[a] = &cursor{term: r}
		}
		out = append(out, j.opened[a])
	}
	return out
}

func (j *judge) close() {
	for _, c := range j.opened {
		_ = c.term.Close()
	}
	for _, c := range j.merged {
		_ = c.set.Close()
	}
}

// score says how well a candidate answers; 0 is not at all.
func (j *judge) score(doc uint64) (float64, error) {
	if len(j.words) == 0 {
		return 1, nil
	}
	sum, held := search.LiftNear*float64(j.must), 0.0
	for i := range j.words {
		w := &j.words[i]
		s, err := w.score(doc)
		if err != nil {
			return 0, err
		}
		if s > 0 {
			sum += w.weight * s
			held += w.weight
		} else if j.strict {
			return 0, nil
		}
	}
	if held == 0 || held < j.total/2 {
		return 0, nil
	}
	for _, c := range j.near {
		ok, err := c.holds(doc)
		if err != nil {
			return 0, err
		}
		if ok {
			sum += search.LiftNear
		}
	}
	return grade(sum, held, j.total), nil
}

// score says how well a post holds the word; 0 is not at all.
func (w *word) score(doc uint64) (float64, error) {
	for _, it := range w.ways {
		ok, err := it.holds(doc)
		if err != nil {
			return 0, err
		}
		if !ok {
			continue
		}
		score := it.worth
		if ok, err = anyHolds(w.title, doc); ok {
			score += search.LiftTitle
		}
		if err != nil {
			return 0, err
		}
		if ok, err = anyHolds(w.strong, doc); ok {
			score += search.LiftStrong
		}
		return score, err
	}
	return 0, nil
}

func (w *way) holds(doc uint64) (bool, error) {
	for _, group := range w.all {
		if ok, err := anyHolds(group, doc); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

func anyHolds(group []*cursor, doc uint64) (bool, error) {
	for _, c := range group {
		if ok, err := c.holds(doc); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// cursor walks through the posts that hold one term, or any term of a set.
type cursor struct {
	term    index.TermFieldReader // or:
	set     set
	ctx     *bsearch.SearchContext
	doc     uint64 // the present post
	started bool
	done    bool
	buffer  index.TermFieldDoc
	target  index.IndexInternalID
}

// holds reports whether the post holds the term. It is asked with rising numbers.
func (c *cursor) holds(doc uint64) (bool, error) {
	if !c.done && (!c.started || c.doc < doc) {
		c.started = true
		c.target = index.NewIndexInternalID(c.target, doc)
		if err := c.advance(); err != nil {
			return false, err
		}
	}
	return !c.done && c.doc == doc, nil
}

func (c *cursor) advance() error {
	if c.term != nil {
		d, err := c.term.Advance(c.target, &c.buffer)
		if err != nil {
			return err
		}
		if c.done = d == nil; !c.done {
			c.doc = d.ID.Value()
		}
		return nil
	}
	match, err := c.set.Advance(c.ctx, c.target)
	if err != nil {
		return err
	}
	if c.done = match == nil; !c.done {
		c.doc = match.IndexInternalID.Value()
		c.ctx.DocumentMatchPool.Put(match)
	}
	return nil
}
