package web

import (
	"samhold/internal/account"
	"samhold/internal/care"
	"samhold/internal/moderation"
	"samhold/internal/web/view"
)

// moderationRoutes are the addresses of reports, the workbench, the review queue and what an author reads of it.
func (s *Server) moderationRoutes() []Route {
	moderator := staff(account.Moderate)
	routes := []Route{
		get("/p/:id/report", member, s.reportForm),
		post("/p/:id/report", member, s.report),
		get("/me/decisions/:id", member, s.judgement),
		get("/mod", moderator, s.desk),
		get("/mod/rules", moderator, s.rules),
		get("/mod/rules/corrections", moderator, s.corrections),
		get("/mod/rules/again", moderator, s.raises),
		post("/mod/rules/again", moderator, s.decideRaises),
		post("/mod/queue/posts/:id/read", moderator, s.reviewRead),
		get("/mod/queue/posts/:id/level", moderator, s.reviewShow(moderation.PostItem)),
		post("/mod/queue/posts/:id/level", moderator, s.reviewCorrect),
	}
	queue := func(path string, item moderation.Item) {
		routes = append(routes,
			get(path, moderator, s.reviewShow(item)),
			get(path+"/open", moderator, s.reviewShow(item)),
			post(path+"/open", moderator, s.reviewOpen(item)),
			post(path+"/back", moderator, s.reviewGiveBack(item)),
			get(path+"/decide", moderator, s.reviewShow(item)),
			post(path+"/decide", moderator, s.reviewDecide(item)),
		)
	}
	queue("/mod/queue/posts/:id", moderation.PostItem)
	queue("/mod/queue/reports/:id", moderation.ReportItem)
	return routes
}

// deskNav is the second row of entries of the staff's pages.
func (r *Request) deskNav(at string) view.DeskNav {
	return view.DeskNav{
		Desk: r.Actor.Can(account.Moderate), Reviews: r.Actor.Can(account.SignCases), Playbooks: r.Actor.Can(account.EditPlaybooks),
		Handover: r.Actor.Can(account.WorkCases), Rota: r.Actor.Can(account.SeeRota), Staff: r.Actor.Can(account.ManageStaff),
		Times: r.Actor.Can(account.SetDesk), Log: r.Actor.Can(account.ReadAudit),
		Numbers: r.Actor.Can(account.ManageJobs), Jobs: r.Actor.Can(account.ManageJobs),
		Search: r.Actor.Can(account.ManageJobs), Access: r.Actor.Can(account.HelpSignIn),
		Lines: r.Actor.Can(account.EditLines), Rules: r.Actor.Can(account.Moderate), Figures: r.Actor.Can(account.SeeFigures), Care: r.Actor.Can(account.WorkCases),
		Board: r.Actor.Can(account.WorkCases), At: at,
	}
}

// staffBase is the frame of a staff's page, under the entry that the person has in the navigation.
func (r *Request) staffBase(kind string) view.Base {
	base := r.Base(kind)
	base.Wide, base.Section = true, "admin"
	if base.OnDuty {
		base.Section = "mod"
	}
	return base
}

// deskRefresh is how often the workbench asks for itself again, in seconds, without JavaScript.
const deskRefresh = 60

// desk is the workbench: cases first, then guests' concerns, then what waits to be read.
func (s *Server) desk(r *Request) error {
	desk, err := s.Moderation.Desk(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := &view.DeskPage{
		Base: r.staffBase("desk.kind"), Nav: r.deskNav("desk"), Desk: *desk, Me: r.Actor.Account, Now: r.now(),
		Guests: r.Actor.Can(account.AnswerGuests),
	}
	page.Refresh = deskRefresh
	if page.Rota, err = s.Rota.Watches(r.Context(), r.Actor); err != nil {
		return err
	}
	if page.Unreached, err = s.Rota.Unreached(r.Context(), r.Actor); err != nil {
		return err
	}
	if page.EmptyRungs, err = s.Crisis.EmptyRungs(r.Context(), r.Actor); err != nil {
		return err
	}
	if page.Gaps, err = s.Rota.Soon(r.Context(), r.Actor); err != nil {
		return err
	}
	if page.Raises, err = s.Crisis.RaiseCounts(r.Context(), r.Actor); err != nil {
		return err
	}
	if r.Actor.Can(account.WorkCases) {
		if page.Cases, err = s.Crisis.Cases(r.Context(), r.Actor); err != nil {
			return err
		}
		handover, err := s.Crisis.Handover(r.Context(), r.Actor)
		if err != nil {
			return err
		}
		page.Handover = *handover
		if page.Referrals, err = s.Guarding.Waiting(r.Context(), r.Actor); err != nil {
			return err
		}
		if page.Supports, err = s.Support.Waiting(r.Context(), r.Actor); err != nil {
			return err
		}
		if page.Threads, err = s.Message.Waiting(r.Context(), r.Actor); err != nil {
			return err
		}
	}
	if r.Actor.Can(account.EditLines) {
		if page.Lines, err = s.Directory.Count(r.Context()); err != nil {
			return err
		}
	}
	if r.Actor.Can(account.SignCases) {
		if page.Reviews, err = s.Crisis.Reviews(r.Context(), r.Actor); err != nil {
			return err
		}
	}
	if page.Asked, err = s.Care.Asked(r.Context(), r.Actor); err != nil {
		return err
	}
	if care.Leads(r.Actor) {
		if page.Wanted, err = s.Care.Wanted(r.Context(), r.Actor); err != nil {
			return err
		}
	}
	if page.Guests {
		if page.Concerns, err = s.Crisis.Concerns(r.Context(), r.Actor); err != nil {
			return err
		}
	}
	return r.Render(page)
}

// judgement is what was decided about a post, before its author.
func (s *Server) judgement(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	j, err := s.Moderation.Judgement(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	base := r.Base("judgement.kind")
	base.Section = "me"
	return r.Render(&view.JudgementPage{Base: base, Judgement: j})
}
