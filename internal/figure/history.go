package figure

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/triage"
)

// history is a case as its steps tell it.
type history []Step

func (s *Service) histories(ctx context.Context, scope crisis.Scope, since time.Time) ([]history, error) {
	steps, err := s.Store.Steps(ctx, scope, since)
	if err != nil {
		return nil, fmt.Errorf("what happened to cases: %w", err)
	}
	var found []history
	for _, step := range steps {
		if n := len(found); n == 0 || found[n-1][0].CaseID != step.CaseID {
			found = append(found, nil)
		}
		found[len(found)-1] = append(found[len(found)-1], step)
	}
	return found, nil
}

// OpenWeek is how many cases were open at the end of a week, by the highest level that they had had.
type OpenWeek struct {
	Week
	Cases []Count // as Levels
}

func open(cases []history, weeks []Week) []OpenWeek {
	found := make([]OpenWeek, len(weeks))
	for i, w := range weeks {
		found[i] = OpenWeek{Week: w, Cases: make([]Count, len(Levels))}
		for _, h := range cases {
			if level, is := h.at(w.To); is {
				found[i].Cases[slices.Index(Levels, level)]++
			}
		}
	}
	return found
}

// at is the highest level that the case had had by then, and whether it was open.
func (h history) at(moment time.Time) (level string, is bool) {
	for _, step := range h {
		if step.At.After(moment) {
			break
		}
		is = step.ToState.Open()
		level = worse(level, step.Code)
	}
	return orAmber(level), is
}

// worse is the higher of two levels; what is no level counts as none.
func worse(a, b string) string {
	was, _ := triage.ParseLevel(a)
	is, err := triage.ParseLevel(b)
	if err == nil && (a == "" || is > was) {
		return b
	}
	return a
}

// orAmber is the level as the figures tell it.
func orAmber(level string) string {
	if slices.Contains(Levels, level) {
		return level
	}
	return "amber"
}

// Ended is how many cases of a level came to an end, and how many of them were no danger.
type Ended struct {
	Level string
	False Share
	Count Count // of false alarms
}

func ended(cases []history, since time.Time) []Ended {
	all, wrong := map[string]int{}, map[string]int{}
	for _, h := range cases {
		level := ""
		for _, step := range h {
			level = worse(level, step.Code)
			if step.ToState.Open() || step.At.Before(since) {
				continue
			}
			all[orAmber(level)]++
			if step.ToState == crisis.FalseAlarm {
				wrong[orAmber(level)]++
			}
		}
	}
	found := make([]Ended, len(Levels))
	for i, level := range Levels {
		found[i] = Ended{Level: level, False: shareOf(wrong[level], all[level]), Count: Count(wrong[level])}
	}
	return found
}
