package rota

import (
	"fmt"
	"strings"
	"time"

	"samhold/internal/fault"
)

// Day is a day of the calendar, written 2026-11-22.
type Day string

// DayOf is the day on which a moment lies in the zone.
func DayOf(at time.Time, zone *time.Location) Day { return Day(at.In(zone).Format(time.DateOnly)) }

// ParseDay reads a day as a form sends it.
func ParseDay(typed string) (Day, error) {
	d, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return "", fault.New(fault.Invalid, "rota.day_missing")
	}
	return Day(d.Format(time.DateOnly)), nil
}

func (d Day) date() time.Time {
	at, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{} // a day is made by ParseDay or DayOf alone
	}
	return at
}

// Add is the day so many days later.
func (d Day) Add(days int) Day { return Day(d.date().AddDate(0, 0, days).Format(time.DateOnly)) }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.date().Weekday() }

// Minute is a time on the clock of the wall, written 22:00.
type Minute string

// ParseMinute reads a time as a form sends it or a person types it: 22:00, 22.00.
func ParseMinute(typed string) (Minute, error) {
	at, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(typed), ".", ":"))
	if err != nil {
		return "", fault.New(fault.Invalid, "rota.time_missing")
	}
	return Minute(at.Format("15:04")), nil
}

func (m Minute) parts() (hour, minute int) {
	if _, err := fmt.Sscanf(string(m), "%d:%d", &hour, &minute); err != nil {
		return 0, 0 // a minute is made by ParseMinute alone
	}
	return hour, minute
}

// Between is the stretch that begins on the day at a time of the wall's clock and ends at another, on the next day when
// that is not later. When the clocks go back, what begins within the repeated hour begins in the first, and what ends
// within it ends in the second; when they go forward, a time that is left out is the moment of the change. So two
// shifts that meet on the wall meet in truth, and no hour is lost between them.
func Between(day Day, starts, ends Minute, zone *time.Location) Span {
	last := day
	if ends <= starts {
		last = day.Add(1)
	}
	first, _ := moments(day, starts, zone)
	_, end := moments(last, ends, zone)
	return Span{first.UTC(), end.UTC()}
}

// moments are the first and the last moment at which the wall's clock shows that time on that day.
func moments(day Day, at Minute, zone *time.Location) (first, last time.Time) {
	d := day.date()
	hour, minute := at.parts()
	t := time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, zone)
	if t.Hour() != hour || t.Minute() != minute {
		// Go answers with the time as one of the two zones would have it: the change lies on the side where it was moved.
		start, end := t.ZoneBounds()
		if wanted := hour*60 + minute; t.Hour()*60+t.Minute() > wanted {
			return start, start
		}
		return end, end
	}
	first, last = t, t
	start, end := t.ZoneBounds()
	for _, other := range []time.Time{t.Add(offset(start.Add(-time.Second), t)), t.Add(offset(end, t))} {
		if start.IsZero() || end.IsZero() || other.Hour() != hour || other.Minute() != minute || other.Day() != t.Day() {
			continue
		}
		first, last = earlier(first, other), later(last, other)
	}
	return first, last
}

// offset is how much later the same time of the wall's clock comes under t's zone than under the zone at that moment.
func offset(at, t time.Time) time.Duration {
	_, there := at.In(t.Location()).Zone()
	_, here := t.Zone()
	return time.Duration(here-there) * time.Second
}

// spans are the stretches of a pattern that begin on the days from one to another, both counted.
func (p Pattern) spans(from, to Day, zone *time.Location) []Span {
	if p.LastDay != nil && *p.LastDay < to {
		to = *p.LastDay
	}
	var spans []Span
	for day := p.FirstDay; day <= to; day = day.Add(7 * max(p.Weeks, 1)) {
		if span := Between(day, p.Starts, p.Ends, zone); day >= from && !span.Empty() {
			spans = append(spans, span)
		}
	}
	return spans
}
