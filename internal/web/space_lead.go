package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// leadDesk is where those who lead a space invite people and write its agreement.
func (s *Server) leadDesk(r *Request) error {
	page, err := s.leadPage(r)
	if err != nil {
		return err
	}
	page.Form = view.Form{Values: map[string]string{"body": page.Agreement.Body}}
	if page.Kept, err = r.keptFor(page.Path()+"/agreement", &page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) leadPage(r *Request) (*view.LeadPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	desk, err := s.Space.Desk(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	return &view.LeadPage{Base: r.spaceBase("lead.kind", desk.Space.Colour), Desk: *desk}, nil
}

// leadAmend gives the space a new agreement, or shows how it will look.
func (s *Server) leadAmend(r *Request) error {
	page, err := s.leadPage(r)
	if err != nil {
		return err
	}
	page.Form = r.Fields("body")
	if r.wantsPreview() {
		if page.Preview, err = s.Topic.Preview(r.Field("body")); err == nil {
			return r.Render(page)
		}
	} else {
		err = s.Space.Amend(r.Context(), r.Actor, page.Space.ID, r.Number("version"), r.Field("body"))
	}
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith(page.Path(), "lead.amended")
	}
	if fault.Is(err, fault.Conflict) {
		page.Form.Faults = []fault.Field{{Name: "body", Key: "lead.agreement_changed"}}
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page { page.Form = f; return page })
}

// leadInvite makes an invitation and shows its link, once.
func (s *Server) leadInvite(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	code, err := s.Space.Invite(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	page, err := s.leadPage(r)
	if err != nil {
		return err
	}
	page.Form = view.Form{Values: map[string]string{"body": page.Agreement.Body}}
	page.Link = s.BaseURL.JoinPath("s", id, "join", code).String()
	return r.Render(page)
}

func (s *Server) leadRevoke(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Space.Revoke(r.Context(), r.Actor, id, r.Field("invitation")); err != nil {
		return err
	}
	return r.RedirectWith("/mod/spaces/"+id, "lead.revoked")
}
