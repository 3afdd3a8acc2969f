// Package directory holds the public help lines. It is read once at start and kept in memory, so that help can
// be shown when the database is down. It must never claim that a line is open: hours are shown only when
// somebody at the NGO has confirmed them.
package directory

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml"
)

// Line is a public help line. All of it is public.
type Line struct {
	Key        string   `yaml:"key"`        // stable name; the texts line.KEY.name and line.KEY.for belong to it
	Phone      string   `yaml:"phone"`      // as it is shown: "70 20 12 01"
	Emergency  bool     `yaml:"emergency"`  // 112 and 114: police, fire, ambulance
	Categories []string `yaml:"categories"` // triage categories that it suits
	Audiences  []string `yaml:"audiences"`  // kinds of space that it is for; empty means everybody
	Hours      string   `yaml:"hours"`      // empty until confirmed
	VerifiedOn string   `yaml:"verified_on"`
}

// Dial is the number as a phone dials it in Denmark.
func (l Line) Dial() string { return notDigit.ReplaceAllString(l.Phone, "") }

// Confirmed reports whether somebody has checked the line's hours.
func (l Line) Confirmed() bool { return l.VerifiedOn != "" && l.Hours != "" }

var (
	notDigit = regexp.MustCompile(`\D`)
	keyForm  = regexp.MustCompile(`^[a-z_]+$`)
)

//go:embed lines.yaml
var shipped []byte

// Service gives the help lines. It is safe for concurrent use.
type Service struct{ lines []Line }

// New reads the shipped lines; an error names what is wrong with them.
func New() (*Service, error) {
	var lines []Line
	if err := yaml.NewDecoder(bytes.NewReader(shipped), yaml.DisallowUnknownField()).Decode(&lines); err != nil {
		return nil, fmt.Errorf("lines.yaml: %w", err)
	}
	for _, l := range lines {
		if !keyForm.MatchString(l.Key) || len(l.Dial()) < 3 {
			return nil, fmt.Errorf("lines.yaml: line %q wants a key and a phone number", l.Key)
		}
	}
	return &Service{lines: lines}, nil
}

// Lines returns every line, emergency numbers first.
func (s *Service) Lines() []Line { return slices.Clone(s.lines) }

// For returns at most four lines that suit a category and an audience (a kind of space, or empty): 112 first
// where life may be in danger, then the most fitting ones.
func (s *Service) For(category, audience string) []Line {
	var fit []Line
	for _, l := range s.lines {
		if slices.Contains(l.Categories, category) &&
			(len(l.Audiences) == 0 || audience == "" || slices.Contains(l.Audiences, audience)) {
			fit = append(fit, l)
		}
	}
	if len(fit) > 4 {
		fit = fit[:4]
	}
	return fit
}
