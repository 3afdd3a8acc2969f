package web

import (
	"net/url"
	"slices"
	"strings"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/fault"
	"samhold/internal/rota"
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
		get("/admin/team/:id", staff(account.ManageStaff), s.memberShow),
		post("/admin/team/:id/duty", staff(account.ManageStaff), s.memberDuty),
		post("/admin/team/:id/declared", staff(account.ManageStaff), s.memberDeclared),
		post("/admin/team/:id/finish", staff(account.ManageStaff).confirmed(), s.memberFinish),
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
		if day, err := rota.ParseDay(page.Day); err != nil {
			page.Day = ""
			page.Fault.Faults = []fault.Field{{Name: "day", Key: "rota.day_missing"}}
		} else {
			whole := rota.Between(day, "00:00", "00:00", s.Rota.Zone)
			filter.From, filter.To = whole.From, whole.To
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
