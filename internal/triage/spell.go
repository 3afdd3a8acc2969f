package triage

import (
	"cmp"
	_ "embed"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// speller knows the words that people write here, and finds the one that a slip
// was meant to be. It is safe for concurrent use.
type speller struct {
	rank  map[string]int32   // of each known word: the commonest is 0
	slips map[string][]int32 // a known word with one letter left out -> the words
	words []string
}

//go:embed model/words.txt
var knownWords string

// A word shorter than fewestLetters has too many neighbours to be mended, but for a
// letter that should stand twice. One of
// up to easyLetters is mended only where the slip is one that Danish invites.
const (
	fewestLetters = 4
	easyLetters   = 5
)

func newSpeller(known, more []string) *speller {
	s := &speller{rank: map[string]int32{}, slips: map[string][]int32{}}
	for _, w := range known {
		s.add(w)
	}
	for _, w := range more {
		s.add(fold(w))
	}
	return s
}

func (s *speller) add(w string) {
	if _, ok := s.rank[w]; ok || len(w) > maxWord {
		return
	}
	n := int32(len(s.words))
	s.rank[w] = n
	s.words = append(s.words, w)
	if len(w) < fewestLetters-1 {
		return
	}
	s.slips[w] = append(s.slips[w], n)
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] {
			continue
		}
		cut := w[:i] + w[i+1:]
		s.slips[cut] = append(s.slips[cut], n)
	}
}

// mend gives the known word that an unknown one is a single slip away from, or "".
// Where there are several, the likeliest slip wins, then the commoner word.
func (s *speller) mend(w string) string {
	if len(w) < fewestLetters-1 || len(w) > maxWord {
		return ""
	}
	if _, known := s.rank[w]; known {
		return ""
	}
	best, least := int32(-1), 3
	try := func(from string) {
		for _, n := range s.slips[from] {
			c := slipCost(w, s.words[n])
			if c < least || c == least && c < 3 && n < best {
				best, least = n, c
			}
		}
	}
	try(w)
	for i := range len(w) {
		if i == 0 || w[i] != w[i-1] {
			try(w[:i] + w[i+1:])
		}
	}
	switch {
	case best < 0, least == 2 && len(w) <= easyLetters:
		return ""
	case len(w) < fewestLetters && !doubled(s.words[best], w):
		return ""
	}
	return s.words[best]
}

// mendAll puts known words in the place of slips. What was written stays as a
// further reading, and every token keeps its place in the original.
func (s *speller) mendAll(text string, sentences []sentence) []sentence {
	for _, sentence := range sentences {
		for i := range sentence.tokens {
			t := &sentence.tokens[i]
			if !onlyLetters(t.text) || i > 0 && name(text[t.start:t.end]) {
				continue
			}
			if meant := s.mend(t.text); meant != "" {
				t.also = append(t.also, t.text)
				t.text = meant
			}
		}
	}
	return sentences
}

func onlyLetters(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// name holds for a word with a capital letter that no sentence asks for.
func name(written string) bool {
	first, size := utf8.DecodeRuneInString(written)
	second, _ := utf8.DecodeRuneInString(written[size:])
	return unicode.IsUpper(first) && unicode.IsLower(second)
}

// KnownWords lists the words of lessons, the commonest first, as they are kept
// for mending slips. A word of a single lesson counts as a slip itself where a
// commoner one lies a likely slip away.
func KnownWords(lessons []Lesson) []string {
	in := map[string]int{}
	for _, l := range lessons {
		seen := map[string]bool{}
		for _, sentence := range split(l.Text) {
			for _, t := range sentence.tokens {
				if onlyLetters(t.text) && !seen[t.text] {
					seen[t.text] = true
					in[t.text]++
				}
			}
		}
	}
	words := slices.SortedFunc(maps.Keys(in), func(a, b string) int { return cmp.Or(cmp.Compare(in[b], in[a]), cmp.Compare(a, b)) })
	once, _ := slices.BinarySearchFunc(words, 1, func(w string, n int) int { return cmp.Compare(n, in[w]) })
	often := newSpeller(words[:once], nil)
	kept := words[:once:once]
	for _, w := range words[once:] {
		if meant := often.mend(w); meant == "" || slipCost(w, meant) > 1 {
			kept = append(kept, w)
		}
	}
	return kept
}

// doubled holds for a word that is the other with a letter written twice ("kill", "kil").
func doubled(word, other string) bool {
	for i := 1; i < len(word); i++ {
		if word[i] == word[i-1] && word[:i]+word[i+1:] == other {
			return true
		}
	}
	return false
}

// slipCost is 1 for a slip that Danish spelling or a hurried thumb invites, 2 for
// any other single slip, and 3 for words that are further apart.
func slipCost(written, meant string) int {
	i := 0
	for i < len(written) && i < len(meant) && written[i] == meant[i] {
		i++
	}
	j := 0
	for j < len(written)-i && j < len(meant)-i && written[len(written)-1-j] == meant[len(meant)-1-j] {
		j++
	}
	a, b := written[i:len(written)-j], meant[i:len(meant)-j]
	switch {
	case i == 0 && (len(a) != 2 || len(b) != 2):
		return 3 // people seldom miss the first letter, and short words would flow together
	case len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]:
		return 1
	case len(a) == 1 && len(b) == 1:
		if alike(a[0], b[0]) {
			return 1
		}
		return 2
	case len(a)+len(b) == 1:
		letter := (a + b)[0]
		if letter == 'e' || letter == meant[max(i-1, 0)] || len(a) == 0 && strings.IndexByte("dhgta", letter) >= 0 {
			return 1
		}
		return 2
	}
	return 3
}

// alike holds for letters that sound or lie close to each other.
func alike(a, b byte) bool {
	for _, group := range []string{"aeo", "uoy", "iey", "dt", "gk", "bp", "vf", "sz", "ck", "ij", "nm"} {
		if strings.IndexByte(group, a) >= 0 && strings.IndexByte(group, b) >= 0 {
			return true
		}
	}
	return false
}
