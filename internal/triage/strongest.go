package triage

import (
	"cmp"
	"slices"
)

// mostSpans is how many places the model points at.
const mostSpans = 3

type span struct{ start, end int }

// strongest gives the pairs of neighbouring words that spoke most for a head.
func (m *Model) strongest(head int, r *reading, s *scratch) []span {
	amount := make(map[uint32]float64, len(s.values))
	for _, v := range s.values {
		amount[v.bucket] = v.amount
	}
	times := make(map[uint32]int, len(s.values))
	for _, f := range s.features {
		times[f.bucket]++
	}
	var words []token
	for _, sentence := range r.sentences {
		words = append(words, sentence.tokens...)
	}
	says := make([]float64, len(words)+1) // a word with its letters, and with the next word
	for _, f := range s.features {
		if f.word >= 0 {
			says[f.word] += float64(m.weights[f.bucket*headCount+uint32(head)]) * amount[f.bucket] / float64(times[f.bucket])
		}
	}
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(says[b]+says[b+1], says[a]+says[a+1]) })
	var out []span
	taken := make([]bool, len(words)+1)
	for _, i := range order {
		if len(out) == mostSpans || len(out) > 0 && says[i]+says[i+1] <= 0 {
			break
		}
		last := min(i+1, len(words)-1)
		if taken[i] || taken[last] {
			continue
		}
		taken[i], taken[last] = true, true
		out = append(out, span{words[i].start, max(words[i].end, words[last].end)})
	}
	return out
}
