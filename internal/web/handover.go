package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// handoverRoutes are the addresses at the change of shift.
func (s *Server) handoverRoutes() []Route {
	return []Route{
		get("/mod/handover", staff(account.WorkCases), s.handover),
		post("/mod/handover/:id", staff(account.WorkCases), s.handOn),
	}
}

func (s *Server) handoverPage(r *Request) (*view.HandoverPage, error) {
	found, err := s.Crisis.Handover(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	return &view.HandoverPage{Base: r.staffBase("handover.kind"), Nav: r.deskNav("handover"), Handover: *found, Now: r.now()}, nil
}

func (s *Server) handover(r *Request) error {
	page, err := s.handoverPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

// handOn hands one case over. What went wrong is shown at that case, with what was typed.
func (s *Server) handOn(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	form := r.Fields("note", "to")
	err = s.Crisis.HandOn(r.Context(), r.Actor, id, crisis.Step{Version: r.Number("version"), Note: r.Field("note"), To: r.Field("to")})
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/handover", "handover.done")
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	page, pageErr := s.handoverPage(r)
	if pageErr != nil {
		return pageErr
	}
	page.At, page.Form = id, form
	if fault.Is(err, fault.Conflict) {
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(err, form, func(f view.Form) view.Page { page.Form = f; return page })
}
