package view_test

import (
	"samhold/internal/directory"
	"samhold/internal/web/view"
)

func frontExamples() []view.Page {
	return []view.Page{
		&view.WelcomePage{Base: view.Base{Kind: "welcome.kind"}},
		&view.HelpPage{Base: view.Base{Kind: "help.kind"}, Lines: []directory.Line{
			{Key: "emergency", Phone: "112", Emergency: true}, {Key: "livslinien", Phone: "70 20 12 01"},
		}},
		&view.CoverPage{Base: view.Base{Kind: "cover.kind", Layout: "bare"}},
		&view.ErrorPage{
			Base:   view.Base{Kind: "error.kind", Signed: true, OnDuty: true, Admin: true, Notices: 2, Flash: "error.home"},
			Status: 500, Key: "error.internal", Typed: []view.Typed{
				{Name: "title", Text: "Kære"},
				{Name: "body", Text: "Kære alle"},
				{Name: "statement", Text: "Kære"},
				{Name: "note", Text: "Kære"},
				{Name: "answer", Text: "Kære"},
			},
		},
	}
}
