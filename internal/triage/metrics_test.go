package triage_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"samhold/internal/triage"
)

func lessons(t testing.TB, name string) []triage.Lesson {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := triage.ReadLessons(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return all
}

// extra are the lessons beside the development posts.
func extra(t testing.TB) []triage.Lesson {
	t.Helper()
	return slices.Concat(lessons(t, "lessons.jsonl"), lessons(t, "calm.jsonl"), lessons(t, "calm.jsonl"))
}

func assess(a *triage.Assessor, posts []triage.Lesson) []outcome {
	var out []outcome
	for _, p := range posts {
		out = append(out, outcome{p, a.Assess(triage.Input{Text: p.Text, Lang: p.Lang, Space: p.Space}).Level})
	}
	return out
}

// hold fails where a figure fell below its floor in testdata/floors.json.
func hold(t *testing.T, part string, of []outcome) {
	t.Helper()
	b, err := os.ReadFile("testdata/floors.json")
	if err != nil {
		t.Fatal(err)
	}
	var floors map[string]map[string]float64
	if err := json.Unmarshal(b, &floors); err != nil {
		t.Fatal(err)
	}
	if floors[part] == nil {
		t.Fatalf("testdata/floors.json has no floors for %q", part)
	}
	for _, m := range metrics {
		floor, ok := floors[part][m.name]
		if got := m.of(of); ok && (m.better && got < floor || !m.better && got > floor) {
			t.Errorf("%s: %s is %.3f, floor %.3f", part, m.name, got, floor)
		}
	}
}

// TestFitted prints how the rules alone, and rules with model, do on posts that
// they were made from. These figures flatter: see TestPutAside.
func TestFitted(t *testing.T) {
	fitted, _ := triage.PutAside(lessons(t, "dev.jsonl"))
	rules := assess(rulesOnly(t), fitted)
	report(t, "fitted, rules alone", rules)
	hold(t, "fitted, rules alone", rules)
	both := assess(newAssessor(t), fitted)
	report(t, "fitted, rules and model", both)
	hold(t, "fitted, rules and model", both)
}

// TestPutAside prints the figure to trust: posts that nobody has read and
// nothing has learned from. Only counts are ever shown.
func TestPutAside(t *testing.T) {
	_, aside := triage.PutAside(lessons(t, "dev.jsonl"))
	report(t, "put aside, rules alone", assess(rulesOnly(t), aside))
	both := assess(newAssessor(t), aside)
	report(t, "put aside", both)
	brief(t, both)
	for _, hand := range "tab" {
		report(t, "put aside, hand "+string(hand), slices.DeleteFunc(slices.Clone(both), func(o outcome) bool { return rune(o.lesson.ID[0]) != hand }))
	}
	hold(t, "put aside", both)
}

// TestCrossValidation prints how the whole carries over: the model is learned
// without a fifth of the posts, or without a whole hand, and meets them then.
func TestCrossValidation(t *testing.T) {
	fitted, _ := triage.PutAside(lessons(t, "dev.jsonl"))
	fifths := held(t, fitted, func(i int) int { return i % 5 })
	report(t, "cross-validation in fifths", fifths)
	brief(t, fifths)
	hold(t, "cross-validation", fifths)
	hands := held(t, fitted, func(i int) int { return int(fitted[i].ID[0]) })
	report(t, "each hand left out in turn", hands)
	brief(t, hands)
	hold(t, "hands left out", hands)
	for _, hand := range "tab" {
		report(t, "without hand "+string(hand), slices.DeleteFunc(slices.Clone(hands), func(o outcome) bool { return rune(o.lesson.ID[0]) != hand }))
	}
}

// held assesses each group of posts by a model that learned without it.
func held(t *testing.T, posts []triage.Lesson, group func(int) int) []outcome {
	t.Helper()
	rules, more := rulesOnly(t), extra(t)
	groups := map[int][]int{}
	for i := range posts {
		groups[group(i)] = append(groups[group(i)], i)
	}
	out := make([]outcome, len(posts))
	for g, members := range groups {
		var from []triage.Lesson
		for i, p := range posts {
			if group(i) != g {
				from = append(from, p)
			}
		}
		m, err := triage.Learn(rules, slices.Concat(from, more))
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range members {
			out[i] = assess(rules.With(m), posts[i:i+1])[0]
		}
	}
	return out
}

// TestNobodyIsCalledForCalmPosts holds that what the demo's members write in
// peace is not urgent.
func TestNobodyIsCalledForCalmPosts(t *testing.T) {
	for _, o := range assess(newAssessor(t), lessons(t, "calm.jsonl")) {
		if o.got.Urgent() {
			t.Errorf("%s is %s: %.120s", o.lesson.ID, o.got, o.lesson.Text)
		}
	}
}
