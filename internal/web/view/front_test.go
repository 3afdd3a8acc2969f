package view_test

import (
	"samhold/internal/directory"
	"samhold/internal/web/view"
)

// exampleLines are the shipped lines and one that is confirmed, with every way.
func exampleLines() []directory.Line {
	s, err := directory.New()
	if err != nil {
		panic(err)
	}
	hours, err := directory.ParseHours("man-fre 9-17\nlør 22-02")
	if err != nil {
		panic(err)
	}
	lines := s.Lines()
	own := lines[2]
	own.Key, own.Name, own.Purpose, own.PurposeEN, own.Place, own.Need = "", "Havnens café", "For alle.", "For everybody.", "Ved havnen", "local"
	own.VerifiedOn, own.ExpiresOn = exampleNow.AddDate(0, -1, 0), exampleNow.AddDate(0, 1, 0)
	own.Channels = []directory.Channel{
		{Way: directory.Call, Address: "00 00 00 01", Hours: hours},
		{Way: directory.SMS, Address: "00 02", Hours: directory.Hours{Always: true}},
		{Way: directory.Chat, None: true},
	}
	return append(lines, own)
}

func frontExamples() []view.Page {
	return []view.Page{
		&view.WelcomePage{Base: view.Base{Kind: "welcome.kind"}},
		&view.HelpPage{Base: view.Base{Kind: "help.kind"}, Lines: exampleLines(), Now: exampleNow},
		&view.ResourcesPage{Base: view.Base{Kind: "resource.kind"}, Lines: exampleLines(), Now: exampleNow},
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
