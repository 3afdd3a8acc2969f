package web

// spaceRoutes are the addresses of the space pages.
func (s *Server) spaceRoutes() []Route {
	return nil
}

// home is the member's front page.
func (s *Server) home(r *Request) error {
	return r.Redirect("/spaces")
}
