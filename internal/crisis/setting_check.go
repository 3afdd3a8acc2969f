package crisis

import (
	"slices"
	"strconv"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// Bound is what a time may be, in minutes. Above Safe it takes a typed reason; zero Safe asks for none.
type Bound struct {
	Field             string
	Least, Safe, Most int
}

// Bounds are what the times of a level may be. Least keeps people from being called faster than they can answer; Most
// keeps a typing error from leaving somebody alone. Safe is twice the default of a crisis, but for the signature, whose
// person is in somebody's hands, and the repeated call, which is every 30 minutes by the brief.
func Bounds(level string) []Bound {
	switch level {
	case "crisis":
		return []Bound{
			{"goal", 1, 10, 60},
			{"rung", 2, 10, 60},
			{"first_message", 5, 30, 120},
			{"again", 5, 30, 60},
			{"receive", 5, 30, 60},
			{"signature", 15, 480, 1440},
		}
	case "red":
		return []Bound{
			{"goal", 5, 0, 240},
			{"rung", 5, 0, 240},
			{"first_message", 10, 0, 480},
			{"again", 5, 0, 120},
			{"receive", 5, 0, 240},
			{"signature", 15, 0, 2880},
		}
	default:
		return []Bound{
			{"goal", 30, 0, 1440},
			{"rung", 30, 0, 1440},
			{"first_message", 30, 0, 1440},
			{"again", 30, 0, 1440},
			{"receive", 30, 0, 1440},
			{"signature", 15, 0, 10080},
		}
	}
}

// Limits of follow-ups, in hours: the first after a crisis is safe within a day, and nobody is left for more than thirty.
const (
	maxFollowUps   = 6
	safeFollowUp   = 24
	latestFollowUp = 30 * 24
)

// Limits of a ladder.
const (
	maxRungs = 5
	maxNamed = 10
	maxWhy   = 500
)

func (v TimesValue) field(name string) int {
	switch name {
	case "goal":
		return v.Goal
	case "rung":
		return v.Rung
	case "first_message":
		return v.FirstMessage
	case "again":
		return v.Again
	case "receive":
		return v.Receive
	default:
		return v.Signature
	}
}

// Slow reports whether the times are slower than is safe for the level, so that they take a typed reason.
func (v TimesValue) Slow(level string) bool {
	for _, b := range Bounds(level) {
		if b.Safe > 0 && v.field(b.Field) > b.Safe {
			return true
		}
	}
	return level == "crisis" && len(v.FollowUps) > 0 && v.FollowUps[0] > safeFollowUp
}

func checkTimes(level string, v TimesValue, reason string) error {
	var check fault.Check
	for _, b := range Bounds(level) {
		n := v.field(b.Field)
		check.Require(n >= b.Least && n <= b.Most, b.Field, "times.bound", "Least", b.Least, "Most", b.Most)
	}
	rising := len(v.FollowUps) > 0 && len(v.FollowUps) <= maxFollowUps
	for i, hours := range v.FollowUps {
		rising = rising && hours >= 1 && hours <= latestFollowUp && (i == 0 || hours > v.FollowUps[i-1])
	}
	check.Require(rising, "follow_ups", "times.follow_ups_wrong", "Most", maxFollowUps)
	check.Require(!v.Slow(level) || reason != "", "reason", "times.reason_missing")
	check.Require(len([]rune(reason)) <= maxWhy, "reason", "times.reason_long", "Max", maxWhy)
	return check.Err()
}

func checkLadder(v LadderValue) error {
	var check fault.Check
	check.Require(v.Turns >= 1 && v.Turns <= maxTurns, "turns", "times.turns_wrong", "Max", maxTurns)
	check.Require(len(v.Rungs) > 0 && len(v.Rungs) <= maxRungs, "rung1", "times.rungs_wrong", "Max", maxRungs)
	for i, r := range v.Rungs {
		known := !slices.ContainsFunc(r.Roles, func(role account.Role) bool { return !role.Can(account.WorkCases) })
		check.Require(len(r.Roles)+len(r.People) > 0 && known && len(r.People) <= maxNamed, RungField(i), "times.rung_empty")
	}
	return check.Err()
}

// RungField names a rung's field in a form, from 1.
func RungField(i int) string { return "rung" + strconv.Itoa(i+1) }
