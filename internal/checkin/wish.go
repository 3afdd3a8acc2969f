package checkin

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/rota"
)

// Graces are how many minutes after the reminder can be agreed on; an hour unless somebody chooses.
var Graces = []int{30, 60, 120, 240}

// DefaultGrace is what a form begins with: long enough for a bus or a bath, and short enough to matter.
const DefaultGrace = 60

// MaxDays is for how many days in a row one agreement can stand, and MaxAhead how far away the first can be.
const (
	MaxDays  = 7
	MaxAhead = 14 * 24 * time.Hour
	maxNote  = 300
)

// Wish is a time as typed: what staff propose, and what the member agrees to.
type Wish struct {
	Day   string // 2026-11-23
	At    string // 10:00 on the wall's clock
	Grace int
	Days  int    // how many days in a row, the first counted
	Note  string // of staff's alone: what was agreed
}

// check reads the wish; faults stand on the fields day, at, grace, days and note.
func (w *Wish) check(zone *time.Location, now time.Time) (due time.Time, err error) {
	var check fault.Check
	day, dayErr := rota.ParseDay(w.Day)
	minute, timeErr := rota.ParseMinute(w.At)
	check.Require(dayErr == nil, "day", "check_in.day_missing")
	check.Require(timeErr == nil, "at", "check_in.time_missing")
	if dayErr == nil && timeErr == nil {
		due = rota.Between(day, minute, minute, zone).From
		check.Require(due.After(now), "at", "check_in.past")
		check.Require(due.Sub(now) <= MaxAhead, "day", "check_in.far")
	}
	check.Require(slices.Contains(Graces, w.Grace), "grace", "check_in.grace_missing")
	check.Require(w.Days >= 1 && w.Days <= MaxDays, "days", "check_in.days_missing")
	note, err := markup.Clean(w.Note)
	if err := check.AddError("note", err); err != nil {
		return due, err
	}
	w.Note = strings.TrimSpace(note)
	check.Require(utf8.RuneCountInString(w.Note) <= maxNote, "note", "check_in.note_long", "Max", maxNote)
	return due, check.Err()
}

// nextDay is the same time of the wall's clock on the first day after due that lies ahead of now, and how many days were
// passed over on the way.
func nextDay(due, now time.Time, zone *time.Location) (next time.Time, days int) {
	wall := rota.Minute(due.In(zone).Format("15:04"))
	for next = due; !next.After(now) || days == 0; {
		days++
		next = rota.Between(rota.DayOf(due, zone).Add(days), wall, wall, zone).From
	}
	return next, days
}
