package triage_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"samhold/internal/triage"
)

func TestAssessKeepsSpansInTheOriginal(t *testing.T) {
	text := "Hej. 😀 Jeg vil døøø i aften, og jeg har taget alle pillerne."
	got := newAssessor(t).Assess(triage.Input{Text: text})
	if got.Level != triage.Crisis {
		t.Fatalf("got %v, want crisis: %+v", got.Level, got.Reasons)
	}
	for _, r := range got.Reasons {
		if r.Start < 0 || r.End > len(text) || r.Start >= r.End || !utf8.ValidString(text[r.Start:r.End]) {
			t.Errorf("%s has the span %d-%d", r.Rule, r.Start, r.End)
		}
	}
}

// TestPairs holds that a word or two decide: each pair differs in little, and
// the first is urgent while the second is not.
func TestPairs(t *testing.T) {
	pairs := []struct{ kind, urgent, calm string }{
		{"negation", "Jeg tænker på at begå selvmord.", "Jeg tænker aldrig på at begå selvmord."},
		{"negation", "I want to kill myself.", "I never want to kill myself."},
		{"idiom", "Jeg vil dø i aften.", "Jeg var ved at dø af grin i aften."},
		{"idiom", "Jeg dør i aften.", "Jeg dør af kedsomhed i aften."},
		{"time", "I dag vil jeg dø.", "For ti år siden ville jeg dø."},
		{"fiction", "Hun tager livet af sig til sidst.", "I filmen tager hun livet af sig til sidst."},
		{"spelling", "jeg taenker paa selvm0rd", "jeg taenker paa selvbyg"},
		{"spelling", "s e l v m o r d", "s e l v b y g"},
		{"violence", "Han slår mig, når han er fuld.", "Han slår græsset, når han er glad."},
		{"threat", "Han siger, at han slår mig ihjel.", "Det slår mig ihjel at vente på svar."},
	}
	a := newAssessor(t)
	for _, p := range pairs {
		if got := a.Assess(triage.Input{Text: p.urgent}); !got.Level.Urgent() {
			t.Errorf("%s: %q is %v, want red or crisis", p.kind, p.urgent, got.Level)
		}
		if got := a.Assess(triage.Input{Text: p.calm}); got.Level.Urgent() {
			t.Errorf("%s: %q is %v, want below red: %+v", p.kind, p.calm, got.Level, got.Reasons)
		}
	}
}

func TestExplainHasBothLanguages(t *testing.T) {
	a := newAssessor(t)
	for _, r := range a.Assess(triage.Input{Text: "Jeg vil ikke dø, sagde hun i filmen."}).Reasons {
		for _, lang := range []string{"da", "en"} {
			if a.Explain(r, lang) == "" {
				t.Errorf("%s has no words in %s", r.Rule, lang)
			}
		}
	}
	if got := a.Explain(triage.Reason{Rule: "nothing"}, "da"); got != "" {
		t.Errorf("an unknown rule is explained as %q", got)
	}
}

func TestStream(t *testing.T) {
	in := `{"id":"1","text":"Jeg tænker på selvmord.","lang":"da"}

{"id":"2","text":"Hej","space":"young"}
`
	var out strings.Builder
	if err := triage.Stream(t.Context(), newAssessor(t), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"label":"red"`) || lines[1] != `{"id":"2","label":"green","category":null,"reasons":[]}` {
		t.Errorf("got %q", lines)
	}
	err := triage.Stream(t.Context(), newAssessor(t), strings.NewReader(in+"{bad\n"), &out)
	if err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("a bad line gives %v, want an error with its number", err)
	}
}

func FuzzAssess(f *testing.F) {
	for _, s := range []string{"", "Jeg vil dø", "\xff\xfe", "«\"“ a* *b s e l v", strings.Repeat("jeg vil ikke ", 200), "😀😀😀\u0301"} {
		f.Add(s)
	}
	a := newAssessor(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range a.Assess(triage.Input{Text: text}).Reasons {
			if r.Start < 0 || r.End > len(text) || r.Start > r.End {
				t.Errorf("span %d-%d of %d", r.Start, r.End, len(text))
			}
		}
	})
}

func BenchmarkAssess2kB(b *testing.B) {
	a := newAssessor(b)
	text := strings.Repeat("Jeg har ikke sovet i nat, og min mand er fuld igen. Hvad gør jeg nu, når han kommer hjem til børnene? ", 20)[:2000]
	for b.Loop() {
		a.Assess(triage.Input{Text: text})
	}
}
