package web

import (
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

func (s *Server) topicNewForm(r *Request) error {
	page, err := s.newPage(r)
	if err != nil {
		return err
	}
	page.Form = view.Form{Values: map[string]string{"title": "", "body": "", "key": topic.NewKey()}}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) newPage(r *Request) (*view.ComposePage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	v, err := s.Topic.MayStart(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	return &view.ComposePage{
		Base: r.spaceBase("topic.new_kind", v.Space.Colour), What: "new", Titled: true,
		Action: "/s/" + id + "/new", Back: "/s/" + id, Place: v.Space.Name, Alias: v.Standing.Alias,
	}, nil
}

// topicNew saves a new topic with its first post.
func (s *Server) topicNew(r *Request) error {
	page, err := s.newPage(r)
	if err != nil {
		return err
	}
	return r.send(page, "topic.started", func() (topic.Saved, error) {
		return s.Topic.Start(r.Context(), r.Actor, r.Param("id"), r.text())
	})
}
