package web

// searchRoutes are the addresses of the search pages.
func (s *Server) searchRoutes() []Route {
	return nil
}
