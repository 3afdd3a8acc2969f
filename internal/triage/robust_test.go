package triage_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"samhold/internal/triage"
)

// noises are the ways in which hurried people on small keyboards spell.
var noises = map[string]func(r *rand.Rand, text string) string{
	"two letters changed places": func(r *rand.Rand, text string) string {
		return eachWord(r, text, func(w []rune, i int) []rune {
			w[i], w[i+1] = w[i+1], w[i]
			return w
		})
	},
	"a letter left out": func(r *rand.Rand, text string) string {
		return eachWord(r, text, func(w []rune, i int) []rune { return append(w[:i], w[i+1:]...) })
	},
	"no Danish letters": func(_ *rand.Rand, text string) string {
		return strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "Æ", "Ae", "Ø", "Oe", "Å", "Aa", ",", "", ".", "").Replace(strings.ToLower(text))
	},
}

// eachWord changes one place inside every tenth word of five letters or more.
func eachWord(r *rand.Rand, text string, change func([]rune, int) []rune) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		if runes := []rune(w); len(runes) >= 5 && r.IntN(10) == 0 {
			words[i] = string(change(runes, 1+r.IntN(len(runes)-3)))
		}
	}
	return strings.Join(words, " ")
}

// TestNoiseKeepsTheSide prints how many of the fitted posts are on the same side
// of urgent after each kind of typing noise.
func TestNoiseKeepsTheSide(t *testing.T) {
	const floor = 0.95
	a := newAssessor(t)
	fitted, _ := triage.PutAside(lessons(t, "dev.jsonl"))
	for name, noise := range noises {
		r := rand.New(rand.NewPCG(3, 4))
		same := 0
		for _, p := range fitted {
			before, after := a.Assess(triage.Input{Text: p.Text}).Level, a.Assess(triage.Input{Text: noise(r, p.Text)}).Level
			if before.Urgent() == after.Urgent() {
				same++
			}
		}
		share := float64(same) / float64(len(fitted))
		t.Logf("%-27s %.3f keep their side", name, share)
		if share < floor {
			t.Errorf("%s: %.3f keep their side, floor %.2f", name, share, floor)
		}
	}
}
