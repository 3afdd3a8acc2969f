package web

// topicReact says, or takes back, that the person thinks of the author.
func (s *Server) topicReact(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Topic.React(r.Context(), r.Actor, id, r.Field("on") == "1"); err != nil {
		return err
	}
	return s.topicPost(r)
}

// topicLock closes a topic for replies or opens it again.
func (s *Server) topicLock(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Topic.Lock(r.Context(), r.Actor, id, r.Field("on") == "1"); err != nil {
		return err
	}
	return r.Redirect("/t/" + id)
}

// topicPin keeps a topic at the top of its space or lets it go.
func (s *Server) topicPin(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Topic.Pin(r.Context(), r.Actor, id, r.Field("on") == "1"); err != nil {
		return err
	}
	return r.Redirect("/t/" + id)
}
