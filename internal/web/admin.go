package web

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// adminRoutes are the addresses of the pages that keep the house running. None shows what members wrote.
func (s *Server) adminRoutes() []Route {
	return []Route{
		get("/admin", staff(account.ManageJobs), s.adminOverview),
		get("/admin/jobs", staff(account.ManageJobs), s.adminJobs),
		post("/admin/jobs/:id/retry", staff(account.ManageJobs), s.adminRetry),
		get("/admin/staff", staff(account.ManageStaff), s.adminStaff),
		post("/admin/staff", staff(account.ManageStaff), s.adminAppoint),
		post("/admin/staff/:id/end", staff(account.ManageStaff), s.adminEnd),
		get("/mod/rota", staff(account.ManageStaff), s.rota),
		post("/mod/rota", staff(account.ManageStaff), s.rotaAdd),
		post("/mod/rota/:id/remove", staff(account.ManageStaff), s.rotaRemove),
		get("/mod/audit", staff(account.ReadAudit), s.auditLog),
	}
}

func (s *Server) adminOverview(r *Request) error {
	overview, err := s.Admin.Overview(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.OverviewPage{Base: r.staffBase("admin.kind"), Nav: r.deskNav("numbers"), Overview: *overview})
}

func (s *Server) adminJobs(r *Request) error {
	parked, err := s.Admin.Parked(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	page := &view.JobsPage{Base: r.staffBase("jobs.kind"), Nav: r.deskNav("jobs"), Now: r.now()}
	for _, j := range parked {
		page.Jobs = append(page.Jobs, view.ParkedJob{
			Job: j, KindKey: s.words(r, j.Kind, "jobs.kind_"), ErrorKey: s.words(r, j.LastError, "jobs.error_"),
		})
	}
	return r.Render(page)
}

func (s *Server) adminRetry(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Admin.Retry(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith("/admin/jobs", "jobs.retried")
}

// words is the first key that a code has words under, empty if there is none.
func (s *Server) words(r *Request, code string, prefixes ...string) string {
	for _, prefix := range prefixes {
		if code != "" && s.catalog.Texts(r.Lang).Has(prefix+code) {
			return prefix + code
		}
	}
	return ""
}

func (s *Server) rotaPage(r *Request) (*view.RotaPage, error) {
	found, err := s.Admin.Staff(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	return &view.RotaPage{
		Base: r.staffBase("rota.kind"), Nav: r.deskNav("rota"), Staff: *found, Now: r.now(),
		All:  r.Query("all") != "",
		Form: r.Fields("account", "space", "day", "starts", "ends"),
	}, nil
}

// rota is who works here and when they are on duty.
func (s *Server) rota(r *Request) error {
	page, err := s.rotaPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) rotaAdd(r *Request) error {
	starts, ends, err := span(r.Field("day"), r.Field("starts"), r.Field("ends"))
	if err == nil {
		err = s.Admin.AddShift(r.Context(), r.Actor, admin.Plan{
			AccountID: r.Field("account"), SpaceID: r.Field("space"), StartsAt: starts, EndsAt: ends,
		})
	}
	if err == nil {
		return r.RedirectWith("/mod/rota", "rota.added")
	}
	page, pageErr := s.rotaPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

// span reads a day and two times of it as they are on a clock on the wall. An end that is not after the start is
// on the next day.
func span(day, starts, ends string) (from, to time.Time, err error) {
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return from, to, err
	}
	var check fault.Check
	date, dayErr := time.ParseInLocation(time.DateOnly, day, zone)
	check.Require(dayErr == nil, "day", "rota.day_missing")
	clock := func(field, typed string) time.Time {
		at, err := time.Parse("15:04", strings.ReplaceAll(typed, ".", ":"))
		check.Require(err == nil, field, "rota.time_missing")
		return time.Date(date.Year(), date.Month(), date.Day(), at.Hour(), at.Minute(), 0, 0, zone)
	}
	from, to = clock("starts", starts), clock("ends", ends)
	if !to.After(from) {
		to = time.Date(to.Year(), to.Month(), to.Day()+1, to.Hour(), to.Minute(), 0, 0, zone)
	}
	return from.UTC(), to.UTC(), check.Err()
}

func (s *Server) rotaRemove(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Admin.RemoveShift(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith("/mod/rota", "rota.removed")
}

// auditLog is what staff and Samhold did, as ids and codes in words.
func (s *Server) auditLog(r *Request) error {
	number, err := r.Page()
	if err != nil {
		return err
	}
	page := &view.LogPage{
		Base: r.staffBase("audit.kind"), Nav: r.deskNav("log"), Actions: s.auditActions(r), Day: r.Query("day"),
	}
	page.Action = oneOf(r.Query("action"), page.Actions...)
	filter := admin.Filter{Action: page.Action, Page: number}
	if page.Day != "" {
		if filter.From, filter.To, err = span(page.Day, "00:00", "00:00"); err != nil {
			page.Day = ""
			filter.From, filter.To = time.Time{}, time.Time{}
			page.Fault.Faults = []fault.Field{{Name: "day", Key: "rota.day_missing"}}
		}
	}
	trail, err := s.Admin.Trail(r.Context(), r.Actor, filter)
	if err != nil {
		return err
	}
	for _, e := range trail.Events {
		page.Lines = append(page.Lines, view.LogLine{
			Trace: e, ActionKey: s.words(r, string(e.Action), "audit.action_"), ObjectKey: s.words(r, e.ObjectKind, "audit.object_"),
			CodeKey: s.words(r, e.Code, "level.", "moderation.ground_", "moderation.correction_", "crisis.outcome_", "crisis.contact_reason_", "role.", "audit.code_"),
		})
	}
	page.Total, page.Check = trail.Total, trail.Check
	page.Pager = view.Pager{Path: auditPath(page.Action, page.Day), Page: number, Pages: trail.Pages}
	return r.Render(page)
}

func auditPath(action, day string) string {
	q := url.Values{}
	if action != "" {
		q.Set("action", action)
	}
	if day != "" {
		q.Set("day", day)
	}
	if len(q) == 0 {
		return "/mod/audit"
	}
	return "/mod/audit?" + q.Encode()
}

// auditActions are the actions that have words, in the order of the codes.
func (s *Server) auditActions(r *Request) []string {
	var actions []string
	for _, key := range s.catalog.Keys(r.Lang) {
		if action, ok := strings.CutPrefix(key, "audit.action_"); ok {
			actions = append(actions, action)
		}
	}
	slices.Sort(actions)
	return actions
}
