package crisis

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/triage"
)

// How far back the rulebook counts, and how long a rule is silent before it is said to be.
const (
	ruleWindow = 180 * day
	ruleQuiet  = 30 * day
)

// Judged is an assessment as the rulebook counts it: no text, no ids, nobody's name.
type Judged struct {
	Level        string
	Category     string
	Subject      string
	RulesVersion string
	Reasons      string // JSON of triage.Reason
	Correction   *string
	CreatedAt    time.Time
	CorrectedAt  *time.Time
}

// RuleUse is a rule with how it did. Of what fired, a human has looked at Kept + Lowered + Raised.
type RuleUse struct {
	triage.Rule
	Words   string // what it means, in the reader's language
	Why     string // it exists, in the reader's language
	Fired   int
	Kept    int // a human found the same level
	Lowered int // a human found a lower one
	Raised  int // a human found a higher one
	Quiet   bool
}

// Judgements are what humans made of the levels given in a month.
type Judgements struct {
	Month               time.Time // its first day, UTC
	Same, Lower, Higher int
}

// Rulebook is what moderators read about the rules: what they are, and how they have done where the reader moderates.
type Rulebook struct {
	Version   string
	Since     time.Time
	Rules     []RuleUse // those that raise, then those that lower
	Given     int       // assessments above green, or judged by a human
	Levels    []string  // in the order of Confusion
	Confusion [][]int   // what triage said by what a human found
	Months    []Judgements
	Unseen    int // texts that a human found urgent and in which no rule saw anything urgent
}

// ModelRule is the id of the reasons that only the model gave.
const ModelRule = "model"

// Rulebook returns the rules in force with counts over the assessments of the spaces that the actor moderates.
func (s *Service) Rulebook(ctx context.Context, actor account.Actor, lang string) (*Rulebook, error) {
	judged, since, err := s.judged(ctx, actor)
	if err != nil {
		return nil, err
	}
	b := &Rulebook{Version: s.assessor.Version(), Since: since, Given: len(judged), Levels: levels, Confusion: make([][]int, len(levels))}
	for i := range levels {
		b.Confusion[i] = make([]int, len(levels))
	}
	for _, r := range s.assessor.Rules() {
		b.Rules = append(b.Rules, RuleUse{Rule: r, Words: r.Words.In(lang), Why: r.Note.In(lang)})
	}
	recent := s.clock.Now().Add(-ruleQuiet)
	lately := map[string]bool{}
	for _, j := range judged {
		var reasons []triage.Reason
		if err := json.Unmarshal([]byte(j.Reasons), &reasons); err != nil {
			return nil, fmt.Errorf("decode reasons: %w", err)
		}
		b.judge(&j, reasons)
		for i := range b.Rules {
			r := &b.Rules[i]
			if !slices.ContainsFunc(reasons, func(given triage.Reason) bool { return given.Rule == r.ID }) {
				continue
			}
			r.count(&j)
			lately[r.ID] = lately[r.ID] || j.CreatedAt.After(recent)
		}
	}
	for i := range b.Rules {
		b.Rules[i].Quiet = b.Rules[i].Fired > 0 && !lately[b.Rules[i].ID]
	}
	return b, nil
}

// levels are the levels as the confusion is shown.
var levels = []string{"green", "amber", "red", "crisis"}

func (r *RuleUse) count(j *Judged) {
	r.Fired++
	if j.Correction == nil {
		return
	}
	switch cmp.Compare(rank(*j.Correction), rank(j.Level)) {
	case 0:
		r.Kept++
	case -1:
		r.Lowered++
	default:
		r.Raised++
	}
}

// judge counts what a human made of an assessment, in the month in which they did.
func (b *Rulebook) judge(j *Judged, reasons []triage.Reason) {
	if j.Correction == nil {
		return
	}
	said, found := rank(j.Level), rank(*j.Correction)
	b.Confusion[said][found]++
	at := j.CreatedAt
	if j.CorrectedAt != nil {
		at = *j.CorrectedAt
	}
	month := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	i, ok := slices.BinarySearchFunc(b.Months, month, func(m Judgements, t time.Time) int { return t.Compare(m.Month) })
	if !ok {
		b.Months = slices.Insert(b.Months, i, Judgements{Month: month})
	}
	switch {
	case found == said:
		b.Months[i].Same++
	case found < said:
		b.Months[i].Lower++
	default:
		b.Months[i].Higher++
	}
	sawUrgent := func(r triage.Reason) bool { return r.Raises && r.Level.Urgent() && r.Rule != ModelRule }
	if found.Urgent() && !said.Urgent() && !slices.ContainsFunc(reasons, sawUrgent) {
		b.Unseen++
	}
}

// Corrections writes what humans made of the levels as JSON lines, one for each text that a human has judged in the
// spaces that the actor moderates. It holds no text, no id, no space and no day: whoever tunes the rules learns how
// they did, and nothing about a person.
func (s *Service) Corrections(ctx context.Context, actor account.Actor, w io.Writer) error {
	judged, _, err := s.judged(ctx, actor)
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	for _, j := range judged {
		if j.Correction == nil {
			continue
		}
		var reasons []triage.Reason
		if err := json.Unmarshal([]byte(j.Reasons), &reasons); err != nil {
			return fmt.Errorf("decode reasons: %w", err)
		}
		line := triage.Correction{
			Month: j.CreatedAt.UTC().Format("2006-01"), RulesVersion: j.RulesVersion, Level: j.Level, Found: *j.Correction,
			Category: j.Category, Subject: j.Subject, Rules: []string{},
		}
		for _, r := range reasons {
			if !slices.Contains(line.Rules, r.Rule) {
				line.Rules = append(line.Rules, r.Rule)
			}
		}
		if err := out.Encode(line); err != nil {
			return fmt.Errorf("write corrections: %w", err)
		}
	}
	return nil
}

// judged returns the assessments that the actor's rulebook counts.
func (s *Service) judged(ctx context.Context, actor account.Actor) ([]Judged, time.Time, error) {
	if !actor.Can(account.Moderate) {
		return nil, time.Time{}, fault.Missing()
	}
	since := s.clock.Now().Add(-ruleWindow)
	everywhere, spaces := actor.Reach(account.Moderate)
	judged, err := s.store.Judged(ctx, everywhere, spaces, since)
	return judged, since, err
}
