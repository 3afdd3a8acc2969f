package triage_test

import (
	"slices"
	"strings"
	"testing"

	"samhold/internal/triage"
)

// TestContextTipsAndIsShown holds that what is known beside the words never
// makes a text urgent by itself, and stands among the reasons of one that is.
func TestContextTipsAndIsShown(t *testing.T) {
	a := newAssessor(t)
	known := triage.Context{Minor: true, Night: true, Earlier: []triage.Level{triage.Green, triage.Crisis}, ReplyTo: triage.Red}
	calm := a.Assess(triage.Input{Text: "Vi bagte boller og gik en tur med hunden i skoven.", Context: known})
	if calm.Level != triage.Green || len(calm.Reasons) > 0 {
		t.Errorf("a calm text became %v by its context: %+v", calm.Level, calm.Reasons)
	}
	urgent := a.Assess(triage.Input{Text: "Jeg har tænkt på at dø.", Context: known})
	for _, want := range []string{"kontekst.ung", "kontekst.nat", "kontekst.tidligere", "kontekst.svar"} {
		i := slices.IndexFunc(urgent.Reasons, func(r triage.Reason) bool { return r.Rule == want })
		if i < 0 {
			t.Errorf("%s is not among the reasons", want)
			continue
		}
		for _, lang := range []string{"da", "en"} {
			if a.Explain(urgent.Reasons[i], lang) == "" {
				t.Errorf("%s has no words in %s", want, lang)
			}
		}
		if raises := urgent.Reasons[i].Raises; raises != (want != "kontekst.svar") {
			t.Errorf("%s raises: %v", want, raises)
		}
	}
}

func TestWordsNameWhatRaisedAndWhatLowered(t *testing.T) {
	a := newAssessor(t)
	text := "I filmen tager hun livet af sig til sidst."
	got := a.Words(text, a.Assess(triage.Input{Text: text}), "da")
	for _, want := range []string{"+ selvmord.tanke", `"tager hun livet"`, "- fiktion", "handler om en film"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}

func TestStreamTakesContext(t *testing.T) {
	a := newAssessor(t)
	var out strings.Builder
	in := `{"id":"1","text":"Jeg har tænkt på at dø.","minor":true,"earlier":["red"]}`
	if err := triage.Stream(t.Context(), a, strings.NewReader(in), &out); err != nil || !strings.Contains(out.String(), "kontekst.tidligere") {
		t.Errorf("got %q, %v", out.String(), err)
	}
	err := triage.Stream(t.Context(), a, strings.NewReader(`{"id":"1","text":"a","reply_to":"blue"}`), &out)
	if err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("an unknown level gives %v, want an error with its line", err)
	}
}
