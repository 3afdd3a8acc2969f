package space

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Skeleton folds an alias to what the eye sees of it: two aliases with the same skeleton could be taken for one
// another, so only one of them can stand in a space. Case, spaces, accents and the spelling of æ, ø and å fall
// away; letters of other scripts become the Latin ones they look like.
func Skeleton(alias string) string {
	var b strings.Builder
	// Danish letters first: å is a letter of its own and no accented a.
	for _, r := range danish.Replace(strings.ToLower(capitals.Replace(norm.NFKC.String(alias)))) {
		if latin, ok := lookalikes[r]; ok {
			b.WriteString(latin)
			continue
		}
		b.WriteRune(r)
	}
	var folded strings.Builder
	for _, r := range norm.NFD.String(b.String()) {
		if unicode.Is(unicode.Mn, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if latin, ok := lookalikes[r]; ok {
			folded.WriteString(latin)
			continue
		}
		folded.WriteRune(r)
	}
	return pairs.Replace(folded.String())
}

// capitals look like other Latin letters than their small ones do.
var capitals = strings.NewReplacer("Η", "H", "Μ", "M", "Ν", "N", "Υ", "Y", "Ζ", "Z", "Χ", "X", "Β", "B", "Τ", "T", "Ρ", "P")

var danish = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "ä", "ae", "ö", "oe")

// pairs look like one letter when they stand together.
var pairs = strings.NewReplacer("rn", "m", "vv", "w")

// lookalikes maps lower-case letters and digits to the Latin letters that they are mistaken for. I, l and 1 are
// one, and so are O and 0. It covers the letters of Unicode's confusables that a keyboard can write.
var lookalikes = map[rune]string{
	'0': "o", '1': "i", 'l': "i", 'ı': "i", 'ł': "i", 'ø': "oe", 'đ': "d", 'ð': "d", 'þ': "p", 'ß': "ss", 'œ': "oe", 'ŋ': "n", 'ſ': "s", 'ħ': "h", 'ŧ': "t",
	// Cyrillic
	'а': "a", 'в': "b", 'с': "c", 'ԁ': "d", 'е': "e", 'ё': "e", 'ф': "o", 'г': "r", 'һ': "h", 'н': "h", 'і': "i", 'ї': "i", 'ј': "j", 'к': "k", 'ӏ': "i", 'м': "m",
	'о': "o", 'п': "n", 'р': "p", 'ԛ': "q", 'ѕ': "s", 'т': "t", 'у': "y", 'ѵ': "v", 'ԝ': "w", 'х': "x", 'з': "3", 'ь': "b", 'ӕ': "ae",
	// Greek
	'α': "a", 'β': "b", 'ε': "e", 'ζ': "z", 'η': "n", 'ι': "i", 'κ': "k", 'μ': "u", 'ν': "v", 'ο': "o", 'ρ': "p", 'σ': "o", 'τ': "t", 'υ': "u", 'χ': "x", 'γ': "y", 'ω': "w",
}
