package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/moderation"
	"samhold/internal/rota"
	"samhold/internal/support"
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

func moderationExamples() []view.Page {
	now := night.Add(time.Hour)
	until := now.Add(9 * time.Minute)
	desk := view.Base{Kind: "desk.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod", Refresh: 60}
	nav := view.DeskNav{Desk: true, Rota: true, Times: true, Log: true, Numbers: true, Jobs: true, Search: true, At: "desk"}
	target := moderation.Target{ID: "p", SpaceName: "Bordet", Colour: "clay", Alias: "Havrefnug"}
	post := func(visibility, held, level string) moderation.Post {
		return moderation.Post{
			ID: "p", SpaceName: "Bordet", Alias: "Havrefnug", First: true, Visibility: visibility, HeldReason: held, Since: night,
			Level: level, Unread: level == "amber", Version: 2, Revision: 1,
			Lease: moderation.Lease{Holder: "other", Name: "Jonas", Until: &until},
		}
	}
	var reports []moderation.HeldReport
	for _, reason := range moderation.ReportReasons {
		reports = append(reports, moderation.HeldReport{
			ID: "r", Reason: reason, State: moderation.Open, HasBody: true, At: night, Level: "amber", Post: post(topic.Removed, "", "red"),
			Lease: moderation.Lease{Holder: "me", Until: &until},
		})
	}
	full := &view.DeskPage{
		Base: desk, Nav: nav, Me: "me", Now: now, Guests: true, Lines: directory.Count{Stale: 1, Waiting: 2}, Referrals: exampleReferrals()[:3],
		Supports: []support.Plan{exampleSupport(support.Proposed, false).Plan, {CaseID: &exampleReferrals()[0].CaseID, ChangedAt: now}},
		Cases:    []crisis.Row{{Case: crisis.Case{ID: "c", Level: "crisis", Category: "suicide", State: crisis.New, OpenedAt: night, DueAt: night}, SpaceNames: []string{"Bordet"}, Signals: 2}},
		Concerns: []crisis.Concern{
			{ID: "g", About: "person", State: "open", CreatedAt: night}, {ID: "g", About: "myself", State: "answered", CreatedAt: night},
		},
		Desk: moderation.Desk{
			PostCount: 7, Reports: reports, ReportCount: 130, Unread: []moderation.Post{post(topic.Visible, "", "amber")}, UnreadCount: 1,
		},
		Unreached: []string{"Jonas", "Mette"},
		Rota:      []rota.Watch{{From: night, To: until, Names: []string{"Jonas", "Mette"}}, {From: until, To: until.Add(time.Hour)}},
		Gaps:      []rota.Gap{{Span: rota.Span{From: until, To: until.Add(time.Hour)}, All: true}},
		Handover:  crisis.Handover{Due: true, Mine: []crisis.Handing{{Case: crisis.Case{ID: "c"}}}, ToReceive: []crisis.Row{{}, {}}},
	}
	for _, held := range topic.HeldReasons {
		full.Desk.Posts = append(full.Desk.Posts, post(topic.Held, held, "green"))
	}
	pages := []view.Page{
		full, &view.DeskPage{Base: desk, Now: now},
		&view.ReportPage{Base: view.Base{Kind: "report.kind"}, Target: target, Reasons: moderation.ReportReasons, Kept: true},
		&view.ReportPage{Base: view.Base{Kind: "report.kind"}, Target: target, Reasons: moderation.ReportReasons, Form: view.Form{
			Values: map[string]string{"reason": "worry", "body": "Hm"},
			Faults: []fault.Field{{Name: "reason", Key: "report.reason_missing"}, {Name: "body", Key: "report.body_long", Args: map[string]any{"Max": 2000}}},
		}},
		&view.ReportedPage{Base: view.Base{Kind: "report.kind"}, Target: target, Again: true},
		&view.ReportedPage{Base: view.Base{Kind: "report.kind"}, Target: target, Duty: crisis.Duty{Now: true, Until: until}},
		&view.ReportedPage{Base: view.Base{Kind: "report.kind"}, Target: target, Duty: crisis.Duty{Next: until}},
	}
	for _, kind := range []moderation.Kind{moderation.Release, moderation.Hold, moderation.Remove, moderation.Restore} {
		pages = append(pages, &view.JudgementPage{Base: view.Base{Kind: "judgement.kind"}, Judgement: moderation.Judgement{
			Kind: kind, Reason: "personal", Statement: "Du nævner en ved navn.", SpaceName: "Bordet", PostID: "p", Readable: true, At: night,
		}})
	}
	past := []moderation.Past{}
	for i, kind := range []moderation.Kind{moderation.Release, moderation.Hold, moderation.Remove, moderation.Restore} {
		past = append(past, moderation.Past{Kind: kind, Reason: moderation.Grounds[i], Name: "Mette", At: night})
	}
	for _, visibility := range []string{topic.Held, topic.Visible, topic.Removed, topic.Deleted} {
		for _, opened := range []bool{false, true} {
			for _, report := range []bool{false, true} {
				p := &view.ReviewPage{
					Base: view.Base{Kind: "review.post_kind", Signed: true, OnDuty: true, Wide: true}, Post: post(visibility, "", "amber"),
					Reports: reports, Past: past, Choices: moderation.Choices(visibility), Me: "me", Now: now,
					Grounds: moderation.Grounds, Levels: []string{"crisis", "red", "amber", "green"}, Corrections: moderation.Corrections,
				}
				if report {
					p.Report = &reports[0]
				}
				if opened {
					p.Text = &moderation.Text{Title: "I nat", BodyHTML: "<p>Hej</p>", Told: toldExample, Report: "Jeg er bekymret"}
					p.Conflict, p.Kept = true, true
					p.Form = view.Form{
						Values: map[string]string{"reason": "harsh", "statement": "Du"},
						Faults: []fault.Field{{Name: "reason", Key: "moderation.reason_missing"}, {Name: "statement", Key: "moderation.statement_missing"}},
					}
					p.LevelForm = view.Form{
						Values: map[string]string{"level": "red", "correction": ""},
						Faults: []fault.Field{{Name: "correction", Key: "moderation.correction_missing"}, {Name: "level", Key: "moderation.level_missing"}},
					}
					p.Changes = []view.Change{{Name: "review.state", Before: "review.visibility_held", After: "review.visibility_visible"}}
				}
				pages = append(pages, p)
			}
		}
	}
	for _, state := range []string{moderation.Acted, moderation.Dismissed} {
		settled := reports[0]
		settled.State = state
		pages = append(pages, &view.ReviewPage{Base: view.Base{Kind: "review.report_kind"}, Report: &settled, Post: post(topic.Visible, "", ""), Now: now})
	}
	return pages
}
