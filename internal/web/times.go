package web

import (
	"slices"
	"strconv"
	"strings"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// timesRoutes are the addresses of the desk's times and ladder. They show no case.
func (s *Server) timesRoutes() []Route {
	sets := staff(account.SetDesk)
	routes := []Route{get("/mod/times", sets, s.times)}
	for _, kind := range crisis.SettingKinds {
		routes = append(routes,
			get("/mod/times/"+kind, sets, s.timesForm(kind)),
			post("/mod/times/"+kind, sets, s.timesSet(kind)))
	}
	return routes
}

func (s *Server) times(r *Request) error {
	found, err := s.Crisis.Settings(r.Context(), r.Actor, r.Query("space"))
	if err != nil {
		return err
	}
	return r.Render(&view.TimesPage{Base: r.staffBase("times.kind"), Nav: r.deskNav("times"), Settings: *found, Now: r.now()})
}

func (s *Server) timesPage(r *Request, kind, place string) (*view.TimesFormPage, error) {
	found, err := s.Crisis.Settings(r.Context(), r.Actor, place)
	if err != nil {
		return nil, err
	}
	if !found.May {
		return nil, fault.Missing()
	}
	page := &view.TimesFormPage{
		Base: r.staffBase("times.kind"), Nav: r.deskNav("times"), What: kind, Settings: *found, Bounds: crisis.Bounds(kind),
		Roles: account.RolesWith(account.WorkCases),
	}
	page.Form.Values = map[string]string{}
	for _, t := range found.Times {
		if t.Level == kind {
			fillTimes(page.Form.Values, t.Times.Value())
		}
	}
	if kind == crisis.LadderKind {
		fillLadder(page.Form.Values, found.Ladder.Value())
	}
	return page, nil
}

func fillTimes(values map[string]string, v crisis.TimesValue) {
	for name, n := range map[string]int{
		"goal": v.Goal, "rung": v.Rung, "first_message": v.FirstMessage, "again": v.Again, "receive": v.Receive, "signature": v.Signature,
	} {
		values[name] = strconv.Itoa(n)
	}
	var hours []string
	for _, h := range v.FollowUps {
		hours = append(hours, strconv.Itoa(h))
	}
	values["follow_ups"] = strings.Join(hours, ", ")
}

func fillLadder(values map[string]string, v crisis.LadderValue) {
	values["turns"] = strconv.Itoa(v.Turns)
	for i, rung := range v.Rungs {
		field := crisis.RungField(i)
		for _, role := range rung.Roles {
			values[field+"_"+string(role)] = "yes"
		}
		for _, p := range rung.People {
			values[field+"_"+p] = "yes"
		}
		if rung.OnDuty {
			values[field+"_duty"] = "yes"
		}
	}
}

func (s *Server) timesForm(kind string) Handler {
	return func(r *Request) error {
		page, err := s.timesPage(r, kind, r.Query("space"))
		if err != nil {
			return err
		}
		return r.Render(page)
	}
}

// timesSet sets the times of a level, or the ladder, or takes them back.
func (s *Server) timesSet(kind string) Handler {
	return func(r *Request) error {
		place := r.Field("space")
		page, err := s.timesPage(r, kind, place)
		if err != nil {
			return err
		}
		done := "times.saved"
		switch {
		case r.Field("unset") != "":
			err, done = s.Crisis.Unset(r.Context(), r.Actor, place, kind), "times.taken_back"
		case kind == crisis.LadderKind:
			err = s.Crisis.SetLadder(r.Context(), r.Actor, place, ladderOf(r, page.Settings.People))
		default:
			err = s.Crisis.SetTimes(r.Context(), r.Actor, place, kind, timesOf(r), r.Field("reason"))
		}
		if err == nil {
			return r.RedirectWith(view.TimesPath("", place), done)
		}
		return r.Invalid(err, view.Form{Values: r.All()}, func(f view.Form) view.Page { page.Form = f; return page })
	}
}

func timesOf(r *Request) crisis.TimesValue {
	v := crisis.TimesValue{
		Goal: r.Number("goal"), Rung: r.Number("rung"), FirstMessage: r.Number("first_message"), Again: r.Number("again"),
		Receive: r.Number("receive"), Signature: r.Number("signature"),
	}
	for _, typed := range strings.FieldsFunc(r.Field("follow_ups"), func(c rune) bool { return c == ',' || c == ' ' || c == ';' }) {
		hours, err := strconv.Atoi(typed)
		if err != nil || hours > 100_000 {
			hours = 0 // refused with the others
		}
		v.FollowUps = append(v.FollowUps, hours)
	}
	return v
}

// ladderOf reads the rungs that somebody ticked; those left empty at the end are none.
func ladderOf(r *Request, people []crisis.Named) crisis.LadderValue {
	v := crisis.LadderValue{Turns: r.Number("turns")}
	last := 0
	for i := range view.LadderRungs {
		field := crisis.RungField(i)
		rung := crisis.RungValue{OnDuty: r.Field(field+"_duty") != ""}
		for _, role := range account.RolesWith(account.WorkCases) {
			if r.Field(field+"_"+string(role)) != "" {
				rung.Roles = append(rung.Roles, role)
			}
		}
		for _, p := range people {
			if r.Field(field+"_"+p.ID) != "" {
				rung.People = append(rung.People, p.ID)
			}
		}
		if len(rung.Roles)+len(rung.People) > 0 || rung.OnDuty {
			last = i + 1
		}
		v.Rungs = append(v.Rungs, rung)
	}
	v.Rungs = slices.Clone(v.Rungs[:last])
	return v
}
