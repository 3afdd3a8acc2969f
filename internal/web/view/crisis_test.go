package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/fault"
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
				Status: "crisis.status_held", Back: "/t/x", Receipt: "ABCD",
				Contact: view.Form{Faults: []fault.Field{{Name: "contact_phone", Key: "crisis.contact_empty"}}},
			})
		}
	}
	file := crisis.File{
		Case: crisis.Case{
			ID: "a", Level: "crisis", PeakLevel: "crisis", State: crisis.New, Version: 3, OpenedAt: night, DueAt: night,
		},
		HasContact: true, MayContact: true, Actions: crisis.Actions, Colleagues: []string{"Ellen", "Jonas"},
		Duty: crisis.Duty{Next: night.Add(5 * time.Hour)},
	}
	for _, kind := range []string{
		"opened", "signal", "text_opened", "contact_given", "contact_opened", "take", "note", "reach", "escalate",
		"hand_back", "raise", "close", "sign", "resume", "hand_over", "receive", "reopen", "page", "exhaust", "follow_up", "lapse",
	} {
		code := map[string]string{"opened": "crisis", "signal": "red", "raise": "amber", "close": "referred", "sign": "referred"}[kind]
		file.Events = append(file.Events, crisis.Entry{
			Event: crisis.Event{Kind: kind, FromState: crisis.New, ToState: crisis.Acknowledged, Code: code, CreatedAt: night},
			Note:  "Vi taler i morgen.", Name: "Mette", Calls: 3, Until: night,
		})
	}
	casePage := func() *view.CasePage {
		return &view.CasePage{
			Base: view.Base{Kind: "case.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"},
			File: file, Now: night.Add(20 * time.Minute), Outcomes: crisis.Outcomes,
			Levels: []string{"crisis", "red", "amber", "green"}, ContactReasons: crisis.ContactReasons,
		}
	}
	opened := casePage()
	opened.Texts = &crisis.Texts{Sources: []crisis.OpenSource{
		{Source: crisis.Source{Kind: "post", TopicID: "t", Title: "I nat", Alias: "Havrefnug", SpaceName: "Bordet", BodyHTML: "<p>Hej</p>", Visibility: "held", At: night}, Reasons: []string{"taler om i aften"}},
		{Source: crisis.Source{Kind: "report", At: night}, Text: "Jeg er bekymret"},
		{Source: crisis.Source{Kind: "concern", At: night}, Text: "Jeg er bekymret"},
	}}
	opened.Contact = &crisis.GivenContact{Name: "N", Phone: "12 34", Address: "Vejen"}
	pages = append(pages, opened)
	for _, state := range crisis.States {
		p := casePage()
		p.File.State, p.File.OwnerName, p.File.CloserName, p.File.Outcome = state, "Jonas", "Mette", "referred"
		p.Changes = []view.Change{{Name: "case.state", Before: "case.state_new", After: "case.state_closed"}}
		pages = append(pages, p)
	}
	worry := crisis.Worry{Concern: crisis.Concern{ID: "c", About: "person", State: "answered", CreatedAt: night}, Text: "Hej", Answer: "Tak"}
	closed := worry
	closed.State, closed.ClosedAt = "closed", &night
	return append(pages,
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
