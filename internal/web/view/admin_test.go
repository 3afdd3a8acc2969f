package view_test

import (
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/audit"
	"samhold/internal/backup"
	"samhold/internal/fault"
	"samhold/internal/job"
	"samhold/internal/web/view"
)

func adminExamples() []view.Page {
	base := view.Base{Kind: "admin.kind", Signed: true, Admin: true, Wide: true, Section: "admin"}
	nav := view.DeskNav{Rota: true, Log: true, Numbers: true, Jobs: true, Search: true, At: "numbers"}
	log := func(check *admin.Check) *view.LogPage {
		return &view.LogPage{
			Base: base, Nav: nav, Total: 120, Check: check, Actions: []string{"case_take"}, Action: "case_take", Day: "2026-11-22",
			Fault: view.Form{Faults: []fault.Field{{Name: "day", Key: "rota.day_missing"}}},
			Pager: view.Pager{Path: "/mod/audit?action=case_take", Page: 2, Pages: 3},
			Lines: []view.LogLine{
				{Trace: admin.Trace{Event: audit.Event{Seq: 3, At: night, Actor: "a", Action: "case_take", ObjectKind: "case", ObjectID: "x", Code: "crisis"}, Name: "Mette", SpaceName: "Bordet"}, ActionKey: "audit.action_case_take", ObjectKey: "audit.object_case", CodeKey: "level.crisis"},
				{Trace: admin.Trace{Event: audit.Event{Seq: 2, At: night, Actor: "a", Action: "new_thing", ObjectKind: "thing", Code: "new"}}},
				{Trace: admin.Trace{Event: audit.Event{Seq: 4, At: night}, Hidden: true}},
				{Trace: admin.Trace{Event: audit.Event{Seq: 1, At: night, Action: "new_thing", ObjectKind: "thing"}}},
			},
		}
	}
	broken := &admin.Check{Done: true}
	for _, kind := range []audit.Kind{audit.Changed, audit.Unlinked, audit.Missing, audit.Truncated, audit.BeyondHead, audit.HeadDiffer, audit.Checkpoint} {
		broken.Problems = append(broken.Problems, audit.Problem{Seq: 7, Kind: kind})
	}
	made := &backup.Summary{MadeAt: night.Add(-40 * time.Hour), Schema: 6, Rows: 900, Bytes: 40_000}
	backups := func(s backup.Status) *view.OverviewPage {
		return &view.OverviewPage{Base: base, Nav: nav, Overview: admin.Overview{Backup: s}}
	}
	pages := []view.Page{
		backups(backup.Status{Nightly: true, Last: made}), backups(backup.Status{Nightly: true, Late: true}),
		backups(backup.Status{Last: made}),
		&view.OverviewPage{Base: base, Nav: nav},
		&view.OverviewPage{Base: base, Nav: nav, Overview: admin.Overview{
			Numbers: admin.Numbers{Accounts: 40, Joined: 3, Spaces: 4, Staff: 6, OnDuty: 1, Events: 200}, Jobs: job.Stats{Waiting: 2, Parked: 1, Oldest: time.Hour},
		}},
		&view.JobsPage{Base: base, Nav: nav},
		&view.MemberPage{Base: base, Nav: nav, Now: night, Duties: admin.Duties, Member: admin.Member{
			Person: admin.Person{ID: "p", Name: "Jonas"}, File: admin.File{AccountID: "p", Duty: admin.DutyNo, DeclaredOn: &night, DeclaredVersion: "2026-1"},
		}},
		&view.MemberPage{Base: base, Nav: nav, Now: night, Duties: admin.Duties, Member: admin.Member{
			Person: admin.Person{ID: "p", Name: "Jonas"}, Grants: []admin.Held{{Colleague: admin.Colleague{Role: account.Admin}}},
		}, Form: view.Form{Faults: []fault.Field{
			{Name: "duty", Key: "team.duty_missing"},
			{Name: "duty_since", Key: "team.day_ahead"},
			{Name: "declared_on", Key: "team.day_ahead"},
			{Name: "declared_version", Key: "team.version_missing"},
		}}},
		&view.StaffPage{Base: base, Nav: nav, Now: night},
		&view.StaffPage{Base: base, Nav: nav, Now: night, Team: admin.Team{
			Others: []admin.Person{{ID: "p", Name: "Jonas"}}, Roles: account.Roles, All: true, Spaces: []admin.Space{{ID: "s", Name: "Bordet"}},
			People: []admin.Member{
				{Person: admin.Person{ID: "m", Name: "Mette"}, Me: true, File: admin.File{AccountID: "m", Duty: admin.DutyYes, DeclaredOn: &night, DeclaredVersion: "2026-1"}, Grants: []admin.Held{{Colleague: admin.Colleague{Role: account.Admin, StartsAt: night}}}},
				{Person: admin.Person{ID: "p", Name: "Jonas"}, File: admin.File{Duty: admin.DutyUnknown}, Grants: []admin.Held{
					{Colleague: admin.Colleague{Role: account.Moderator, SpaceName: "Bordet", StartsAt: night.Add(time.Hour), EndsAt: &night}, MayEnd: true},
				}},
			},
			Undeclared: 1,
		}, Past: []admin.File{
			{AccountID: "x", Name: "Inga", Duty: admin.DutyNo, DeclaredOn: &night, DeclaredVersion: "2025-1", EndedAt: &night}, {AccountID: "y", Name: "Ole", EndedAt: &night},
		}, Form: view.Form{
			Values: map[string]string{"account": "p", "role": "moderator", "space": "s", "from": "2026-11-22", "until": "2026-11-21"},
			Faults: []fault.Field{
				{Name: "account", Key: "team.account_missing"},
				{Name: "role", Key: "team.role_missing"},
				{Name: "space", Key: "rota.space_missing"},
				{Name: "from", Key: "rota.day_missing"},
				{Name: "until", Key: "team.until_early"},
			},
		}},
		log(&admin.Check{Done: true, Checked: 120, Checkpoint: 100}), log(&admin.Check{Done: true}), log(&admin.Check{Done: true, Unreadable: true}),
		log(&admin.Check{}), log(broken), &view.LogPage{Base: base, Nav: nav},
	}
	for _, code := range []string{"no_space", "no_folder", "unavailable", "internal"} {
		failed := &backup.Failure{At: night, Code: code}
		pages = append(pages, backups(backup.Status{Nightly: true, Last: made, Failed: failed}),
			backups(backup.Status{Nightly: true, Last: made, Late: true, Failed: failed}))
	}
	jobs := &view.JobsPage{Base: base, Nav: nav, Now: night.Add(time.Hour)}
	for _, kind := range []string{"index_post", "rebuild_index", "case_call", "call_code", "call_trial", "backup", "sweep"} {
		jobs.Jobs = append(jobs.Jobs, view.ParkedJob{Job: job.Job{ID: "j", Kind: kind, CreatedAt: night, Attempts: 12, LastError: "internal"}, KindKey: "jobs.kind_" + kind, ErrorKey: "jobs.error_internal"})
	}
	jobs.Jobs = append(jobs.Jobs, view.ParkedJob{Job: job.Job{ID: "j", Kind: "other", CreatedAt: night, LastError: "other"}})
	return append(pages, jobs)
}
