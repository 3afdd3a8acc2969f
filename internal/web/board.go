package web

import (
	"samhold/internal/account"
	"samhold/internal/web/view"
)

// boardRoutes are the live board and what the keyboard does on it.
func (s *Server) boardRoutes() []Route {
	return []Route{
		get("/mod/board", staff(account.WorkCases), s.board),
		get("/mod/keys", staff(account.WorkCases), s.keys),
	}
}

// boardRefresh is how often the board asks for itself again, in seconds.
const boardRefresh = 30

// board is who waits, for how long, on which rung, and what happens next.
func (s *Server) board(r *Request) error {
	found, err := s.Crisis.Board(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := &view.BoardPage{Base: r.staffBase("board.kind"), Nav: r.deskNav("board"), Board: *found, Now: r.now()}
	page.Refresh = boardRefresh
	return r.Render(page)
}

// keys says what the keyboard does, and lets it be turned off.
func (s *Server) keys(r *Request) error {
	return r.Render(&view.KeysPage{Base: r.staffBase("keys.kind"), Nav: r.deskNav("board")})
}
