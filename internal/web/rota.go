package web

import (
	"context"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/rota"
	"samhold/internal/web/view"
)

// rotaRoutes are the addresses of the rota. Staff see it, whoever plans changes it, and each speaks for themselves in
// absences and swaps.
func (s *Server) rotaRoutes() []Route {
	sees, plans, works := staff(account.SeeRota), staff(account.ManageStaff), staff(account.WorkCases)
	return []Route{
		get("/mod/rota", sees, s.rota),
		post("/mod/rota", plans, s.rotaAdd),
		post("/mod/rota/swaps/:id/accept", works, s.rotaDo(s.Rota.Accept, "rota.accepted")),
		post("/mod/rota/swaps/:id/withdraw", works, s.rotaDo(s.Rota.Withdraw, "rota.withdrawn")),
		post("/mod/rota/vacant/:id/take", works, s.rotaDo(s.Rota.Take, "rota.accepted")),
		post("/mod/rota/weekly/:id/end", plans, s.rotaDo(s.Rota.EndPattern, "rota.weekly_ended")),
		get("/mod/rota/:id", sees, s.rotaShift),
		post("/mod/rota/:id", plans, s.rotaChange),
		post("/mod/rota/:id/offer", works, s.rotaOffer),
		post("/mod/rota/:id/remove", plans, s.rotaDo(s.Rota.Remove, "rota.removed")),
		post("/mod/away", sees, s.rotaAway),
		post("/mod/away/:id/end", sees, s.rotaDo(s.Rota.Back, "rota.back_done")),
	}
}

