package triage

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
)

// Model is a linear second opinion on a text. It may raise the level that the rules
// give, and lower amber to green where it sees nothing itself, never red or crisis. It
// is safe for concurrent use.
type Model struct {
	rarity  []uint8 // of each feature, in steps of rarityStep; 0 for what no lesson had
	weights []int8  // headCount for each feature
	scale   [headCount]float64
	base    [headCount]float64
	pool    sync.Pool
}

// rarityStep turns a stored rarity into its value.
const rarityStep = 1.0 / 24

// What the model gives a score for. A score is the logarithm of the odds.
const (
	headFlagged = iota
	headUrgent
	headCrisis
	headCount
)

// The scores that raise to a level. They were chosen by cross-validation on the
// lessons, never on the posts that were put aside; docs/triage.md has the figures.
const (
	amberFrom  = 0.0  // of headFlagged
	redFrom    = -0.4 // of headUrgent
	redCrisis  = -0.5 // of headCrisis, which is enough for red too
	crisisFrom = 0.4  // of headCrisis, on top of either
)

// softenedNeeds is what the scores must bring on top where the rules saw danger
// and something lowered it all: a negation, a film, a time long past.
const softenedNeeds = 1.6

// A text of few words has little for the model to go by, and much for the rules:
// the fewer than shortText it has, the more the scores must bring, unless a rule spoke
// and nothing lowered it.
const (
	shortText  = 16
	shortNeeds = 2.0
)

// fewestWords is the shortest text that the model speaks about.
const fewestWords = 6

// reasonModel names the model among the rules, modelVersion its weights and thresholds.
const (
	reasonModel  = "model"
	reasonCalm   = "model.ro" // where it lowered
	modelVersion = "model-9"
)

//go:embed model/weights.bin
var weights []byte

func newModel() *Model {
	m := &Model{rarity: make([]uint8, buckets), weights: make([]int8, buckets*headCount)}
	m.pool.New = func() any { return new(scratch) }
	return m
}

// header is what stands before the tables in the stored form.
type header struct{ Scale, Base [headCount]float32 }

// Bytes is the form in which a model is kept.
func (m *Model) Bytes() ([]byte, error) {
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	var h header
	for i := range headCount {
		h.Scale[i], h.Base[i] = float32(m.scale[i]), float32(m.base[i])
	}
	for _, part := range []any{h, m.rarity, m.weights} {
		if err := binary.Write(z, binary.LittleEndian, part); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadModel is the inverse of Bytes.
func ReadModel(b []byte) (*Model, error) {
	m, z, h := newModel(), flate.NewReader(bytes.NewReader(b)), header{}
	for _, part := range []any{&h, m.rarity, m.weights} {
		if err := binary.Read(z, binary.LittleEndian, part); err != nil {
			return nil, fmt.Errorf("the model is cut short or is none: %w", err)
		}
	}
	if n, err := z.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return nil, errors.New("the model is too long")
	}
	for i := range headCount {
		m.scale[i], m.base[i] = float64(h.Scale[i]), float64(h.Base[i])
	}
	return m, nil
}

// quantise keeps a head's weights in 255 steps.
func (m *Model) quantise(head int, w []float64, base float64) {
	most := 0.0
	for _, x := range w {
		most = max(most, math.Abs(x))
	}
	m.base[head] = float64(float32(base))
	if most == 0 {
		return
	}
	m.scale[head] = float64(float32(most / 127))
	for i, x := range w {
		m.weights[i*headCount+head] = int8(math.Round(x / m.scale[head]))
	}
}

func (m *Model) scores(text []value) [headCount]float64 {
	var s [headCount]float64
	for _, v := range text {
		row := m.weights[v.bucket*headCount : (v.bucket+1)*headCount]
		for h, w := range row {
			s[h] += float64(float64(w) * v.amount)
		}
	}
	for h := range s {
		s[h] = s[h]*m.scale[h] + m.base[h]
	}
	return s
}

// level is what the model makes of one text, and the words that weighed most; calm
// says that it sees nothing, whatever the rules saw and lowered. tip is what the circumstances add to every score.
func (m *Model) level(r *reading, tip float64) (l Level, spans []span, calm bool) {
	if r.words() < fewestWords {
		return Green, nil, false
	}
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	s.features = r.features(s.features[:0])
	score := m.peak(r, s, m.scores(m.vector(s)))
	calm = score[headFlagged]+tip < amberFrom
	tip -= r.needs()
	for h := range score {
		score[h] += tip
	}
	urgent := score[headUrgent] >= redFrom || score[headCrisis] >= redCrisis
	switch {
	case urgent && score[headCrisis] >= crisisFrom:
		return Crisis, m.strongest(headUrgent, r, s), false
	case urgent:
		return Red, m.strongest(headUrgent, r, s), false
	case score[headFlagged] >= amberFrom:
		return Amber, m.strongest(headFlagged, r, s), false
	}
	return Green, nil, calm
}

func (r *reading) words() int {
	n := 0
	for _, s := range r.sentences {
		n += len(s.tokens)
	}
	return n
}

// weigh lifts an assessment to the model's level, and never says what the concern is:
// only rules know that. An amber one becomes green where the model sees nothing, unless
// a rule for a crisis spoke, or in a question that names nobody: a child may ask like
// that about itself. What the rules found stays among the reasons.
func (m *Model) weigh(a *Assessment, r *reading, tip float64) {
	level, spans, calm := m.level(r, tip)
	if calm && a.Level == Amber && !r.doubtful() {
		a.Level, a.Category = Green, ""
		a.Reasons = append(a.Reasons, Reason{Rule: reasonCalm})
	}
	if level <= a.Level {
		return
	}
	a.Level = level
	found := make([]Reason, 0, len(spans)+len(a.Reasons))
	for _, s := range spans {
		found = append(found, Reason{Rule: reasonModel, Start: s.start, End: s.end, Raises: true, Level: level})
	}
	a.Reasons = append(found, a.Reasons...)
}
