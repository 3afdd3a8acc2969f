package directory_test

import (
	"testing"
	"time"

	"samhold/internal/directory"
	"samhold/internal/fault"
)

func TestHoursAreReadAsStaffTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"":                                 "",
		"Døgnet rundt.":                    "døgnet rundt",
		"man-fre 9-17":                     "man-fre 9-17",
		"Mandag – fredag kl. 9.00–17.30":   "man-fre 9-17.30",
		"hverdage 9-12 og 13-15":           "man-fre 9-12, 13-15",
		"alle dage 11-05":                  "man-søn 11-5",
		"lør, søn 10:30-14":                "lør-søn 10.30-14",
		"man 9-12\ntir 9-12; ons 10-12":    "man-tir 9-12\nons 10-12",
		"fre-man 20-24":                    "man 20-24\nfre-søn 20-24",
		"mandag og onsdag 13-15, 9.05-10.": "",
		"man 17-17":                        "",
		"man 25-26":                        "",
		"man 9-12, 11-13":                  "",
		"9-17":                             "",
		"når vi kan":                       "",
		"maj 9-17":                         "",
		"man 9-17\ndøgnet rundt":           "",
	} {
		h, err := directory.ParseHours(typed)
		if want == "" && typed != "" {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: got %q, %v, want a fault", typed, h, err)
			}
			continue
		}
		if err != nil || h.String() != want {
			t.Errorf("%q: got %q, %v, want %q", typed, h, err, want)
			continue
		}
		if again, err := directory.ParseHours(h.String()); err != nil || again.String() != want {
			t.Errorf("%q is read again as %q, %v", want, again, err)
		}
	}
}

// confirmed is a line that is open in these hours, read from the database as everybody reads it.
func confirmed(t *testing.T, d *desk, hours string) directory.Line {
	t.Helper()
	draft := d.draft("Nattelefonen")
	draft.HoursTyped[directory.Call] = hours
	draft.ExpiresOn = d.Clock.Now().AddDate(0, 11, 0).Format(time.DateOnly)
	id := d.propose(t, d.one, "", 0, draft)
	d.agree(t, d.two, id)
	for _, l := range d.Lines() {
		if l.ID == id {
			return l
		}
	}
	t.Fatal("the line is not shown")
	return directory.Line{}
}

func TestOpenIsSaidInDanishTime(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		evening, day := confirmed(t, d, "man-søn 22-2"), confirmed(t, d, "hverdage 9-17")
		whole := confirmed(t, d, "døgnet rundt")
		for _, tc := range []struct {
			name string
			line directory.Line
			at   string // in UTC
			want directory.State
		}{
			{"a winter morning", day, "2026-11-23T08:00", directory.Open}, // 9 in Denmark
			{"just before", day, "2026-11-23T07:59", directory.Shut},
			{"at the end", day, "2026-11-23T16:00", directory.Shut},
			{"a summer morning", day, "2027-06-14T07:00", directory.Open}, // 9 in Denmark
			{"a summer's end", day, "2027-06-14T15:00", directory.Shut},
			{"a Sunday", day, "2026-11-29T10:00", directory.Shut},
			{"after midnight", evening, "2026-11-24T00:59", directory.Open}, // 1.59
			{"over", evening, "2026-11-24T01:00", directory.Shut},
			// At 2 on 28 March 2027 the clock is moved to 3, and at 3 on 25 October 2026 back to 2.
			{"before the clock goes forward", evening, "2027-03-22T00:59", directory.Open},
			{"when the clock has gone forward", evening, "2027-03-22T01:01", directory.Shut},
			{"Easter Monday", day, "2027-03-29T08:00", directory.Holiday},
			{"Ascension", day, "2027-05-06T08:00", directory.Holiday},
			{"Whit Monday", day, "2027-05-17T08:00", directory.Holiday},
			{"Christmas Eve", day, "2026-12-24T10:00", directory.Holiday},
			{"the night after Christmas Day", evening, "2026-12-27T00:30", directory.Holiday},
			{"day and night, on a holiday", whole, "2026-12-24T10:00", directory.Open},
			{"an ordinary day between", day, "2026-12-28T10:00", directory.Open},
			{"when it has expired", day, "2027-11-22T10:00", directory.Unknown},
		} {
			at, err := time.Parse("2006-01-02T15:04", tc.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := tc.line.State(tc.line.Channel(directory.Call), at); got != tc.want {
				t.Errorf("%s: got %s, want %s", tc.name, got, tc.want)
			}
			if got := tc.line.State(tc.line.Channel(directory.SMS), at); got != directory.Unknown {
				t.Errorf("%s: text messages, which nobody confirmed, are %s", tc.name, got)
			}
		}
	})
}

func TestTheNightInWhichTheClockIsMoved(t *testing.T) {
	eachDesk(t, func(t *testing.T, d *desk) {
		d.Clock.Set(time.Date(2027, 1, 4, 12, 0, 0, 0, time.UTC))
		d.one.At, d.two.At = d.Clock.Now(), d.Clock.Now()
		early := confirmed(t, d, "søn 2-4")
		late := confirmed(t, d, "lør 22-3")
		for _, tc := range []struct {
			line directory.Line
			at   time.Time
			want directory.State
		}{
			// 25 October 2027 is a Monday; the clock goes back on Sunday 31 October 2027: 3.00 becomes 2.00 at 1.00 UTC.
			{late, time.Date(2027, 10, 31, 0, 30, 0, 0, time.UTC), directory.Open},  // 2.30, the first time
			{late, time.Date(2027, 10, 31, 1, 30, 0, 0, time.UTC), directory.Open},  // 2.30 again
			{late, time.Date(2027, 10, 31, 2, 30, 0, 0, time.UTC), directory.Shut},  // 3.30
			{early, time.Date(2027, 10, 31, 1, 30, 0, 0, time.UTC), directory.Open}, // 2.30 again
			{early, time.Date(2027, 10, 31, 3, 0, 0, 0, time.UTC), directory.Shut},  // 4.00
			// It goes forward on Easter Sunday, 28 March 2027, which is a holiday: nothing is claimed.
			{early, time.Date(2027, 3, 28, 1, 30, 0, 0, time.UTC), directory.Holiday},
		} {
			if got := tc.line.State(tc.line.Channel(directory.Call), tc.at); got != tc.want {
				t.Errorf("at %s: got %s, want %s", tc.at, got, tc.want)
			}
		}
	})
}
