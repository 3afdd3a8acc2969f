package triage

import (
	"errors"
	"math"
	"slices"
)

const (
	minPosts = 2   // a feature of fewer lessons than this is not learned
	rounds   = 40  // through all lessons
	strength = 4.0 // how much a single lesson may pull; greater fits closer
	constant = 2.0 // the feature that every text has, from which the base comes
)

// Learn fits a model to the lessons, read with the rules of an assessor. The
// same lessons in the same order give the same model.
func Learn(a *Assessor, lessons []Lesson) (*Model, error) {
	if len(lessons) == 0 {
		return nil, errors.New("nothing to learn from")
	}
	m, s := newModel(), new(scratch)
	found := make([][]feature, len(lessons))
	posts := make([]int, buckets)
	last := make([]int, buckets)
	for i, l := range lessons {
		found[i] = a.rules.read(l.Text).features(nil)
		for _, f := range found[i] {
			if last[f.bucket] != i+1 {
				last[f.bucket] = i + 1
				posts[f.bucket]++
			}
		}
	}
	for b, n := range posts {
		if n >= minPosts {
			rarity := math.Log(float64(1+len(lessons))/float64(1+n)) + 1
			m.rarity[b] = uint8(math.Round(rarity / rarityStep))
		}
	}
	texts := make([][]value, len(lessons))
	for i := range lessons {
		s.features = found[i]
		texts[i] = slices.Clone(m.vector(s))
	}
	yes := make([]bool, len(lessons))
	for h := range headCount {
		for i, l := range lessons {
			yes[i] = l.Level >= Level(h+1)
		}
		w, base := fit(texts, yes)
		m.quantise(h, w, base)
	}
	return m, nil
}

// fit is logistic regression by dual coordinate ascent (Shalev-Shwartz & Zhang
// 2013, section 6.2) in a fixed order. Both answers weigh alike, however many
// lessons each has. Products are rounded one by one, so that every processor
// comes to the same weights.
func fit(texts [][]value, yes []bool) (w []float64, base float64) {
	w, alpha := make([]float64, buckets), make([]float64, len(texts))
	positive := 0
	for _, y := range yes {
		if y {
			positive++
		}
	}
	if positive == 0 || positive == len(texts) {
		return w, 0
	}
	half := float64(len(texts)) / 2
	order := shuffled(len(texts))
	for range rounds {
		for _, i := range order {
			y, pull := -1.0, strength*half/float64(len(texts)-positive)
			if yes[i] {
				y, pull = 1, strength*half/float64(positive)
			}
			score, square := base, constant*constant
			for _, v := range texts[i] {
				score += float64(w[v.bucket] * v.amount)
				square += float64(v.amount * v.amount)
			}
			step := (y/(1+math.Exp(y*score)) - alpha[i]) / max(1, 0.25+float64(square*pull))
			alpha[i] += step
			step *= pull
			base += float64(step * constant * constant)
			for _, v := range texts[i] {
				w[v.bucket] += float64(step * v.amount)
			}
		}
	}
	return w, base
}

// shuffled gives a fixed order that mixes the lessons.
func shuffled(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := uint32(a)*2654435761, uint32(b)*2654435761
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return order
}
