package web

import (
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// staffPage is who has which role, with the form for giving one.
func (s *Server) staffPage(r *Request) (*view.StaffPage, error) {
	team, err := s.Admin.Team(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	past, err := s.Admin.Past(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	return &view.StaffPage{
		Base: r.staffBase("team.kind"), Nav: r.deskNav("staff"), Team: *team, Past: past, Now: r.now(),
		Form: r.Fields("account", "role", "space", "from", "until"),
	}, nil
}

func (s *Server) adminStaff(r *Request) error {
	page, err := s.staffPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

// adminAppoint gives somebody a role.
func (s *Server) adminAppoint(r *Request) error {
	from, err := dayField(r, "from")
	var until time.Time
	if err == nil {
		if until, err = dayField(r, "until"); !until.IsZero() {
			until = until.AddDate(0, 0, 1) // the day itself counts
		}
	}
	if err == nil {
		err = s.Admin.Appoint(r.Context(), r.Actor, admin.Appointment{
			AccountID: r.Field("account"), Role: account.Role(r.Field("role")), SpaceID: r.Field("space"), StartsAt: from, EndsAt: until,
		})
	}
	if err == nil {
		return r.RedirectWith("/admin/staff", "team.granted")
	}
	page, pageErr := s.staffPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page { page.Form = f; return page })
}

// dayField reads the beginning of a day, zero when the field is empty.
func dayField(r *Request, name string) (time.Time, error) {
	typed := r.Field(name)
	if typed == "" {
		return time.Time{}, nil
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return time.Time{}, err
	}
	day, err := time.ParseInLocation(time.DateOnly, typed, zone)
	var check fault.Check
	check.Require(err == nil, name, "rota.day_missing")
	return day, check.Err()
}

// adminEnd ends somebody's role.
func (s *Server) adminEnd(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Admin.EndGrant(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith("/admin/staff", "team.ended")
}
