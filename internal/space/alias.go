package space

import (
	"crypto/rand"
	_ "embed"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samhold/internal/fault"
)

// The length of an alias in characters.
const (
	minAlias = 2
	maxAlias = 24
	// maxDigits keeps telephone and CPR numbers out of aliases; a year fits.
	maxDigits = 4
)

// CleanAlias returns an alias as it is kept, in NFKC and without needless spaces, or an Invalid fault that says
// what is wrong with it. Only those who serve the space may use a name that sounds like staff.
func CleanAlias(typed string, serves bool) (string, error) {
	if !utf8.ValidString(typed) {
		return "", fault.New(fault.Invalid, "space.alias_letters")
	}
	alias := strings.Join(strings.Fields(norm.NFKC.String(typed)), " ")
	return alias, checkAlias(alias, serves)
}

func checkAlias(alias string, serves bool) error {
	refuse := func(why string) error { return fault.New(fault.Invalid, "space.alias_"+why) }
	switch n := utf8.RuneCountInString(alias); {
	case n < minAlias:
		return refuse("short")
	case looksLikeContact(alias):
		return refuse("contact")
	case n > maxAlias:
		return refuse("long")
	case !onlyLetters(alias) || Skeleton(alias) == "":
		return refuse("letters")
	case len(scripts(alias)) > 1:
		return refuse("mixed")
	case !serves && soundsLikeStaff(alias):
		return refuse("staff")
	}
	return nil
}

var contact = regexp.MustCompile(`(?i)@|https?:|www\.|\.(dk|com|net|org|nu|se|no|de|eu|io)\b`)

func looksLikeContact(alias string) bool {
	digits := 0
	for _, r := range alias {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits > maxDigits || contact.MatchString(alias)
}

// onlyLetters lets through letters with their accents, digits, spaces, hyphens, apostrophes and full stops.
func onlyLetters(alias string) bool {
	letters := 0
	for _, r := range alias {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), unicode.Is(unicode.Mn, r), strings.ContainsRune(" -'’.", r):
		default:
			return false
		}
	}
	return letters > 0
}

// scripts are the writing systems of the letters: a word of several is made to deceive.
func scripts(alias string) []string {
	var found []string
	for _, r := range alias {
		if !unicode.IsLetter(r) {
			continue
		}
		name := "other"
		for _, script := range []string{"Latin", "Greek", "Cyrillic"} {
			if unicode.Is(unicode.Scripts[script], r) {
				name = script
			}
		}
		if !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// Words that only staff may have in their names: anywhere for the long ones, as a word for the short ones.
var (
	staffParts = []string{
		"admin", "moderator", "samhold", "system", "facilitator", "bagvagt", "personale", "vagthavende", "support",
		"ansvarlig", "redaktion", "official", "officiel", "raadgiver", "behandler", "terapeut", "psykolog", "frivillig",
	}
	staffWords = []string{"mod", "mods", "modo", "staff", "team", "teamet", "vagt", "vagten", "leder", "lederen", "laege", "laegen", "politi", "politiet", "root", "bot"}
)

func soundsLikeStaff(alias string) bool {
	whole := unleet(Skeleton(alias))
	for _, part := range staffParts {
		if strings.Contains(whole, unleet(Skeleton(part))) {
			return true
		}
	}
	words := strings.FieldsFunc(alias, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = append(words, alias) // m-o-d is read as one word
	for _, w := range words {
		for _, staff := range staffWords {
			if unleet(Skeleton(w)) == unleet(Skeleton(staff)) {
				return true
			}
		}
	}
	return false
}

// unleet reads the digits that stand for letters; used only against imitation, never for who is who.
func unleet(skeleton string) string {
	return strings.NewReplacer("4", "a", "3", "e", "5", "s", "7", "t", "8", "b", "9", "g").Replace(skeleton)
}

//go:embed word/first.txt
var firstWords string

//go:embed word/second.txt
var secondWords string

// drawAliases makes n names of two Danish words from nature. They may repeat.
func drawAliases(n int) []string {
	first, second := strings.Fields(firstWords), strings.Fields(secondWords)
	names := make([]string, 0, n)
	for range n {
		names = append(names, pick(first)+" "+pick(second))
	}
	return names
}

func pick(words []string) string {
	n, err := rand.Int(rand.Reader, big.NewInt(int64(len(words))))
	if err != nil {
		return words[0] // crypto/rand never fails
	}
	return words[n.Int64()]
}

func free(names, skeletons, taken []string, n int) []string {
	var kept []string
	for i, name := range names {
		if len(kept) < n && !slices.Contains(taken, skeletons[i]) && !slices.Contains(kept, name) {
			kept = append(kept, name)
		}
	}
	return kept
}
