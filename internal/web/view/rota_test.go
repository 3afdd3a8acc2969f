package view_test

import (
	"time"

	"samhold/internal/fault"
	"samhold/internal/rota"
	"samhold/internal/web/view"
)

func rotaExamples() []view.Page {
	base := view.Base{Kind: "rota.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	nav := view.DeskNav{Desk: true, Rota: true, Staff: true, At: "rota"}
	place, pattern, last := "s", "p", rota.Day("2026-12-24")
	shift := func(id, account string, hours time.Duration) rota.Planned {
		return rota.Planned{
			Shift: rota.Shift{ID: id, AccountID: account, SpaceID: &place, StartsAt: night, EndsAt: night.Add(hours * time.Hour), PatternID: &pattern},
			Name:  "Mette", SpaceName: "Bordet", Serves: true,
		}
	}
	mine, offered, anybody, stray := shift("a", "me", 8), shift("b", "x", 8), shift("c", "me", 100), shift("d", "x", 8)
	offered.SwapID, offered.SwapFor, offered.SwapToID = "o", "Jonas", "me"
	anybody.SwapID, anybody.SpaceName, anybody.SpaceID = "o", "", nil
	stray.Serves, stray.StartsAt = false, night.AddDate(0, 0, 9)
	gap := rota.Gap{Span: rota.Span{From: night, To: night.Add(time.Hour)}, Spaces: []string{"Bordet", "Havnen"}}
	all := gap
	all.All = true
	board := rota.Board{
		Shifts: []rota.Planned{mine, offered, anybody, stray}, Me: "me", Plans: true, All: true,
		People: []rota.Person{{ID: "me", Name: "Mette"}}, Spaces: []rota.Space{{ID: "s", Name: "Bordet"}}, Soon: []rota.Gap{gap, all, gap, all, gap, all},
		Weeks: []rota.Week{{From: night, Gaps: []rota.Gap{gap, all}, Time: 2 * time.Hour}, {From: night, Time: time.Hour}, {From: night}},
		Patterns: []rota.Repeated{
			{Pattern: rota.Pattern{ID: "p", FirstDay: "2026-11-22", Starts: "22:00", Ends: "08:00", Weeks: 1}, Name: "Mette"},
			{Pattern: rota.Pattern{ID: "q", FirstDay: "2026-11-23", LastDay: &last, Starts: "22:00", Ends: "08:00", Weeks: 2}, Name: "Jonas", SpaceName: "Bordet"},
		},
		Absences:  []rota.Absence{{ID: "x", AccountID: "me", StartsAt: night, EndsAt: night.Add(24 * time.Hour), Name: "Mette"}},
		Vacancies: []rota.Vacancy{{ID: "v", StartsAt: night, EndsAt: night.Add(time.Hour), Name: "Jonas"}, {ID: "w", StartsAt: night, EndsAt: night, SpaceName: "Bordet"}},
	}
	wrong := view.Form{
		Values: map[string]string{"account": "me", "space": "s", "day": "2026-11-22", "starts": "22:00", "ends": "08:00", "weeks": "2"},
		Faults: []fault.Field{
			{Name: "account", Key: "rota.account_missing"},
			{Name: "space", Key: "rota.space_missing"},
			{Name: "day", Key: "rota.day_missing"},
			{Name: "starts", Key: "rota.taken"},
			{Name: "ends", Key: "rota.time_long"},
			{Name: "weeks", Key: "rota.weeks_wrong"},
			{Name: "last", Key: "rota.last_early"},
			{Name: "away", Key: "rota.account_missing"},
			{Name: "away_from", Key: "rota.day_missing"},
			{Name: "away_to", Key: "rota.away_long"},
		},
	}
	return []view.Page{
		&view.RotaPage{Base: base, Nav: nav, Board: board, Works: true, Now: night, Form: wrong, Unreached: []string{"Mette", "Jonas"}, Undeclared: 2},
		&view.RotaPage{Base: base, Nav: nav, Board: rota.Board{Shifts: []rota.Planned{stray}, Plans: true}, Now: night},
		&view.RotaPage{Base: base, Nav: nav, Works: true, Now: night},
		&view.ShiftPage{Base: base, Nav: nav, Shift: mine, Mine: true, May: true, People: board.People, Colleagues: board.People, Now: night, Form: wrong},
		&view.ShiftPage{Base: base, Nav: nav, Shift: mine, Mine: true, Now: night},
		&view.ShiftPage{Base: base, Nav: nav, Shift: offered, Mine: true, Now: night},
		&view.ShiftPage{Base: base, Nav: nav, Shift: anybody, Mine: true, Now: night},
		&view.ShiftPage{Base: base, Nav: nav, Shift: stray, Now: night},
	}
}
