package search

import (
	"strings"
	"unicode/utf8"
)

const (
	shortestCompound = 7 // runes
	shortestPart     = 3
	shortestKnown    = 5 // of a known part beside an unknown one
)

// links stand between the parts of a Danish compound: behandling-s-tilbud, børn-e-have.
var links = []string{"", "s", "e", "es", "er"}

// split returns the stems of the parts of a compound, or nil for a word that is none. All parts known is best;
// failing that, a long known first or last part tells the other one.
func (l *lexicon) split(word, stem string) []string {
	if utf8.RuneCountInString(word) < shortestCompound || l.parts[stem] || l.stop[word] || word[0] <= '9' {
		return nil
	}
	if parts := l.known(word); len(parts) > 1 {
		return parts
	}
	return l.guessed(word)
}

// known splits word into the fewest known parts, the first part as long as can be.
func (l *lexicon) known(word string) []string {
	best := map[int][]string{} // by where the rest begins
	var from func(at int) []string
	from = func(at int) []string {
		if parts, done := best[at]; done {
			return parts
		}
		var found []string
		if s := l.stem(word[at:], false); l.parts[s] {
			found = []string{s}
		} else {
			for i := len(word) - shortestPart; i >= at+shortestPart; i-- {
				if !utf8.RuneStart(word[i]) {
					continue
				}
				head, ok := l.head(word[at:i])
				if !ok {
					continue
				}
				if rest := from(i); rest != nil && (found == nil || len(rest)+1 < len(found)) {
					found = append([]string{head}, rest...)
				}
			}
		}
		best[at] = found
		return found
	}
	return from(0)
}

// head returns the stem of a first part, which may end in a link.
func (l *lexicon) head(s string) (string, bool) {
	for _, link := range links {
		base, found := strings.CutSuffix(s, link)
		if !found || utf8.RuneCountInString(base) < shortestPart {
			continue
		}
		// The part itself must be known, not a longer form of it: "mode" is not "mod" and e.
		if st := l.stem(base, false); l.parts[st] && (st == base || link == "" || l.parts[base]) {
			return st, true
		}
	}
	return "", false
}

// guessed finds a long known last part, or a long known first part, and takes the rest as it is.
func (l *lexicon) guessed(word string) []string {
	for i := shortestPart; i <= len(word)-shortestKnown; i++ {
		if !utf8.RuneStart(word[i]) || utf8.RuneCountInString(word[i:]) < shortestKnown || utf8.RuneCountInString(word[:i]) < shortestPart {
			continue
		}
		if tail := l.stem(word[i:], false); l.parts[tail] && utf8.RuneCountInString(tail) >= shortestKnown {
			return []string{l.stem(strings.TrimSuffix(word[:i], "s"), false), tail}
		}
	}
	for i := len(word) - shortestKnown; i >= shortestKnown; i-- {
		if !utf8.RuneStart(word[i]) || utf8.RuneCountInString(word[i:]) < shortestKnown {
			continue
		}
		if head, ok := l.head(word[:i]); ok && utf8.RuneCountInString(head) >= shortestKnown {
			return []string{head, l.stem(word[i:], false)}
		}
	}
	return nil
}
