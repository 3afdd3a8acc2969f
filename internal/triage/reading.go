package triage

import (
	"iter"
	"slices"
)

// hit is a place where a pattern stands.
type hit struct {
	owner      owner
	sentence   int
	from, to   int // tokens of the sentence, half open
	start, end int // bytes of the original
	denies     bool
}

// reading is one text with everything found in it.
type reading struct {
	rules     *ruleset
	sentences []sentence
	sets      [][][]int32 // per sentence and token
	hits      []hit       // of rules
	ages      []hit       // of what says how old somebody is
	persons   [][]Subject // per sentence and token; nil where nobody's age is said
	lowering  [][]hit     // of softeners, by sentence
	whole     []hit       // of softeners that weigh on the whole post, each once
	concepts  [][]int     // concept -> sentences that have it, ascending
	present   []uint64    // the word sets of the sentence being read, as bits
	names     []string    // what seen found
	found     []finding   // what findings found, once it has weighed
	weighed   bool
	told      []finding // what stands in words that are copied from somebody else
}

// readOwn reads a text whose writer may repeat what it answers: their own words, and beside them what the rules find in
// the others.
func (rs *ruleset) readOwn(text, answered string) *reading {
	copied := copies(text, answered)
	if len(copied) == 0 {
		return rs.read(text)
	}
	r := rs.read(without(text, copied))
	r.tell(rs.read(text), copied)
	return r
}

func (rs *ruleset) read(text string) *reading {
	r := &reading{rules: rs, sentences: rs.spell.mendAll(text, split(text)), concepts: make([][]int, len(rs.concepts)), present: make([]uint64, len(rs.sets)/64+1)}
	r.sets = make([][][]int32, len(r.sentences))
	r.lowering = make([][]hit, len(r.sentences))
	tried := make([]int, len(rs.patterns)) // sentence number + 1 in which a pattern was tried
	for i, s := range r.sentences {
		sets := make([][]int32, len(s.tokens))
		clear(r.present)
		for j, t := range s.tokens {
			sets[j] = rs.lex.sets(t)
			for _, set := range sets[j] {
				r.present[set/64] |= 1 << (set % 64)
			}
		}
		r.sets[i] = sets
		for _, present := range sets {
			for _, set := range present {
				if int(set) >= len(rs.byAnchor) {
					break // ascending
				}
				for _, p := range rs.byAnchor[set] {
					if tried[p] != i+1 {
						tried[p] = i + 1
						r.try(p, i)
					}
				}
			}
		}
	}
	r.meet()
	return r
}

func (r *reading) try(p, sentence int) {
	pat := &r.rules.patterns[p]
	for _, st := range pat.steps {
		if !st.optional && r.present[st.set/64]&(1<<(st.set%64)) == 0 {
			return
		}
	}
	tokens, found := r.sentences[sentence].tokens, 0
	for from := range tokens {
		to := pat.match(r.sets[sentence], from)
		if to == 0 {
			continue
		}
		if pat.owner.kind == 'c' {
			if seen := r.concepts[pat.owner.index]; len(seen) == 0 || seen[len(seen)-1] != sentence {
				r.concepts[pat.owner.index] = append(seen, sentence)
			}
			return
		}
		if pat.owner.kind == 'a' && len(r.ages) == mostAges {
			return
		}
		r.keep(hit{
			owner: pat.owner, sentence: sentence, from: from, to: to,
			start: tokens[from].start, end: tokens[to-1].end, denies: pat.denies,
		})
		if found++; found == mostHits {
			return
		}
	}
}

// mostHits is how often one pattern is looked for in one sentence, so that a word
// written a thousand times costs no more than a few.
const mostHits = 4

func (r *reading) keep(h hit) {
	switch {
	case h.owner.kind == 'r':
		r.hits = append(r.hits, h)
	case h.owner.kind == 'a':
		r.ages = append(r.ages, h)
	case r.rules.softeners[h.owner.index].Asks && !r.asksOfNobody(h.sentence):
	case r.rules.softeners[h.owner.index].scope != inPost:
		r.lowering[h.sentence] = append(r.lowering[h.sentence], h)
	case !slices.ContainsFunc(r.whole, func(k hit) bool { return k.owner == h.owner }):
		r.whole = append(r.whole, h)
	}
}

