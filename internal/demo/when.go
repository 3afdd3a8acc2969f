package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// When is a time before the moment the demo is opened, so that the demo never grows old. It is written
// "-42d 21:14", the clock time 42 days ago, or for today "-25m" or "-3h".
type When struct {
	days, minute int           // minute of the day; used when days > 0
	ago          time.Duration // used when days == 0
}

var whenForm = regexp.MustCompile(`^-(?:([1-9]\d{0,3})d ([01]\d|2[0-3]):([0-5]\d)|([1-9]\d{0,2})([mh]))$`)

// ParseWhen reads the written form.
func ParseWhen(s string) (When, error) {
	m := whenForm.FindStringSubmatch(s)
	if m == nil {
		return When{}, fmt.Errorf("%q is not a time such as \"-42d 21:14\", \"-3h\" or \"-25m\"", s)
	}
	number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	if m[1] != "" {
		return When{days: number(1), minute: number(2)*60 + number(3)}, nil
	}
	unit := time.Minute
	if m[5] == "h" {
		unit = time.Hour
	}
	return When{ago: time.Duration(number(4)) * unit}, nil
}

// UnmarshalYAML reads the written form from a file.
func (w *When) UnmarshalYAML(node ast.Node) error {
	parsed, err := ParseWhen(scalar(node))
	if err != nil {
		return &yaml.SyntaxError{Message: err.Error(), Token: node.GetToken()}
	}
	*w = parsed
	return nil
}

// IsZero tells that no time was written.
func (w When) IsZero() bool { return w == When{} }

// At is the time itself for a demo opened at now. Clock times are read in now's time zone.
func (w When) At(now time.Time) time.Time {
	if w.days == 0 {
		return now.Add(-w.ago)
	}
	year, month, day := now.Date()
	return time.Date(year, month, day-w.days, 0, w.minute, 0, 0, now.Location())
}

// Before tells whether w comes before v whatever the time of day at which the demo is opened.
func (w When) Before(v When) bool {
	if w.days > 0 && v.days > 0 {
		return w.days > v.days || w.days == v.days && w.minute < v.minute
	}
	youngest, _ := w.span()
	_, oldest := v.span()
	return youngest > oldest
}

// span bounds how long ago w can be: a clock time of yesterday is between some hours and a day more.
func (w When) span() (youngest, oldest time.Duration) {
	if w.days == 0 {
		return w.ago, w.ago
	}
	youngest = time.Duration(w.days)*24*time.Hour - time.Duration(w.minute)*time.Minute
	return youngest, youngest + 24*time.Hour
}

// A WeeklyRange is a stretch of hours on some days of every week, written "man-tor 19:00-22:00" or "søn 20:00-23:00".
type WeeklyRange struct {
	First, Last time.Weekday // from Monday on; Last may be Sunday
	Start, End  int          // minutes of the day
}

var (
	rangeForm = regexp.MustCompile(`^(\p{L}{3})(?:-(\p{L}{3}))? ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$`)
	weekdays  = map[string]time.Weekday{
		"man": time.Monday, "tir": time.Tuesday, "ons": time.Wednesday, "tor": time.Thursday,
		"fre": time.Friday, "lør": time.Saturday, "søn": time.Sunday,
	}
)

// ParseWeeklyRange reads the written form.
func ParseWeeklyRange(s string) (WeeklyRange, error) {
	wrong := fmt.Errorf("%q is not a range such as \"man-tor 19:00-22:00\"", s)
	m := rangeForm.FindStringSubmatch(s)
	if m == nil {
		return WeeklyRange{}, wrong
	}
	if m[2] == "" {
		m[2] = m[1]
	}
	first, firstKnown := weekdays[m[1]]
	last, lastKnown := weekdays[m[2]]
	number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	r := WeeklyRange{First: first, Last: last, Start: number(3)*60 + number(4), End: number(5)*60 + number(6)}
	if !firstKnown || !lastKnown || r.Start >= r.End {
		return WeeklyRange{}, wrong
	}
	return r, nil
}

// UnmarshalYAML reads the written form from a file.
func (r *WeeklyRange) UnmarshalYAML(node ast.Node) error {
	parsed, err := ParseWeeklyRange(scalar(node))
	if err != nil {
		return &yaml.SyntaxError{Message: err.Error(), Token: node.GetToken()}
	}
	*r = parsed
	return nil
}

func scalar(node ast.Node) string {
	if s, ok := node.(*ast.StringNode); ok {
		return s.Value
	}
	return node.String()
}

// On returns the range on the given day, which is a midnight in Denmark; on is false when the day is not in it.
func (r WeeklyRange) On(midnight time.Time) (from, to time.Time, on bool) {
	// Monday is the first day of a Danish week.
	day := func(d time.Weekday) int { return (int(d) + 6) % 7 }
	if d := day(midnight.Weekday()); d < day(r.First) || d > day(r.Last) {
		return time.Time{}, time.Time{}, false
	}
	y, m, d := midnight.Date()
	return time.Date(y, m, d, 0, r.Start, 0, 0, midnight.Location()), time.Date(y, m, d, 0, r.End, 0, 0, midnight.Location()), true
}
