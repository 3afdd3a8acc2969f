package triage_test

import (
	"slices"
	"strings"
	"testing"

	"samhold/internal/triage"
)

// The posts that are answered below, each urgent by itself.
const (
	tonight = "Jeg kan ikke mere. Jeg har pillerne klar, og i aften tager jeg livet af mig, når de andre sover."
	beaten  = "Min mand slog mig igen i går. Han holdt en kniv op foran mig, og jeg tør ikke sove hjemme."
	english = "I can't do this any more. I have the pills here and tonight I am going to kill myself."
)

// TestRepliesThatQuote holds pairs of replies to the same post that differ in a word or two: one whose own words are
// urgent, and one that only repeats the other's. That one is amber at the least, because a human looks where there is doubt.
func TestRepliesThatQuote(t *testing.T) {
	quote := func(text string) string {
		return "> **Stille Ørn:**\n>\n> " + strings.ReplaceAll(text, ". ", ".\n> ") + "\n\n"
	}
	a := newAssessor(t)
	for name, tc := range map[string]struct{ answered, urgent, calm string }{
		"a quote": {
			tonight, quote(tonight) + "Det samme her. Jeg har også købt piller.", quote(tonight) + "Tak for, at du skriver det. Jeg tænker på dig.",
		},
		"it is mine too":  {tonight, quote(tonight) + "Sådan har jeg det også.", quote(tonight) + "Sådan havde jeg det ikke."},
		"a bare copy":     {tonight, tonight + " Det kunne være mine ord.", tonight + " Det kunne være en sang."},
		"in marks":        {tonight, "Du skriver \"" + tonight + "\" Mig også.", "Du skriver \"" + tonight + "\" Skriv gerne igen."},
		"copied by half":  {tonight, "Jeg har pillerne klar, og i aften er det også mig.", "Jeg har pillerne klar, og i aften tager jeg livet af mig, skriver du. Er der nogen hos dig?"},
		"own words first": {tonight, "Jeg vil heller ikke leve mere.\n\n" + quote(tonight), "Jeg vil gerne høre mere.\n\n" + quote(tonight)},
		"own words last":  {tonight, quote(tonight) + "Jeg tager livet af mig i nat.", quote(tonight) + "Jeg tager bussen i nat."},
		"another's violence": {
			beaten, quote(beaten) + "Min mand slog mig også i går, og han har kniven fremme nu.", quote(beaten) + "Godt, at du skriver. Du kan ringe til krisecentret.",
		},
		"no quote of that post": {beaten, quote(tonight), quote(beaten)},
		"the lines are one's own": {
			"Hvordan går det med jer?", "> Jeg har pillerne klar, og i aften tager jeg livet af mig.", "> Hvordan går det med jer?\n\nDet går fint.",
		},
		"few words in common": {"Jeg vil ikke leve mere, sagde hun.", "Jeg vil ikke leve mere.", "Hun kommer her mere end før."},
		"English":             {english, quote(english) + "Same here.", quote(english) + "I am so glad that you wrote it. Is somebody with you?"},
		"typed in capitals":   {tonight, strings.ToUpper(tonight) + " MIG OGSÅ", strings.ToUpper(tonight) + " SKRIV TIL VAGTEN"},
	} {
		t.Run(name, func(t *testing.T) {
			known := triage.Context{Answered: tc.answered}
			urgent, calm := a.Assess(triage.Input{Text: tc.urgent, Context: known}), a.Assess(triage.Input{Text: tc.calm, Context: known})
			if !urgent.Level.Urgent() {
				t.Errorf("not urgent: %s", a.Words(tc.urgent, urgent, "da"))
			}
			if calm.Level.Urgent() {
				t.Errorf("urgent: %s", a.Words(tc.calm, calm, "da"))
			}
			if !a.Assess(triage.Input{Text: tc.calm}).Level.Urgent() {
				return
			}
			if calm.Level != triage.Amber {
				t.Errorf("a reply that repeats something urgent is %v", calm.Level)
			}
			if !slices.ContainsFunc(calm.Reasons, func(r triage.Reason) bool { return r.Rule == "gengivet" && !r.Raises }) {
				t.Errorf("the reasons do not say that it is repeated: %s", a.Words(tc.calm, calm, "da"))
			}
			for _, r := range slices.Concat(urgent.Reasons, calm.Reasons) {
				if a.Explain(r, "en") == "" {
					t.Errorf("%s has no words", r.Rule)
				}
			}
		})
	}
}

// TestQuotesKeepPlaces holds that reasons point at the writer's words where they stand, behind a quote with letters of
// several bytes.
func TestQuotesKeepPlaces(t *testing.T) {
	a := newAssessor(t)
	text := "> Æblerne på øen er røde 🍎 i år, og vi æder dem alle\n\nTak. Jeg vil tage livet af mig i aften."
	got := a.Assess(triage.Input{Text: text, Context: triage.Context{Answered: "Æblerne på øen er røde 🍎 i år, og vi æder dem alle"}})
	if !slices.ContainsFunc(got.Reasons, func(r triage.Reason) bool { return r.Raises && strings.Contains(text[r.Start:r.End], "tage livet") }) {
		t.Errorf("got %s", a.Words(text, got, "da"))
	}
}

// TestQuotesOfAnything holds that a text answering itself, or a part of itself, is read without trouble, and that every
// reason points into the text.
func TestQuotesOfAnything(t *testing.T) {
	a := newAssessor(t)
	for i, l := range lessons(t, "lessons.jsonl") {
		if i%7 != 0 {
			continue
		}
		for _, answered := range []string{l.Text, l.Text[:len(l.Text)/2], l.Text[len(l.Text)/3:]} {
			for _, r := range a.Assess(triage.Input{Text: l.Text, Context: triage.Context{Answered: answered}}).Reasons {
				if r.Start > r.End || r.End > len(l.Text) {
					t.Fatalf("%s: reason %+v in %d bytes", l.ID, r, len(l.Text))
				}
			}
		}
	}
}
