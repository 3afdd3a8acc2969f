package web

import "samhold/internal/intake"

// crisisRoutes are the addresses of the crisis pages.
func (s *Server) crisisRoutes() []Route {
	return nil
}

// showCard answers an urgent text in the same response: the card first, then where the text stands.
func (s *Server) showCard(r *Request, _ intake.Verdict, _, back string, _ bool) error {
	return r.RedirectWith(back, "topic.saved_held")
}
