package triage

import (
	"fmt"
	"strconv"
	"strings"
)

// A pattern is a row of steps that one sentence must contain in order:
//
//	@jeg ..2 vil|ville ikke? vågne*
//
// A step is one word or several with "|" between them. "word*" is a beginning,
// "*word" an ending, "*word*" a part; "@name" is a word list; a last "?" makes
// the step optional. ".." allows up to three words between two steps, "..5" up
// to five. A last "!word" says what must not stand right behind. " / " parts two patterns on one line. Words are compared after folding, so they are written as Danish is.
type pattern struct {
	steps  []step
	anchor int // the step that is rarest, tried first
	butNot int // the word set that must not follow; -1 for none
	source string
}

type step struct {
	set      int // the word set that a token must be in
	gap      int // how many tokens may stand before it
	optional bool
}

// compiler turns patterns into steps over a shared lexicon.
type compiler struct {
	words map[string][]string // word lists by name
	lex   *lexicon
	sets  map[string]int
}

func (c *compiler) pattern(source string) (pattern, error) {
	p := pattern{source: source, anchor: -1, butNot: -1}
	gap, best := 0, 0
	for field := range strings.FieldsSeq(source) {
		if p.butNot >= 0 {
			return p, fmt.Errorf("pattern %q: %q stands behind what must not follow", source, field)
		}
		if name, ok := strings.CutPrefix(field, "!"); ok {
			var err error
			if p.butNot, _, err = c.set(name); err != nil {
				return p, fmt.Errorf("pattern %q: %w", source, err)
			}
			continue
		}
		if rest, ok := strings.CutPrefix(field, ".."); ok {
			gap = 3
			if rest != "" {
				n, err := strconv.Atoi(rest)
				if err != nil || n < 1 || n > 12 {
					return p, fmt.Errorf("pattern %q: %q is no gap: want .. or ..1 to ..12", source, field)
				}
				gap = n
			}
			continue
		}
		name, optional := strings.CutSuffix(field, "?")
		set, size, err := c.set(name)
		if err != nil {
			return p, fmt.Errorf("pattern %q: %w", source, err)
		}
		if !optional && (p.anchor < 0 || size < best) {
			p.anchor, best = len(p.steps), size
		}
		p.steps = append(p.steps, step{set: set, gap: gap, optional: optional})
		gap = 0
	}
	if p.anchor < 0 {
		return p, fmt.Errorf("pattern %q needs a word that is not optional", source)
	}
	if gap > 0 || p.steps[0].gap > 0 {
		return p, fmt.Errorf("pattern %q begins or ends with a gap", source)
	}
	if p.steps[0].optional {
		return p, fmt.Errorf("pattern %q begins with an optional word", source)
	}
	return p, nil
}

// set gives the number of the word set that a step names, and how common its
// words may be: long lists are poor anchors.
func (c *compiler) set(name string) (set, size int, err error) {
	var words []string
	for alt := range strings.SplitSeq(name, "|") {
		list, ok := strings.CutPrefix(alt, "@")
		if !ok {
			words = append(words, alt)
			continue
		}
		members, known := c.words[list]
		if !known {
			return 0, 0, fmt.Errorf("no word list is called %q", list)
		}
		words = append(words, members...)
	}
	size = len(words)
	for _, w := range words {
		if len(w) <= 3 {
			size += 10 // short words are everywhere
		}
	}
	if n, ok := c.sets[name]; ok {
		return n, size, nil
	}
	n := len(c.sets)
	c.sets[name] = n
	for _, w := range words {
		if err := c.lex.add(w, n); err != nil {
			return 0, 0, err
		}
	}
	return n, size, nil
}

// match says where in the sentence the pattern stands when it starts at from:
// the position after its last word, or 0. It keeps every place that each step
// could have reached, so that its work is bounded by steps times window.
func (p *pattern) match(sets [][]int32, from int) int {
	if !contains(sets[from], p.steps[0].set) {
		return 0
	}
	const window = 64
	var reached uint64 = 1 // bit i: the last word matched stands at from+i
	for _, st := range p.steps[1:] {
		var next uint64
		for i := range min(window, len(sets)-from) {
			if reached&(1<<i) == 0 {
				continue
			}
			for j := i + 1; j <= i+1+st.gap && j < window && from+j < len(sets); j++ {
				if contains(sets[from+j], st.set) {
					next |= 1 << j
				}
			}
		}
		if st.optional {
			next |= reached
		}
		if next == 0 {
			return 0
		}
		reached = next
	}
	for i := range window {
		if reached&(1<<i) == 0 {
			continue
		}
		if to := from + i + 1; p.butNot < 0 || to >= len(sets) || !contains(sets[to], p.butNot) {
			return to
		}
	}
	return 0
}

func contains(sorted []int32, set int) bool {
	for _, s := range sorted {
		if int(s) == set {
			return true
		}
	}
	return false
}
