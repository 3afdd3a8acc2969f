package search

import (
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/fault"
)

// Form is a search as typed.
type Form struct {
	Text  string
	Space string // id of a space; empty: all that the person may read
	Alias string
	From  string // a day as 2026-03-10, the first one; empty: open
	To    string // the last day
}

// Limits of the form's fields, in characters.
const (
	MaxTyped = 200
	MaxAlias = 80
)

const dayLayout = "2006-01-02"

// query checks the form. The spaces are those that the person may read; days begin and end in zone.
func (f Form) query(spaces []Space, zone *time.Location) (Query, error) {
	var check fault.Check
	q := Query{Text: strings.TrimSpace(f.Text), Alias: strings.TrimSpace(f.Alias)}
	check.Require(utf8.RuneCountInString(q.Text) <= MaxTyped, "q", "search.too_long", "Max", MaxTyped)
	check.Require(utf8.RuneCountInString(q.Alias) <= MaxAlias, "alias", "search.too_long", "Max", MaxAlias)
	var err error
	if q.From, err = day(f.From, zone); err != nil {
		check.Add("from", "search.no_day")
	}
	if q.To, err = day(f.To, zone); err != nil {
		check.Add("to", "search.no_day")
	}
	if !q.To.IsZero() {
		q.To = q.To.AddDate(0, 0, 1)
	}
	check.Require(q.From.IsZero() || q.To.IsZero() || q.From.Before(q.To), "to", "search.reversed")
	for _, s := range spaces {
		if f.Space == "" || f.Space == s.ID {
			q.Spaces = append(q.Spaces, s.ID)
		}
	}
	// A room that one may not read and a room that does not exist are the same.
	check.Require(f.Space == "" || len(q.Spaces) > 0, "space", "search.no_space")
	check.Require(q.Text != "" || q.Alias != "" || !q.From.IsZero() || !q.To.IsZero(), "q", "search.nothing_typed")
	return q, check.Err()
}

// day reads a day; no day is the zero time.
func day(s string, zone *time.Location) (time.Time, error) {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(dayLayout, s, zone)
}
