package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Excerpt returns the piece of text, of at most max runes, that shows best why the text answers q, with the
// words searched for marked. It is computed from the text alone, by the analysis that engines share, so the
// caller gives it text fresh from the database that the reader may see. Segments are plain text on one line,
// without invisible controls; joined they read as the piece, with an ellipsis where it was cut.
func Excerpt(text string, q Query, max int) []Segment {
	text = oneLine(text)
	if text == "" || max <= 0 {
		return nil
	}
	marks := marked(text, Parse(q))
	from, to := window(text, marks, max)
	var out []Segment
	add := func(s string, mark bool) {
		if s != "" {
			out = append(out, Segment{Text: s, Mark: mark})
		}
	}
	if from > 0 {
		add("… ", false)
	}
	at := from
	for _, m := range marks {
		if m.start < from || m.end > to {
			continue
		}
		add(text[at:m.start], false)
		add(text[m.start:m.end], true)
		at = m.end
	}
	add(text[at:to], false)
	if to < len(text) {
		add(" …", false)
	}
	return out
}

// mark is a marked place and the query word that it answers.
type mark struct {
	span
	want int
}

// marked returns the places of text that answer a word of the query. Typing errors and longer words that begin
// with it count only for words that nothing in the text answers otherwise.
func marked(text string, wants Wants) []mark {
	in := Words(text)
	answers := make([]int, len(in)) // 0: none, else the number of the wanted word plus one
	for n, want := range wants.Words {
		found := false
		terms := want.terms()
		for i, w := range in {
			if terms[Atom{Stem, w.Stem}] || terms[Atom{Exact, w.Exact}] || anyPart(terms, w.Parts) {
				found = true
				if answers[i] == 0 {
					answers[i] = n + 1
				}
			}
		}
		for i, w := range in {
			if !found && answers[i] == 0 && !w.Stop && want.almost(w) {
				answers[i] = n + 1
			}
		}
	}
	var out []mark
	for i, w := range in {
		if answers[i] > 0 {
			out = append(out, mark{span{w.Start, w.End}, answers[i] - 1})
		}
	}
	return out
}

// almost reports whether a word may be meant by a wanted one that is typed with errors or begins it.
func (w Wanted) almost(in Word) bool {
	return near(in.Exact, w.Exact, w.Fuzz) || near(in.Stem, w.Stem, w.Fuzz) || w.Begins(in.Stem)
}

// terms returns every atom by which the word can be found.
func (w Wanted) terms() map[Atom]bool {
	out := map[Atom]bool{}
	for _, way := range w.Ways {
		for _, group := range way.All {
			for _, a := range group {
				out[a] = true
			}
		}
	}
	return out
}

func anyPart(terms map[Atom]bool, parts []string) bool {
	for _, p := range parts {
		if terms[Atom{Part, p}] {
			return true
		}
	}
	return false
}

// window returns the place of the piece to show: the one that answers the most different words, then the most
// words, then the first. It begins a little before its first mark, and at a word.
func window(text string, marks []mark, max int) (from, to int) {
	if utf8.RuneCountInString(text) <= max {
		return 0, len(text)
	}
	best, bestScore := 0, -1
	for i, m := range marks {
		start := before(text, m.start, max/5)
		end := after(text, start, max)
		seen, n := map[int]bool{}, 0
		for _, o := range marks[i:] {
			if o.end > end {
				break
			}
			seen[o.want] = true
			n++
		}
		if score := len(seen)*1000 + n; score > bestScore {
			best, bestScore = start, score
		}
	}
	from = best
	to = after(text, from, max)
	if to == len(text) { // room left: begin earlier
		from = before(text, len(text), max)
	}
	return from, to
}

// before returns a word's beginning at most n runes before the byte i.
func before(text string, i, n int) int {
	at := i
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	if at == 0 {
		return 0
	}
	if space := strings.IndexByte(text[at:i], ' '); space >= 0 {
		return at + space + 1
	}
	return i - sizeWithin(text[at:i])
}

// sizeWithin keeps a piece without spaces whole: when it is the end of a text it is what there is to show.
func sizeWithin(s string) int {
	if strings.HasSuffix(s, " ") {
		return 0
	}
	return len(s)
}

// after returns the end of the last word that begins and ends within n runes from the byte i, or n runes on
// when there is no space.
func after(text string, i, n int) int {
	at := i
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	if at == len(text) {
		return at
	}
	if text[at] == ' ' {
		return at
	}
	if space := strings.LastIndexByte(text[i:at], ' '); space > 0 {
		return i + space
	}
	return at
}

// oneLine returns text with runs of white space as one space, and without controls that could turn or hide what
// stands around the piece.
func oneLine(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == utf8.RuneError:
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// near reports whether two words differ by at most max errors.
func near(a, b string, max int) bool {
	_, ok := errorsBetween(a, b, max)
	return ok
}

// errorsBetween counts the errors by which two words differ, at most max of them: a letter missing, added or
// changed, or two neighbours exchanged. The first letter must be right.
func errorsBetween(a, b string, max int) (n int, ok bool) {
	if max <= 0 || a == "" || b == "" || a[0] != b[0] {
		return 0, false
	}
	x, y := []rune(a), []rune(b)
	if x[0] != y[0] || len(x)-len(y) > max || len(y)-len(x) > max {
		return 0, false
	}
	before, last, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		next[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(y)], last[len(y)] <= max
}
