package triage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// letters maps what people type to the one spelling that rules and texts are
// compared in. The three Danish letters become their two-letter spelling,
// because that is what a foreign keyboard or an old phone leaves behind.
var letters = map[rune]string{
	'æ': "ae", 'ø': "oe", 'å': "aa", 'ä': "ae", 'ö': "oe", 'ü': "u",
	'é': "e", 'è': "e", 'ê': "e", 'ë': "e", 'á': "a", 'à': "a", 'â': "a", 'ã': "a",
	'í': "i", 'ì': "i", 'ó': "o", 'ò': "o", 'ô': "o", 'ú': "u", 'ù': "u", 'ç': "c", 'ñ': "n", 'ß': "ss",
}

// digits are read as the letters they stand in for inside a word ("s3lvm0rd").
var digits = map[rune]string{'0': "o", '1': "i", '3': "e", '4': "a", '5': "s", '7': "t", '@': "a", '$': "s"}

func foldRune(b *strings.Builder, r rune) {
	r = unicode.ToLower(r)
	if s, ok := letters[r]; ok {
		b.WriteString(s)
		return
	}
	if unicode.Is(unicode.Mn, r) {
		return // a combining accent: "é" typed as two signs
	}
	b.WriteRune(r)
}

// fold brings a word into the spelling that is compared.
func fold(word string) string {
	var b strings.Builder
	b.Grow(len(word) + 4)
	for _, r := range word {
		if r == '\'' || r == '’' || r == '`' {
			continue
		}
		foldRune(&b, r)
	}
	return strings.ReplaceAll(b.String(), "a\u030a", "aa")
}

// foldShort drops the Danish letters to their nearest plain one, for the people
// who write "dod" for "død". Only long words survive this without colliding.
func foldShort(word string) string {
	return strings.NewReplacer("æ", "a", "ø", "o", "å", "a").Replace(strings.ToLower(word))
}

// squeeze shortens runs of three or more of a letter to keep ("nejjj", "alllle").
func squeeze(word string, keep int) string {
	var b strings.Builder
	var last rune
	run := 0
	for _, r := range word {
		if unicode.ToLower(r) == unicode.ToLower(last) {
			run++
		} else {
			if run >= 3 {
				for range keep {
					b.WriteRune(last)
				}
			} else {
				for range run {
					b.WriteRune(last)
				}
			}
			last, run = r, 1
		}
	}
	if run >= 3 {
		run = keep
	}
	for range run {
		b.WriteRune(last)
	}
	return b.String()
}

func hasLongRun(word string) bool {
	var last rune
	run := 0
	for _, r := range word {
		if unicode.ToLower(r) == unicode.ToLower(last) {
			if run++; run >= 3 && unicode.IsLetter(r) {
				return true
			}
			continue
		}
		last, run = r, 1
	}
	return false
}

// unmask gives the readings of a word with letters hidden behind signs.
func unmask(word string) []string {
	if strings.ContainsRune(word, '*') {
		var out []string
		for _, v := range []string{"o", "e", "a", "i", "u", "y", "oe", "ae", "aa"} {
			out = append(out, strings.ReplaceAll(word, "*", v))
		}
		return out
	}
	var b strings.Builder
	changed, plain := false, 0
	for _, r := range word {
		if s, ok := digits[r]; ok {
			b.WriteString(s)
			changed = true
			continue
		}
		if unicode.IsLetter(r) {
			plain++
		}
		b.WriteRune(r)
	}
	if !changed || plain < 2 || utf8.RuneCountInString(word) < 3 {
		return nil
	}
	return []string{b.String()}
}
