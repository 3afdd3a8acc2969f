package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samhold/internal/fault"
)

// maxMarks is the greatest number of combining marks that one letter keeps. No living language stacks more; a
// taller stack covers the lines above it.
const maxMarks = 5

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// Clean returns text as it may be stored: valid, in NFC, with LF line ends, and without characters that cannot
// be seen: they turn the reading direction around, or split a word so that no rule and no search finds it.
// Emoji and scripts that join letters stay whole. NUL and invalid UTF-8 are refused with the fault Invalid.
func Clean(s string) (string, error) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", fault.New(fault.Invalid, "markup.not_text")
	}
	s = strings.Map(visible, newlines.Replace(s))
	return limitMarks(norm.NFC.String(s)), nil
}

// visible is a mapping for strings.Map: it drops what Clean takes out.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case unicode.IsControl(r), // C0, DEL and C1
		r == '\u00ad',                  // soft hyphen
		r == '\u180e',                  // Mongolian vowel separator
		r == '\u200b',                  // zero-width space
		r >= '\u202a' && r <= '\u202e', // bidi embeddings and overrides
		r >= '\u2060' && r <= '\u206f', // word joiner, invisible operators, bidi isolates
		r == '\ufeff',                  // byte order mark
		r >= '\ufff9' && r <= '\ufffb', // interlinear annotation
		r >= 0xe0000 && r <= 0xe007f,   // tags: a second text inside a visible one
		r&0xfffe == 0xfffe:             // noncharacters
		return -1
	}
	return r
}

func limitMarks(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			marks = 0
			return r
		}
		if marks++; marks > maxMarks {
			return -1
		}
		return r
	}, s)
}
