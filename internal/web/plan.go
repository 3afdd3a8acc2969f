package web

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/plan"
	"samhold/internal/web/view"
)

const planPath = "/me/plan"

// planRoutes are a member's own safety plan, and the way to one that is shared.
func (s *Server) planRoutes() []Route {
	return []Route{
		get(planPath, member.sealed(), s.planShow),
		get(planPath+"/edit", member.sealed(), s.planForm),
		post(planPath+"/edit", member.sealed(), s.planSave),
		post(planPath+"/drop", member.sealed(), s.planDrop),
		post(planPath+"/share", member.sealed(), s.planShare),
		post(planPath+"/unshare", member.sealed(), s.planUnshare),
		post("/mod/cases/:id/plan", staff(account.WorkCases).confirmed(), s.casePlan),
	}
}

// planShow is the plan, to read and to print.
func (s *Server) planShow(r *Request) error {
	mine, err := s.Plan.Mine(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	shared, err := s.Plan.SharedSince(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.PlanPage{
		Base: r.mine("plan.kind"), Plan: *mine, Parts: plan.Parts, Emergency: s.Directory.Emergency(), SharedAt: shared,
	})
}

func (s *Server) planForm(r *Request) error {
	mine, err := s.Plan.Mine(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := &view.PlanFormPage{Base: r.mine("plan.form_kind"), Parts: plan.Parts, Form: view.Form{Values: mine.Parts}}
	for _, part := range plan.Parts {
		page.Form.Values[part] = mine.Parts[part]
	}
	page.Form.Values["version"] = strconv.Itoa(mine.Version)
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// planSave keeps the plan. When it says that somebody will die tonight, the card comes first, as for any other text.
func (s *Server) planSave(r *Request) error {
	form := r.Fields(append([]string{"version"}, plan.Parts...)...)
	verdict, err := s.Plan.Save(r.Context(), r.Actor, r.Number("version"), form.Values, string(r.Lang))
	page := &view.PlanFormPage{Base: r.mine("plan.form_kind"), Parts: plan.Parts, Form: form}
	if fault.Is(err, fault.Conflict) {
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	if err != nil {
		return r.Invalid(err, form, func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
		return err
	}
	if verdict.Urgent {
		shared, err := s.Plan.SharedSince(r.Context(), r.Actor)
		if err != nil {
			return err
		}
		status := "crisis.status_plan"
		if !shared.IsZero() {
			status = "crisis.status_plan_shared"
		}
		return s.card(r, "", planPath, status)
	}
	return r.RedirectWith(planPath, "plan.saved")
}

func (s *Server) planDrop(r *Request) error {
	if err := s.Plan.Drop(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.RedirectWith(planPath, "plan.dropped")
}

func (s *Server) planShare(r *Request) error {
	if err := s.Plan.Share(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.RedirectWith(planPath, "plan.share_done")
}

func (s *Server) planUnshare(r *Request) error {
	if err := s.Plan.Unshare(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.RedirectWith(planPath, "plan.unshare_done")
}

// casePlan opens the plan that a case's person shares, and shows it once.
func (s *Server) casePlan(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	opened, err := s.Plan.Open(r.Context(), r.Actor, caseID, r.Field("plan_why"))
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		page, pageErr := s.casePage(r)
		if pageErr != nil {
			return pageErr
		}
		return r.Invalid(err, r.Fields("plan_why"), func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
		return err
	}
	return r.Render(&view.CasePlanPage{Base: r.staffBase("plan.kind_case"), CaseID: caseID, Plan: *opened, Parts: plan.Parts})
}
