package web

import (
	"samhold/internal/account"
	"samhold/internal/care"
	"samhold/internal/web/view"
)

// careRoutes are where those on duty look after themselves, and where whoever leads them looks after them.
func (s *Server) careRoutes() []Route {
	works := staff(account.WorkCases)
	return []Route{
		get("/mod/care", works, s.careOwn),
		post("/mod/care", works, s.careRefuse),
		get("/mod/care/team", works, s.careTeam),
		post("/mod/care/talk/:id", works, s.careAnswer),
		post("/mod/care/team/:id/met", works, s.careMet),
	}
}

// careOwn is what the person does not take, how much they have had this month, and whether they want to talk.
func (s *Server) careOwn(r *Request) error {
	page := &view.CarePage{
		Base: r.staffBase("upkeep.kind"), Nav: r.deskNav("care"), Leads: care.Leads(r.Actor), Categories: care.Categories, Subjects: care.Subjects,
	}
	var err error
	if page.Asked, err = s.Care.Asked(r.Context(), r.Actor); err != nil {
		return err
	}
	if page.Refusals, err = s.Care.Refusals(r.Context(), r.Actor); err != nil {
		return err
	}
	if page.Month, _, err = s.Figure.Month(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.Render(page)
}

// careRefuse keeps what the person does not take.
func (s *Server) careRefuse(r *Request) error {
	var categories, subjects []string
	for _, c := range care.Categories {
		if r.Field("category_"+string(c)) != "" {
			categories = append(categories, string(c))
		}
	}
	for _, c := range care.Subjects {
		if r.Field("subject_"+string(c)) != "" {
			subjects = append(subjects, string(c))
		}
	}
	if err := s.Care.Refuse(r.Context(), r.Actor, categories, subjects); err != nil {
		return err
	}
	return r.RedirectWith("/mod/care", "upkeep.kept")
}

// careAnswer is whether the person wants to talk about a crisis.
func (s *Server) careAnswer(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	answer := r.Field("answer")
	if err := s.Care.Answer(r.Context(), r.Actor, id, answer); err != nil {
		return err
	}
	return r.RedirectWith("/mod/care", "upkeep.done_"+answer)
}

// careTeam is who of the team wants to talk, what each does not take, and how much each has had this month.
func (s *Server) careTeam(r *Request) error {
	wanted, err := s.Care.Wanted(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	team, err := s.Care.Team(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	_, loads, err := s.Figure.Month(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.CareTeamPage{
		Base: r.staffBase("upkeep.kind"), Nav: r.deskNav("care"), Wanted: wanted, Team: team, Loads: loads, Now: r.now(),
	})
}

// careMet notes that somebody who wanted to talk was met.
func (s *Server) careMet(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Care.Settle(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith("/mod/care/team", "upkeep.met_done")
}
