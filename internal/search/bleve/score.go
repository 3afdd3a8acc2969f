package bleve

import "samhold/internal/search"

// tally scores the posts of one part of the candidates, term by term: walking through the few posts that hold a
// term is far faster than asking for each post which terms it holds.
type tally struct {
	sets  *sets
	part  set
	docs  []uint32
	sum   []float32 // what the words are worth, with what lifts them
	held  []float32 // the weight of the words that are held
	best  []float32 // of the present word
	lifts []float32 // of the present word
}

func newTally(s *sets, part set) *tally {
	t := &tally{sets: s, part: part}
	// Merged with itself: walking through a set wears it out, and this one is still to be merged with others.
	s.walk(s.all(part, part), func(doc uint32) { t.docs = append(t.docs, doc) })
	t.sum, t.held = make([]float32, len(t.docs)), make([]float32, len(t.docs))
	t.best, t.lifts = make([]float32, len(t.docs)), make([]float32, len(t.docs))
	return t
}

// each calls visit with the place of each post of the part that is in the set too.
func (t *tally) each(in set, visit func(i int)) {
	i := 0
	t.sets.walk(t.sets.all(in, t.part), func(doc uint32) {
		for t.docs[i] < doc {
			i++
		}
		visit(i)
	})
}

// word adds what a word is worth: its best way and what lifts it.
func (t *tally) word(p plan, w search.Wanted) {
	clear(t.best)
	clear(t.lifts)
	for _, way := range p.ways(w) {
		worth := float32(way.Worth)
		t.each(p.way(t.sets, way), func(i int) { t.best[i] = worth })
	}
	t.each(t.sets.holding(w.Title...), func(i int) { t.lifts[i] += search.LiftTitle })
	t.each(t.sets.holding(w.Strong...), func(i int) { t.lifts[i] += search.LiftStrong })
	weight := float32(w.Weight)
	for i, best := range t.best {
		if best > 0 {
			t.sum[i] += weight * (best + t.lifts[i])
			t.held[i] += weight
		}
	}
}

// score gives each post's score to visit; posts that hold too little are left out.
func (t *tally) score(p plan, visit func(candidate)) {
	if len(p.wants.Words) == 0 {
		for _, doc := range t.docs {
			visit(candidate{doc, 1})
		}
		return
	}
	total := 0.0
	for _, w := range p.wants.Words {
		t.word(p, w)
		total += w.Weight
	}
	for _, a := range p.wants.Near {
		t.each(t.sets.holding(a), func(i int) { t.sum[i] += search.LiftNear })
	}
	must := search.LiftNear * float64(len(p.wants.Must))
	for i, doc := range t.docs {
		held := float64(t.held[i])
		if held > 0 && held >= total/2 && (p.loose || held >= total-0.01) {
			visit(candidate{doc, grade(float64(t.sum[i])+must, held, total)})
		}
	}
}
