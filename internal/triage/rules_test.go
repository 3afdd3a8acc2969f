package triage_test

import (
	"slices"
	"testing"

	"samhold/internal/triage"
)

// TestRuleExamples holds every rule to its own example and counter-example.
func TestRuleExamples(t *testing.T) {
	a := newAssessor(t)
	for _, r := range a.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			if !fires(a, r.ID, r.Example) {
				t.Errorf("the example does not match: %q", r.Example)
			}
			if fires(a, r.ID, r.Counter) {
				t.Errorf("the counter-example matches: %q", r.Counter)
			}
		})
	}
}

func newAssessor(t testing.TB) *triage.Assessor {
	t.Helper()
	a, err := triage.New()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func fires(a *triage.Assessor, id, text string) bool {
	return slices.Contains(a.Matches(text), id)
}

func rulesOnly(t testing.TB) *triage.Assessor {
	t.Helper()
	a, err := triage.NewWithoutModel()
	if err != nil {
		t.Fatal(err)
	}
	return a
}
