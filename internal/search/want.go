package search

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxText  = 1000 // runes of a query that are read
	maxWants = 12   // words of a query that are searched
)

// Atom is one term looked up in one field.
type Atom struct {
	Field Field
	Term  string
}

// Way is one way in which a post can hold a wanted word: every group must have an atom in the post. Loose ways
// count only when few posts hold every word.
type Way struct {
	Worth float64
	All   [][]Atom
	Loose bool
}

// Wanted is one word of a query.
type Wanted struct {
	Exact, Stem string
	Weight      float64 // how much the word says, 0.5 to 1
	Ways        []Way   // the best way that a post has counts
	Title       []Atom  // any of these: the title holds the word
	Strong      []Atom  // any of these: the post repeats the word
	Fuzz        int     // typing errors allowed in a word like this one: 0, 1 or 2
}

// Wants is a query as every engine understands it.
type Wants struct {
	Words  []Wanted
	Near   []Atom   // neighbours in the query: each that are neighbours in a post too lifts it
	Must   []Atom   // neighbours between quotation marks: a post must hold all of them
	Alias  []string // words of the alias, all of them
	Filter bool     // an alias or a date limits the answer
	None   bool     // nothing can answer: no word and no filter, or an alias without a letter
}

// What each way of holding a word is worth, and what lifts a post. The numbers only order hits; they were tuned
// on the golden queries.
const (
	worthExact   = 1.0
	worthWritten = 0.95 // a longer form of the word as written, which rules take for a form of a shorter one
	worthStem    = 0.9
	worthSynonym = 0.6
	worthPart    = 0.6
	worthWhole   = 0.5 // the parts of a wanted compound, all of them
	worthTail    = 0.3 // its last part alone
	worthHead    = 0.25
	worthRoot    = 0.4 // the verb or adjective that the word is made from
	worthBegins  = 0.4 // a longer word that begins with it, which may be a compound of an unknown word
	worthFuzzy   = 0.5
	worthFuzzy2  = 0.4 // two errors

	LiftTitle  = 0.5
	LiftStrong = 0.3
	LiftNear   = 0.5
)

// Parse reads a query. It never fails: what it cannot use it leaves out.
func Parse(q Query) Wants {
	l := words()
	var out Wants
	for _, w := range Words(q.Alias) {
		if !slices.Contains(out.Alias, w.Exact) {
			out.Alias = append(out.Alias, w.Exact)
		}
		if len(out.Alias) > MaxAlias { // more words than an alias has letters: it names nobody
			return Wants{None: true}
		}
	}
	out.Filter = strings.TrimSpace(q.Alias) != "" || !q.From.IsZero() || !q.To.IsZero()
	for _, piece := range pieces(clip(q.Text)) {
		last := ""
		var content []Word
		for _, w := range Words(piece.text) {
			if !w.Stop {
				content = append(content, w)
			}
		}
		for _, w := range content {
			if last != "" {
				near := Atom{Pair, pair(last, w.Stem)}
				if piece.quoted {
					out.Must = once(out.Must, near)
				} else {
					out.Near = once(out.Near, near)
				}
			}
			last = w.Stem
			if len(out.Words) < maxWants && !out.has(w.Exact) {
				out.Words = append(out.Words, l.want(w, q.Synonyms))
			}
		}
	}
	out.None = len(out.Words) == 0 && !out.Filter || strings.TrimSpace(q.Alias) != "" && len(out.Alias) == 0
	return out
}

// once adds an atom that is not there yet, as long as there is room.
func once(list []Atom, a Atom) []Atom {
	if len(list) >= maxWants || slices.Contains(list, a) {
		return list
	}
	return append(list, a)
}

func (w Wants) has(exact string) bool {
	for _, x := range w.Words {
		if x.Exact == exact {
			return true
		}
	}
	return false
}

