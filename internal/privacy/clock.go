package privacy

import "time"

// ClockKey names a clock.
type ClockKey string

// The clocks.
const (
	ClockDraft      ClockKey = "draft"
	ClockSearch     ClockKey = "search"
	ClockSession    ClockKey = "session"
	ClockLink       ClockKey = "link"
	ClockLimit      ClockKey = "limit"
	ClockNotice     ClockKey = "notice"
	ClockReadMark   ClockKey = "read_mark"
	ClockGone       ClockKey = "gone"
	ClockRevision   ClockKey = "revision"
	ClockReasons    ClockKey = "reasons"
	ClockAssessment ClockKey = "assessment"
	ClockContact    ClockKey = "contact"
	ClockCase       ClockKey = "case"
	ClockConcern    ClockKey = "concern"
	ClockReport     ClockKey = "report"
	ClockDecision   ClockKey = "decision"
	ClockLease      ClockKey = "lease"
	ClockInvitation ClockKey = "invitation"
	ClockShift      ClockKey = "shift"
	ClockGrant      ClockKey = "grant"
	ClockJob        ClockKey = "job"
	ClockReads      ClockKey = "reads"
	ClockLog        ClockKey = "log"
	ClockDormant    ClockKey = "dormant"
	ClockShell      ClockKey = "shell"
)

// Clock ends something by itself. The words stand under clock.KEY: what ends, and what it counts from.
type Clock struct {
	Key   ClockKey
	Class Class
	Lasts time.Duration
}

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Clocks are all clocks. They drive the deleting, the page /privacy and the register of processing. The lengths are
// defaults until an NGO sets its own.
var Clocks = []Clock{
	{ClockDraft, Unsent, time.Hour},
	{ClockSearch, Unsent, time.Hour},
	{ClockSession, Access, 30 * day},
	{ClockLink, Access, day},
	{ClockLimit, Machine, 2 * day},
	{ClockNotice, Notices, 90 * day},
	{ClockReadMark, Belonging, 180 * day},
	{ClockGone, Words, 90 * day},
	{ClockRevision, Words, 90 * day},
	{ClockReasons, Assessment, 90 * day},
	{ClockAssessment, Assessment, 2 * year},
	{ClockContact, Danger, 30 * day},
	{ClockCase, Danger, 2 * year},
	{ClockConcern, Concern, 180 * day},
	{ClockReport, Report, 180 * day},
	{ClockDecision, Report, 2 * year},
	{ClockLease, Report, 30 * day},
	{ClockInvitation, Staff, 30 * day},
	{ClockShift, Staff, year},
	{ClockGrant, Staff, 2 * year},
	{ClockJob, Machine, 90 * day},
	{ClockReads, Log, 90 * day},
	{ClockLog, Log, 2 * year},
	{ClockDormant, Identity, 2 * year},
	{ClockShell, Identity, 30 * day},
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
