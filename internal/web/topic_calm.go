package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// calmForm says what the calm banner does before a moderator sets it on a post, or lifts it.
func (s *Server) calmForm(r *Request) error {
	page, err := s.calmPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) calmPage(r *Request) (*view.CalmPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	w, err := s.Topic.PostForStaff(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	return &view.CalmPage{Base: r.spaceBase("calm.kind", w.Space.Colour), Written: w}, nil
}

// calmSet sets the banner or lifts it. When the post has changed meanwhile the moderator is asked again.
func (s *Server) calmSet(r *Request) error {
	page, err := s.calmPage(r)
	if err != nil {
		return err
	}
	on, done := r.Field("on") == "1", "calm.lifted"
	if on {
		done = "calm.is_set"
	}
	err = s.Topic.SetCalm(r.Context(), r.Actor, page.Post.ID, r.Number("version"), on)
	if fault.Is(err, fault.Conflict) {
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	if err != nil {
		return err
	}
	place, err := s.Topic.PlaceOf(r.Context(), r.Actor, page.Post.ID)
	if err != nil {
		return err
	}
	return r.RedirectWith(address(place), done)
}
