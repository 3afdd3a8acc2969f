package view

import (
	"slices"
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

// RotaPage is who works here and when they are on duty.
type RotaPage struct {
	Base
	Nav   DeskNav
	Staff admin.Staff
	Form  Form
	All   bool // every shift, not only those of the next three days
	Now   time.Time
}

// Template implements Page.
func (*RotaPage) Template() string { return "admin/rota" }

// Shown are the shifts that the page lists.
func (p *RotaPage) Shown() []admin.Shift {
	return slices.DeleteFunc(slices.Clone(p.Staff.Shifts), func(s admin.Shift) bool {
		return !p.All && s.StartsAt.After(p.Now.AddDate(0, 0, 3))
	})
}

// Later is how many shifts the page leaves out.
func (p *RotaPage) Later() int { return len(p.Staff.Shifts) - len(p.Shown()) }

// StaffPage is who has which role.
type StaffPage struct {
	Base
	Nav  DeskNav
	Team admin.Team
	Form Form
	Now  time.Time
}

// Template implements Page.
func (*StaffPage) Template() string { return "admin/staff" }

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
