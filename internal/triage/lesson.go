package triage

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Lesson is a labelled text that the model learns from.
type Lesson struct {
	ID, Lang, Space, Text string
	Level                 Level
	Category              Category // empty for Green
	Tricky                bool     // the surface misleads
}

// ReadLessons reads labelled posts, one JSON object a line, with the fields id,
// lang, space, text, label, category and tricky. An error names the post.
func ReadLessons(r io.Reader) ([]Lesson, error) {
	var all []Lesson
	for in := json.NewDecoder(r); in.More(); {
		var p struct {
			ID, Lang, Space, Text, Label string
			Category                     Category
			Tricky                       bool
		}
		if err := in.Decode(&p); err != nil {
			return nil, fmt.Errorf("post %d: %w", len(all)+1, err)
		}
		level, err := ParseLevel(p.Label)
		if err != nil {
			return nil, fmt.Errorf("post %s: %w", p.ID, err)
		}
		all = append(all, Lesson{p.ID, p.Lang, p.Space, p.Text, level, p.Category, p.Tricky})
	}
	return all, nil
}

// PutAside parts posts into those that rules and model may learn from and the
// third with the lowest SHA-256 of the id, which only measures. The order of
// each is that of the hashes.
func PutAside(all []Lesson) (fitted, aside []Lesson) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Lesson) int {
		x, y := sha256.Sum256([]byte(a.ID)), sha256.Sum256([]byte(b.ID))
		return bytes.Compare(x[:], y[:])
	})
	return all[len(all)/3:], all[:len(all)/3]
}
