package rota_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"samhold/internal/rota"
)

func copenhagen(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// The days on which the clocks change in 2026 and 2027.
var changes = []rota.Day{"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"}

func TestNightsWhenTheClocksChange(t *testing.T) {
	zone := copenhagen(t)
	for _, test := range []struct {
		day          rota.Day
		starts, ends rota.Minute
		want         string // in UTC
	}{
		{"2026-03-28", "22:00", "08:00", "28T21:00 29T06:00"}, // nine hours
		{"2026-10-24", "22:00", "08:00", "24T20:00 25T07:00"}, // eleven hours
		{"2026-03-29", "02:30", "04:00", "29T01:00 29T02:00"}, // half past two is left out
		{"2026-03-29", "01:00", "02:30", "29T00:00 29T01:00"},
		{"2026-03-29", "02:15", "02:45", "29T01:00 29T01:00"}, // no time at all
		{"2026-10-25", "02:30", "04:00", "25T00:30 25T03:00"}, // from the first half past two
		{"2026-10-25", "01:00", "02:30", "24T23:00 25T01:30"}, // to the second
		{"2026-10-25", "02:00", "03:00", "25T00:00 25T02:00"}, // both of the repeated hours
		{"2027-03-27", "22:00", "08:00", "27T21:00 28T06:00"},
		{"2027-10-30", "22:00", "08:00", "30T20:00 31T07:00"},
		{"2026-11-22", "22:00", "08:00", "22T21:00 23T07:00"},
		{"2026-11-22", "08:00", "08:00", "22T07:00 23T07:00"}, // a whole day
	} {
		span := rota.Between(test.day, test.starts, test.ends, zone)
		if got := span.From.Format("02T15:04") + " " + span.To.Format("02T15:04"); got != test.want {
			t.Errorf("%s from %s to %s: got %s, want %s", test.day, test.starts, test.ends, got, test.want)
		}
	}
}

// Shifts that meet on the wall's clock leave no minute out, however the days around a change are cut into shifts: not
// between two and three either. Every minute is looked at as the wall's clock shows it.
func TestNoMinuteIsLostWhenTheClocksChange(t *testing.T) {
	zone, rng := copenhagen(t), rand.New(rand.NewPCG(3, 4))
	for _, change := range changes {
		for round := range 60 {
			cuts := []int{0}
			for range 1 + rng.IntN(5) {
				cuts = append(cuts, rng.IntN(24*60))
				if rng.IntN(2) == 0 {
					cuts = append(cuts, 120+rng.IntN(61)) // between two and three
				}
			}
			slices.Sort(cuts)
			cuts = slices.Compact(cuts)
			var spans []rota.Span
			for d := -1; d <= 1; d++ {
				for i, from := range cuts {
					to := cuts[(i+1)%len(cuts)]
					span := rota.Between(change.Add(d), minute(from), minute(to), zone)
					spans = append(spans, span)
					shown(t, span, from, to, zone)
				}
			}
			whole := rota.Span{From: rota.Between(change.Add(-1), "00:00", "00:00", zone).From, To: rota.Between(change.Add(1), "00:00", "00:00", zone).To}
			if merged := rota.Merge(spans); len(merged) != 1 || merged[0] != whole {
				t.Fatalf("%s, round %d: cut at %v the days are %v, want %v", change, round, cuts, merged, whole)
			}
		}
	}
}

// shown looks at the clock on the wall in every minute of a shift: it shows a time of the shift, or of the hour that is
// repeated.
func shown(t *testing.T, span rota.Span, from, to int, zone *time.Location) {
	t.Helper()
	if to <= from {
		to += 24 * 60
	}
	for at := span.From; at.Before(span.To); at = at.Add(time.Minute) {
		wall := at.In(zone)
		m := wall.Hour()*60 + wall.Minute()
		repeated := wall.Hour() == 2
		if (m < from || m >= to) && (m+24*60 < from || m+24*60 >= to) && !repeated {
			t.Fatalf("%v at %s", span, wall)
		}
	}
}

func minute(m int) rota.Minute { return rota.Minute(fmt.Sprintf("%02d:%02d", m/60, m%60)) }
