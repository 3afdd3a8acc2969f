package web

// adminRoutes are the addresses of the admin pages.
func (s *Server) adminRoutes() []Route {
	return nil
}