func (s *Server) rotaPage(r *Request) (*view.RotaPage, error) {
	found, err := s.Rota.Board(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	unreached, err := s.Rota.Unreached(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	empty, err := s.Crisis.EmptyRungs(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	undeclared := 0
	if found.Plans {
		team, err := s.Admin.Team(r.Context(), r.Actor)
		if err != nil {
			return nil, err
		}
		undeclared = team.Undeclared
	}
	return &view.RotaPage{
		EmptyRungs: empty, Undeclared: undeclared, Unreached: unreached,
		Base: r.staffBase("rota.kind"), Nav: r.deskNav("rota"), Board: *found, Now: r.now(), Works: r.Actor.Can(account.WorkCases),
		All:  r.Query("all") != "",
		Form: r.Fields("account", "space", "day", "starts", "ends", "weeks", "last", "away", "away_from", "away_to"),
	}, nil
}

// rota is who is on duty when, and when nobody is.
func (s *Server) rota(r *Request) error {
	page, err := s.rotaPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

// rotaAgain shows the rota with what was wrong.
func (s *Server) rotaAgain(r *Request, err error) error {
	page, pageErr := s.rotaPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page { page.Form = f; return page })
}

// rotaStep is one thing that an actor does with a shift, an offer, a vacancy or an absence.
type rotaStep func(ctx context.Context, a account.Actor, id string) error

// rotaDo does one thing with what the address names, and shows the rota again.
func (s *Server) rotaDo(do rotaStep, done string) Handler {
	return func(r *Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		if err := do(r.Context(), r.Actor, id); err != nil {
			return s.rotaAgain(r, err)
		}
		return r.RedirectWith("/mod/rota", done)
	}
}

// hours reads a day and two times of it as they are on a clock on the wall.
func hours(r *Request) (rota.Plan, error) {
	var check fault.Check
	day, err := rota.ParseDay(r.Field("day"))
	check.Require(err == nil, "day", "rota.day_missing")
	starts, err := rota.ParseMinute(r.Field("starts"))
	check.Require(err == nil, "starts", "rota.time_missing")
	ends, err := rota.ParseMinute(r.Field("ends"))
	check.Require(err == nil, "ends", "rota.time_missing")
	return rota.Plan{AccountID: r.Field("account"), SpaceID: r.Field("space"), Day: day, Starts: starts, Ends: ends}, check.Err()
}

func (s *Server) rotaAdd(r *Request) error {
	plan, err := hours(r)
	if err == nil && r.Field("last") != "" {
		var check fault.Check
		plan.Last, err = rota.ParseDay(r.Field("last"))
		check.Require(err == nil, "last", "rota.day_missing")
		err = check.Err()
	}
	if err == nil {
		plan.Weeks = r.Number("weeks")
		err = s.Rota.Add(r.Context(), r.Actor, plan)
	}
	if err != nil {
		return s.rotaAgain(r, err)
	}
	return r.RedirectWith("/mod/rota", "rota.added")
}

// rotaAway records that somebody is away, from the beginning of a day to the end of another.
func (s *Server) rotaAway(r *Request) error {
	var check fault.Check
	from, err := rota.ParseDay(r.Field("away_from"))
	check.Require(err == nil, "away_from", "rota.day_missing")
	to, err := rota.ParseDay(r.Field("away_to"))
	check.Require(err == nil, "away_to", "rota.day_missing")
	if err = check.Err(); err == nil {
		who := r.Field("away")
		if who == "" {
			who = r.Actor.Account
		}
		zone := s.Rota.Zone
		err = s.Rota.Away(r.Context(), r.Actor, who, rota.Span{
			From: rota.Between(from, "00:00", "00:00", zone).From, To: rota.Between(to, "00:00", "00:00", zone).To,
		})
	}
	if err != nil {
		return s.rotaAgain(r, err)
	}
	return r.RedirectWith("/mod/rota", "rota.away_done")
}

// shiftPage is one shift: its owner offers it, and whoever plans changes it.
func (s *Server) shiftPage(r *Request) (*view.ShiftPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	board, err := s.Rota.Board(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	page := &view.ShiftPage{Base: r.staffBase("rota.shift_kind"), Nav: r.deskNav("rota"), Now: r.now(), People: board.People}
	for _, p := range board.Shifts {
		if p.ID == id {
			page.Shift, page.May = p, board.May(p.SpaceID)
		}
	}
	if page.Shift.ID == "" {
		return nil, fault.Missing()
	}
	if page.Mine = page.Shift.AccountID == r.Actor.Account; page.Mine {
		if page.Colleagues, err = s.Rota.Colleagues(r.Context(), r.Actor, id); err != nil {
			return nil, err
		}
	}
	at := func(layout string, when rota.Span) (string, string) {
		return when.From.In(s.Rota.Zone).Format(layout), when.To.In(s.Rota.Zone).Format(layout)
	}
	starts, ends := at("15:04", page.Shift.Span())
	page.Form.Values = map[string]string{
		"account": page.Shift.AccountID, "day": string(rota.DayOf(page.Shift.StartsAt, s.Rota.Zone)), "starts": starts, "ends": ends,
	}
	return page, nil
}

func (s *Server) rotaShift(r *Request) error {
	page, err := s.shiftPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) rotaChange(r *Request) error {
	page, err := s.shiftPage(r)
	if err != nil {
		return err
	}
	plan, err := hours(r)
	if err == nil {
		err = s.Rota.Change(r.Context(), r.Actor, page.Shift.ID, plan.AccountID, rota.Between(plan.Day, plan.Starts, plan.Ends, s.Rota.Zone))
	}
	if err == nil {
		return r.RedirectWith("/mod/rota", "rota.changed")
	}
	return r.Invalid(err, r.Fields("account", "day", "starts", "ends"), func(f view.Form) view.Page { page.Form = f; return page })
}

func (s *Server) rotaOffer(r *Request) error {
	page, err := s.shiftPage(r)
	if err != nil {
		return err
	}
	if err := s.Rota.Offer(r.Context(), r.Actor, page.Shift.ID, r.Field("to")); err != nil {
		return r.Invalid(err, page.Form, func(f view.Form) view.Page { page.Form = f; return page })
	}
	return r.RedirectWith("/mod/rota", "rota.offered")
}
