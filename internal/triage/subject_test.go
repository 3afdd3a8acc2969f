package triage_test

import (
	"testing"

	"samhold/internal/triage"
)

// TestWhoIsInDanger holds that ages and kinship tell a child from a grown-up, whoever writes: the card that the
// writer sees, and whom staff think of first, follow from it.
func TestWhoIsInDanger(t *testing.T) {
	a := newAssessor(t)
	for _, tt := range []struct {
		text string
		want triage.Subject
	}{
		{"Min søn på 12 siger, at han ikke vil leve mere.", triage.Child},
		{"Min søn på tolv år siger, at han ikke vil leve mere.", triage.Child},
		{"Min 12-årige søn siger, at han vil dø.", triage.Child},
		{"Min 12årige siger, at han vil dø.", triage.Child},
		{"Min tolvårige har skrevet, at hun tager livet af sig i aften.", triage.Child},
		{"Min datter går i 6. klasse. I går sagde hun, at hun vil dø.", triage.Child},
		{"Min datter, der går i sjette klasse, siger, at hun vil dø.", triage.Child},
		{"Min lille vil ikke leve mere, siger hun.", triage.Child},
		{"Min søn har det skidt. Han er kun 14. Han siger, at han vil dø.", triage.Child},
		{"Hans søn på 9 siger, at han vil dø.", triage.Child},
		{"Min nevø er lige fyldt 13. I nat skrev han, at han vil dø.", triage.Child},
		{"My 12 year old son says he wants to die.", triage.Child},
		{"My daughter is 15. She says she wants to die tonight.", triage.Child},
		{"My son, who is in 6th grade, wants to kill himself.", triage.Child},
		{"Vores teenagedatter siger, at hun vil dø.", triage.Child},
		{"En veninde på 15 skriver, at hun vil dø i aften.", triage.Child},

		{"Min søn på 32 siger, at han vil dø.", triage.OtherAdult},
		{"Min dreng på 27 siger, at han vil dø.", triage.OtherAdult},
		{"Min lillesøster er 24. Hun siger, at hun vil dø.", triage.OtherAdult},
		{"Min søn er 12 dage ædru og siger, at han vil dø.", triage.OtherAdult},
		{"Jeg har ikke set min søn på 12 år. Nu skriver han, at han vil dø.", triage.OtherAdult},
		{"Min datter er 12 år ældre end mig og siger, at hun vil dø.", triage.OtherAdult},
		{"Min søn er 12. Min mand siger, at han vil dø.", triage.OtherAdult},
		{"My husband has been sober for 12 years and now he wants to die.", triage.OtherAdult},
		{"Jeg er 12, og jeg vil dø.", triage.Author},
		{"Min søn er 12, og jeg vil ikke leve mere.", triage.Author},
	} {
		got := a.Assess(triage.Input{Text: tt.text})
		if got.Subject != tt.want {
			t.Errorf("%q is about %s, want %s: %+v", tt.text, got.Subject, tt.want, got.Reasons)
		}
	}
}
