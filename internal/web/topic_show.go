package web

import (
	"samhold/internal/account"
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

// topicShow is a page of a topic.
func (s *Server) topicShow(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return r.orSignIn(err)
	}
	page, err := r.Page()
	if err != nil {
		return err
	}
	reading, err := s.Topic.Read(r.Context(), r.Actor, id, page)
	if err != nil {
		return r.orSignIn(err)
	}
	shown := &view.TopicPage{
		Base: r.spaceBase("topic.show_kind", reading.Space.Colour), Reading: reading, Now: r.now(),
		Key: topic.NewKey(), Leads: r.Actor.CanIn(account.LeadSpace, reading.Space.ID), Staff: topic.Staffed(r.Actor, reading.Space.ID),
		Guard: r.Actor.CanIn(account.Moderate, reading.Space.ID),
	}
	if shown.Waits() {
		if shown.Duty, err = s.Crisis.Duty(r.Context(), reading.Space.ID, r.Actor.Account); err != nil {
			return err
		}
	}
	return r.Render(shown)
}

// topicUnread leads to the first post that the person has not read.
func (s *Server) topicUnread(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return r.orSignIn(err)
	}
	place, err := s.Topic.Unread(r.Context(), r.Actor, id)
	if err != nil {
		return r.orSignIn(err)
	}
	return r.Redirect(address(place))
}

// topicPost leads to a post in its topic.
func (s *Server) topicPost(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return r.orSignIn(err)
	}
	place, err := s.Topic.PlaceOf(r.Context(), r.Actor, id)
	if err != nil {
		return r.orSignIn(err)
	}
	return r.Redirect(address(place))
}

// topicHistory is what a post said before its edits.
func (s *Server) topicHistory(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	h, err := s.Topic.History(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	return r.Render(&view.HistoryPage{
		Base: r.spaceBase("topic.history_kind", h.Space.Colour), History: h, Now: r.now(),
	})
}
