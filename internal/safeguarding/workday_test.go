package safeguarding_test

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/safeguarding"
)

func zone(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// The weekdays on which nobody works, as calendars print them.
func TestWorkingDays(t *testing.T) {
	tests := []struct {
		name string
		year int
		free []string // besides Saturdays and Sundays
	}{
		{"the last year with store bededag", 2023, []string{
			"04-06", "04-07", "04-10", "05-05", "05-18", "05-29", "06-05", "12-25", "12-26",
		}},
		{"the first year without it", 2024, []string{
			"01-01", "03-28", "03-29", "04-01", "05-09", "05-20", "06-05", "12-24", "12-25", "12-26", "12-31",
		}},
		{"an early Easter", 2035, []string{
			"01-01", "03-22", "03-23", "03-26", "05-03", "05-14", "06-05", "12-24", "12-25", "12-26", "12-31",
		}},
		{"the latest Easter there is", 2038, []string{
			"01-01", "04-22", "04-23", "04-26", "06-03", "06-14", "12-24", "12-31",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var free []string
			for day := time.Date(test.year, 1, 1, 12, 0, 0, 0, zone(t)); day.Year() == test.year; day = day.AddDate(0, 0, 1) {
				weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
				if weekend && safeguarding.WorkingDay(day) {
					t.Errorf("%s is a weekend", day.Format(time.DateOnly))
				}
				if !weekend && !safeguarding.WorkingDay(day) {
					free = append(free, day.Format("01-02"))
				}
			}
			if !slices.Equal(free, test.free) {
				t.Errorf("free on %v, want %v", free, test.free)
			}
		})
	}
}

func TestWhenAMunicipalityShouldHaveAnswered(t *testing.T) {
	tests := []struct{ name, received, over, call string }{
		{"a plain week", "2026-11-02T10:00", "2026-11-11T00:00", "2026-11-11T09:00"},
		{"a Friday night", "2026-11-06T23:59", "2026-11-17T00:00", "2026-11-17T09:00"},
		{"a Sunday", "2026-11-08T03:00", "2026-11-17T00:00", "2026-11-17T09:00"},
		{"over Easter", "2026-03-30T12:00", "2026-04-11T00:00", "2026-04-13T09:00"},
		{"over Christmas", "2026-12-22T12:00", "2027-01-06T00:00", "2027-01-06T09:00"},
		{"over the day of the constitution", "2026-06-01T12:00", "2026-06-11T00:00", "2026-06-11T09:00"},
		{"over the change of the clocks", "2026-10-22T12:00", "2026-10-31T00:00", "2026-11-02T09:00"},
	}
	const form = "2006-01-02T15:04"
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			received, err := time.ParseInLocation(form, test.received, zone(t))
			if err != nil {
				t.Fatal(err)
			}
			over := safeguarding.Deadline(received)
			if got := over.Format(form); got != test.over {
				t.Errorf("over at %s, want %s", got, test.over)
			}
			if got := safeguarding.NextOfficeHour(over).Format(form); got != test.call {
				t.Errorf("somebody rings at %s, want %s", got, test.call)
			}
		})
	}
}
