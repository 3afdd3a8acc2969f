package view_test

import (
	"time"

	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/message"
	"samhold/internal/web/view"
)

func checkInExamples() []view.Page {
	staff, before, later := "s", night.Add(-time.Minute), night.Add(time.Hour)
	at := func(state checkin.State, change ...func(*checkin.File)) *checkin.File {
		f := &checkin.File{CheckIn: checkin.CheckIn{ID: "c", StaffID: &staff, State: state, DueAt: later, Grace: 60, Days: 2}, Name: "Mette", Note: "Bare et ord."}
		for _, c := range change {
			c(f)
		}
		return f
	}
	form := view.Form{
		Values: map[string]string{"day": "2026-11-23", "at": "10:00", "grace": "60", "days": "1", "note": ""},
		Faults: []fault.Field{
			{Name: "day", Key: "check_in.day_missing"},
			{Name: "at", Key: "check_in.time_missing"},
			{Name: "at", Key: "check_in.past"},
			{Name: "day", Key: "check_in.far"},
			{Name: "grace", Key: "check_in.grace_missing"},
			{Name: "days", Key: "check_in.days_missing"},
			{Name: "note", Key: "check_in.note_long", Args: map[string]any{"Max": 300}},
		},
	}
	member := view.Base{Kind: "check_in.kind", Signed: true, Section: "me"}
	duty := view.Base{Kind: "check_in.kind", Signed: true, OnDuty: true, Section: "mod"}
	missed := at(checkin.Missed, func(f *checkin.File) { f.RemindedAt, f.MissedAt, f.StaffID, f.Name = &before, &night, nil, "" })
	late := at(checkin.Missed, func(f *checkin.File) { f.MissedAt, f.OverAt, f.Answer = &before, &night, checkin.Hard })
	pages := []view.Page{
		&view.CheckInPage{Base: member, Form: form, Now: night},
		&view.CheckInPage{Base: member, File: at(checkin.Proposed), Form: form, Now: night, Duty: crisis.Duty{Now: true}},
		&view.CheckInPage{Base: member, File: at(checkin.Proposed, func(f *checkin.File) { f.Name = "" }), Form: form, Now: night},
		&view.CheckInPage{Base: member, File: at(checkin.Agreed), Now: night, Duty: crisis.Duty{Next: later}},
		&view.CheckInPage{Base: member, File: missed, Form: form, Now: night},
		&view.CheckInPage{Base: member, File: late, Form: form, Now: night},
		&view.CheckInPage{Base: member, File: at(checkin.Ended), Form: form, Now: night},
		&view.CheckInProposePage{Base: duty, Path: "/mod/cases/c/check-in", Back: "/mod/cases/c", Form: form, Newest: &late.CheckIn, Kept: true, Taken: true},
		&view.CheckInProposePage{Base: duty, Path: "/mod/cases/c/check-in", Back: "/mod/cases/c", Form: view.Form{Values: form.Values}},
		&view.CheckInProposePage{Base: duty, Path: "/mod/cases/c/check-in", Back: "/mod/cases/c", Newest: &at(checkin.Agreed).CheckIn, Form: view.Form{Values: form.Values}},
		&view.CasePage{
			Base: duty, File: crisis.File{Case: crisis.Case{ID: "a", Level: "red", State: crisis.InContact, OpenedAt: night, DueAt: night}}, Now: night,
			Thread: &view.Thread{File: message.File{}, Path: "/mod/cases/a/thread"}, CheckIn: &missed.CheckIn,
		},
	}
	for _, f := range []*checkin.File{at(checkin.Proposed), at(checkin.Agreed), at(checkin.Answered, func(f *checkin.File) { f.Answer = checkin.Wrote }), missed, late, at(checkin.Ended, func(f *checkin.File) { f.Name = "" })} {
		pages = append(pages, &view.CheckInFilePage{Base: duty, File: *f, Now: night})
	}
	return pages
}
