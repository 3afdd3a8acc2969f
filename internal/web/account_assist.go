package web

import (
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func (s *Server) assist(r *Request) error {
	page, err := s.assistPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) assistPage(r *Request) (*view.AssistPage, error) {
	open, err := s.Account.OpenAssists(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	return &view.AssistPage{Base: r.staffBase("assist.kind"), Nav: r.deskNav("access"), Open: open, Me: r.Actor.Account}, nil
}

// askAssist shows the first half of the code once.
func (s *Server) askAssist(r *Request) error {
	half, err := s.Account.AskAssist(r.Context(), r.Actor, r.Field("name"))
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	page, pageErr := s.assistPage(r)
	if pageErr != nil {
		return pageErr
	}
	if err != nil {
		return r.Invalid(err, r.Fields("name"), func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	page.Half = half
	return r.Render(page)
}

// confirmAssist shows the second half of the code once.
func (s *Server) confirmAssist(r *Request) error {
	half, err := s.Account.ConfirmAssist(r.Context(), r.Actor, r.Param("id"))
	if err != nil {
		return err
	}
	page, err := s.assistPage(r)
	if err != nil {
		return err
	}
	page.Half, page.Second = half, true
	return r.Render(page)
}
