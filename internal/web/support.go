package web

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/support"
	"samhold/internal/web/view"
)

const supportPath = "/me/support-plan"

// supportRoutes are the support plan that a member and those on duty make together, for both of them.
func (s *Server) supportRoutes() []Route {
	worker := staff(account.WorkCases).confirmed()
	return []Route{
		get(supportPath, member.sealed(), s.supportShow),
		get(supportPath+"/edit", member.sealed(), s.supportForm),
		post(supportPath+"/edit", member.sealed(), s.supportEdit),
		post(supportPath+"/agree", member.sealed(), s.supportAgree),
		post(supportPath+"/decline", member.sealed(), s.supportDecline),
		post(supportPath+"/drop", member.sealed(), s.supportDrop),
		get("/mod/cases/:id/support", worker, s.caseSupport),
		post("/mod/cases/:id/support", worker, s.caseSupportSave),
		post("/mod/cases/:id/support/agree", worker, s.caseSupportAgree),
	}
}

var supportFields = []string{"support_before", "support_helps", "support_agreed", "support_answers", "support_outside", "support_day"}

// supportHour is when on its day a plan is looked at again: those of the office are there.
const supportHour = 9

func supportDraft(r *Request) (support.Draft, error) {
	d := support.Draft{Version: r.Number("version"), Words: support.Words{
		Before: r.Field("support_before"), Helps: r.Field("support_helps"), Agreed: r.Field("support_agreed"),
		Answers: r.Field("support_answers"), Outside: r.Field("support_outside"),
	}}
	day, err := dayField(r, "support_day")
	if !day.IsZero() {
		d.ReviewOn = time.Date(day.Year(), day.Month(), day.Day(), supportHour, 0, 0, 0, day.Location()).UTC()
	}
	return d, err
}

// supportValues are a form's values as the plan says them now; empty for none.
func supportValues(o *support.Open) (view.Form, int, error) {
	form := view.Form{Values: map[string]string{}}
	for _, name := range supportFields {
		form.Values[name] = ""
	}
	if o == nil {
		return form, 0, nil
	}
	for _, p := range o.Newest.Parts() {
		form.Values["support_"+p.Name] = p.Text
	}
	if o.ReviewOn != nil {
		zone, err := time.LoadLocation(view.Zone)
		if err != nil {
			return form, 0, err
		}
		form.Values["support_day"] = o.ReviewOn.In(zone).Format(time.DateOnly)
	}
	form.Values["version"] = strconv.Itoa(o.Version)
	return form, o.Version, nil
}

// supportShow is the member's own plan; without one the page says what it would be.
func (s *Server) supportShow(r *Request) error {
	mine, err := s.Support.Mine(r.Context(), r.Actor)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return r.Render(&view.SupportPage{Base: r.mine("support.kind"), Plan: mine})
}

func (s *Server) supportForm(r *Request) error {
	mine, err := s.Support.Mine(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := &view.SupportFormPage{Base: r.mine("support.form_kind")}
	if page.Form, page.Version, err = supportValues(mine); err != nil {
		return err
	}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// supportEdit keeps the member's own words. When they say that somebody will die tonight, the card comes first, as for
// any other text.
func (s *Server) supportEdit(r *Request) error {
	form := r.Fields(supportFields...)
	page := &view.SupportFormPage{Base: r.mine("support.form_kind"), Version: r.Number("version"), Form: form}
	d, err := supportDraft(r)
	urgent := false
	if err == nil {
		verdict, editErr := s.Support.Edit(r.Context(), r.Actor, d, string(r.Lang))
		urgent, err = verdict.Urgent, editErr
	}
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
	if urgent {
		return s.card(r, "", supportPath, "support.status")
	}
	return r.RedirectWith(supportPath, "support.saved")
}

func (s *Server) supportAgree(r *Request) error {
	if err := s.Support.Accept(r.Context(), r.Actor, r.Number("version")); err != nil {
		return err
	}
	return r.RedirectWith(supportPath, "support.agreed_done")
}

func (s *Server) supportDecline(r *Request) error {
	if err := s.Support.Decline(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.RedirectWith(supportPath, "support.declined_done")
}

func (s *Server) supportDrop(r *Request) error {
	if err := s.Support.Drop(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.RedirectWith(supportPath, "support.dropped_done")
}

func (s *Server) caseSupportPage(r *Request) (*view.CaseSupportPage, error) {
	caseID, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	file, err := s.Support.File(r.Context(), r.Actor, caseID)
	if err != nil {
		return nil, err
	}
	page := &view.CaseSupportPage{Base: r.staffBase("support.kind"), File: *file}
	page.Form, page.Version, err = supportValues(file.Open)
	return page, err
}

func (s *Server) caseSupport(r *Request) error {
	page, err := s.caseSupportPage(r)
	if err != nil {
		return err
	}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// caseSupportSave keeps what the team suggests. What could not be kept stands in the form again.
func (s *Server) caseSupportSave(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	d, err := supportDraft(r)
	if err == nil {
		err = s.Support.Propose(r.Context(), r.Actor, caseID, d)
	}
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/cases/"+caseID+"/support", "support.proposed_done")
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	page, pageErr := s.caseSupportPage(r)
	if pageErr != nil {
		return pageErr
	}
	page.Form = r.Fields(supportFields...)
	if fault.Is(err, fault.Conflict) {
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) caseSupportAgree(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Support.Confirm(r.Context(), r.Actor, caseID, r.Number("version")); err != nil {
		return err
	}
	return r.RedirectWith("/mod/cases/"+caseID+"/support", "support.confirmed_done")
}
