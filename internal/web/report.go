package web

import (
	"samhold/internal/moderation"
	"samhold/internal/web/view"
)

func (s *Server) reportPage(r *Request) (*view.ReportPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	target, err := s.Moderation.Target(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	return &view.ReportPage{
		Base: r.spaceBase("report.kind", target.Colour), Target: target, Reasons: moderation.ReportReasons,
		Form: r.Fields("reason", "body"),
	}, nil
}

// reportForm is where a member says that something is wrong with a post.
func (s *Server) reportForm(r *Request) error {
	page, err := s.reportPage(r)
	if err != nil {
		return err
	}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// report keeps what the member says. When their words are about themselves and urgent, they get the card.
func (s *Server) report(r *Request) error {
	page, err := s.reportPage(r)
	if err != nil {
		return err
	}
	done, err := s.Moderation.Report(r.Context(), r.Actor, page.Target.ID, moderation.NewReport{
		Reason: r.Field("reason"), Body: r.Field("body"), Lang: string(r.Lang),
	})
	if err != nil {
		return r.Invalid(err, page.Form, func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
		return err
	}
	if done.Verdict.Urgent {
		card, err := s.Crisis.OwnCard(r.Context(), r.Actor, done.Target.SpaceKind)
		if err != nil {
			return err
		}
		return r.Render(&view.CardPage{
			Base: r.Base("crisis.kind"), Card: *card, Status: "report.status", Back: "/p/" + done.Target.ID,
		})
	}
	duty, err := s.Crisis.Duty(r.Context(), done.Target.SpaceID, r.Actor.Account)
	if err != nil {
		return err
	}
	return r.Render(&view.ReportedPage{
		Base: r.spaceBase("report.kind", done.Target.Colour), Target: done.Target, Duty: duty, Again: done.Again,
	})
}
