package privacy

import (
	"time"

	"samhold/internal/account"
)

// ClockKey names a clock.
type ClockKey string

// The clocks.
const (
	ClockDraft        ClockKey = "draft"
	ClockSearch       ClockKey = "search"
	ClockSession      ClockKey = "session"
	ClockLink         ClockKey = "link"
	ClockLimit        ClockKey = "limit"
	ClockNotice       ClockKey = "notice"
	ClockReadMark     ClockKey = "read_mark"
	ClockGone         ClockKey = "gone"
	ClockTalk         ClockKey = "talk"
	ClockSupport      ClockKey = "support"
	ClockRevision     ClockKey = "revision"
	ClockReasons      ClockKey = "reasons"
	ClockAssessment   ClockKey = "assessment"
	ClockReassessment ClockKey = "reassessment"
	ClockContact      ClockKey = "contact"
	ClockCase         ClockKey = "case"
	ClockConcern      ClockKey = "concern"
	ClockReport       ClockKey = "report"
	ClockDecision     ClockKey = "decision"
	ClockLease        ClockKey = "lease"
	ClockInvitation   ClockKey = "invitation"
	ClockShift        ClockKey = "shift"
	ClockGrant        ClockKey = "grant"
	ClockService      ClockKey = "service"
	ClockJob          ClockKey = "job"
	ClockReads        ClockKey = "reads"
	ClockLog          ClockKey = "log"
	ClockDormant      ClockKey = "dormant"
	ClockShell        ClockKey = "shell"
)

// Clock ends something by itself. The words stand under clock.KEY: what ends, and what it counts from.
type Clock struct {
	Key     ClockKey
	Class   Class
	Lasts   time.Duration
	Members bool // it is said at /privacy; the others are about the team and the machine
}

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Clocks are all clocks. They drive the deleting, the page /privacy and the register of processing. The lengths are
// defaults until an NGO sets its own.
var Clocks = []Clock{
	{ClockDraft, Unsent, time.Hour, true},
	{ClockSearch, Unsent, time.Hour, true},
	{ClockSession, Access, account.OwnSession, true},
	{ClockLink, Access, day, false},
	{ClockLimit, Machine, 2 * day, false},
	{ClockNotice, Notices, 90 * day, true},
	{ClockReadMark, Belonging, 180 * day, true},
	{ClockGone, Words, 90 * day, true},
	{ClockRevision, Words, 90 * day, true},
	{ClockTalk, Talk, 180 * day, true},
	{ClockSupport, Talk, year, true},
	{ClockReasons, Assessment, 90 * day, true},
	{ClockAssessment, Assessment, 2 * year, true},
	{ClockReassessment, Assessment, 30 * day, true},
	{ClockContact, Danger, 30 * day, true},
	{ClockCase, Danger, 2 * year, true},
	{ClockConcern, Concern, 180 * day, true},
	{ClockReport, Report, 180 * day, true},
	{ClockDecision, Report, 2 * year, true},
	{ClockLease, Report, 30 * day, false},
	{ClockInvitation, Staff, 30 * day, false},
	{ClockShift, Staff, year, false},
	{ClockGrant, Staff, 2 * year, false},
	{ClockService, Staff, 5 * year, false},
	{ClockJob, Machine, 90 * day, false},
	{ClockReads, Log, 90 * day, true},
	{ClockLog, Log, 2 * year, true},
	{ClockDormant, Identity, 2 * year, true},
	{ClockShell, Identity, 30 * day, false},
}

// ClockOf returns the clock with the key.
func ClockOf(key ClockKey) Clock {
	for _, c := range Clocks {
		if c.Key == key {
			return c
		}
	}
	return Clock{}
}
