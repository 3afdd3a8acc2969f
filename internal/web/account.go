package web

// accountRoutes are the addresses of the account pages.
func (s *Server) accountRoutes() []Route {
	return nil
}
