package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/web/view"
)

func boardExamples() []view.Page {
	base := view.Base{Kind: "board.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod", Refresh: 30}
	mette, until := "a", night.Add(time.Hour)
	board := crisis.Board{Steps: []crisis.BoardStep{{Level: "crisis", Rung: 1, Turn: 2, Cases: 3, Longest: night.Add(-time.Hour)}}}
	for i, next := range []crisis.TimerKind{
		crisis.PageTimer, crisis.RungTimer, crisis.AgainTimer, crisis.FirstMessageTimer, crisis.FollowUpTimer, crisis.ReceiveTimer, crisis.SignatureTimer, "",
	} {
		row := crisis.BoardRow{Next: next, DueAt: night.Add(time.Duration(i-1) * time.Minute)}
		row.Case = crisis.Case{ID: "c", Level: "red", State: crisis.States[i], OpenedAt: night.Add(-time.Hour), DueAt: night}
		if i == 3 {
			row.OwnerID, row.OwnerUntil, row.OwnerName = &mette, &until, "Mette"
		}
		board.Rows = append(board.Rows, row)
	}
	return []view.Page{
		&view.BoardPage{Base: base, Nav: view.DeskNav{Board: true, At: "board"}, Board: board, Now: night},
		&view.BoardPage{Base: base, Now: night},
		&view.KeysPage{Base: base},
	}
}
