package web

import "samhold/internal/web/view"

// blockForm asks before somebody chooses not to see what the author of a post writes.
func (s *Server) blockForm(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	w, err := s.Topic.Blockable(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	return r.Render(&view.BlockPage{Base: r.spaceBase("block.kind", w.Space.Colour), Written: w})
}

// block chooses it, or sees the author again, and leads back to the post.
func (s *Server) block(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	on, done := r.Field("on") == "1", "block.undone"
	if on {
		done = "block.done"
	}
	if err := s.Topic.Block(r.Context(), r.Actor, id, on); err != nil {
		return err
	}
	place, err := s.Topic.PlaceOf(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	return r.RedirectWith(address(place), done)
}

// blocks are the aliases that the person has chosen not to see.
func (s *Server) blocks(r *Request) error {
	found, err := s.Topic.Blocks(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.BlocksPage{Base: r.mine("block.list_kind"), Blocked: found})
}

func (s *Server) unblock(r *Request) error {
	if err := s.Topic.Unblock(r.Context(), r.Actor, r.Field("space"), r.Field("alias")); err != nil {
		return err
	}
	return r.RedirectWith("/me/blocks", "block.undone")
}
