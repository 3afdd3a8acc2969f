package triage_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"samhold/internal/triage"
)

// TestWeightsAreWhatTheLessonsGive learns anew. If it fails after a change of
// rules or lessons, run "go run ./internal/triage/train" and raise the model's version.
func TestWeightsAreWhatTheLessonsGive(t *testing.T) {
	fitted, aside := triage.PutAside(lessons(t, "dev.jsonl"))
	from := slices.Concat(fitted, extra(t))
	for _, p := range aside {
		if slices.ContainsFunc(from, func(l triage.Lesson) bool { return l.ID == p.ID }) {
			t.Fatalf("%s is put aside and would teach the model", p.ID)
		}
	}
	words := triage.KnownWords(from)
	if kept, err := os.ReadFile("model/words.txt"); err != nil || string(kept) != strings.Join(words, "\n")+"\n" {
		t.Errorf("model/words.txt is not what the lessons give: %v", err)
	}
	m, err := triage.Learn(rulesOnly(t), from)
	if err != nil {
		t.Fatal(err)
	}
	learned, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("model/weights.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(learned, kept) {
		t.Error("model/weights.bin is not what the lessons give")
	}
}

func TestReadModelRefusesWhatIsCut(t *testing.T) {
	kept, err := os.ReadFile("model/weights.bin")
	if err != nil {
		t.Fatal(err)
	}
	m, err := triage.ReadModel(kept)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := m.Bytes(); err != nil || !bytes.Equal(again, kept) {
		t.Errorf("the weights change when they are read and written: %v", err)
	}
	for _, cut := range []int{0, 40, len(kept) - 1} {
		if _, err := triage.ReadModel(kept[:cut]); err == nil {
			t.Errorf("%d bytes of the weights are read without an error", cut)
		}
	}
}

// TestModelPointsAtWords holds that the model names at most three places, lowers
// nothing but amber to green and says so, and leaves the concern to the rules.
func TestModelPointsAtWords(t *testing.T) {
	rules, both := rulesOnly(t), newAssessor(t)
	spoke := 0
	for _, p := range lessons(t, "lessons.jsonl") {
		before, after := rules.Assess(triage.Input{Text: p.Text}), both.Assess(triage.Input{Text: p.Text})
		lowered := slices.ContainsFunc(after.Reasons, func(r triage.Reason) bool { return r.Rule == "model.ro" && !r.Raises })
		want := before.Category
		if lowered {
			want = ""
		}
		if lowered != (after.Level < before.Level) || lowered && before.Level != triage.Amber || after.Category != want {
			t.Errorf("%s: %v %q became %v %q", p.ID, before.Level, before.Category, after.Level, after.Category)
		}
		places := 0
		for _, r := range after.Reasons {
			if r.Rule != "model" {
				continue
			}
			places++
			if r.Level != after.Level || !r.Raises || r.Start >= r.End || r.End > len(p.Text) {
				t.Errorf("%s: reason %+v at level %v", p.ID, r, after.Level)
			}
		}
		if places > 3 || places == 0 && after.Level > before.Level {
			t.Errorf("%s: the model points at %d places", p.ID, places)
		}
		spoke += places
	}
	if spoke == 0 {
		t.Error("the model never spoke")
	}
}
