package web

import (
	"samhold/internal/fault"
	"samhold/internal/space"
	"samhold/internal/web/view"
)

// spaceShow is a space as the list of its topics. Who may only know of it is led to what it is for.
func (s *Server) spaceShow(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return r.orSignIn(err)
	}
	page, err := r.Page()
	if err != nil {
		return err
	}
	list, err := s.Topic.List(r.Context(), r.Actor, id, page)
	if fault.Is(err, fault.NotFound) && page == 1 {
		if _, seen := s.Space.About(r.Context(), r.Actor, id); seen == nil {
			return r.Redirect("/s/" + id + "/about")
		}
	}
	if err != nil {
		return r.orSignIn(err)
	}
	return r.Render(&view.SpacePage{
		Base: r.spaceBase("space.show_kind", list.Space.Colour), List: list, Now: r.now(),
		Leads: space.MayLead(r.Actor, list.Space.ID),
	})
}

// spaceAbout is what a space is for, who may read, its team and its agreement.
func (s *Server) spaceAbout(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return r.orSignIn(err)
	}
	about, err := s.Space.About(r.Context(), r.Actor, id)
	if err != nil {
		return r.orSignIn(err)
	}
	return r.Render(&view.AboutPage{
		Base: r.spaceBase("space.about_kind", about.Space.Colour), About: about, At: r.now(),
	})
}
