package web

// crisisRoutes are the addresses of the crisis pages.
func (s *Server) crisisRoutes() []Route {
	return nil
}