// want lists the ways to hold one word.
func (l *lexicon) want(w Word, similar *Thesaurus) Wanted {
	out := Wanted{Exact: w.Exact, Stem: w.Stem, Weight: 1}
	one := func(worth float64, f Field, term string) {
		out.Ways = append(out.Ways, Way{Worth: worth, All: [][]Atom{{{f, term}}}})
	}
	if w.Exact == w.Stem {
		one(worthExact, Stem, w.Stem)
	} else {
		one(worthExact, Exact, w.Exact)
	}
	out.Title = []Atom{{Title, w.Stem}}
	out.Strong = []Atom{{Strong, w.Stem}}
	// skifteret is written in full, and yet rules find skifter in it; skifteretten is left as skifteret.
	if w.Exact != w.Stem {
		one(worthWritten, Stem, w.Exact)
		out.Title = append(out.Title, Atom{Title, w.Exact})
		out.Strong = append(out.Strong, Atom{Strong, w.Exact})
	}
	// A query is too short to tell its language, so both are looked up.
	stems := []string{w.Stem}
	for _, inEnglish := range []bool{false, true} {
		if s := l.stem(w.Exact, inEnglish); !slices.Contains(stems, s) && s != w.Exact {
			stems = append(stems, s)
			out.Title = append(out.Title, Atom{Title, s})
		}
	}
	for _, s := range stems {
		if s != w.Exact {
			one(worthStem, Stem, s)
		}
		one(worthPart, Part, s)
		if l.common[s] {
			out.Weight = 0.5
		}
	}
	for _, s := range append(slices.Clone(l.synonyms[w.Stem]), similar.of(w)...) {
		one(worthSynonym, Stem, s)
	}
	if r := root(w.Stem); r != "" {
		out.Ways = append(out.Ways, Way{Worth: worthRoot, All: [][]Atom{{{Stem, r}}}, Loose: true})
	}
	if len(w.Parts) > 1 {
		var all [][]Atom
		for _, p := range w.Parts {
			group := []Atom{{Stem, p}, {Part, p}}
			if r := root(p); r != "" {
				group = append(group, Atom{Stem, r})
			}
			all = append(all, group)
		}
		out.Ways = append(out.Ways,
			Way{Worth: worthWhole, All: all},
			Way{Worth: worthTail, All: all[len(all)-1:], Loose: true},
			Way{Worth: worthHead, All: all[:1], Loose: true})
		for _, p := range w.Parts {
			out.Title = append(out.Title, Atom{Title, p})
		}
	}
	out.Fuzz = fuzz(w.Exact)
	return out
}

// root returns the stem of the word that a noun in -ning, -ing, -else or -hed is made from, or nothing.
func root(stem string) string {
	for _, suffix := range []string{"ning", "ing", "else", "els", "hed"} {
		if r, ok := strings.CutSuffix(stem, suffix); ok && utf8.RuneCountInString(r) >= shortestPart {
			return r
		}
	}
	return ""
}

// fuzz is how many typing errors are forgiven: none in a short word, where one letter makes another word.
func fuzz(word string) int {
	if word[0] <= '9' {
		return 0
	}
	switch n := utf8.RuneCountInString(word); {
	case n < 5:
		return 0
	case n < 9:
		return 1
	default:
		return 2
	}
}

// Swaps returns the spellings that arise when two neighbouring letters are exchanged, the commonest error that
// counts as two.
func Swaps(word string) []string {
	r := []rune(word)
	var out []string
	for i := 0; i+1 < len(r); i++ {
		if r[i] == r[i+1] {
			continue
		}
		r[i], r[i+1] = r[i+1], r[i]
		out = append(out, string(r))
		r[i], r[i+1] = r[i+1], r[i]
	}
	return out
}

// FuzzyWays are the ways of holding a word that was typed with one error or two, or that begins a longer one.
// Each takes all the terms that an index has for it, so that their number changes nothing.
func FuzzyWays(one, two, begins []Atom) []Way {
	var out []Way
	for _, w := range []struct {
		worth float64
		terms []Atom
	}{{worthFuzzy, one}, {worthFuzzy2, two}, {worthBegins, begins}} {
		if len(w.terms) > 0 {
			out = append(out, Way{Worth: w.worth, All: [][]Atom{w.terms}})
		}
	}
	return out
}

// Begins reports whether a stem may be a compound that begins with the wanted word: both are long enough.
func (w Wanted) Begins(stem string) bool {
	rest, ok := strings.CutPrefix(stem, w.Stem)
	return ok && w.Fuzz > 0 && utf8.RuneCountInString(w.Stem) >= shortestKnown && utf8.RuneCountInString(rest) >= shortestPart
}

// clip cuts a text to what is read of it.
func clip(text string) string {
	n := 0
	for i := range text {
		if n == maxText {
			return text[:i]
		}
		n++
	}
	return text
}

type piece struct {
	text   string
	quoted bool
}

// pieces splits a query at its quotation marks. An odd mark stands for nothing.
func pieces(text string) []piece {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '“', '”', '„', '»', '«':
			return '"'
		}
		return r
	}, text)
	split := strings.Split(text, `"`)
	out := make([]piece, 0, len(split))
	for i, s := range split {
		out = append(out, piece{s, i%2 == 1 && i < len(split)-1})
	}
	return out
}
