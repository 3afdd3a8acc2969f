package signname_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	mathrand "math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"samhold/internal/signname"
)

func TestNew(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]{2,14}-[a-z]{2,14}-[1-9][0-9]{3}$`)
	seen := map[string]bool{}
	for range 2000 {
		name, err := signname.New(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if !form.MatchString(name) {
			t.Fatalf("got %q", name)
		}
		if seen[name] {
			t.Errorf("%q came twice in 2,000", name)
		}
		seen[name] = true
		if got := signname.Fold(name); got != name {
			t.Errorf("Fold(%q) = %q", name, got)
		}
		if got := signname.Fold(strings.ReplaceAll(name, "-", "")); got != name {
			t.Errorf("Fold without hyphens of %q = %q", name, got)
		}
	}
}

func TestNewFollowsItsSource(t *testing.T) {
	a, _ := signname.New(mathrand.NewChaCha8([32]byte{1}))
	b, _ := signname.New(mathrand.NewChaCha8([32]byte{1}))
	if a != b || a == "" {
		t.Errorf("the same source gives %q and %q", a, b)
	}
	gone := errors.New("gone")
	if _, err := signname.New(iotest.ErrReader(gone)); !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if _, err := signname.New(bytes.NewReader(nil)); err == nil {
		t.Error("an empty source gives a name")
	}
}

func TestFold(t *testing.T) {
	tests := []struct{ name, typed, want string }{
		{"as issued", "stille-bakke-4821", "stille-bakke-4821"},
		{"capitals", "Stille-Bakke-4821", "stille-bakke-4821"},
		{"spaces", "  stille bakke  4821 ", "stille-bakke-4821"},
		{"no hyphens", "stillebakke4821", "stille-bakke-4821"},
		{"one hyphen", "stille-bakke4821", "stille-bakke-4821"},
		{"the other hyphen", "stillebakke-4821", "stille-bakke-4821"},
		{"full stops and underscores", "stille.bakke_4821", "stille-bakke-4821"},
		{"long dashes", "stille–bakke—4821", "stille-bakke-4821"},
		{"wide digits", "stille-bakke-４８２１", "stille-bakke-4821"},
		{"an invisible character", "stille-\u200bbakke-4821", "stille-bakke-4821"},
		{"unknown words", "Ukendt Ord 12", "ukendt-ord-12"},
		{"unknown words in one", "ukendtord12", "ukendtord-12"},
		{"nothing", " - ", ""},
		{"broken text", "\xff", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := signname.Fold(test.typed)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if again := signname.Fold(got); again != got {
				t.Errorf("a second folding changes %q to %q", got, again)
			}
		})
	}
}

func TestWords(t *testing.T) {
	adjectives, nouns := words(t, "adjectives.txt"), words(t, "nouns.txt")
	form := regexp.MustCompile(`^[a-z]{2,14}$`)
	// Parts of words that tell of drink, drugs, illness or recovery.
	telling := regexp.MustCompile(`drik|drank|druk|rus|vin$|snaps|bajer|hash|joint|fix|pille|spille|kokain|sne|krystal|valmue|sober|rask|frisk|sund|syg|klinik|sorg|angst|krise`)
	harmless := []string{"karrusel", "rustik", "pingvin", "omsorgsfuld", "sneppe", "lysning"}
	for name, list := range map[string][]string{"adjectives": adjectives, "nouns": nouns} {
		if len(list) < 400 {
			t.Errorf("%d %s, want at least 400", len(list), name)
		}
		if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("the %s are not sorted or stand twice", name)
		}
		for _, w := range list {
			if !form.MatchString(w) {
				t.Errorf("%q cannot be typed on every keyboard", w)
			}
			if telling.MatchString(w) && !slices.Contains(harmless, w) {
				t.Errorf("%q may tell too much", w)
			}
		}
	}
	joined := map[string]string{}
	for _, a := range adjectives {
		for _, n := range nouns {
			if other, taken := joined[a+n]; taken {
				t.Errorf("%s-%s and %s read the same without the hyphen", a, n, other)
			}
			joined[a+n] = a + "-" + n
		}
	}
}

func words(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(text))
}
