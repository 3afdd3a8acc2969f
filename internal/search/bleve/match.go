package bleve

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	index "github.com/blevesearch/bleve_index_api"

	"samhold/internal/search"
)

// matcher walks through the posts that can answer a query, in the order of their numbers, and scores them.
type matcher struct {
	words   []word
	total   float64   // weight of all words
	near    []*cursor // each lifts a post
	must    []*cursor // a post holds all of them
	gates   []*gate   // a post passes all of them; the first is the spaces
	drivers []*cursor // whose posts are looked at; nil: those of the spaces
	opened  []*cursor
	strict  bool // a post holds every word
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

// newMatcher looks everything up. When loose, posts with typing errors or only half of the words match too.
func newMatcher(ctx context.Context, reader index.IndexReader, q search.Query, wants search.Wants, loose bool) (*matcher, error) {
	m := &matcher{strict: !loose}
	if err := m.filter(ctx, reader, q); err != nil {
		m.close()
		return nil, err
	}
	if loose {
		var err error
		if wants.Words, err = forgive(reader, wants.Words); err != nil {
			m.close()
			return nil, err
		}
	}
	if err := m.lookUp(ctx, reader, wants); err != nil {
		m.close()
		return nil, err
	}
	m.drivers = m.drive()
	return m, nil
}

// filter sets up the spaces and dates.
func (m *matcher) filter(ctx context.Context, reader index.IndexReader, q search.Query) error {
	add := func(field string, terms []string) error {
		g, err := newGate(ctx, reader, field, terms)
		if err == nil {
			m.gates = append(m.gates, g)
		}
		return err
	}
	if err := add(spaceField, q.Spaces); err != nil {
		return err
	}
	if q.From.IsZero() && q.To.IsZero() {
		return nil
	}
	days := between(q.From, q.To)
	if len(days) == 0 {
		days = []string{moment(time.Time{})} // no post: the range is empty
	}
	return add(dateField, days)
}

// lookUp opens a cursor on every term of the query.
func (m *matcher) lookUp(ctx context.Context, reader index.IndexReader, wants search.Wants) error {
	known := map[search.Atom]*cursor{}
	var failed error
	open := func(atoms ...search.Atom) []*cursor {
		out := make([]*cursor, 0, len(atoms))
		for _, a := range atoms {
			c := known[a]
			if c == nil && failed == nil {
				if c, failed = newCursor(ctx, reader, a); c != nil {
					known[a] = c
					m.opened = append(m.opened, c)
				}
			}
			if c != nil {
				out = append(out, c)
			}
		}
		return out
	}
	m.near, m.must = open(wants.Near...), open(wants.Must...)
	m.near = append(m.near, m.must...)
	for _, a := range wants.Alias {
		m.must = append(m.must, open(search.Atom{Field: search.Alias, Term: a})...)
	}
	for _, want := range wants.Words {
		w := word{weight: want.Weight, title: open(want.Title...), strong: open(want.Strong...)}
		for _, it := range want.Ways {
			if it.Loose && m.strict {
				continue
			}
			found := way{worth: it.Worth}
			for _, group := range it.All {
				found.all = append(found.all, open(group...))
			}
			w.ways = append(w.ways, found)
		}
		slices.SortStableFunc(w.ways, func(a, b way) int { return cmp.Compare(b.worth, a.worth) })
		m.words = append(m.words, w)
		m.total += w.weight
	}
	return failed
}

// drive chooses the cursors whose posts are looked at: the rarest thing that a post must hold. When not every
// word is needed, they are those of all words.
func (m *matcher) drive() []*cursor {
	var needs [][]*cursor
	for _, c := range m.must {
		needs = append(needs, []*cursor{c})
	}
	var all []*cursor
	for _, w := range m.words {
		var need []*cursor
		for _, it := range w.ways {
			group := slices.MinFunc(it.all, func(a, b []*cursor) int { return cmp.Compare(count(a), count(b)) })
			need = join(need, group)
		}
		all = join(all, need)
		if m.strict {
			needs = append(needs, need)
		}
	}
	if !m.strict && len(m.words) > 0 {
		needs = append(needs, all)
	}
	if len(needs) == 0 {
		return nil
	}
	return slices.MinFunc(needs, func(a, b []*cursor) int { return cmp.Compare(count(a), count(b)) })
}

// join adds to list what it lacks.
func join(list, more []*cursor) []*cursor {
	for _, c := range more {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

func count(group []*cursor) (n uint64) {
	for _, c := range group {
		n += c.count
	}
	return n
}

// next returns the next post that passes every filter.
func (m *matcher) next() (doc uint64, ok bool, err error) {
	for {
		if doc, ok, err = m.candidate(); !ok || err != nil {
			return 0, false, err
		}
		if ok, err = m.passes(doc); ok || err != nil {
			return doc, ok, err
		}
	}
}

func (m *matcher) candidate() (uint64, bool, error) {
	if m.drivers == nil {
		return m.gates[0].next()
	}
	doc := uint64(math.MaxUint64)
	for _, c := range m.drivers {
		if !c.done {
			doc = min(doc, c.doc)
		}
	}
	if doc == math.MaxUint64 {
		return 0, false, nil
	}
	for _, c := range m.drivers {
		if !c.done && c.doc == doc {
			if err := c.leave(); err != nil {
				return 0, false, err
			}
		}
	}
	return doc, true, nil
}

func (m *matcher) passes(doc uint64) (bool, error) {
	gates := m.gates
	if m.drivers == nil {
		gates = gates[1:]
	}
	for _, g := range gates {
		if ok, err := g.holds(doc); !ok || err != nil {
			return false, err
		}
	}
	for _, c := range m.must {
		if ok, err := c.holds(doc); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// score says how well a post answers; 0 is not at all.
func (m *matcher) score(doc uint64) (float64, error) {
	if len(m.words) == 0 {
		return 1, nil
	}
	var sum, held float64
	for i := range m.words {
		w := &m.words[i]
		s, err := w.score(doc)
		if err != nil {
			return 0, err
		}
		if s == 0 && m.strict {
			return 0, nil
		}
		if s > 0 {
			sum += w.weight * s
			held += w.weight
		}
	}
	if held == 0 || held < m.total/2 {
		return 0, nil
	}
	for _, c := range m.near {
		ok, err := c.holds(doc)
		if err != nil {
			return 0, err
		}
		if ok {
			sum += search.LiftNear
		}
	}
	// Rounded, so that posts which answer about equally well stand newest first.
	return math.Round(20*sum*held/m.total)/20 + 0.001, nil
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

func (m *matcher) close() {
	for _, c := range m.opened {
		_ = c.reader.Close()
	}
	for _, g := range m.gates {
		_ = g.searcher.Close()
	}
}
