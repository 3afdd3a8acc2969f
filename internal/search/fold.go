package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns the one spelling by which all spellings of a word are compared: lower case, compatibility forms
// resolved, accents gone, and aa, ae, oe written å, æ, ø (Aarhus and Århus, boern and børn). Danish stems need
// the single letters, and a typing error is then one letter, not two.
func fold(word string) string {
	if plain(word) {
		return digraphs.Replace(word)
	}
	var b strings.Builder
	for _, r := range norm.NFKC.String(word) {
		r = unicode.ToLower(r)
		switch r {
		case 'å', 'æ', 'ø':
			b.WriteRune(r)
		case 'ä':
			b.WriteRune('æ')
		case 'ö', 'œ':
			b.WriteRune('ø')
		case 'ü':
			b.WriteRune('y')
		case 'ß':
			b.WriteString("ss")
		default:
			if invisible(r) || apostrophe(r) {
				continue
			}
			for _, d := range norm.NFKD.String(string(r)) {
				if !unicode.IsMark(d) {
					b.WriteRune(unicode.ToLower(d))
				}
			}
		}
	}
	return digraphs.Replace(b.String())
}

var digraphs = strings.NewReplacer("aa", "å", "ae", "æ", "oe", "ø")

// plain reports whether the word is already lower case and without anything to resolve.
func plain(word string) bool {
	for _, r := range word {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == 'æ', r == 'ø', r == 'å':
		default:
			return false
		}
	}
	return true
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// invisible runes stand inside words without being seen: a soft hyphen, zero-width joiners.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}

// span is one word's place in a text, in bytes.
type span struct{ start, end int }

// spans returns the words of text: runs of letters and digits, with apostrophes and invisible runes inside.
func spans(text string) []span {
	var out []span
	start, end := -1, 0
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && start >= 0:
			if start < 0 {
				start = i
			}
			end = i + len(string(r))
		case start >= 0 && (apostrophe(r) || invisible(r)):
			// belongs to the word only when a letter follows
		case start >= 0:
			out = append(out, span{start, end})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, span{start, end})
	}
	return out
}

// spell folds the word at a place of a text and takes off an owner's 's.
func spell(word string) string {
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		word = strings.TrimSuffix(word, s)
	}
	w := fold(word)
	if len(w) > maxWord {
		return strings.ToValidUTF8(w[:maxWord], "")
	}
	return w
}

// maxWord is the longest word kept, in bytes; the rest of a longer one is noise.
const maxWord = 64
