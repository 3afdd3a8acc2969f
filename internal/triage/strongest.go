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
	for _, f := range s.features {
		s.times[f.bucket]++
	}
	for _, v := range s.values { // each occurrence has its share of what the feature says
		s.shares[v.bucket] = float32(float64(m.weights[v.bucket*headCount+uint32(head)]) * v.amount / float64(s.times[v.bucket]))
	}
	words := make([]token, 0, r.words())
	for _, sentence := range r.sentences {
		words = append(words, sentence.tokens...)
	}
	says := make([]float32, len(words)+1) // a word with its letters, and with the next word
	for _, f := range s.features {
		if f.word >= 0 {
			says[f.word] += s.shares[f.bucket]
		}
	}
	for _, f := range s.features {
		s.times[f.bucket], s.shares[f.bucket] = 0, 0
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
