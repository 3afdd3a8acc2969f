package web

import (
	"strings"
	"time"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/web/view"
)

// caseEmergency writes a call to 112 or 114 into the case.
func (s *Server) caseEmergency(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Crisis.CallEmergency(r.Context(), r.Actor, caseID, crisis.NewEmergency{
		Line: r.Field("emergency_line"), At: clockBefore(r.Field("emergency_clock"), r.now()), Told: r.Field("emergency_told"),
		Reference: r.Field("emergency_reference"), Result: r.Field("emergency_result"),
	})
	form := r.Fields("emergency_line", "emergency_clock", "emergency_told", "emergency_reference", "emergency_result")
	return s.caseDone(r, caseID, "emergency.saved", form, err)
}

// caseEmergencyResult writes down what came of a call.
func (s *Server) caseEmergencyResult(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	if !id.Valid(r.Field("call")) {
		return fault.Missing()
	}
	err = s.Crisis.EndEmergency(r.Context(), r.Actor, caseID, r.Field("call"), r.Field("emergency_result"))
	return s.caseDone(r, caseID, "emergency.saved", view.Form{}, err)
}

// caseDone leads back to the case after a form of it went well, and shows it again when it did not.
func (s *Server) caseDone(r *Request, caseID, done string, form view.Form, err error) error {
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/cases/"+caseID, done)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	page, pageErr := s.casePage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

// clockBefore is the last moment before now at which clocks in Denmark showed what was typed: "21.40" or "21:40". It is
// zero for an empty text, and after now for one that is no time of day.
func clockBefore(typed string, now time.Time) time.Time {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), ":", ".")
	if typed == "" {
		return time.Time{}
	}
	clock, err := time.Parse("15.04", typed)
	zone, zoneErr := time.LoadLocation(view.Zone)
	if err != nil || zoneErr != nil {
		return now.Add(time.Hour)
	}
	today := now.In(zone)
	at := time.Date(today.Year(), today.Month(), today.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
	if at.After(now) {
		at = time.Date(today.Year(), today.Month(), today.Day()-1, clock.Hour(), clock.Minute(), 0, 0, zone)
	}
	return at.UTC()
}
