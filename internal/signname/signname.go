// Package signname makes the names that people sign in with: two Danish words and a number, as in
// "stille-bakke-4821". They are issued and not chosen, so that nobody can test whether somebody they know is here,
// and nobody brings along the name they are known by. A name is private: it must never be shown to another member.
//
// The words are kind, say nothing of illness or drink, and need none of the letters that foreign keyboards lack.
package signname

import (
	"crypto/rand"
	_ "embed"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const lowest, highest = 1000, 9999 // the number

//go:embed adjectives.txt
var adjectivesFile string

//go:embed nouns.txt
var nounsFile string

// The lists are sorted, and never change after the program has started.
var (
	adjectives = strings.Fields(adjectivesFile)
	nouns      = strings.Fields(nounsFile)
)

// New returns a name, drawn evenly from more than a thousand million with random (crypto/rand.Reader). Names can
// repeat: the caller asks again when one is taken.
func New(random io.Reader) (string, error) {
	adjective, err := draw(random, len(adjectives))
	if err != nil {
		return "", err
	}
	noun, err := draw(random, len(nouns))
	if err != nil {
		return "", err
	}
	number, err := draw(random, highest-lowest+1)
	if err != nil {
		return "", err
	}
	return adjectives[adjective] + "-" + nouns[noun] + "-" + strconv.Itoa(lowest+number), nil
}

func draw(random io.Reader, n int) (int, error) {
	i, err := rand.Int(random, big.NewInt(int64(n)))
	if err != nil {
		return 0, fmt.Errorf("draw a sign-in name: %w", err)
	}
	return int(i.Int64()), nil
}

// Fold returns the name that a person most likely means: capitals, spaces, full stops, other dashes and missing
// hyphens are forgiven. What is no name comes back in lower case with single hyphens, and matches nobody.
func Fold(typed string) string {
	var parts []string
	var part strings.Builder
	end := func() {
		if part.Len() > 0 {
			parts = append(parts, part.String())
			part.Reset()
		}
	}
	digits := false
	for _, r := range norm.NFKC.String(typed) {
		switch {
		case unicode.IsDigit(r):
			if !digits {
				end()
			}
			digits = true
		case unicode.IsLetter(r):
			if digits {
				end()
			}
			digits = false
			r = unicode.ToLower(r)
		case unicode.Is(unicode.Cf, r): // invisible, as copied from a page
			continue
		default:
			end()
			continue
		}
		part.WriteRune(r)
	}
	end()
	if len(parts) == 2 {
		if adjective, noun, ok := split(parts[0]); ok {
			parts = []string{adjective, noun, parts[1]}
		}
	}
	return strings.Join(parts, "-")
}

// split finds the two words in a word that was typed without the hyphen; the lists allow one way only.
func split(word string) (adjective, noun string, ok bool) {
	for i := 1; i < len(word); i++ {
		if listed(adjectives, word[:i]) && listed(nouns, word[i:]) {
			return word[:i], word[i:], true
		}
	}
	return "", "", false
}

func listed(list []string, word string) bool {
	_, found := slices.BinarySearch(list, word)
	return found
}
