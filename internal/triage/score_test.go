package triage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"samhold/internal/triage"
)

// outcome is one labelled text and the level that it was given.
type outcome struct {
	lesson triage.Lesson
	got    triage.Level
}

// metric is one figure of testdata/README.md; better says whether more is better.
type metric struct {
	name   string
	better bool
	of     func([]outcome) float64
}

var metrics = []metric{
	{"crisis seen as urgent", true, crisisAsUrgent},
	{"urgent F1", true, func(o []outcome) float64 { return f1(o, triage.Level.Urgent) }},
	{"macro F1", true, macro},
	{"flagged F1", true, func(o []outcome) float64 { return f1(o, flagged) }},
	{"tricky greens flagged", false, trickyFlagged},
}

func flagged(l triage.Level) bool { return l > triage.Green }

// precisionRecall are the shares that are right among the given and among the true.
func precisionRecall(of []outcome, positive func(triage.Level) bool) (precision, recall, f float64) {
	var tp, fp, fn float64
	for _, o := range of {
		want, got := positive(o.lesson.Level), positive(o.got)
		switch {
		case want && got:
			tp++
		case got:
			fp++
		case want:
			fn++
		}
	}
	return tp / max(tp+fp, 1), tp / max(tp+fn, 1), 2 * tp / max(2*tp+fp+fn, 1)
}

func f1(of []outcome, positive func(triage.Level) bool) float64 {
	_, _, f := precisionRecall(of, positive)
	return f
}

func macro(of []outcome) float64 {
	sum := 0.0
	for l := triage.Amber; l <= triage.Crisis; l++ {
		sum += f1(of, func(x triage.Level) bool { return x == l })
	}
	return sum / 3
}

func crisisAsUrgent(of []outcome) float64 {
	seen, all := 0, 0
	for _, o := range of {
		if o.lesson.Level == triage.Crisis {
			all++
			if o.got.Urgent() {
				seen++
			}
		}
	}
	return float64(seen) / float64(max(all, 1))
}

func trickyFlagged(of []outcome) float64 {
	n, all := 0, 0
	for _, o := range of {
		if o.lesson.Level == triage.Green && o.lesson.Tricky {
			all++
			if flagged(o.got) {
				n++
			}
		}
	}
	return float64(n) / float64(max(all, 1))
}

// interval is where a metric lies in 95 of 100 bootstrap samples.
func interval(of []outcome, m metric) (low, high float64) {
	const samples = 1000
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, samples)
	again := make([]outcome, len(of))
	for i := range values {
		for j := range again {
			again[j] = of[r.IntN(len(of))]
		}
		values[i] = m.of(again)
	}
	slices.Sort(values)
	return values[samples*25/1000], values[samples*975/1000]
}

// report prints every metric of a part with its interval, the confusion, and precision and recall of each label.
func report(t *testing.T, name string, of []outcome) {
	t.Helper()
	t.Logf("== %s, %d posts", name, len(of))
	for _, m := range metrics {
		low, high := interval(of, m)
		t.Logf("   %-22s %.3f  (95 %%: %.3f to %.3f)", m.name, m.of(of), low, high)
	}
	var counts [4][4]int
	for _, o := range of {
		counts[o.lesson.Level][o.got]++
	}
	for l := triage.Green; l <= triage.Crisis; l++ {
		p, r, f := precisionRecall(of, func(x triage.Level) bool { return x == l })
		c := counts[l]
		t.Logf("   %-7s precision %.2f recall %.2f F1 %.2f   given as green %3d amber %3d red %3d crisis %3d", l, p, r, f, c[0], c[1], c[2], c[3])
	}
}

// brief prints one line for each language and space.
func brief(t *testing.T, of []outcome) {
	t.Helper()
	for _, part := range parts {
		some := slices.DeleteFunc(slices.Clone(of), func(o outcome) bool { return !part.in(o.lesson) })
		var b strings.Builder
		for _, m := range metrics {
			low, high := interval(some, m)
			fmt.Fprintf(&b, "  %s %.2f (%.2f-%.2f)", m.name, m.of(some), low, high)
		}
		t.Logf("   %-9s n=%3d%s", part.name, len(some), b.String())
	}
}

var parts = []struct {
	name string
	in   func(triage.Lesson) bool
}{
	{"Danish", func(l triage.Lesson) bool { return l.Lang == "da" }},
	{"English", func(l triage.Lesson) bool { return l.Lang == "en" }},
	{"relatives", func(l triage.Lesson) bool { return l.Space == "relatives" }},
	{"young", func(l triage.Lesson) bool { return l.Space == "young" }},
	{"aftercare", func(l triage.Lesson) bool { return l.Space == "aftercare" }},
}
