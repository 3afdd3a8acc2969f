package triage

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// lexicon answers in which word sets a word is: by its whole spelling, its
// beginning, its ending or a part of it. Looking up costs time in proportion to
// the square of one word's length at most, and words are short.
type lexicon struct {
	whole  map[string][]int32
	starts *trie
	ends   *trie // of reversed words
	parts  *trie
}

func newLexicon() *lexicon {
	return &lexicon{whole: map[string][]int32{}, starts: &trie{}, ends: &trie{}, parts: &trie{}}
}

// shortest word parts that are worth looking for; anything shorter is in half
// the language.
const minPart = 3

func (l *lexicon) add(word string, set int) error {
	core, prefix := strings.CutSuffix(word, "*")
	core, suffix := strings.CutPrefix(core, "*")
	if core == "" || strings.ContainsAny(core, "*?@.") {
		return fmt.Errorf("%q is no word", word)
	}
	if utf8.RuneCountInString(core) < minPart && suffix {
		return fmt.Errorf("%q is too short for a part", word)
	}
	forms := []string{fold(core)}
	if short := fold(foldShort(core)); utf8.RuneCountInString(core) >= 5 && short != forms[0] {
		forms = append(forms, short)
	}
	for _, f := range forms {
		switch {
		case prefix && suffix:
			l.parts.add(f, set)
		case prefix:
			l.starts.add(f, set)
		case suffix:
			l.ends.add(reverse(f), set)
		default:
			l.whole[f] = append(l.whole[f], int32(set))
		}
	}
	return nil
}

// sets lists the word sets of a token, each once.
func (l *lexicon) sets(t token) []int32 {
	out := l.of(t.text, nil)
	for _, form := range t.also {
		out = l.of(form, out)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (l *lexicon) of(word string, out []int32) []int32 {
	out = append(out, l.whole[word]...)
	out = l.starts.walk(word, out)
	out = l.ends.walkBack(word, out)
	if l.parts.nodes != nil {
		for i := range len(word) {
			out = l.parts.walk(word[i:], out)
		}
	}
	return out
}

func reverse(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// trie finds every entry that a word begins with. Its nodes stand in one slice,
// because a map for each of them costs more time than everything else together.
type trie struct{ nodes []node }

type node struct {
	next [classes]int32 // 0 for none: the root is nobody's child
	sets []int32
}

// classes are the letters and digits that folded words consist of, and one for
// everything else.
const classes = 37

func class(b byte) int {
	switch {
	case b >= 'a' && b <= 'z':
		return int(b - 'a')
	case b >= '0' && b <= '9':
		return int(b-'0') + 26
	}
	return classes - 1
}

func (t *trie) add(word string, set int) {
	if t.nodes == nil {
		t.nodes = make([]node, 1)
	}
	at := int32(0)
	for i := range len(word) {
		c := class(word[i])
		if t.nodes[at].next[c] == 0 {
			t.nodes = append(t.nodes, node{})
			t.nodes[at].next[c] = int32(len(t.nodes) - 1)
		}
		at = t.nodes[at].next[c]
	}
	t.nodes[at].sets = append(t.nodes[at].sets, int32(set))
}

func (t *trie) walk(word string, out []int32) []int32 {
	if t.nodes == nil {
		return out
	}
	at := int32(0)
	for i := range len(word) {
		if at = t.nodes[at].next[class(word[i])]; at == 0 {
			return out
		}
		out = append(out, t.nodes[at].sets...)
	}
	return out
}

func (t *trie) walkBack(word string, out []int32) []int32 {
	if t.nodes == nil {
		return out
	}
	at := int32(0)
	for i := len(word) - 1; i >= 0; i-- {
		if at = t.nodes[at].next[class(word[i])]; at == 0 {
			return out
		}
		out = append(out, t.nodes[at].sets...)
	}
	return out
}
