package web

import (
	"samhold/internal/account"
	"samhold/internal/web/view"
)

// figureRoutes are the addresses of the desk's figures.
func (s *Server) figureRoutes() []Route {
	return []Route{get("/mod/figures", staff(account.SeeFigures), s.figures)}
}

// figures are how the desk did in the last weeks.
func (s *Server) figures(r *Request) error {
	found, err := s.Figure.Figures(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.FiguresPage{Base: r.staffBase("figure.kind"), Nav: r.deskNav("figures"), Figures: *found})
}
