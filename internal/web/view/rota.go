package view

import (
	"slices"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/rota"
)

// RotaPage is who is on duty when, and when nobody is.
type RotaPage struct {
	Base
	Nav        DeskNav
	Board      rota.Board
	Form       Form
	EmptyRungs []crisis.EmptyRung // rungs of the ladder on which nobody stands
	Unreached  []string           // on duty within a day, and called by nothing while they are not signed in
	Undeclared int                // of the team have promised no confidentiality; zero for whoever does not plan
	Works      bool               // the person can be on duty
	All        bool               // every shift, not only those of the next three days
	Now        time.Time
}

// Template implements Page.
func (*RotaPage) Template() string { return "admin/rota" }

// Shown are the shifts that the page lists: the person's own, and those of the next three days.
func (p *RotaPage) Shown() []rota.Planned {
	return slices.DeleteFunc(slices.Clone(p.Board.Shifts), func(s rota.Planned) bool {
		return !p.All && s.StartsAt.After(p.Now.AddDate(0, 0, 3)) && s.SwapID == ""
	})
}

// Later is how many shifts the page leaves out.
func (p *RotaPage) Later() int { return len(p.Board.Shifts) - len(p.Shown()) }

// soonest is how many of the next gaps stand at the top.
const soonest = 5

// First are the gaps at the top of the page.
func (p *RotaPage) First() []rota.Gap { return p.Board.Soon[:min(len(p.Board.Soon), soonest)] }

// More is how many gaps of the next days stand further down.
func (p *RotaPage) More() int { return len(p.Board.Soon) - len(p.First()) }

// Adding reports whether what is wrong is about putting somebody on duty.
func (p *RotaPage) Adding() bool {
	return slices.ContainsFunc([]string{"account", "space", "day", "starts", "ends", "weeks", "last"}, p.Form.Has)
}

// Leaving reports whether what is wrong is about an absence.
func (p *RotaPage) Leaving() bool {
	return slices.ContainsFunc([]string{"away", "away_from", "away_to"}, p.Form.Has)
}

// ShiftPage is one shift.
type ShiftPage struct {
	Base
	Nav        DeskNav
	Shift      rota.Planned
	Mine       bool
	May        bool // the person plans it
	People     []rota.Person
	Colleagues []rota.Person
	Form       Form
	Now        time.Time
}

// Template implements Page.
func (*ShiftPage) Template() string { return "admin/shift" }
