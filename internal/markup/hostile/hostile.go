// Package hostile reads the corpus of hostile texts, vectors.yaml, for every test that needs one: the renderer,
// the forms, the browser. It must never be imported by code that runs outside a test.
package hostile

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

//go:embed vectors.yaml
var file []byte

// Vector is one hostile text. A script in it would set window.__ran; what it loads comes from evil.example.
type Vector struct {
	Name      string `yaml:"name"`
	Technique string `yaml:"technique"`
	Input     string `yaml:"input"`
	Repeat    int    `yaml:"repeat"`
}

// Vectors returns the whole corpus, with repeated inputs written out. Names are unique within a technique.
func Vectors() ([]Vector, error) {
	var vectors []Vector
	if err := yaml.UnmarshalWithOptions(file, &vectors, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the hostile corpus: %w", err)
	}
	for i, v := range vectors {
		if v.Repeat > 0 {
			vectors[i].Input = strings.Repeat(v.Input, v.Repeat)
		}
	}
	return vectors, nil
}
