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
		for _, answered := range []string{"", text, text[len(text)/3:]} {
			for _, r := range a.Assess(triage.Input{Text: text, Context: triage.Context{Answered: answered}}).Reasons {
				if r.Start < 0 || r.End > len(text) || r.Start > r.End {
					t.Errorf("span %d-%d of %d", r.Start, r.End, len(text))
				}
			}
		}
	})
}
