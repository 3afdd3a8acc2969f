package web

import (
	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/playbook"
	"samhold/internal/web/view"
)

// playbookRoutes are the addresses of the playbooks and of what is ticked in a case.
func (s *Server) playbookRoutes() []Route {
	editor := staff(account.EditPlaybooks)
	return []Route{
		get("/mod/playbooks", editor, s.playbooks),
		get("/mod/playbooks/:id", editor, s.playbookShow),
		post("/mod/playbooks/:id", editor, s.playbookEdit),
		post("/mod/playbooks/:id/approve", editor, s.playbookApprove),
		post("/mod/cases/:id/check", staff(account.WorkCases), s.caseCheck),
		post("/mod/cases/:id/uncheck", staff(account.WorkCases), s.caseUncheck),
	}
}

// playbooks lists them all, with who has approved each.
func (s *Server) playbooks(r *Request) error {
	lines, err := s.Playbook.All(r.Context(), r.Actor, string(r.Lang))
	if err != nil {
		return err
	}
	return r.Render(&view.PlaybooksPage{Base: r.staffBase("playbook.kind"), Nav: r.deskNav("playbooks"), Lines: lines})
}

func (r *Request) playbookKey() (playbook.Key, error) {
	k, ok := playbook.ParsePath(r.Param("id"), string(r.Lang))
	if !ok {
		return k, fault.Missing()
	}
	return k, nil
}

func (s *Server) playbookPage(r *Request) (*view.PlaybookPage, error) {
	k, err := r.playbookKey()
	if err != nil {
		return nil, err
	}
	file, err := s.Playbook.File(r.Context(), r.Actor, k)
	if err != nil {
		return nil, err
	}
	return &view.PlaybookPage{
		Base: r.staffBase("playbook.kind"), Nav: r.deskNav("playbooks"), File: *file,
		Form: view.Form{Values: map[string]string{
			"steps": file.Steps, "first_message": file.FirstMessage, "follow_up": file.FollowUp,
		}},
	}, nil
}

func (s *Server) playbookShow(r *Request) error {
	page, err := s.playbookPage(r)
	if err != nil {
		return err
	}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) playbookEdit(r *Request) error {
	k, err := r.playbookKey()
	if err != nil {
		return err
	}
	err = s.Playbook.Edit(r.Context(), r.Actor, k, playbook.Edit{
		Version: r.Number("version"), Steps: r.Field("steps"), FirstMessage: r.Field("first_message"), FollowUp: r.Field("follow_up"),
	})
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/playbooks/"+k.Path(), "playbook.saved")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	page, pageErr := s.playbookPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, r.Fields("steps", "first_message", "follow_up"), func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) playbookApprove(r *Request) error {
	k, err := r.playbookKey()
	if err != nil {
		return err
	}
	if err := s.Playbook.Approve(r.Context(), r.Actor, k, r.Number("version")); err != nil {
		return err
	}
	return r.RedirectWith("/mod/playbooks/"+k.Path(), "playbook.approved_done")
}

// caseCheck ticks a step under the person's name.
func (s *Server) caseCheck(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Playbook.Check(r.Context(), r.Actor, caseID, string(r.Lang), r.Field("step"), r.Field("step_note"))
	return s.caseDone(r, caseID, "playbook.ticked", r.Fields("step", "step_note"), err)
}

func (s *Server) caseUncheck(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	if !id.Valid(r.Field("tick")) {
		return fault.Missing()
	}
	err = s.Playbook.Uncheck(r.Context(), r.Actor, caseID, r.Field("tick"))
	return s.caseDone(r, caseID, "playbook.unticked", view.Form{}, err)
}
