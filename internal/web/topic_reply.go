package web

import (
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

// topicReplyForm is the form for a reply, with the quote of a post when the address asks for one.
func (s *Server) topicReplyForm(r *Request) error {
	page, err := s.replyPage(r)
	if err != nil {
		return err
	}
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	quoted, err := s.Topic.Quote(r.Context(), r.Actor, id, r.Query("quote"))
	if err != nil {
		return err
	}
	page.Form = view.Form{Values: map[string]string{"body": quoted, "key": topic.NewKey(), "reply_to": ""}}
	if quoted != "" {
		page.Form.Values["reply_to"] = r.Query("quote")
	}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) replyPage(r *Request) (*view.ComposePage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	o, err := s.Topic.MayReply(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	return &view.ComposePage{
		Base: r.spaceBase("topic.reply_kind", o.Space.Colour), What: "reply", Calm: o.Calm,
		Action: "/t/" + id + "/reply", Back: "/t/" + id, Place: o.Topic.Title, Alias: o.Standing.Alias,
	}, nil
}

// topicReply saves a reply.
func (s *Server) topicReply(r *Request) error {
	page, err := s.replyPage(r)
	if err != nil {
		return err
	}
	return r.send(page, "topic.replied", func() (topic.Saved, error) {
		return s.Topic.Reply(r.Context(), r.Actor, r.Param("id"), r.text())
	})
}
