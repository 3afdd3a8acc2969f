package web

import (
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// topicDeleteForm asks before an author takes a post back.
func (s *Server) topicDeleteForm(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	w, err := s.Topic.Mine(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	return r.Render(&view.DeletePage{Base: r.spaceBase("topic.delete_kind", w.Space.Colour), Written: w})
}

// topicDelete takes the post back, and leads to the topic or, when it is gone with the post, to the space.
func (s *Server) topicDelete(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	saved, err := s.Topic.Delete(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	place, err := s.Topic.PlaceOf(r.Context(), r.Actor, id)
	if err == nil {
		return r.RedirectWith(address(place), "topic.deleted")
	}
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	if _, err := s.Topic.Open(r.Context(), r.Actor, saved.Topic); err == nil {
		return r.RedirectWith("/t/"+saved.Topic, "topic.deleted")
	}
	return r.RedirectWith("/spaces", "topic.deleted")
}
