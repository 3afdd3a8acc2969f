package triage

import "math"

// windowSentences is how many sentences are looked at together, so that a cry in
// the middle of a long and ordinary text is not drowned by it.
const windowSentences = 3

// peakWeight is what the strongest window weighs beside the whole text.
const peakWeight = 0.8

// fewestInWindow keeps three words from counting as a text of their own.
var fewestInWindow = [viewSeen]int{viewWords: 30, viewRuns: 225}

// part is what one sentence says for each head, by view.
type part struct {
	says  [viewSeen][headCount]float64
	count [viewSeen]int
}

// peak weighs the scores of a long text with those of its strongest few
// sentences. Its work grows with the text alone.
func (m *Model) peak(r *reading, s *scratch, score [headCount]float64) [headCount]float64 {
	best := score
	if len(r.sentences) > windowSentences {
		whole, parts := m.parts(r, s)
		for at := range len(parts) - windowSentences + 1 {
			var window part
			for _, p := range parts[at : at+windowSentences] {
				window.add(p)
			}
			for h := range headCount {
				// As if the window stood alone: what it has weighs more the less of it there is.
				x := score[h]
				for v := range viewSeen {
					x += (window.says[v][h]*math.Sqrt(float64(max(whole.count[v], 1))/float64(max(window.count[v], fewestInWindow[v]))) - whole.says[v][h]) * m.scale[h]
				}
				if at == 0 || x > best[h] {
					best[h] = x
				}
			}
		}
	}
	for h := range headCount {
		score[h] = (score[h] + peakWeight*best[h]) / (1 + peakWeight)
	}
	return score
}

func (p *part) add(q part) {
	for v := range viewSeen {
		p.count[v] += q.count[v]
		for h := range headCount {
			p.says[v][h] += q.says[v][h]
		}
	}
}

// parts shares out what the text's words say over its sentences.
func (m *Model) parts(r *reading, s *scratch) (whole part, parts []part) {
	for _, f := range s.features {
		s.times[f.bucket]++
	}
	for _, v := range s.values {
		s.shares[v.bucket] = float32(v.amount / float64(s.times[v.bucket]))
	}
	parts = make([]part, len(r.sentences))
	sentence, until := 0, int32(len(r.sentences[0].tokens))
	for _, f := range s.features {
		if f.word < 0 {
			continue
		}
		for f.word >= until {
			sentence++
			until += int32(len(r.sentences[sentence].tokens))
		}
		share := s.shares[f.bucket]
		if share == 0 {
			continue
		}
		p := &parts[sentence]
		p.count[f.view]++
		for h := range headCount {
			p.says[f.view][h] += float64(float64(m.weights[f.bucket*headCount+uint32(h)]) * float64(share))
		}
	}
	for _, f := range s.features {
		s.times[f.bucket], s.shares[f.bucket] = 0, 0
	}
	for _, p := range parts {
		whole.add(p)
	}
	return whole, parts
}
