package web

import (
	"strconv"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

// topicRoutes are the addresses of the topic pages.
func (s *Server) topicRoutes() []Route {
	return []Route{
		get("/s/:id/new", member, s.topicNewForm),
		post("/s/:id/new", member, s.topicNew),
		get("/t/:id", anyone, s.topicShow),
		get("/t/:id/unread", anyone, s.topicUnread),
		get("/t/:id/reply", member, s.topicReplyForm),
		post("/t/:id/reply", member, s.topicReply),
		get("/t/:id/lock", member, s.topicUnread),
		post("/t/:id/lock", staff(account.LeadSpace), s.topicLock),
		get("/t/:id/pin", member, s.topicUnread),
		post("/t/:id/pin", staff(account.LeadSpace), s.topicPin),
		get("/p/:id", anyone, s.topicPost),
		get("/p/:id/edit", member, s.topicEditForm),
		post("/p/:id/edit", member, s.topicEdit),
		get("/p/:id/history", member, s.topicHistory),
		get("/p/:id/delete", member, s.topicDeleteForm),
		post("/p/:id/delete", member, s.topicDelete),
		get("/p/:id/calm", staff(account.Moderate), s.calmForm),
		post("/p/:id/calm", staff(account.Moderate), s.calmSet),
		get("/p/:id/block", member, s.blockForm),
		post("/p/:id/block", member, s.block),
		get("/me/blocks", member, s.blocks),
		post("/me/blocks", member, s.unblock),
		get("/p/:id/react", member, s.topicPost),
		post("/p/:id/react", member, s.topicReact),
	}
}

// address is where a place in a topic is found.
func address(p topic.Place) string {
	path := "/t/" + p.Topic
	if p.Page > 1 {
		path += "?page=" + strconv.Itoa(p.Page)
	}
	if p.Post != "" {
		path += "#p-" + p.Post
	}
	return path
}

// send answers the form of a new text: with how it will look when that was asked for, with what is wrong, or by saving it.
// note says that it was sent.
func (r *Request) send(page *view.ComposePage, note string, save func() (topic.Saved, error)) error {
	if r.wantsPreview() {
		return r.compose(page, nil)
	}
	saved, err := save()
	if err != nil {
		return r.compose(page, err)
	}
	return r.written(saved, note)
}

// written answers a form whose text was saved: with the crisis card when the verdict is urgent, else with the
// post in its place.
func (r *Request) written(saved topic.Saved, note string) error {
	if saved.Replayed {
		// Of a button pressed twice the browser shows the second answer: the card must be there too.
		w, err := r.s.Topic.Mine(r.Context(), r.Actor, saved.Post)
		if err == nil {
			saved.Shown, saved.SpaceKind = w.Shown(), w.Space.Kind
			saved.Verdict.Urgent, err = r.s.Crisis.Caused(r.Context(), r.Actor, saved.Post)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
	}
	if saved.Verdict.Urgent {
		return r.s.showCard(r, string(saved.SpaceKind), "/p/"+saved.Post, saved.Shown)
	}
	place, err := r.s.Topic.PlaceOf(r.Context(), r.Actor, saved.Post)
	if err != nil {
		return err
	}
	if !saved.Shown {
		note = "topic.saved_held"
	}
	if saved.Replayed {
		note = "topic.saved_before"
	}
	return r.RedirectWith(address(place), note)
}

// kept puts what the person was sending when their session expired into the form of this page.
func (r *Request) kept(form *view.Form) (bool, error) { return r.keptFor(r.c.Path(), form) }

// keptFor does the same for a form that posts to path, when that is not the address of its page.
func (r *Request) keptFor(path string, form *view.Form) (bool, error) {
	values, err := r.s.Topic.TakeDraft(r.Context(), r.Actor, path)
	if err != nil || values == nil {
		return false, err
	}
	for name := range form.Values {
		if v, ok := values[name]; ok {
			form.Values[name] = v
		}
	}
	return true, nil
}

// text is what the person typed into the fields of a post.
func (r *Request) text() topic.Text {
	return topic.Text{
		Key: r.Field("key"), Title: r.Field("title"), Body: r.Field("body"), ReplyTo: r.Field("reply_to"),
		Lang: string(r.Lang),
	}
}

// compose answers a form with the same form: what was wrong, or a preview when err is nil.
func (r *Request) compose(page *view.ComposePage, err error) error {
	page.Form = r.Fields("title", "body", "key", "reply_to", "version")
	if err == nil {
		page.Preview, err = r.s.Topic.Preview(r.Field("body"))
	}
	if err == nil {
		return r.Render(page)
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page { page.Form = f; return page })
}

// wantsPreview reports whether the person asked to see how the text will look.
func (r *Request) wantsPreview() bool { return r.Field("preview") != "" }
