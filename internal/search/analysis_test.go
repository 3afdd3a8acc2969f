package search_test

import (
	"slices"
	"strings"
	"testing"

	"samhold/internal/search"
)

func TestFormsShareAStem(t *testing.T) {
	for _, forms := range []string{
		"tilbagefald tilbagefaldet tilbagefaldene TILBAGEFALD tilbagefaldets",
		"barn børn børnene Boernenes barnet",
		"mor moderen mødre MØDRE moedrene mors mor's",
		"drikker drak drukket drikke drikkende",
		"grænse grænser grænserne graenser",
		"Århus Aarhus ÅRHUS århus",
		"pårørende paarørende pårørendes",
		"bekymret bekymring bekymringer bekymrer",
		"behandling behandlingen behandlede",
		"rocky",
		"ﬁl fil", // a compatibility ligature
		"al\u00adkohol alkohol",
	} {
		list := strings.Fields(forms)
		want := search.Words(list[0])[0].Stem
		for _, f := range list[1:] {
			if got := search.Words(f)[0].Stem; got != want {
				t.Errorf("stem of %q is %q, of %q it is %q", f, got, list[0], want)
			}
		}
	}
}

func TestCompoundsAreSplit(t *testing.T) {
	for _, c := range []struct{ word, parts string }{
		{"alkoholbehandling", "alkohol behandl"},
		{"alkoholbehandlingen", "alkohol behandl"},
		{"familiebehandlingstilbud", "famili behandl tilbud"},
		{"misbrugscenter", "misbrug cent"},
		{"misbrugscentret", "misbrug cent"},
		{"stofmisbrug", "stof misbrug"},
		{"børnefamilie", "barn famili"},
		{"skamfølelse", "skam føl"},
		{"hashmisbruger", "hash misbrug"},
		{"Juleaftensdag", "juleaft dag"},
		{"zumbabehandling", "zumba behandl"}, // an unknown first part
		{"tilbagefald", ""},
		{"behandling", ""},
		{"forfærdelig", ""},
		{"forældre", ""},
		{"bekymringer", ""},
		{"2000behandling", ""},
		{"mod", ""},
	} {
		if got := strings.Join(search.Words(c.word)[0].Parts, " "); got != c.parts {
			t.Errorf("parts of %q: got %q, want %q", c.word, got, c.parts)
		}
	}
}

func TestWordsKeepTheirPlace(t *testing.T) {
	text := "Min «bror's» AA-møde,\x00kl. 19… 👨‍👩‍👧 æøa\u030a don't"
	var got []string
	for _, w := range search.Words(text) {
		got = append(got, text[w.Start:w.End]+"="+w.Exact)
	}
	want := []string{"Min=min", "bror's=bror", "AA=å", "møde=møde", "kl=kl", "19=19", "æøa\u030a=æøå", "don't=dont"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestEnglishTextIsStemmedAsEnglish(t *testing.T) {
	got := search.TermsOf(search.Document{Body: "My mother was struggling with the families"})
	for _, want := range []string{"moth", "struggl", "famili"} {
		if !slices.Contains(got[search.Stem], want) {
			t.Errorf("no %q in %q", want, got[search.Stem])
		}
	}
}

func TestQueryForgivesTypingErrorsInLongWordsOnly(t *testing.T) {
	for word, want := range map[string]int{"mor": 0, "vold": 0, "drikker": 1, "alkohol": 1, "behandling": 2, "112112": 0} {
		if got := search.Parse(search.Query{Text: word}).Words[0].Fuzz; got != want {
			t.Errorf("%q: got %d, want %d", word, got, want)
		}
	}
}

func TestHostileQueriesParse(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "stop words": "og i det", "emoji": "👩‍👦🔥", "operators": `+a -b c:d ~2 (e OR f) *`, "quotes": `""" " „ »`,
		"long": strings.Repeat("længere ", 2000), "one word": strings.Repeat("å", 10_000), "NUL": "\x00\xff\xfe", "marks": "\u0301\u0301",
	} {
		got := search.Parse(search.Query{Text: text})
		if len(got.Words) > 12 {
			t.Errorf("%s: %d words", name, len(got.Words))
		}
	}
}
