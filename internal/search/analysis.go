package search

import (
	"fmt"
	"hash/fnv"
	"sort"
)

// TermsVersion changes when the analysis or the word files change so much that terms made before would no longer be
// found. Engines rebuild an index whose terms are of another version.
const TermsVersion = "1"

// Word is one word of a text as every engine sees it.
type Word struct {
	Start, End int      // its place in the text, in bytes
	Exact      string   // its folded spelling
	Stem       string   // what all its forms share
	Parts      []string // stems of its parts when it is a compound
	Stop       bool     // carries no meaning in a search
}

// Words returns the words of a text, in order. The text's language, Danish or English, is told by its small words.
func Words(text string) []Word {
	l := words()
	places := spans(text)
	if len(places) > maxWords {
		places = places[:maxWords]
	}
	out := make([]Word, 0, len(places))
	for _, p := range places {
		if w := spell(text[p.start:p.end]); w != "" {
			out = append(out, Word{Start: p.start, End: p.end, Exact: w, Stop: l.stop[w]})
		}
	}
	inEnglish := isEnglish(out)
	for i := range out {
		w := &out[i]
		w.Stem = l.stem(w.Exact, inEnglish)
		if !w.Stop && !inEnglish {
			w.Parts = l.split(w.Exact, w.Stem)
		}
	}
	return out
}

// maxWords is how much of a text is read; far beyond the longest post that a form accepts.
const maxWords = 20_000

// isEnglish reports whether more of the telling small words are English than Danish.
func isEnglish(text []Word) bool {
	score := 0
	for _, w := range text {
		switch w.Exact {
		case "the", "and", "of", "is", "was", "that", "with", "my", "you", "he", "she", "it", "not", "this", "they", "be", "have":
			score++
		case "og", "det", "er", "ikke", "jeg", "min", "han", "hun", "at", "en", "på", "som", "til", "af", "med", "der", "har", "vi":
			score--
		}
	}
	return score > 0
}

// Field names one kind of term in an index.
type Field string

// The fields. A term stands in a document's field or it does not: how often, here or in other documents, is
// not kept, so that the order of one person's hits tells nothing about posts that they may not read.
const (
	Stem   Field = "w" // stem of any word, title included
	Exact  Field = "x" // folded spelling, where it differs from the stem
	Part   Field = "p" // stem of a part of a compound
	Title  Field = "t" // stem or part in the title
	Strong Field = "f" // stem that the post repeats
	Pair   Field = "n" // two neighbouring words that are not stop words, hashed
	Alias  Field = "a" // word of the shown alias
)

// Terms are a document's terms by field, sorted and each once.
type Terms map[Field][]string

// TermsOf analyses a document.
func TermsOf(d Document) Terms {
	title, body := Words(d.Title), Words(d.Body)
	sets := map[Field]map[string]bool{}
	add := func(f Field, term string) {
		if sets[f] == nil {
			sets[f] = map[string]bool{}
		}
		sets[f][term] = true
	}
	count := map[string]int{}
	for _, text := range [][]Word{title, body} {
		last := ""
		for _, w := range text {
			if w.Stop {
				continue
			}
			count[w.Stem]++
			add(Stem, w.Stem)
			if w.Exact != w.Stem {
				add(Exact, w.Exact)
			}
			for _, p := range w.Parts {
				add(Part, p)
			}
			if last != "" {
				add(Pair, pair(last, w.Stem))
			}
			last = w.Stem
		}
	}
	for _, w := range title {
		if w.Stop {
			continue
		}
		add(Title, w.Stem)
		for _, p := range w.Parts {
			add(Title, p)
		}
	}
	for stem, n := range count {
		if n >= 2+len(body)/wordsPerRepeat {
			add(Strong, stem)
		}
	}
	for _, w := range Words(d.Alias) {
		add(Alias, w.Exact)
	}
	out := make(Terms, len(sets))
	for f, set := range sets {
		list := make([]string, 0, len(set))
		for t := range set {
			list = append(list, t)
		}
		sort.Strings(list)
		out[f] = list
	}
	return out
}

// wordsPerRepeat: a word must stand twice in a short post to be what it is about, and once more for each so
// many words.
const wordsPerRepeat = 200

// pair names two neighbouring stems by a hash of 16 bits. A collision lifts one wrong post in a thousand a little;
// more bits made the index two thirds larger.
func pair(a, b string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(a + " " + b))
	sum := h.Sum32()
	return fmt.Sprintf("%04x", uint16(sum>>16^sum))
}
