package triage

import (
	"strings"
	"unicode/utf8"
)

// How many words in a row must stand in both texts before they count as copied. A line that begins with ">" says itself
// that it quotes; elsewhere two people may well use the same few words of their own.
const (
	copiedWords = 8
	quotedWords = 3
)

// copiedFactor leaves of something urgent what a moderator reads today; what was less than that stays what it was.
const copiedFactor = 0.34

// reasonCopied names what lowers words that are somebody else's.
const reasonCopied = "gengivet"

// conceptAgrees is what somebody says who makes another's words their own.
const conceptAgrees = "siger_det_samme"

// copies finds the words of a text that it has from the text that it answers, word for word, in order. Its work grows
// with the two texts alone.
func copies(text, answered string) []span {
	if answered == "" {
		return nil
	}
	theirs := words(split(answered))
	short, long := rows(theirs, quotedWords), rows(theirs, copiedWords)
	own := words(split(text))
	copied := make([]bool, len(own))
	mark := func(in map[string]bool, n int, fits func(i int) bool) {
		for i := range len(own) - n + 1 {
			if in[row(own[i:i+n])] && fits(i) {
				for j := range n {
					copied[i+j] = true
				}
			}
		}
	}
	quoting := quotingLines(text, own)
	mark(long, copiedWords, func(int) bool { return true })
	mark(short, quotedWords, func(i int) bool { return quoting[i] && quoting[i+quotedWords-1] })
	var out []span
	for i, c := range copied {
		switch {
		case !c:
		case i > 0 && copied[i-1]:
			out[len(out)-1].end = own[i].end
		default:
			out = append(out, span{own[i].start, own[i].end})
		}
	}
	return out
}

func words(sentences []sentence) []token {
	var out []token
	for _, s := range sentences {
		out = append(out, s.tokens...)
	}
	return out
}

// rows are all runs of n words.
func rows(of []token, n int) map[string]bool {
	out := map[string]bool{}
	for i := range len(of) - n + 1 {
		out[row(of[i:i+n])] = true
	}
	return out
}

func row(of []token) string {
	var b strings.Builder
	for _, t := range of {
		b.WriteString(t.text)
		b.WriteByte(' ')
	}
	return b.String()
}

// quotingLines says of each word whether its line begins with ">".
func quotingLines(text string, of []token) []bool {
	out := make([]bool, len(of))
	from, i := 0, 0
	for line := range strings.Lines(text) {
		quotes := strings.HasPrefix(strings.TrimLeft(line, " \t"), ">")
		for from += len(line); i < len(of) && of[i].start < from; i++ {
			out[i] = quotes
		}
	}
	return out
}

// quotationMarks go with the words that they stand around.
const quotationMarks = `"“”»«„`

// without gives the text with spaces where words were copied, so that every place in it stays where it was. The ends of
// what was copied part sentences.
func without(text string, copied []span) string {
	b := []byte(text)
	for _, c := range copied {
		if r, size := utf8.DecodeLastRuneInString(text[:c.start]); size > 0 && strings.ContainsRune(quotationMarks, r) {
			c.start -= size
		}
		if r, size := utf8.DecodeRuneInString(text[c.end:]); size > 0 && strings.ContainsRune(quotationMarks, r) {
			c.end += size
		}
		for i := c.start; i < c.end; i++ {
			b[i] = ' '
		}
		b[c.start] = '\n'
	}
	return string(b)
}

// tell adds what the whole text has beyond the writer's own words: hits that reach into copied words count in full, as
// do all where the writer says the same of themselves; those within copied words count little and are never left out.
func (r *reading) tell(whole *reading, copied []span) {
	agrees := len(r.concepts[r.rules.agrees]) > 0
	best := map[string]int{}
	for _, h := range whole.hits {
		inside, touches := false, false
		for _, c := range copied {
			inside = inside || c.start <= h.start && h.end <= c.end
			touches = touches || c.start < h.end && h.start < c.end
		}
		if !touches {
			continue
		}
		f, ok := whole.weigh(h)
		if !ok {
			continue
		}
		if inside && !agrees {
			f.points = max(f.points*copiedFactor, min(f.points, needed[Amber]))
			f.lowered = append(f.lowered, Reason{Rule: reasonCopied, Start: h.start, End: h.end})
		}
		if i, seen := best[f.rule.ID]; !seen {
			best[f.rule.ID] = len(r.told)
			r.told = append(r.told, f)
		} else if f.points > r.told[i].points {
			r.told[i] = f
		}
	}
}
