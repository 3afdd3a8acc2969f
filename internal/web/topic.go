package web

// topicRoutes are the addresses of the topic pages.
func (s *Server) topicRoutes() []Route {
	return nil
}
