package view_test

import (
	"time"

	"samhold/internal/admin"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/support"
	"samhold/internal/web/view"
)

var night = time.Date(2026, 11, 22, 2, 10, 0, 0, time.UTC)

func crisisExamples() []view.Page {
	lines := exampleLines()
	var pages []view.Page
	for _, category := range []string{
		"suicide", "self_harm", "overdose", "withdrawal", "violence", "child_at_risk", "relapse", "hopelessness", "third_party",
	} {
		for _, about := range []string{"author", "other", "child"} {
			pages = append(pages, &view.CardPage{
				Base:   view.Base{Kind: "crisis.kind", Signed: true},
				Card:   crisis.Card{Category: category, About: about, LifeInDanger: about != "child", Emergency: lines[0], Lines: lines[len(lines)-2:], At: night, Receipt: "ABCD"},
				Status: "crisis.status_held", Back: "/t/x", Receipt: "ABCD", Plan: true,
				Contact: view.Form{Faults: []fault.Field{{Name: "contact_phone", Key: "crisis.contact_empty"}}},
			})
		}
	}
	file := crisis.File{
		Case: crisis.Case{
			ID: "a", Level: "crisis", PeakLevel: "crisis", State: crisis.New, Version: 3, OpenedAt: night, DueAt: night,
		},
		Glass: crisis.Glass{
			Allowed: true, Fields: []crisis.GlassField{"name", "phone", "address", "kin_name", "kin_phone", "kin_relation"},
			Live: map[crisis.GlassField]time.Time{"phone": night},
		},
		MayContact: true, Actions: crisis.Actions, Colleagues: []string{"Ellen", "Jonas"},
		Duty: crisis.Duty{Next: night.Add(5 * time.Hour)}, MayCall: true,
		CallsMade: []crisis.CallMade{
			{Name: "Ellen", Way: "workbench", State: "sent", Tries: 1, At: night, Until: night},
			{Name: "Ellen", Way: "push", State: "failed", Tries: 3, At: night, Until: night},
			{Name: "Ellen", Way: "webhook", State: "sent", Tries: 1, At: night, Until: night},
			{Name: "Ellen", Way: "mail", State: "carried", At: night, Until: night},
			{Way: "mail", State: "waiting", At: night, Until: night},
		},
		CallCount: 44, Next: crisis.FirstMessageTimer, NextAt: night.Add(15 * time.Minute),
	}
	for _, result := range crisis.EmergencyResults {
		file.Emergency = append(file.Emergency, crisis.OpenCall{
			EmergencyCall: crisis.EmergencyCall{ID: result, Line: "112", CalledAt: night, Result: result}, Name: "Mette", Told: "Stedet.", Reference: "7",
		})
	}
	for _, kind := range []string{
		"opened", "signal", "text_opened", "contact_given", "contact_opened", "reviewed", "step_done", "step_undone", "contact_told", "contact_untold", "contact_reviewed", "take", "note", "reach", "escalate",
		"hand_back", "raise", "close", "sign", "resume", "hand_over", "receive", "reopen", "wrote", "thread_opened", "said_hard", "said_mistake", "page", "exhaust", "follow_up", "lapse",
		"emergency", "emergency_result", "referral_begun", "referral_printed", "referral_sent", "referral_answered", "referral_dropped",
		"referral_unsent", "referral_unanswered", "released", "plan_opened", "support_proposed", "support_confirmed", "support_written", "support_accepted", "support_declined", "support_dropped", "support_review",
	} {
		code := map[string]string{"opened": "crisis", "signal": "red", "raise": "amber", "close": "referred", "sign": "referred", "contact_opened": "phone", "contact_reviewed": "right", "emergency": "rescue", "emergency_result": "sent"}[kind]
		file.Events = append(file.Events, crisis.Entry{
			Event: crisis.Event{Kind: kind, FromState: crisis.New, ToState: crisis.Acknowledged, Code: code, CreatedAt: night},
			Note:  "Vi taler i morgen.", Name: "Mette", Calls: 3, Until: night,
		})
	}
	casePage := func() *view.CasePage {
		return &view.CasePage{
			Playbook: &playbook.Checklist{
				Version: playbook.Version{FirstMessage: "Hej [[dit navn]]", FollowUp: "Hej igen"}, Open: []string{"Læs det igennem"},
				Done: []playbook.Done{{Tick: playbook.Tick{ID: "t", Step: "Ring", CreatedAt: night}, Name: "Mette", Note: "Hun tog den.", Own: true}},
			},
			Base: view.Base{Kind: "case.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"},
			File: file, Now: night.Add(20 * time.Minute), Outcomes: crisis.Outcomes,
			Levels: []string{"crisis", "red", "amber", "green"}, ContactReasons: crisis.ContactReasons,
			Emergencies: crisis.Emergencies, Results: crisis.EmergencyResults,
		}
	}
	opened := casePage()
	opened.Texts = &crisis.Texts{Sources: []crisis.OpenSource{
		{Source: crisis.Source{Kind: "post", TopicID: "t", Title: "I nat", Alias: "Havrefnug", SpaceName: "Bordet", BodyHTML: "<p>Hej</p>", Visibility: "held", At: night}, Told: toldExample},
		{Source: crisis.Source{Kind: "report", At: night}, Text: "Jeg er bekymret"},
		{Source: crisis.Source{Kind: "concern", At: night}, Text: "Jeg er bekymret"},
		{Source: crisis.Source{Kind: "plan", At: night}},
		{Source: crisis.Source{Kind: "support_plan", At: night}},
		{Source: crisis.Source{Kind: "message", At: night}},
		{Source: crisis.Source{Kind: "button", At: night}},
	}}
	opened.Broken = &crisis.Broken{Field: "phone", Value: "12 34", Until: night}
	pages = append(pages, opened)
	child := casePage()
	child.Child, child.Duty, child.Referrals = true, admin.DutyYes, exampleReferrals()
	child.Support = &support.Brief{Returns: true}
	opened.Support = &support.Brief{Plan: &exampleSupport(support.Proposed, true).Plan}
	child.Plan = &plan.Offer{Shared: true, Mine: true}
	child.Form = view.Form{Values: map[string]string{"plan_why": "x"}, Faults: []fault.Field{{Name: "plan_why", Key: "plan.why_missing"}}}
	first := casePage()
	first.Support = &support.Brief{}
	first.Child, first.Plan = true, &plan.Offer{Shared: true}
	opened.Plan = &plan.Offer{}
	pages = append(pages, child, first)
	for _, state := range crisis.States {
		p := casePage()
		p.File.Glass.Allowed = state != crisis.Closed
		p.File.State, p.File.OwnerName, p.File.CloserName, p.File.Outcome = state, "Jonas", "Mette", "referred"
		p.Changes = []view.Change{{Name: "case.state", Before: "case.state_new", After: "case.state_closed"}}
		pages = append(pages, p)
	}
	worry := crisis.Worry{Concern: crisis.Concern{ID: "c", About: "person", State: "answered", CreatedAt: night}, Text: "Hej", Answer: "Tak"}
	closed := worry
	closed.State, closed.ClosedAt = "closed", &night
	staff := view.Base{Kind: "reviews.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	one := crisis.Opening{ID: "o", CaseID: "a", Field: "phone", Reason: "send_help", OpenedAt: night, EndsAt: night, ReviewBy: night, Unsafe: true}
	approver, steps := "a", playbook.Version{Category: "suicide", Subject: "author", Lang: "da", Steps: "Læs\nSpørg", FirstMessage: "Hej", FollowUp: "Hej igen"}
	approved := steps
	approved.Version, approved.ApprovedBy, approved.ApprovedAt = 1, &approver, &night
	pages = append(pages,
		&view.PlaybooksPage{Base: view.Base{Kind: "playbook.kind", Signed: true, OnDuty: true}, Lines: []playbook.Line{{Version: steps}, {Version: approved, Approver: "Mette"}}},
		&view.PlaybookPage{Base: view.Base{Kind: "playbook.kind", Signed: true, OnDuty: true}, File: playbook.File{Line: playbook.Line{Version: steps}}, Form: view.Form{
			Faults: []fault.Field{{Name: "steps", Key: "playbook.steps_many", Args: map[string]any{"Max": 20}}, {Name: "follow_up", Key: "playbook.empty"}},
		}},
		&view.PlaybookPage{Base: view.Base{Kind: "playbook.kind", Signed: true, OnDuty: true}, File: playbook.File{
			Line: playbook.Line{Version: approved, Approver: "Mette"}, Past: []playbook.Past{{Version: approved, Editor: "Jonas", Approver: "Mette"}, {Version: steps, Editor: "Jonas"}},
		}},
	)
	return append(pages,
		&view.ReviewsPage{Base: staff, Now: night},
		&view.ReviewsPage{Base: staff, Now: night.Add(time.Hour), Openings: []crisis.Opening{one, {ID: "p", Field: "kin_name", ReviewBy: night.Add(9 * time.Hour)}}},
		&view.ReviewsPage{Base: staff, Now: night, Reviews: []crisis.CaseReview{{ID: "r", EndedAt: night, DueAt: night.Add(72 * time.Hour)}, {ID: "s", DueAt: night.Add(-time.Hour)}}},
		&view.LookbackPage{Base: staff, Now: night, Review: crisis.ReviewFile{Category: "suicide"}, Form: view.Form{
			Faults: []fault.Field{{Name: "review_seen", Key: "reviews.seen_missing"}, {Name: "review_late", Key: "reviews.late_missing"}, {Name: "review_changed", Key: "reviews.changed_missing"}},
		}},
		&view.LookbackPage{Base: staff, Now: night, Review: crisis.ReviewFile{
			CaseReview: crisis.CaseReview{DoneAt: &night}, Category: "suicide", Author: "Mette", Lookback: crisis.Lookback{Seen: "Alt", Late: "Intet", Changed: "Lidt"},
		}},
		&view.OpeningPage{Base: staff, Now: night, Opening: crisis.OpeningFile{Opening: one, Opener: "Mette", Words: "Hun svarer ikke."}, Verdicts: crisis.Verdicts, Form: view.Form{
			Faults: []fault.Field{{Name: "verdict", Key: "glass.verdict_missing"}, {Name: "glass_words", Key: "glass.words_missing"}},
		}},
		&view.OpeningPage{Base: staff, Now: night, Opening: crisis.OpeningFile{Opening: one, Opener: "Mette", Own: true}, Verdicts: crisis.Verdicts},
		&view.TrustedPage{Base: view.Base{Kind: "trusted.kind", Signed: true, Section: "me"}},
		&view.TrustedPage{Base: view.Base{Kind: "trusted.kind", Signed: true, Section: "me"}, Young: true, Given: true, Form: view.Form{
			Values: map[string]string{"trusted_name": "Karen"}, Faults: []fault.Field{{Name: "trusted_phone", Key: "trusted.phone_missing"}},
		}},
		&view.ConcernPage{Base: view.Base{Kind: "concern.kind"}, Abouts: crisis.Abouts, Form: view.Form{
			Values: map[string]string{"about": "person", "body": "x"}, Faults: []fault.Field{{Name: "body", Key: "concern.body_missing"}},
		}},
		&view.ReceiptPage{Base: view.Base{Kind: "concern.kind"}, Receipt: "ABCD-EFGH"},
		&view.AnswerPage{Base: view.Base{Kind: "concern.kind"}, Answer: crisis.Answer{Text: "Tak", AnsweredAt: night}},
		&view.AnswerPage{Base: view.Base{Kind: "concern.kind"}, Answer: crisis.Answer{CreatedAt: night, Duty: crisis.Duty{Now: true, Until: night}}},
		&view.WorryPage{Base: view.Base{Kind: "worry.kind"}, Worry: worry},
		&view.WorryPage{Base: view.Base{Kind: "worry.kind"}, Worry: worry, Opened: true},
		&view.WorryPage{Base: view.Base{Kind: "worry.kind"}, Worry: closed, Opened: true, Form: view.Form{
			Values: map[string]string{"answer": "x"}, Faults: []fault.Field{{Name: "answer", Key: "worry.case_open"}},
		}},
		&view.AnswerPage{Base: view.Base{Kind: "concern.kind"}, Answer: crisis.Answer{ClosedAt: night}},
		&view.AnswerPage{Base: view.Base{Kind: "concern.kind"}, Answer: crisis.Answer{Text: "Tak", AnsweredAt: night, ClosedAt: night}},
	)
}
