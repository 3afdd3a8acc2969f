package directory

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"samhold/internal/fault"
)

// Hours are when something is open in a week, in Danish time. Written, they are what staff type and read:
//
//	man-fre 9-17, 19-21
//	lør, søn 10-14.30
//
// or "døgnet rundt". A span that ends before it begins goes over midnight and belongs to the day on which it begins.
type Hours struct {
	Always bool
	Days   [7][]Span // from Monday
}

// Span is from one minute of a day to another. To may lie on the next day: it is then more than dayLong.
type Span struct{ From, To int }

const dayLong = 24 * 60

// Empty reports whether nothing is known.
func (h Hours) Empty() bool {
	return !h.Always && !slices.ContainsFunc(h.Days[:], func(d []Span) bool { return len(d) > 0 })
}

// IsZero lets JSON leave empty hours out.
func (h Hours) IsZero() bool { return h.Empty() }

var (
	dayNames = []string{"man", "tir", "ons", "tor", "fre", "lør", "søn"}
	aliases  = map[string][2]int{"hverdage": {0, 4}, "alle dage": {0, 6}, "hver dag": {0, 6}, "weekend": {5, 6}}
	clockRe  = regexp.MustCompile(`^(\d{1,2})(?:[.:](\d{2}))?-(\d{1,2})(?:[.:](\d{2}))?$`)
	always   = "døgnet rundt"
)

// ParseHours reads what staff typed; a fault of kind Invalid when it cannot be read. Nothing is empty hours.
func ParseHours(typed string) (Hours, error) {
	var h Hours
	tidy := strings.NewReplacer("–", "-", "—", "-", "kl.", " ", " og ", ",", "\r", "", ";", "\n").Replace(strings.ToLower(typed))
	for line := range strings.SplitSeq(tidy, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if strings.Trim(line, ". ") == always {
			h.Always = true
			continue
		}
		if err := h.add(line); err != nil {
			return Hours{}, err
		}
	}
	if h.Always && slices.ContainsFunc(h.Days[:], func(d []Span) bool { return len(d) > 0 }) {
		return Hours{}, unreadable()
	}
	return h, nil
}

func unreadable() error { return fault.New(fault.Invalid, "resource.hours_unreadable") }

func (h *Hours) add(line string) error {
	at := strings.IndexAny(line, "0123456789")
	if at < 0 {
		return unreadable()
	}
	days, err := parseDays(line[:at])
	if err != nil {
		return err
	}
	var spans []Span
	for part := range strings.SplitSeq(line[at:], ",") {
		span, err := parseSpan(strings.ReplaceAll(part, " ", ""))
		if err != nil {
			return err
		}
		spans = append(spans, span)
	}
	for _, day := range days {
		h.Days[day] = append(h.Days[day], spans...)
		slices.SortFunc(h.Days[day], func(a, b Span) int { return a.From - b.From })
		for i := 1; i < len(h.Days[day]); i++ {
			if h.Days[day][i].From < h.Days[day][i-1].To {
				return unreadable() // two spans of a day overlap
			}
		}
	}
	return nil
}

func parseDays(typed string) ([]int, error) {
	var days []int
	for part := range strings.SplitSeq(typed, ",") {
		part = strings.Trim(part, " :.")
		if part == "" {
			continue
		}
		from, to, isRange := strings.Cut(part, "-")
		span, known := aliases[part]
		if !known {
			if !isRange {
				to = from
			}
			span[0], span[1] = weekday(from), weekday(to)
		}
		if span[0] < 0 || span[1] < 0 {
			return nil, unreadable()
		}
		for day := span[0]; ; day = (day + 1) % 7 {
			days = append(days, day)
			if day == span[1] {
				break
			}
		}
	}
	if len(days) == 0 {
		return nil, unreadable()
	}
	return days, nil
}

// weekday is the number of a day by the first three letters of its name, or -1.
func weekday(name string) int {
	letters := []rune(strings.Trim(name, " .:"))
	if len(letters) < 3 {
		return -1
	}
	full := []string{"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"}
	day := slices.Index(dayNames, string(letters[:3]))
	if day < 0 || !strings.HasPrefix(full[day], string(letters)) {
		return -1
	}
	return day
}

func parseSpan(typed string) (Span, error) {
	m := clockRe.FindStringSubmatch(typed)
	if m == nil {
		return Span{}, unreadable()
	}
	number := func(s string) int {
		n, _ := strconv.Atoi(s) // digits, or nothing
		return n
	}
	s := Span{From: number(m[1])*60 + number(m[2]), To: number(m[3])*60 + number(m[4])}
	if s.From >= dayLong || s.To > dayLong || number(m[2]) > 59 || number(m[4]) > 59 || s.From == s.To {
		return Span{}, unreadable()
	}
	if s.To < s.From {
		s.To += dayLong
	}
	return s, nil
}

// String writes the hours as ParseHours reads them, days with the same hours together.
func (h Hours) String() string {
	if h.Always {
		return always
	}
	var lines []string
	for _, row := range h.Rows() {
		name := dayNames[row.From]
		if row.To != row.From {
			name += "-" + dayNames[row.To]
		}
		lines = append(lines, name+" "+row.Clock())
	}
	return strings.Join(lines, "\n")
}

// Row is some days in a row with the same hours, counted from Monday.
type Row struct {
	From, To int
	Spans    []Span
}

// Rows are the days on which something is open.
func (h Hours) Rows() []Row {
	var rows []Row
	for day, spans := range h.Days {
		if len(spans) == 0 {
			continue
		}
		if n := len(rows); n > 0 && rows[n-1].To == day-1 && slices.Equal(rows[n-1].Spans, spans) {
			rows[n-1].To = day
			continue
		}
		rows = append(rows, Row{From: day, To: day, Spans: spans})
	}
	return rows
}

// Clock is when it is open on these days: "9-17, 19-21.30".
func (r Row) Clock() string {
	var parts []string
	for _, s := range r.Spans {
		to := s.To
		if to > dayLong {
			to -= dayLong
		}
		parts = append(parts, clockText(s.From)+"-"+clockText(to))
	}
	return strings.Join(parts, ", ")
}

func clockText(minute int) string {
	if minute%60 == 0 {
		return strconv.Itoa(minute / 60)
	}
	return fmt.Sprintf("%d.%02d", minute/60, minute%60)
}

// MarshalText keeps hours as staff write them.
func (h Hours) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads them again.
func (h *Hours) UnmarshalText(text []byte) (err error) {
	*h, err = ParseHours(string(text))
	return err
}

// openAt reports whether a moment of Danish time lies within the hours. What the clock on the wall says counts, also in
// the nights in which it is changed.
func (h Hours) openAt(local time.Time) bool {
	if h.Always {
		return true
	}
	today := (int(local.Weekday()) + 6) % 7
	minute := local.Hour()*60 + local.Minute()
	within := func(day, minute int) bool {
		return slices.ContainsFunc(h.Days[day], func(s Span) bool { return s.From <= minute && minute < s.To })
	}
	return within(today, minute) || within((today+6)%7, minute+dayLong)
}
