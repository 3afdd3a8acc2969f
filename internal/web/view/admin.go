package view

import (
	"time"

	"samhold/internal/admin"
	"samhold/internal/job"
)

// OverviewPage is the admin's numbers.
type OverviewPage struct {
	Base
	Nav      DeskNav
	Overview admin.Overview
}

// Template implements Page.
func (*OverviewPage) Template() string { return "admin/overview" }

// JobsPage lists the jobs that failed too often.
type JobsPage struct {
	Base
	Nav  DeskNav
	Jobs []ParkedJob
	Now  time.Time
}

// ParkedJob is a job with its kind as a translation key, empty where it has no words.
type ParkedJob struct {
	job.Job
	KindKey  string
	ErrorKey string
}

// Template implements Page.
func (*JobsPage) Template() string { return "admin/jobs" }

// StaffPage is who has which role.
type StaffPage struct {
	Base
	Nav  DeskNav
	Team admin.Team
	Past []admin.File // those whose service has ended
	Form Form
	Now  time.Time
}

// Template implements Page.
func (*StaffPage) Template() string { return "admin/staff" }

// MemberPage is what the house knows of one of the team.
type MemberPage struct {
	Base
	Nav    DeskNav
	Member admin.Member
	Duties []admin.Duty
	Form   Form
	Now    time.Time
}

// Template implements Page.
func (*MemberPage) Template() string { return "admin/member" }

// LogPage is a page of the audit log.
type LogPage struct {
	Base
	Nav     DeskNav
	Lines   []LogLine
	Total   int
	Check   *admin.Check
	Actions []string // those that have words
	Action  string
	Day     string
	Fault   Form
	Pager   Pager
}

// LogLine is an event with its codes as translation keys, empty where there are no words.
type LogLine struct {
	admin.Trace
	ActionKey string
	ObjectKey string
	CodeKey   string
}

// Template implements Page.
func (*LogPage) Template() string { return "admin/log" }
