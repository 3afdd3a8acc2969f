package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/message"
	"samhold/internal/web/view"
)

func talkExamples() []view.Page {
	staff, later := "s", night.Add(time.Hour)
	lines := []message.Line{
		{Message: message.Message{ID: "a", CreatedAt: night, OpenedAt: &later}, Text: "Hej.\nEr her nogen?"},
		{Message: message.Message{ID: "b", CreatedAt: night, StaffID: &staff, ReadAt: &later}, Text: "Ja, jeg er her.", Name: "Mette"},
		{Message: message.Message{ID: "c", CreatedAt: night, StaffID: &staff}, Name: ""},
		{Message: message.Message{ID: "d", CreatedAt: night}, Text: "Tak.", New: true},
	}
	form := view.Form{
		Values: map[string]string{"body": "", "space": "h", "key": "k"}, Faults: []fault.Field{{Name: "body", Key: "talk.body_missing"}},
	}
	member := view.Base{Kind: "talk.kind", Signed: true, Section: "me"}
	duty := view.Base{Kind: "talk.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	places := []message.Place{{ID: "h", Name: "Bordet"}, {ID: "l", Name: "Lampen"}}
	opened := message.File{Thread: "t", Alias: "Havrefnug", Space: "Bordet", Count: 4, Waits: 1, Lines: lines, Opened: true}
	closed := message.File{Thread: "t", Count: 1}
	return []view.Page{
		&view.PressPage{Base: member, Emergency: exampleLines()[0]},
		&view.CardPage{Base: member, Card: crisis.Card{About: "author", Pressed: true, LifeInDanger: true, Emergency: exampleLines()[0], At: night}},
		&view.CardPage{Base: member, Card: crisis.Card{About: "author", Emergency: exampleLines()[0], At: night, Unanswered: true}},
		&view.CardPage{Base: member, Card: crisis.Card{About: "author", Emergency: exampleLines()[0], At: night, Held: true}},
		&view.CardPage{Base: member, Card: crisis.Card{About: "author", Emergency: exampleLines()[0], At: night, Held: true, Contacted: true}},
		&view.CardPage{Base: member, Card: crisis.Card{About: "author", Emergency: exampleLines()[0], At: night, Contacted: true}},
		&view.TalkPage{Base: member, Now: night, Form: view.Form{Values: map[string]string{}}},
		&view.TalkPage{Base: member, Talk: message.Talk{Lines: lines, Places: places, Space: "h"}, Duty: crisis.Duty{Now: true, Until: later}, Form: form, Kept: true, Now: night},
		&view.ThreadPage{Base: duty, Thread: &view.Thread{File: opened, Path: "/mod/threads/t", Form: form, Kept: true}, Kept: true},
		&view.ThreadPage{Base: duty, Thread: &view.Thread{File: closed, Path: "/mod/threads/t"}},
		&view.CasePage{
			Base: duty, File: crisis.File{Case: crisis.Case{ID: "a", Level: "red", State: crisis.InContact, OpenedAt: night, DueAt: night}}, Now: night,
			Thread: &view.Thread{File: message.File{}, Path: "/mod/cases/a/thread"},
		},
		&view.DeskPage{Base: duty, Now: later, Threads: []message.Row{{ID: "t", SpaceName: "Bordet", Since: night, Waiting: 2}, {ID: "u", Since: night, Waiting: 1, Opened: true}}},
	}
}
