package passphrase

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samhold/internal/fault"
)

//go:embed common.txt
var commonFile string

// common holds the listed words and sentences, folded. It never changes after the program has started.
var common = readCommon()

// The rows along which fingers run, in both directions.
var rows = []string{
	"abcdefghijklmnopqrstuvwxyzæøå", "01234567890", "qwertyuiopå", "asdfghjklæø", "zxcvbnm", "qwertz", "azerty",
	"1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm",
}

const (
	minDistinct   = 5 // different characters
	minNameLetter = 4 // shorter forbidden words occur in others by chance
)

// Check says whether a new passphrase is hard enough to guess, as an Invalid fault with a translation key, or nil.
// The forbidden words, such as the sign-in name, must not occur in it.
func Check(plain string, forbidden ...string) error {
	if !utf8.ValidString(plain) {
		return invalid("passphrase.rule.not_text")
	}
	plain = norm.NFC.String(plain)
	switch n := utf8.RuneCountInString(plain); {
	case n < MinRunes:
		return invalid("passphrase.rule.too_short", "Min", MinRunes)
	case n > MaxRunes:
		return invalid("passphrase.rule.too_long", "Max", MaxRunes)
	}
	if strings.ContainsFunc(plain, unicode.IsControl) {
		return invalid("passphrase.rule.not_text")
	}
	for _, word := range forbidden {
		if contains(plain, word) {
			return invalid("passphrase.rule.contains_name")
		}
	}
	signs := []rune(strings.Join(strings.Fields(strings.ToLower(plain)), ""))
	switch {
	case repeats(signs):
		return invalid("passphrase.rule.repeats")
	case runs(signs), isCommon(plain):
		return invalid("passphrase.rule.common")
	}
	return nil
}

func invalid(key string, args ...any) error {
	var c fault.Check
	c.Add("passphrase", key, args...)
	return c.Err()
}

// contains reports whether the word, or its letters alone, occurs in the passphrase however it is written.
func contains(plain, word string) bool {
	folded := fold(plain)
	for _, w := range []string{fold(word), fold(trim(word))} {
		if len(w) >= minNameLetter && strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// repeats reports whether a short piece fills the whole passphrase, or it has very few different characters.
func repeats(signs []rune) bool {
	distinct := map[rune]bool{}
	for _, r := range signs {
		distinct[r] = true
	}
	if len(distinct) < minDistinct {
		return true
	}
	for period := 1; period <= len(signs)/2; period++ {
		same := true
		for i := period; i < len(signs) && same; i++ {
			same = signs[i] == signs[i-period]
		}
		if same {
			return true
		}
	}
	return false
}

// runs reports whether fingers have only run along the keys, changing place after three or more on average.
func runs(signs []rune) bool {
	pieces := 1
	for i := 1; i < len(signs); i++ {
		if signs[i] != signs[i-1] && !neighbours(signs[i-1], signs[i]) {
			pieces++
		}
	}
	return pieces*3 <= len(signs)
}

func neighbours(a, b rune) bool {
	for _, row := range rows {
		if strings.Contains(row, string([]rune{a, b})) || strings.Contains(row, string([]rune{b, a})) {
			return true
		}
	}
	return false
}

// isCommon reports whether the passphrase is a listed one, however it is dressed up: capitals, spaces, digits for
// letters, digits and signs around it, or written twice. Digits and signs alone, a telephone number or a date, are
// common too.
func isCommon(plain string) bool {
	letters := strings.Join(strings.FieldsFunc(plain, notLetter), "")
	if letters == "" {
		return true
	}
	for _, s := range []string{fold(plain), fold(trim(plain)), fold(strings.TrimRightFunc(plain, notLetter)), fold(letters)} {
		if _, listed := common[s]; listed {
			return true
		}
		for period := 3; period <= len(s)/2; period++ {
			if _, listed := common[s[:period]]; listed && strings.Repeat(s[:period], len(s)/period) == s {
				return true
			}
		}
	}
	return false
}

// trim takes away what people put before and after a word to make it count as another.
func trim(s string) string {
	return strings.TrimFunc(s, notLetter)
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

// digits and signs that stand for letters. I and L fall together, as the digit 1 stands for both.
var leet = map[rune]rune{
	'0': 'o', '1': 'i', 'l': 'i', '!': 'i', '|': 'i', '3': 'e', '€': 'e', '4': 'a', '@': 'a', '5': 's', '$': 's',
	'7': 't', '+': 't', '8': 'b', '9': 'g', 'æ': 'a', 'ø': 'o', 'å': 'a',
}

var spellings = strings.NewReplacer("ae", "a", "oe", "o", "aa", "a")

// fold brings the ways to write one word together. It also makes some different words equal, which is harmless.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.ToLower(s)) {
		if to, ok := leet[r]; ok {
			r = to
		} else if r >= 0x80 {
			r = []rune(norm.NFD.String(string(r)))[0]
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return spellings.Replace(b.String())
}

func readCommon() map[string]struct{} {
	set := make(map[string]struct{})
	for line := range strings.Lines(commonFile) {
		if line = fold(strings.TrimSpace(line)); line != "" {
			set[line] = struct{}{}
		}
	}
	return set
}
