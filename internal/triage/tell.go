package triage

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// Told is why a text was given its level, for staff to read beside the text.
type Told struct {
	Raised, Lowered []Because
	// Pieces are the whole text, cut where the words that raised it begin and end. Nil where no place in it is known.
	Pieces []Piece
}

// Because is one reason in words, with what it was found in. What is known beside the text has no such words.
type Because struct {
	Words string
	Found []string
}

// Piece is a stretch of a text.
type Piece struct {
	Text string
	Hit  bool // it raised
}

// Tell words the reasons of an assessment in the language "da" or "en", each once. text is what was assessed, to the
// byte; where it is not known any more, "" leaves out the places in it.
func (a *Assessor) Tell(text string, reasons []Reason, lang string) Told {
	var told Told
	var hits []span
	for _, r := range reasons {
		words := a.Explain(r, lang)
		if words == "" {
			continue // of rules that are no more
		}
		into := &told.Lowered
		if r.Raises {
			into = &told.Raised
		}
		i := slices.IndexFunc(*into, func(b Because) bool { return b.Words == words })
		if i < 0 {
			i = len(*into)
			*into = append(*into, Because{Words: words})
		}
		if !within(text, r) {
			continue
		}
		because := &(*into)[i]
		if found := text[r.Start:r.End]; !slices.Contains(because.Found, found) {
			because.Found = append(because.Found, found)
		}
		if r.Raises {
			hits = append(hits, span{r.Start, r.End})
		}
	}
	told.Pieces = cut(text, hits)
	return told
}

// within says whether a reason's place is one in this text.
func within(text string, r Reason) bool {
	return r.Start >= 0 && r.Start < r.End && r.End <= len(text) &&
		utf8.RuneStart(text[r.Start]) && (r.End == len(text) || utf8.RuneStart(text[r.End]))
}

func cut(text string, hits []span) []Piece {
	slices.SortFunc(hits, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	var out []Piece
	at := 0
	for i := 0; i < len(hits); {
		start, end := hits[i].start, hits[i].end
		for i < len(hits) && hits[i].start <= end {
			end = max(end, hits[i].end)
			i++
		}
		if start > at {
			out = append(out, Piece{Text: text[at:start]})
		}
		out = append(out, Piece{text[start:end], true})
		at = end
	}
	if len(out) > 0 && at < len(text) {
		out = append(out, Piece{Text: text[at:]})
	}
	return out
}
