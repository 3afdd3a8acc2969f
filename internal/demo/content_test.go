package demo_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"samhold/internal/demo"
)

func load(t *testing.T) *demo.Community {
	t.Helper()
	c, err := demo.Load()
	if err != nil {
		t.Fatalf("the demo content:\n%v", err)
	}
	return c
}

// Every page of the demo must have something to show: these are the least numbers that do.
func TestCommunityIsRichEnough(t *testing.T) {
	c := load(t)
	got := map[string]int{"spaces": len(c.Spaces), "topics": len(c.Topics), "concerns": len(c.Concerns)}
	for _, p := range c.People {
		if len(p.Staff) == 0 {
			got["members"]++
		}
		for _, g := range p.Staff {
			got["staff "+string(g.Role)]++
		}
		if len(p.Staff) == 0 && len(p.Memberships) > 1 {
			got["people in two spaces"]++
		}
		for _, m := range p.Memberships {
			if m.Listener {
				got["listeners"]++
			}
			if !m.Left.IsZero() {
				got["members who left"]++
			}
		}
		if len(p.Staff) == 0 && p.Minor() {
			got["under 18"]++
		}
	}
	pinned := map[string]bool{}
	for _, topic := range c.Topics {
		if topic.Pinned {
			pinned[topic.Space] = true
		}
		if topic.Locked != nil {
			got["locked"]++
		}
		for _, p := range topic.Posts {
			got["posts"]++
			got["reports"] += len(p.Reports)
			got["reactions"] += len(p.Reactions)
			words := len(strings.Fields(p.Text))
			for what, is := range map[string]bool{
				"held": p.Held != "", "deleted": !p.Deleted.IsZero(), "removed": p.Removed != nil, "edited": p.Edited != nil,
				"quotes": p.Quote != nil, "cases": p.Case != nil, "crisis": p.Case != nil && p.Case.Level == demo.Crisis,
				"red": p.Case != nil && p.Case.Level == demo.Red, "short": words <= 8, "long": words >= 250,
			} {
				if is {
					got[what]++
				}
			}
		}
	}
	got["spaces with a pinned topic"] = len(pinned)

	for what, least := range map[string]int{
		"spaces": 4, "members": 16, "topics": 28, "posts": 170, "concerns": 1, "held": 4, "reports": 4, "deleted": 2,
		"removed": 2, "edited": 2, "quotes": 5, "cases": 2, "crisis": 1, "red": 1, "locked": 1, "reactions": 50, "short": 10,
		"long": 2, "listeners": 1, "people in two spaces": 1, "members who left": 1, "under 18": 2,
		"staff facilitator": 2, "staff moderator": 2, "staff duty_lead": 1, "staff safeguarding_lead": 1, "staff admin": 1,
		"spaces with a pinned topic": len(c.Spaces),
	} {
		if got[what] < least {
			t.Errorf("%s: got %d, want at least %d", what, got[what], least)
		}
	}
	t.Logf("%v", got)
}

// helpLines are the only telephone numbers that may stand in the content.
var helpLines = []string{"70 20 12 01", "80 200 500", "116 111"}

var (
	cprForm   = regexp.MustCompile(`\b\d{6}[- ]?\d{4}\b`)
	mailForm  = regexp.MustCompile(`\S@\S`)
	linkForm  = regexp.MustCompile(`(?i)https?://|\bwww\.|\.(dk|com|org|net)\b`)
	phoneForm = regexp.MustCompile(`\d(?:[  ]?\d){7,}`)
	wordPair  = regexp.MustCompile(`(\p{Lu}\p{Ll}+)[  ](\p{Lu}\p{Ll}+)`)
)

// openers are words that a sentence begins with before an alias.
var openers = []string{"Kære", "Hej", "Tak", "Og", "Om", "Godnat", "Godmorgen", "In"}

func TestNothingPersonal(t *testing.T) {
	err := fs.WalkDir(os.DirFS("content"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile("content/" + name)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(data), "\n") {
			if what := personal(line); what != "" {
				t.Errorf("%s:%d: %s", name, i+1, what)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func personal(line string) string {
	for _, known := range append(helpLines, "Foggy Morning") {
		line = strings.ReplaceAll(line, known, "")
	}
	for what, form := range map[string]*regexp.Regexp{
		"a CPR number": cprForm, "an e-mail address": mailForm, "a link": linkForm, "a telephone number": phoneForm,
	} {
		if found := form.FindString(line); found != "" {
			return "looks like " + what + ": " + found
		}
	}
	for _, pair := range wordPair.FindAllStringSubmatch(line, -1) {
		if !slices.Contains(openers, pair[1]) {
			return "looks like a full name: " + pair[0]
		}
	}
	return ""
}

func TestPersonalIsNoticed(t *testing.T) {
	for line, want := range map[string]bool{
		"han er født 010203-1234":                true,
		"skriv til gran@skov":                    true,
		"ring på 12 34 56 78":                    true,
		"ring på 12345678":                       true,
		"jeg hedder Gran Skovbund":               true,
		"se gran.dk":                             true,
		"Livslinien 70 20 12 01 eller 112":       false,
		"den 27. var der 400 kr. eller 700":      false,
		"Kære Havtorn. Det er tungt at bestemme": false,
	} {
		if got := personal(line) != ""; got != want {
			t.Errorf("%q: got %t, want %t", line, got, want)
		}
	}
}

// Texts are one line for each paragraph and typed as people type: no stray carriage returns, tabs or broken letters.
func TestTextsAreClean(t *testing.T) {
	for _, topic := range load(t).Topics {
		for i, p := range topic.Posts {
			if !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\t\r\u00a0\ufffd") || strings.Contains(p.Text, "\n\n\n") {
				t.Errorf("%s#%d: stray characters", topic.Slug, i+1)
			}
		}
	}
}
