package triage_test

import (
	"strings"
	"testing"

	"samhold/internal/triage"
)

func TestTellMarksTheWordsInTheOriginal(t *testing.T) {
	a := newAssessor(t)
	text := "I filmen tager hun livet af sig <b>til</b> sidst. Men jeg vil ogsåå dø i aften, ærlig talt."
	as := a.Assess(triage.Input{Text: text, Context: triage.Context{Night: true}})
	for _, lang := range []string{"da", "en"} {
		told := a.Tell(text, as.Reasons, lang)
		if len(told.Raised) == 0 || len(told.Lowered) == 0 {
			t.Fatalf("%s: got %+v, want what raised and what lowered", lang, told)
		}
		var whole, marked strings.Builder
		for _, p := range told.Pieces {
			whole.WriteString(p.Text)
			if p.Hit {
				marked.WriteString(p.Text + "|")
			}
		}
		if whole.String() != text {
			t.Errorf("%s: the pieces make %q", lang, whole.String())
		}
		if !strings.Contains(marked.String(), "dø") || strings.Contains(marked.String(), "filmen") {
			t.Errorf("%s: marked are %q", lang, marked.String())
		}
	}
	told := a.Tell(text, as.Reasons, "da")
	if last := told.Raised[len(told.Raised)-1]; last.Words != "det er skrevet om natten" || len(last.Found) > 0 {
		t.Errorf("the night is told as %+v", last)
	}
}

// TestTellKeepsToTheTextAtHand: reasons of a text that is not there any more mark nothing in another one.
func TestTellKeepsToTheTextAtHand(t *testing.T) {
	a := newAssessor(t)
	reasons := []triage.Reason{
		{Rule: "selvmord.tanke", Start: 3, End: 900, Raises: true},
		{Rule: "selvmord.tanke", Start: 1, End: 3, Raises: true}, // into the middle of a letter
		{Rule: "model", Start: -1, End: 2, Raises: true},
		{Rule: "no-such-rule", Start: 0, End: 1, Raises: true},
	}
	for _, text := range []string{"øøøø", ""} {
		told := a.Tell(text, reasons, "da")
		if told.Pieces != nil || len(told.Raised) != 2 || len(told.Raised[0].Found) > 0 {
			t.Errorf("%q: got %+v", text, told)
		}
	}
}

// TestTheModelLowersNoCrisisOfTheRules: a film nearby softens a plan for tonight to amber, and there it stays.
func TestTheModelLowersNoCrisisOfTheRules(t *testing.T) {
	got := newAssessor(t).Assess(triage.Input{Text: "I filmen tager hun livet af sig til sidst. Men jeg vil også dø i aften, ærlig talt."})
	if got.Level < triage.Amber {
		t.Errorf("got %v: %+v", got.Level, got.Reasons)
	}
}
