package web

import (
	"time"

	"samhold/internal/admin"
	"samhold/internal/web/view"
)

// memberPage is what the house knows of one of the team, before whoever manages them.
func (s *Server) memberPage(r *Request) (*view.MemberPage, error) {
	accountID, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	member, err := s.Admin.Member(r.Context(), r.Actor, accountID)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return nil, err
	}
	on := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.In(zone).Format(time.DateOnly)
	}
	f := member.File
	return &view.MemberPage{
		Base: r.staffBase("team.kind"), Nav: r.deskNav("staff"), Member: *member, Duties: admin.Duties, Now: r.now(),
		Form: view.Form{Values: map[string]string{
			"duty": string(f.Duty), "duty_since": on(f.DutySince), "declared_on": on(f.DeclaredOn), "declared_version": f.DeclaredVersion,
		}},
	}, nil
}

func (s *Server) memberShow(r *Request) error {
	page, err := s.memberPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

// memberDo does something with one of the team, and shows their page again.
func (s *Server) memberDo(r *Request, done string, do func(accountID string) error, fields ...string) error {
	accountID, err := r.ID("id")
	if err != nil {
		return err
	}
	if err = do(accountID); err == nil {
		return r.RedirectWith("/admin/team/"+accountID, done)
	}
	page, pageErr := s.memberPage(r)
	if pageErr != nil {
		return pageErr
	}
	typed := page.Form
	for _, name := range fields {
		typed.Values[name] = r.Fields(name).Value(name)
	}
	return r.Invalid(err, typed, func(f view.Form) view.Page { page.Form = f; return page })
}

// memberDuty writes down whether they have the heightened duty to notify.
func (s *Server) memberDuty(r *Request) error {
	since, err := dayField(r, "duty_since")
	return s.memberDo(r, "team.duty_saved", func(accountID string) error {
		if err != nil {
			return err
		}
		return s.Admin.SetDuty(r.Context(), r.Actor, accountID, admin.Duty(r.Field("duty")), since)
	}, "duty", "duty_since")
}

// memberDeclared writes down that they promised confidentiality.
func (s *Server) memberDeclared(r *Request) error {
	on, err := dayField(r, "declared_on")
	return s.memberDo(r, "team.declared_saved", func(accountID string) error {
		if err != nil {
			return err
		}
		return s.Admin.Declare(r.Context(), r.Actor, accountID, on, r.Field("declared_version"))
	}, "declared_on", "declared_version")
}

// memberFinish ends their service in one act.
func (s *Server) memberFinish(r *Request) error {
	accountID, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Admin.Finish(r.Context(), r.Actor, accountID); err != nil {
		return err
	}
	return r.RedirectWith("/admin/staff", "team.finished")
}
