package web

import "samhold/internal/web/view"

// homeTopics is how many topics of each space the front page shows.
const homeTopics = 3

// home is the member's front page: their spaces with what is new.
func (s *Server) home(r *Request) error {
	o, err := s.Space.Overview(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	var ids []string
	for _, card := range o.Mine {
		ids = append(ids, card.Space.ID)
	}
	latest, err := s.Topic.Latest(r.Context(), r.Actor, ids, homeTopics)
	if err != nil {
		return err
	}
	page := &view.HomePage{Base: r.Base("space.home_kind"), Now: r.now()}
	for _, card := range o.Mine {
		page.Spaces = append(page.Spaces, view.HomeSpace{Card: card, Topics: latest[card.Space.ID]})
	}
	return r.Render(page)
}

// spaceList is the person's spaces, then the others that they may enter.
func (s *Server) spaceList(r *Request) error {
	o, err := s.Space.Overview(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.SpacesPage{Base: r.spaceBase("space.list_kind", ""), Overview: o})
}
