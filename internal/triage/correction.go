package triage

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Correction is what a human made of one level, as moderators export it: no text, no id, no room and no day. There is
// nothing in it that the model could learn from; it says which rules to look at.
type Correction struct {
	Month        string   `json:"month"`
	RulesVersion string   `json:"rules_version"`
	Level        string   `json:"level"`
	Found        string   `json:"found"`
	Category     string   `json:"category"`
	Subject      string   `json:"subject"`
	Rules        []string `json:"rules"`
}

// ReadCorrections reads an export, one JSON object a line. An error names the line.
func ReadCorrections(r io.Reader) ([]Correction, error) {
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64<<10), maxLine)
	var all []Correction
	for line := 1; in.Scan(); line++ {
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		var c Correction
		err := json.Unmarshal(in.Bytes(), &c)
		for _, level := range []string{c.Level, c.Found} {
			if err == nil {
				_, err = ParseLevel(level)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: not a correction: %w", line, err)
		}
		all = append(all, c)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading the corrections: %w", err)
	}
	return all, nil
}

// RuleRecord is how one rule did among corrections.
type RuleRecord struct {
	ID                           string
	Fired, Kept, Lowered, Raised int
}

// fewestJudged is how many judgements a rule needs before its record says anything.
const fewestJudged = 10

// Record is how triage did among corrections.
type Record struct {
	Confusion [Crisis + 1][Crisis + 1]int // what triage said by what a human found
	Rules     []RuleRecord                // those that were corrected most often first
}

// Judge counts corrections.
func Judge(corrections []Correction) Record {
	var out Record
	at := map[string]int{}
	for _, c := range corrections {
		said, _ := ParseLevel(c.Level) // ReadCorrections has seen to both
		found, _ := ParseLevel(c.Found)
		out.Confusion[said][found]++
		rules := slices.Clone(c.Rules)
		slices.Sort(rules)
		for _, id := range slices.Compact(rules) {
			i, ok := at[id]
			if !ok {
				i = len(out.Rules)
				at[id] = i
				out.Rules = append(out.Rules, RuleRecord{ID: id})
			}
			r := &out.Rules[i]
			r.Fired++
			switch {
			case found == said:
				r.Kept++
			case found < said:
				r.Lowered++
			default:
				r.Raised++
			}
		}
	}
	slices.SortFunc(out.Rules, func(a, b RuleRecord) int {
		return cmp.Or(cmp.Compare(b.Lowered+b.Raised, a.Lowered+a.Raised), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// total counts the judgements for which a cell counts.
func (r Record) total(counts func(said, found Level) bool) int {
	n := 0
	for said, row := range r.Confusion {
		for found, times := range row {
			if counts(Level(said), Level(found)) {
				n += times
			}
		}
	}
	return n
}

// Write puts a record into lines for whoever tunes the rules.
func (a *Assessor) Write(w io.Writer, r Record, lang string) error {
	var b bytes.Buffer
	all := r.total(func(_, _ Level) bool { return true })
	fmt.Fprintf(&b, "corrections %d, same level %d\n", all, r.total(func(s, f Level) bool { return s == f }))
	fmt.Fprintf(&b, "crisis seen as urgent %d of %d\n",
		r.total(func(s, f Level) bool { return f == Crisis && s.Urgent() }), r.total(func(_, f Level) bool { return f == Crisis }))
	fmt.Fprintf(&b, "urgent for nothing %d of %d\n\n",
		r.total(func(s, f Level) bool { return s.Urgent() && !f.Urgent() }), r.total(func(s, _ Level) bool { return s.Urgent() }))
	fmt.Fprintf(&b, "%-12s%8s%8s%8s%8s\n", "said, found", Green, Amber, Red, Crisis)
	for said, row := range r.Confusion {
		fmt.Fprintf(&b, "%-12s%8d%8d%8d%8d\n", Level(said), row[0], row[1], row[2], row[3])
	}
	fmt.Fprintf(&b, "\n%-28s%6s%6s%9s%8s\n", "rule", "fired", "same", "too high", "too low")
	for _, rule := range r.Rules {
		look := ""
		switch {
		case rule.Fired < fewestJudged:
		case rule.Lowered*2 > rule.Fired:
			look = "  look: too eager"
		case rule.Raised*2 > rule.Fired:
			look = "  look: too weak"
		}
		words := a.Explain(Reason{Rule: rule.ID}, lang)
		fmt.Fprintf(&b, "%-28s%6d%6d%9d%8d%s  %s\n", rule.ID, rule.Fired, rule.Kept, rule.Lowered, rule.Raised, look, words)
	}
	_, err := w.Write(b.Bytes())
	return err
}
