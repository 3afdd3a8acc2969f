package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/moderation"
	"samhold/internal/topic"
	"samhold/internal/triage"
	"samhold/internal/web/view"
)

// reviewPage is an item of the queue without its text.
func (s *Server) reviewPage(r *Request, item moderation.Item) (*view.ReviewPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	page := &view.ReviewPage{
		Grounds: moderation.Grounds, Levels: []string{"crisis", "red", "amber", "green"},
		Corrections: moderation.Corrections, Me: r.Actor.Account, Now: r.now(),
	}
	if item == moderation.PostItem {
		page.Base = r.staffBase("review.post_kind")
		f, err := s.Moderation.PostFile(r.Context(), r.Actor, id)
		if err != nil {
			return nil, err
		}
		page.Post, page.Past, page.Reports, page.Choices = f.Post, f.Past, f.Reports, f.Choices
		return page, nil
	}
	page.Base = r.staffBase("review.report_kind")
	f, err := s.Moderation.ReportFile(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	page.Report, page.Post, page.Past = &f.HeldReport, f.Post, f.Past
	return page, nil
}

// openedPage is an item with its text. Opening is audited, and takes the item while nobody else has it.
func (s *Server) openedPage(r *Request, item moderation.Item) (*view.ReviewPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	open := s.Moderation.OpenPost
	if item == moderation.ReportItem {
		open = s.Moderation.OpenReport
	}
	text, err := open(r.Context(), r.Actor, id, string(r.Lang))
	if err != nil {
		return nil, err
	}
	page, err := s.reviewPage(r, item)
	if err != nil {
		return nil, err
	}
	page.Text = text
	return page, nil
}

// reviewShow is the item as one comes to it: closed, or with what was typed when the session expired.
func (s *Server) reviewShow(item moderation.Item) Handler {
	return func(r *Request) error {
		page, err := s.reviewPage(r, item)
		if err != nil {
			return err
		}
		page.Form = r.Fields("reason", "statement")
		if page.Kept, err = r.kept(&page.Form); err != nil {
			return err
		}
		return r.Render(page)
	}
}

// reviewOpen shows the text.
func (s *Server) reviewOpen(item moderation.Item) Handler {
	return func(r *Request) error {
		page, err := s.openedPage(r, item)
		if err != nil {
			return err
		}
		return r.Render(page)
	}
}

// reviewGiveBack lets others have the item.
func (s *Server) reviewGiveBack(item moderation.Item) Handler {
	return func(r *Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		if err := s.Moderation.GiveBack(r.Context(), r.Actor, item, id); err != nil {
			return err
		}
		return r.RedirectWith("/mod", "review.given_back")
	}
}

// reviewDecide carries out a decision. What changed meanwhile is shown with what was typed.
func (s *Server) reviewDecide(item moderation.Item) Handler {
	return func(r *Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		decide := s.Moderation.DecidePost
		if item == moderation.ReportItem {
			decide = s.Moderation.DecideReport
		}
		kind := moderation.Kind(r.Field("decision"))
		err = decide(r.Context(), r.Actor, id, moderation.Step{
			Kind: kind, Version: r.Number("version"), PostVersion: r.Number("post_version"),
			Reason: r.Field("reason"), Statement: r.Field("statement"),
		})
		if err != nil {
			return s.reviewAgain(r, item, err, r.Fields("reason", "statement"), view.Form{})
		}
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod", "review.done_"+string(kind))
	}
}

// reviewCorrect gives the text the level that the moderator found in it.
func (s *Server) reviewCorrect(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Moderation.Correct(r.Context(), r.Actor, id, r.Number("version"), r.Field("level"), r.Field("correction"))
	if err != nil {
		return s.reviewAgain(r, moderation.PostItem, err, view.Form{}, r.Fields("level", "correction"))
	}
	return r.RedirectWith("/mod/queue/posts/"+id, "review.corrected")
}

// reviewRead says that a human has read a post that the rules found worth a look.
func (s *Server) reviewRead(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Moderation.MarkRead(r.Context(), r.Actor, id, r.Number("version")); err != nil {
		return s.reviewAgain(r, moderation.PostItem, err, view.Form{}, view.Form{})
	}
	return r.RedirectWith("/mod", "review.read_done")
}

// reviewAgain shows the item again with what was typed: after a form that lacks something, or when the item is no
// longer what the person saw.
func (s *Server) reviewAgain(r *Request, item moderation.Item, problem error, decision, level view.Form) error {
	if !fault.Is(problem, fault.Invalid) && !fault.Is(problem, fault.Conflict) {
		return problem
	}
	page, err := s.openedPage(r, item)
	if err != nil {
		return err
	}
	page.Form, page.LevelForm = decision, level
	if fault.Is(problem, fault.Conflict) {
		page.Conflict = true
		page.Changes = reviewChanges(r, page)
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	form := &page.Form
	if level.Values != nil {
		form = &page.LevelForm
	}
	return r.Invalid(problem, *form, func(f view.Form) view.Page {
		*form = f
		return page
	})
}

// reviewChanges compares what the person saw with what is.
func reviewChanges(r *Request, page *view.ReviewPage) []view.Change {
	changes := []view.Change{}
	saw := oneOf(r.Field("seen_visibility"), topic.Visible, topic.Held, topic.Removed, topic.Deleted)
	if saw != "" && saw != page.Post.Visibility {
		changes = append(changes, view.Change{
			Name: "review.state", Before: "review.visibility_" + saw, After: "review.visibility_" + page.Post.Visibility,
		})
	}
	if n := r.Number("seen_revision"); n > 0 && n != page.Post.Revision {
		changes = append(changes, view.Change{Name: "review.text", Before: "review.text_before", After: "review.text_after"})
	}
	if level := r.Field("seen_level"); level != "" && level != page.Post.Level && page.Post.Level != "" {
		if parsed, err := triage.ParseLevel(level); err == nil {
			changes = append(changes, view.Change{
				Name: "review.level_changed", Before: "level." + parsed.String(), After: "level." + page.Post.Level,
			})
		}
	}
	if page.Report != nil {
		state := oneOf(r.Field("seen_state"), moderation.Open, moderation.Acted, moderation.Dismissed)
		if state != "" && state != page.Report.State {
			changes = append(changes, view.Change{
				Name: "review.report", Before: "review.report_" + state, After: "review.report_" + page.Report.State,
			})
		} else if r.Number("version") != page.Report.Version {
			changes = append(changes, view.Change{Name: "review.report_text", Before: "review.text_before", After: "review.text_after"})
		}
	}
	if page.Blocked() {
		changes = append(changes, view.Change{Name: "review.holder", Before: "review.holder_free", After: "review.holder_other"})
	}
	return changes
}

// oneOf returns value if it is one of those that can be, so that a forged form cannot name a text of its own.
func oneOf(value string, can ...string) string {
	for _, c := range can {
		if c == value {
			return c
		}
	}
	return ""
}
