package directory

import "time"

// onHoliday reports whether hours may differ at that moment: on a holiday, and in the night that follows it.
func onHoliday(local time.Time) bool {
	return isHoliday(local) || local.Hour() < 6 && isHoliday(local.AddDate(0, 0, -1))
}

// isHoliday reports whether the day is a Danish holiday, or one of the days on which much is closed: 1 May, 5 June,
// Christmas Eve and New Year's Eve.
func isHoliday(day time.Time) bool {
	switch day.Format("01-02") {
	case "01-01", "05-01", "06-05", "12-24", "12-25", "12-26", "12-31":
		return true
	}
	easter := easterSunday(day.Year())
	date := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	switch int(date.Sub(easter).Hours()) / 24 {
	case -3, -2, 0, 1, 39, 49, 50: // Maundy Thursday, Good Friday, Easter, Ascension, Whitsun
		return true
	}
	return false
}

// easterSunday is Easter in the Gregorian calendar, by the method of Meeus, Jones and Butcher.
func easterSunday(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month, day := (h+l-7*m+114)/31, (h+l-7*m+114)%31+1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
