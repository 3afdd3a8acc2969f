package crisis

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/rota"
)

// on is a stretch of duty, in hours from at.
func on(from, to float64) rota.Span {
	hours := func(h float64) time.Time { return at.Add(time.Duration(h * float64(time.Hour))) }
	return rota.Span{From: hours(from), To: hours(to)}
}

func TestHoursOfDutyAreCounted(t *testing.T) {
	for _, test := range []struct {
		name string
		duty []rota.Span
		want float64 // when four hours are over, in hours from now
	}{
		{"nobody is planned", nil, 4},
		{"somebody is there all the time", []rota.Span{on(-2, 10)}, 4},
		{"the shift ends before", []rota.Span{on(-2, 1), on(9, 20)}, 12},
		{"two overlap", []rota.Span{on(0, 2), on(1, 3), on(10, 12)}, 11},
		{"one after another", []rota.Span{on(0, 2), on(2, 5)}, 4},
		{"in the night", []rota.Span{on(5, 13)}, 9},
		{"a shift that is over", []rota.Span{on(-9, -1), on(5, 13)}, 9},
		{"the next is a day away", []rota.Span{on(24, 30)}, 28},
		{"the next is more than a day away", []rota.Span{on(24.5, 30)}, 4},
		{"the one after this is more than a day away", []rota.Span{on(0, 1), on(26, 30)}, 4},
		{"the last that is planned", []rota.Span{on(0, 1)}, 4},
		{"an hour a day", []rota.Span{on(5, 6), on(28, 29), on(51, 52), on(74, 75)}, 72},
	} {
		if got := NewHours(test.duty).After(at, 4*time.Hour).Sub(at).Hours(); got != test.want {
			t.Errorf("%s: after %v h, want %v", test.name, got, test.want)
		}
	}
}

// What nobody answers is called for at the start of each shift, and no later than before.
func TestTheNextShiftIsCalled(t *testing.T) {
	for _, test := range []struct {
		name string
		duty []rota.Span
		want time.Duration
	}{
		{"no shift", nil, 30 * time.Minute},
		{"in ten minutes", []rota.Span{on(1.0/6, 8)}, 10 * time.Minute},
		{"in the middle of another", []rota.Span{on(-1, 8), on(0.25, 8)}, 15 * time.Minute},
		{"later than the next call", []rota.Span{on(2, 8)}, 30 * time.Minute},
	} {
		kind, wait, counted := deadline(&Case{State: Unstaffed, Level: "crisis"}, Rules{hours: NewHours(test.duty)}, at)
		if kind != AgainTimer || wait != test.want || counted {
			t.Errorf("%s: %s after %s, want %s", test.name, kind, wait, test.want)
		}
	}
}

// What nobody answers is called for together: the next call is never later than it should be, nor at once.
func TestCallsForWhatNobodyAnswersFallTogether(t *testing.T) {
	for minute, want := range map[int]int{0: 30, 1: 29, 14: 16, 15: 30, 29: 16, 44: 16, 59: 16} {
		now := at.Add(time.Duration(minute) * time.Minute)
		if _, wait, _ := deadline(&Case{State: Unstaffed, Level: "crisis"}, Rules{}, now); wait != time.Duration(want)*time.Minute {
			t.Errorf("%d minutes past the hour: called again after %s, want %d minutes", minute, wait, want)
		}
	}
}

func TestNothingDangerousWaitsForAShift(t *testing.T) {
	late := Rules{hours: NewHours([]rota.Span{on(10, 20)})}
	for level, want := range map[string]time.Duration{"crisis": time.Hour, "red": time.Hour, "amber": 11 * time.Hour, "green": 11 * time.Hour} {
		if got := late.after(level, at, time.Hour).Sub(at); got != want {
			t.Errorf("%s: after %s, want %s", level, got, want)
		}
	}
}

// The defaults are those of the brief; a clinician's own are another matter.
func TestTheDefaultTimesAreThoseOfTheBrief(t *testing.T) {
	crisis, red, amber := DefaultTimes["crisis"], DefaultTimes["red"], DefaultTimes["amber"]
	for name, c := range map[string]struct {
		got  []time.Duration
		want []time.Duration
	}{
		"crisis: a rung, the first message": {[]time.Duration{crisis.Rung, crisis.FirstMessage}, []time.Duration{5 * time.Minute, 15 * time.Minute}},
		"crisis: follow-up":                 {crisis.FollowUps, []time.Duration{4 * time.Hour, 24 * time.Hour, 72 * time.Hour, 168 * time.Hour}},
		"red: a rung, the first message":    {[]time.Duration{red.Rung, red.FirstMessage}, []time.Duration{30 * time.Minute, time.Hour}},
		"red: follow-up":                    {red.FollowUps, []time.Duration{24 * time.Hour, 168 * time.Hour}},
		"amber: a goal":                     {[]time.Duration{amber.Goal}, []time.Duration{4 * time.Hour}},
		"called again":                      {[]time.Duration{crisis.Again, red.Again}, []time.Duration{30 * time.Minute, 30 * time.Minute}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}
