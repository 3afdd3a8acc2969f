package web

import (
	"samhold/internal/fault"
	"samhold/internal/space"
	"samhold/internal/web/view"
)

// spaceLeaveForm asks before somebody leaves, and says what stays.
func (s *Server) spaceLeaveForm(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	v, err := s.Space.Show(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	if v.Standing.State != space.Active {
		return fault.Missing()
	}
	return r.Render(&view.LeavePage{Base: r.spaceBase("space.leave_kind", v.Space.Colour), View: v})
}

func (s *Server) spaceLeave(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Space.Leave(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith("/spaces", "space.left")
}
