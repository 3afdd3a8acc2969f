package triage_test

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"samhold/internal/triage"
)

// twoKB is about 2 kB of text as people write it, with and without much to find.
func twoKB(t testing.TB) []string {
	t.Helper()
	var out []string
	var b strings.Builder
	for _, l := range lessons(t, "lessons.jsonl") {
		b.WriteString(l.Text)
		b.WriteString(" ")
		if b.Len() > 2000 {
			out = append(out, b.String()[:2000])
			b.Reset()
		}
	}
	return out
}

// BenchmarkAssess2kB reads a different text each time.
func BenchmarkAssess2kB(b *testing.B) {
	a, texts := newAssessor(b), twoKB(b)
	i := 0
	for b.Loop() {
		a.Assess(triage.Input{Text: texts[i%len(texts)]})
		i++
	}
}

// TestTimeGrowsWithLengthAlone holds that sixteen times the text takes at most
// forty times the work, also where somebody writes to slow it down.
func TestTimeGrowsWithLengthAlone(t *testing.T) {
	a := newAssessor(t)
	for name, unit := range map[string]string{
		"ordinary": twoKB(t)[0], "one word": strings.Repeat("selvmord ", 220), "one letter": strings.Repeat("s ", 1000),
		"no space": strings.Repeat("jegvildø", 220), "signs": strings.Repeat("«\"*", 400), "not": strings.Repeat("jeg vil ikke ", 150),
	} {
		short := cost(a, unit)
		long := cost(a, strings.Repeat(unit, 16))
		t.Logf("%-10s 2 kB: %.2f ms, 32 kB: %.2f ms of the processor", name, short, long)
		if long > 40*max(short, 0.1) {
			t.Errorf("%s: sixteen times the text takes %.0f times the work", name, long/short)
		}
	}
}

// cost is what one assessment takes of the processor, in milliseconds; the
// clock on the wall would measure the neighbours too.
func cost(a *triage.Assessor, text string) float64 {
	const times = 20
	before := spent()
	for range times {
		a.Assess(triage.Input{Text: text})
	}
	return float64(spent()-before) / float64(time.Millisecond) / times
}

func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestSpeed prints the median and the 99th percentile for 2 kB, of the processor.
func TestSpeed(t *testing.T) {
	a := newAssessor(t)
	var all []float64
	for _, text := range twoKB(t) {
		all = append(all, cost(a, text))
	}
	slices.Sort(all)
	median, slow := all[len(all)/2], all[len(all)*99/100]
	t.Logf("2 kB: median %.2f ms, 99th percentile %.2f ms of the processor", median, slow)
	if median > 3 || slow > 10 {
		t.Errorf("too slow: median %.2f ms, 99th percentile %.2f ms", median, slow)
	}
}