// around gives the softeners' hits that may weigh on a hit.
func (r *reading) around(h hit) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for _, s := range r.whole {
			if !yield(s) {
				return
			}
		}
		for i := max(0, h.sentence-reach(near)); i <= min(h.sentence+reach(near), len(r.lowering)-1); i++ {
			for _, s := range r.lowering[i] {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// has says whether a concept stands close enough to a hit.
func (r *reading) has(concept int, h hit, s scope) bool {
	at := r.concepts[concept] // ascending
	if s == inPost {
		return len(at) > 0
	}
	i, _ := slices.BinarySearch(at, h.sentence-reach(s))
	return i < len(at) && at[i] <= h.sentence+reach(s)
}

func reach(s scope) int {
	if s == near {
		return 2
	}
	return 0
}

func distance(a, b int) int { return max(a-b, b-a) }

// within says whether the hit s stands close enough to h.
func (r *reading) within(s, h hit, sc scope) bool {
	switch sc {
	case inPost:
		return true
	case near, inSentence:
		return distance(s.sentence, h.sentence) <= reach(sc)
	case inClause:
	}
	if s.sentence != h.sentence {
		return false
	}
	tokens := r.sentences[h.sentence].tokens
	for i := min(s.from, h.from); i < max(s.to, h.to)-1; i++ {
		between := i >= min(s.to, h.to)-1 && i < max(s.from, h.from)
		if between && tokens[i].clauseEnd {
			return false
		}
	}
	return true
}

// The attributes that every rule reckons with unless it keeps them, and how
// much each one leaves of a hit.
const (
	reasonNegated = "negeret"
	reasonQuoted  = "citeret"
	negatedFactor = 0.15
	quotedFactor  = 0.5
)

// negation finds a "not" that belongs to a hit: shortly before it in the same
// clause, inside it, or right behind it as Danish main clauses have it.
func (r *reading) negation(h hit) (token, bool) {
	tokens, sets := r.sentences[h.sentence].tokens, r.sets[h.sentence]
	no := r.rules.sets["@"+negations]
	for i := h.from - 1; i >= max(0, h.from-4) && !tokens[i].clauseEnd; i-- {
		if contains(sets[i], no) {
			return tokens[i], true
		}
	}
	for i := h.from; i < min(h.to+2, len(tokens)); i++ {
		if i >= h.to && tokens[i-1].clauseEnd {
			break
		}
		if contains(sets[i], no) {
			return tokens[i], true
		}
	}
	return token{}, false
}

// quoted holds for words in quotation marks, unless somebody real is said to have
// said them: a threat in the mouth of a husband is no quotation.
func (r *reading) quoted(h hit) bool {
	tokens, sets := r.sentences[h.sentence].tokens, r.sets[h.sentence]
	for _, t := range tokens[h.from:h.to] {
		if !t.quoted {
			return false
		}
	}
	from := h.from
	for from > 0 && tokens[from-1].quoted {
		from--
	}
	says, person := false, false
	for _, set := range sets[max(0, from-6):from] {
		says = says || contains(set, r.rules.sets["@"+wordsSays])
		person = person || r.person(set) != Unknown
	}
	return !says || !person || r.mentions(h.sentence, wordsFiction)
}

// mentions says whether a word of a list stands in a sentence.
func (r *reading) mentions(sentence int, list string) bool {
	set := r.rules.sets["@"+list]
	return slices.ContainsFunc(r.sets[sentence], func(of []int32) bool { return contains(of, set) })
}

// asksOfNobody holds for a question that names neither the writer nor anybody of
// theirs.
func (r *reading) asksOfNobody(sentence int) bool {
	return r.sentences[sentence].asks && !r.mentions(sentence, wordsAuthor) && !r.mentions(sentence, wordsMine)
}

// The word lists that the engine itself reads: who, and how something is said.
const (
	wordsAuthor = "jeg"
	wordsAdult  = "voksen"
	wordsChild  = "barn"

	wordsMine    = "min"
	wordsSays    = "siger"
	wordsFiction = "fiktion"
)
