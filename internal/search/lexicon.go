package search

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/english"
)

//go:embed words/*.txt
var wordFiles embed.FS

// lexicon is what the word files say, read once and never changed.
type lexicon struct {
	stop      map[string]bool
	common    map[string]bool     // stems that count half
	irregular map[string]string   // spelling to the stem that all forms share
	parts     map[string]bool     // stems that compounds are made of
	synonyms  map[string][]string // stem to the stems that mean nearly the same
}

var words = sync.OnceValue(readLexicon)

func readLexicon() *lexicon {
	l := &lexicon{
		stop: map[string]bool{}, common: map[string]bool{}, irregular: map[string]string{},
		parts: map[string]bool{}, synonyms: map[string][]string{},
	}
	for line := range lines("stop") {
		for w := range strings.FieldsSeq(line) {
			l.stop[spell(w)] = true
		}
	}
	for line := range lines("irregular") {
		forms := strings.Fields(line)
		lemma := rule(spell(forms[0]), false)
		for _, w := range forms {
			if _, taken := l.irregular[spell(w)]; !taken {
				l.irregular[spell(w)] = lemma
			}
		}
	}
	for line := range lines("common") {
		for w := range strings.FieldsSeq(line) {
			l.common[l.stem(spell(w), false)] = true
		}
	}
	for line := range lines("part") {
		for w := range strings.FieldsSeq(line) {
			l.parts[l.stem(spell(w), false)] = true
		}
	}
	for line := range lines("synonyms") {
		l.group(line)
	}
	return l
}

// group ties the words of one line of synonyms to each other or, with a >, the first word to the others.
func (l *lexicon) group(line string) {
	first, others, oneWay := strings.Cut(line, ">")
	if !oneWay {
		others = first
	}
	finds := func(from, to string) {
		from, to = l.stem(spell(strings.TrimSpace(from)), false), l.stem(spell(strings.TrimSpace(to)), false)
		if from != to && !slices.Contains(l.synonyms[from], to) {
			l.synonyms[from] = append(l.synonyms[from], to)
		}
	}
	for from := range strings.SplitSeq(first, ",") {
		for to := range strings.SplitSeq(others, ",") {
			finds(from, to)
		}
	}
}

// lines yields the lines of a word file without comments.
func lines(name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		data, err := wordFiles.ReadFile("words/" + name + ".txt")
		if err != nil {
			panic(err) // the files are part of the binary
		}
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(line) {
				return
			}
		}
	}
}

// stem returns what all forms of a folded word share. Irregular forms come before rules.
func (l *lexicon) stem(word string, inEnglish bool) string {
	if lemma, ok := l.irregular[word]; ok {
		return lemma
	}
	if strings.ContainsAny(word, "0123456789") {
		return word // rules take the second of two like digits away
	}
	s := rule(word, inEnglish)
	// A genitive may hide an irregular form: børnenes, mødrenes.
	if lemma, ok := l.irregular[s]; ok {
		return lemma
	}
	return s
}

// rule returns the stem by rule alone.
func rule(word string, inEnglish bool) string {
	env := snowballstem.NewEnv(word)
	if inEnglish {
		english.Stem(env)
	} else {
		danish.Stem(env)
	}
	return env.Current()
}
