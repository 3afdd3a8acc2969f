package triage

import (
	"slices"
	"strings"
)

// The word lists that tell of whom a text speaks.
const (
	wordsPronoun = "han_hun"
	wordsOwner   = "ejer"
	wordsYoung   = "kan_vaere_barn"
)

// What an age says of somebody, in the order of the rule files' lists.
var ageSays = [...]Subject{Child, OtherAdult}

// mostAges is how many ages are heard in one text, so that a text full of them costs no more than a few.
const mostAges = 16

// subject looks for the person that a hit is about: the nearest one named in it
// or before it in its sentence.
func (r *reading) subject(h hit) Subject {
	for _, span := range [][2]int{{h.from, h.to}, {0, h.from}} {
		found := Unknown
		for i := span[0]; i < span[1]; i++ {
			if s := r.personAt(h.sentence, i); s != Unknown {
				found = s
				if span[0] == h.from {
					break // the first in the hit is its grammatical subject
				}
			}
		}
		if found != Unknown {
			return found
		}
	}
	return Unknown
}

// personAt says who a word stands for. "his" before "son" stands for nobody: the son is meant.
func (r *reading) personAt(sentence, token int) Subject {
	sets := r.sets[sentence]
	if r.is(sets[token], wordsOwner) && token+1 < len(sets) && r.person(sets[token+1]) != Unknown && !r.is(sets[token+1], wordsPronoun) {
		return Unknown
	}
	if r.persons != nil {
		return r.persons[sentence][token]
	}
	return r.person(sets[token])
}

func (r *reading) is(sets []int32, list string) bool { return contains(sets, r.rules.sets["@"+list]) }

func (r *reading) person(sets []int32) Subject {
	switch {
	case r.is(sets, wordsAuthor):
		return Author
	case r.is(sets, wordsChild):
		return Child
	case r.is(sets, wordsAdult):
		return OtherAdult
	}
	return Unknown
}

// named is somebody whose age is said: by the word for them, or by "he" alone.
type named struct {
	word string
	as   Subject
}

// meet works out who is a child and who is none where a text says how old somebody is: there, wherever the same word
// stands again, and where "he" or "she" follows. Its work grows with the text alone.
func (r *reading) meet() {
	if len(r.ages) == 0 {
		return
	}
	r.persons = make([][]Subject, len(r.sets))
	for i, sentence := range r.sets {
		r.persons[i] = make([]Subject, len(sentence))
		for j, sets := range sentence {
			r.persons[i][j] = r.person(sets)
		}
	}
	var known []named
	alone := Unknown // of a pronoun that nobody stands before
	for _, h := range r.ages {
		if slices.ContainsFunc(r.rules.noAges, func(c int) bool { return r.has(c, h, inSentence) }) {
			continue
		}
		as := ageSays[h.owner.index]
		at := r.bearer(h)
		switch {
		case at < 0:
			for i := h.from; i < h.to; i++ {
				r.persons[h.sentence][i] = as
			}
			known = append(known, named{"", as})
		case !r.is(r.sets[h.sentence][at], wordsPronoun):
			known = append(known, named{r.sentences[h.sentence].tokens[at].text, as})
		default:
			if before := r.before(h.sentence, at); before != "" {
				known = append(known, named{before, as})
			} else {
				alone = as
			}
		}
	}
	r.spread(known, alone)
}

// bearer gives the word in a hit that stands for whom the age is said of, or -1.
func (r *reading) bearer(h hit) int {
	at := -1
	for i := h.from; i < h.to; i++ {
		sets := r.sets[h.sentence][i]
		if r.is(sets, wordsYoung) || r.is(sets, wordsChild) {
			at = i
			if !r.is(sets, wordsPronoun) {
				return i
			}
		}
	}
	return at
}

// before gives the word for the nearest person named before a pronoun who may be a child, or "".
func (r *reading) before(sentence, token int) string {
	for i := sentence; i >= max(0, sentence-reach(near)); i-- {
		if i < sentence {
			token = len(r.sets[i])
		}
		for j := token - 1; j >= 0; j-- {
			sets := r.sets[i][j]
			if (r.is(sets, wordsYoung) || r.is(sets, wordsChild)) && !r.is(sets, wordsPronoun) {
				return r.sentences[i].tokens[j].text
			}
		}
	}
	return ""
}

// spread gives everybody the age that is said of them somewhere, and a pronoun that of whom was named last.
func (r *reading) spread(known []named, alone Subject) {
	last := alone
	for i, sentence := range r.sets {
		for j, sets := range sentence {
			who := &r.persons[i][j]
			switch {
			case *who == Unknown || *who == Author:
			case r.is(sets, wordsPronoun):
				if last != Unknown {
					*who = last
				}
			default:
				if as := agedAs(known, r.sentences[i].tokens[j].text); as != Unknown {
					*who = as
				}
				last = *who
			}
		}
	}
}

// agedAs finds somebody by their word, in whatever form it stands ("søn", "sønnen"). A grown-up's age weighs more than a
// word that only sounds like a child ("lillesøster").
func agedAs(known []named, word string) Subject {
	as := Unknown
	for _, k := range known {
		if k.word != "" && as != OtherAdult && (strings.HasPrefix(word, k.word) || strings.HasPrefix(k.word, word)) {
			as = k.as
		}
	}
	return as
}
