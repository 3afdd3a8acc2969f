package triage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is one word, number or pictograph with its place in the original text.
type token struct {
	text       string   // the spelling that is compared
	also       []string // further readings of the same word
	start, end int      // bytes in the original
	quoted     bool
	clauseEnd  bool // a comma, a dash or the like follows
}

// sentence is a run of tokens that patterns look at together.
type sentence struct {
	tokens []token
	asks   bool // ends in a question mark
}

// maxSentence keeps the work per sentence bounded when somebody writes without
// a single full stop, as people in distress do.
const maxSentence = 60

// maxWord is the longest word that is read in full; Danish compounds are shorter.
const maxWord = 48

// split cuts a text into sentences of tokens.
func split(text string) []sentence {
	s := splitter{text: text}
	s.run()
	return s.out
}

type splitter struct {
	text   string
	out    []sentence
	cur    []token
	quoted bool
}

func (s *splitter) run() {
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[i:])
		switch {
		case wordRune(r):
			i = s.word(i)
			continue
		case r == '"' || r == '“' || r == '”' || r == '»' || r == '«' || r == '„':
			s.quote(i + size)
		case r == '.' && schoolYear(s.text, i):
		case r == '.' || r == '!' || r == '?' || r == '\n' || r == '…':
			s.stop(r == '?')
		case r == ',' || r == ';' || r == ':' || r == '–' || r == '—' || r == '(' || r == ')' || (r == '-' && s.spaced(i)):
			if n := len(s.cur); n > 0 {
				s.cur[n-1].clauseEnd = true
			}
		case picture(r):
			s.cur = append(s.cur, token{text: string(r), start: i, end: i + size})
		}
		i += size
		if len(s.cur) >= maxSentence {
			s.stop(false)
		}
	}
	s.stop(false)
}

func (s *splitter) spaced(i int) bool {
	return i > 0 && s.text[i-1] == ' ' && i+1 < len(s.text) && s.text[i+1] == ' '
}

// quote opens and closes quotations; one that is never closed ends with its
// paragraph, so that a stray sign cannot soften the rest of a post.
func (s *splitter) quote(after int) {
	if s.quoted {
		s.quoted = false
		return
	}
	rest := s.text[after:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	s.quoted = strings.ContainsAny(rest, `"“”»«`)
}

func (s *splitter) stop(asks bool) {
	if len(s.cur) == 0 {
		if asks && len(s.out) > 0 {
			s.out[len(s.out)-1].asks = true
		}
		return
	}
	s.out = append(s.out, sentence{tokens: joinSpaced(s.cur), asks: asks})
	s.cur = nil
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '%' || r == '$'
}

func picture(r rune) bool { return r >= 0x2190 && unicode.IsSymbol(r) }

// word reads one word from i and returns where it ends.
func (s *splitter) word(i int) int {
	end, dirty := i, false
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		inner := r == '\'' || r == '’' || r == '*' || r == '@' || (r == '.' && digitsAround(s.text, end))
		if !wordRune(r) && (!inner || !letterAfter(s.text, end+size)) {
			break
		}
		dirty = dirty || inner || unicode.IsDigit(r) || r == '$'
		end += size
	}
	raw := s.text[i:end]
	if len(raw) > maxWord {
		raw = raw[:maxWord]
	}
	t := token{start: i, end: end, quoted: s.quoted}
	if hasLongRun(raw) {
		t.also = append(t.also, fold(squeeze(raw, 2)))
		raw = squeeze(raw, 1)
	}
	t.text = fold(raw)
	if dirty {
		t.also = append(t.also, unmask(t.text)...)
	}
	s.cur = append(s.cur, t)
	return end
}

// schoolYear holds for the stop in "6. klasse", which ends no sentence.
func schoolYear(text string, i int) bool {
	after := strings.TrimPrefix(text[i+1:], " ")
	return i > 0 && text[i-1] >= '0' && text[i-1] <= '9' && len(after) >= len("klas") && strings.EqualFold(after[:len("klas")], "klas")
}

func letterAfter(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return wordRune(r) || r == '*'
}

func digitsAround(text string, i int) bool {
	return i > 0 && i+1 < len(text) && text[i-1] >= '0' && text[i-1] <= '9' && text[i+1] >= '0' && text[i+1] <= '9'
}

// joinSpaced adds the word that somebody spelled out with spaces ("s e l v m o r d").
func joinSpaced(tokens []token) []token {
	for i := 0; i < len(tokens); {
		j := i
		for j < len(tokens) && utf8.RuneCountInString(tokens[j].text) <= 2 && tokens[j].end-tokens[j].start <= 2 {
			j++
		}
		if j-i >= 4 {
			var b strings.Builder
			for _, t := range tokens[i:j] {
				b.WriteString(t.text)
			}
			tokens[i].also = append(tokens[i].also, b.String())
			tokens[i].end = tokens[j-1].end
		}
		i = max(j, i+1)
	}
	return tokens
}
