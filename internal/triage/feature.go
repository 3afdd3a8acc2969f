package triage

import "math"

// The model reads a text in three ways: its words and pairs of neighbouring
// words, the runs of three to five letters in them, and what the rules saw in
// it (word lists, concepts, rules that fired). Letters carry over to
// inflections, compounds and slips; what the rules saw carries over to words
// that no lesson had. How much each way weighs does not depend on how much it finds.
const (
	viewWords = iota
	viewRuns
	viewSeen
	viewCount
)

// viewWeight was chosen by cross-validation.
var viewWeight = [viewCount]float64{viewWords: 1.8, viewRuns: 1, viewSeen: 1}

const (
	shortestRun = 3
	longestRun  = 5
	buckets     = 1 << 17 // features are told apart by their hash alone
)

// feature is one thing that stands in a text, with the word where it begins.
type feature struct {
	bucket uint32
	word   int32 // counted through the text; -1 for what the rules saw
	view   uint8
}

// features lists what stands in a text, in order.
func (r *reading) features(out []feature) []feature {
	word := int32(0)
	var padded [maxWord*2 + 2]byte
	for _, s := range r.sentences {
		last := uint32(0)
		for i := range s.tokens {
			text := s.tokens[i].text
			h := hashText(hashStart('w'), text)
			out = append(out, feature{bucket(h), word, viewWords})
			if i > 0 {
				out = append(out, feature{bucket(hashText(last^hashStart('b'), text)), word - 1, viewWords})
			}
			last = h
			padded[0] = ' '
			n := 1 + copy(padded[1:len(padded)-1], text)
			padded[n] = ' '
			out = runs(out, padded[:n+1], word)
			word++
		}
	}
	for _, name := range r.seen() {
		out = append(out, feature{bucket(hashText(hashStart('s'), name)), -1, viewSeen})
	}
	return out
}

func runs(out []feature, padded []byte, word int32) []feature {
	for from := range padded {
		h := hashStart('c')
		for to := from; to < min(from+longestRun, len(padded)); to++ {
			h = hashByte(h, padded[to])
			if to-from+1 >= shortestRun {
				out = append(out, feature{bucket(h), word, viewRuns})
			}
		}
	}
	return out
}

// The hash is FNV-1a with 32 bits: the weights need not hold the words themselves.
func hashStart(kind byte) uint32 { return hashByte(2166136261, kind) }

func hashByte(h uint32, b byte) uint32 { return (h ^ uint32(b)) * 16777619 }

func hashText(h uint32, s string) uint32 {
	for i := range len(s) {
		h = hashByte(h, s[i])
	}
	return h
}

func bucket(h uint32) uint32 { return (h ^ h>>17) % buckets }

// value is one feature that the model knows, and how much of the text it is.
type value struct {
	bucket uint32
	amount float64
}

// scratch is what one assessment needs to count features, kept for the next.
type scratch struct {
	features []feature
	times    [buckets]uint16 // zero between uses, like shares
	shares   [buckets]float32
	values   []value
	views    []uint8
}

// vector weighs what stands in a text: a feature counts more the rarer it is,
// and its repetitions count ever less. What no lesson had counts nothing.
func (m *Model) vector(s *scratch) []value {
	s.values, s.views = s.values[:0], s.views[:0]
	for _, f := range s.features {
		if m.rarity[f.bucket] == 0 {
			continue
		}
		if s.times[f.bucket] == 0 {
			s.values = append(s.values, value{bucket: f.bucket})
			s.views = append(s.views, f.view)
		}
		if s.times[f.bucket] < math.MaxUint16 {
			s.times[f.bucket]++
		}
	}
	var squares [viewCount]float64
	for i := range s.values {
		v := &s.values[i]
		v.amount = float64(logs(s.times[v.bucket]) * float64(m.rarity[v.bucket]) * rarityStep)
		s.times[v.bucket] = 0
		squares[s.views[i]] += float64(v.amount * v.amount)
	}
	for i := range squares {
		squares[i] = math.Sqrt(max(squares[i], 1))
	}
	for i := range s.values {
		s.values[i].amount *= viewWeight[s.views[i]] / squares[s.views[i]]
	}
	return s.values
}

// logs is one plus the natural logarithm of n.
func logs(n uint16) float64 {
	if n == 1 {
		return 1
	}
	return 1 + math.Log(float64(n))
}
