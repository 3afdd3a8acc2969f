package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

func (s *Server) topicEditForm(r *Request) error {
	page, w, err := s.editPage(r)
	if err != nil {
		return err
	}
	page.Form = editForm(w)
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func editForm(w topic.Written) view.Form {
	return view.Form{Values: map[string]string{
		"title": w.Topic.Title, "body": w.Post.Body, "version": strconv.Itoa(w.Post.Version),
	}}
}

func (s *Server) editPage(r *Request) (*view.ComposePage, topic.Written, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, topic.Written{}, err
	}
	w, err := s.Topic.MayChange(r.Context(), r.Actor, id)
	if err != nil {
		return nil, w, err
	}
	return &view.ComposePage{
		Base: r.spaceBase("topic.edit_kind", w.Space.Colour), What: "edit", Titled: w.First(),
		Action: "/p/" + id + "/edit", Back: "/p/" + id, Place: w.Topic.Title, Alias: w.Post.ShownAlias,
	}, w, nil
}

// topicEdit saves the author's changes. When the post has changed meanwhile, the answer shows both texts.
func (s *Server) topicEdit(r *Request) error {
	page, w, err := s.editPage(r)
	if err != nil {
		return err
	}
	if r.wantsPreview() {
		return r.compose(page, nil)
	}
	version, err := strconv.Atoi(r.Field("version"))
	if err != nil {
		return fault.New(fault.Forbidden, "fault.forged")
	}
	saved, err := s.Topic.Edit(r.Context(), r.Actor, w.Post.ID, version, r.text())
	if fault.Is(err, fault.Conflict) {
		return s.editConflict(r)
	}
	if err != nil {
		return r.compose(page, err)
	}
	return r.written(saved, "topic.edited")
}

// editConflict shows the post as it stands now beside what the person typed, ready to be sent again.
func (s *Server) editConflict(r *Request) error {
	page, w, err := s.editPage(r)
	if err != nil {
		return err
	}
	page.Form = r.Fields("title", "body")
	page.Form.Values["version"] = strconv.Itoa(w.Post.Version)
	page.Stale = &view.Stale{HTML: w.Post.BodyHTML}
	if w.First() {
		page.Stale.Title = w.Topic.Title
	}
	return r.RenderStatus(fiber.StatusConflict, page)
}
