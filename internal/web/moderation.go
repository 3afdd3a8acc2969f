package web

// moderationRoutes are the addresses of the moderation pages.
func (s *Server) moderationRoutes() []Route {
	return nil
}
