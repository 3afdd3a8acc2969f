package safeguarding

import "time"

// answerDays is how many working days a municipality has to say that it received an underretning. Municipalities and
// Ankestyrelsen name "6 hverdage"; see docs/crisis.md for what is confirmed of it and what is not.
const answerDays = 6

// WorkingDay reports whether municipalities are at work on the date that t shows: no Saturday, Sunday or public
// holiday. 5 June, 24 and 31 December are no public holidays, but their offices are closed, and Danish law lengthens
// deadlines over them (forældelsesloven § 27): they do not count. Store bededag counts from 2024 on.
func WorkingDay(t time.Time) bool {
	switch t.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	default:
	}
	year, month, day := t.Date()
	switch (monthDay{month, day}) {
	case monthDay{time.January, 1}, monthDay{time.June, 5}, monthDay{time.December, 24}, monthDay{time.December, 25},
		monthDay{time.December, 26}, monthDay{time.December, 31}:
		return false
	}
	date := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	switch int(date.Sub(easter(year)) / (24 * time.Hour)) {
	case -3, -2, 0, 1, 39, 49, 50: // Maundy Thursday, Good Friday, Easter, Ascension, Whitsun
		return false
	case 26: // store bededag
		return year >= 2024
	}
	return true
}

type monthDay struct {
	time.Month
	int
}

// Deadline is the moment, in the zone of received, at which the last working day of an answer is over, when the
// municipality received something at the given time. The day of receipt does not count.
func Deadline(received time.Time) time.Time {
	year, month, day := received.Date()
	for left := answerDays; left > 0; {
		day++
		if WorkingDay(time.Date(year, month, day, 12, 0, 0, 0, received.Location())) {
			left--
		}
	}
	return time.Date(year, month, day+1, 0, 0, 0, 0, received.Location())
}

// officeHour is when the municipalities' telephones are answered, on the safe side: somebody is asked to ring them.
const officeHour = 9

// NextOfficeHour is the first morning after t, in its zone, at which a municipality can be called.
func NextOfficeHour(t time.Time) time.Time {
	year, month, day := t.Date()
	for {
		at := time.Date(year, month, day, officeHour, 0, 0, 0, t.Location())
		if at.After(t) && WorkingDay(at) {
			return at
		}
		day++
	}
}

// easter is Easter Sunday of a year by the Gregorian calendar, in the form known as Meeus, Jones and Butcher's.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month, day := (h+l-7*m+114)/31, (h+l-7*m+114)%31+1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
