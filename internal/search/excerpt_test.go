package search_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"samhold/internal/search"
)

// show writes marked segments between brackets.
func show(segments []search.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Mark {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("Vi har det svært for tiden. ", 20) + "Så kom tilbagefaldet, og jeg vidste ikke hvad jeg skulle sige. " + strings.Repeat("Nu går det. ", 20)
	for _, c := range []struct{ name, text, query, want string }{
		{"inflection", "Det var et tilbagefald.", "tilbagefaldet", "Det var et [tilbagefald]."},
		{"compound", "Vi fik alkoholbehandling her.", "behandling", "Vi fik [alkoholbehandling] her."},
		{"compound by its parts", "Behandling for alkohol", "alkoholbehandling", "[Behandling] for [alkohol]"},
		{"synonym", "Hun ryger weed", "hash", "Hun ryger [weed]"},
		{"typing error", "Jeg har ingen grænser", "grnæser", "Jeg har ingen [grænser]"},
		{"no error forgiven when the word is there", "grænser og grønser", "grænser", "[grænser] og grønser"},
		{"nothing found", "Kort tekst", "hest", "Kort tekst"},
		{"markup stays text", "<b>mor</b> & <script>", "mor", "<b>[mor]</b> & <script>"},
		{"controls go", "mor\u202e drik\x00ker\n\n\tnu", "mor", "[mor] drikker nu"},
		{"stop words are not marked", "hvad er det", "hvad er mor", "hvad er det"},
		{"cut", long, "tilbagefald", "… for tiden. Så kom [tilbagefaldet], og jeg vidste ikke hvad jeg skulle sige. Nu går det. Nu går det. Nu …"},
		{"empty", "", "mor", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(search.Excerpt(c.text, search.Query{Text: c.query}, 100))
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("Så kom tilbagefaldet, og jeg", "tilbagefald", 20)
	f.Add(strings.Repeat("å", 300), "å", 7)
	f.Add("  a b  \u202e c ", `"a b`, 3)
	f.Add("\xff\xfe mor", "mor", 1)
	f.Fuzz(func(t *testing.T, text, query string, max int) {
		var joined strings.Builder
		for _, s := range search.Excerpt(text, search.Query{Text: query}, max%400) {
			joined.WriteString(s.Text)
		}
		got := joined.String()
		if !utf8.ValidString(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		if n := utf8.RuneCountInString(got); n > max%400+4 && n > 4 {
			t.Fatalf("%d runes for %d: %q", n, max%400, got)
		}
		if strings.ContainsAny(got, "\n\r\x00\u202e") {
			t.Fatalf("controls in %q", got)
		}
	})
}
