package web

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/safeguarding"
	"samhold/internal/web/view"
)

// referralRoutes are the addresses of a case's underretninger. What they say is sealed, so each asks for a fresh proof.
func (s *Server) referralRoutes() []Route {
	worker := staff(account.WorkCases).confirmed()
	return []Route{
		get("/mod/cases/:id/referral", worker, s.referralShow),
		post("/mod/cases/:id/referral", worker, s.referralSave),
		post("/mod/cases/:id/referral/sent", worker, s.referralSent),
		post("/mod/cases/:id/referral/answered", worker, s.referralAnswered),
		post("/mod/cases/:id/referral/drop", worker, s.referralDrop),
		get("/mod/referrals/:id", worker, s.referralPaper),
		get("/mod/referrals/:id/pdf", worker, s.referralPDF),
	}
}

var (
	referralFields = []string{
		"referral_municipality", "referral_child", "referral_said", "referral_told", "referral_danger", "referral_writer", "referral_capacity",
	}
	referralDone = []string{
		"referral_way", "referral_day", "referral_clock", "referral_who", "referral_reference", "referral_why",
	}
)

func (s *Server) referralPage(r *Request) (*view.ReferralPage, error) {
	caseID, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	file, err := s.Guarding.File(r.Context(), r.Actor, caseID)
	if err != nil {
		return nil, err
	}
	duty, err := s.Admin.OwnDuty(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	page := &view.ReferralPage{
		Base: r.staffBase("referral.kind"), File: *file, Ways: safeguarding.Ways, Duty: duty, Now: r.now(),
		Form: view.Form{Values: map[string]string{}}, Done: view.Form{Values: map[string]string{}},
	}
	if d := file.Draft; d != nil {
		for _, p := range d.Parts() {
			page.Form.Values["referral_"+p.Name] = p.Text
		}
		page.Form.Values["referral_danger"] = d.Danger
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return nil, err
	}
	page.Done.Values["referral_day"] = r.now().In(zone).Format(time.DateOnly)
	return page, nil
}

func (s *Server) referralShow(r *Request) error {
	page, err := s.referralPage(r)
	if err != nil {
		return err
	}
	path := "/mod/cases/" + page.File.CaseID + "/referral"
	for form, into := range map[string]*view.Form{"": &page.Form, "/sent": &page.Done, "/drop": &page.Done} {
		kept, err := r.keptFor(path+form, into)
		if err != nil {
			return err
		}
		page.Kept = page.Kept || kept
	}
	return r.Render(page)
}

func (s *Server) referralSave(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Guarding.Save(r.Context(), r.Actor, caseID, r.Number("version"), safeguarding.Words{
		Municipality: r.Field("referral_municipality"), Child: r.Field("referral_child"), Said: r.Field("referral_said"),
		Told: r.Field("referral_told"), Danger: r.Field("referral_danger"), Writer: r.Field("referral_writer"),
		Capacity: r.Field("referral_capacity"),
	})
	return s.referralAfter(r, caseID, "referral.saved", err, func(p *view.ReferralPage) *view.Form {
		p.Form = r.Fields(referralFields...)
		return &p.Form
	})
}

func (s *Server) referralSent(r *Request) error {
	at, err := dayField(r, "referral_day")
	if err == nil {
		at, err = atClock(at, r.Field("referral_clock"), r.now())
	}
	return s.referralDo(r, "referral.sent_done", func(caseID, referralID string) error {
		if err != nil {
			return err
		}
		return s.Guarding.Send(r.Context(), r.Actor, caseID, referralID, safeguarding.SentForm{
			Way: r.Field("referral_way"), Received: at,
			Sending: safeguarding.Sending{Who: r.Field("referral_who"), Reference: r.Field("referral_reference")},
		})
	})
}

// atClock is the moment of a day at which clocks showed what was typed: now, if it is empty and the day is today.
func atClock(day time.Time, typed string, now time.Time) (time.Time, error) {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), ":", ".")
	if day.IsZero() {
		return day, nil
	}
	if typed == "" {
		if next := day.AddDate(0, 0, 1); now.Before(next) && !now.Before(day) {
			return now, nil
		}
		return day, nil
	}
	clock, err := time.Parse("15.04", typed)
	var check fault.Check
	check.Require(err == nil, "referral_clock", "referral.clock_wrong")
	return time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, day.Location()), check.Err()
}

func (s *Server) referralAnswered(r *Request) error {
	return s.referralDo(r, "referral.answered_done", func(caseID, referralID string) error {
		return s.Guarding.Acknowledge(r.Context(), r.Actor, caseID, referralID)
	})
}

func (s *Server) referralDrop(r *Request) error {
	return s.referralDo(r, "referral.dropped_done", func(caseID, referralID string) error {
		return s.Guarding.Drop(r.Context(), r.Actor, caseID, referralID, r.Field("referral_why"))
	})
}

// referralDo does something with one underretning of a case.
func (s *Server) referralDo(r *Request, done string, do func(caseID, referralID string) error) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	if !id.Valid(r.Field("referral")) {
		return fault.Missing()
	}
	return s.referralAfter(r, caseID, done, do(caseID, r.Field("referral")), func(p *view.ReferralPage) *view.Form {
		p.Done = r.Fields(referralDone...)
		return &p.Done
	})
}

// referralAfter leads back to the page when a form of it went well, and shows it again with what was typed when not.
func (s *Server) referralAfter(r *Request, caseID, done string, err error, typed func(*view.ReferralPage) *view.Form) error {
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/cases/"+caseID+"/referral", done)
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	page, pageErr := s.referralPage(r)
	if pageErr != nil {
		return pageErr
	}
	form := typed(page)
	if fault.Is(err, fault.Conflict) {
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(err, *form, func(f view.Form) view.Page {
		*form = f
		return page
	})
}

// paper opens an underretning and words it for print, in the reader's language.
func (s *Server) paper(r *Request) (o *safeguarding.Open, p safeguarding.Paper, err error) {
	referralID, err := r.ID("id")
	if err != nil {
		return nil, p, err
	}
	if o, err = s.Guarding.Paper(r.Context(), r.Actor, referralID); err != nil {
		return nil, p, err
	}
	texts := s.catalog.Texts(r.Lang)
	var failed []error
	say := func(key string, args ...any) string {
		text, err := texts.T(key, args...)
		failed = append(failed, err)
		return text
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return nil, p, err
	}
	p = safeguarding.Paper{
		Title: say("referral.title"), Lead: say("referral.paper_lead"), Page: say("referral.page"), At: r.now(),
		Foot: say("referral.foot", "Version", o.Version, "Day", r.now().In(zone).Format("02.01.2006")),
	}
	add := func(name, text string) {
		if text == "" {
			text = say("referral.unfilled")
		}
		p.Parts = append(p.Parts, safeguarding.PaperPart{Heading: say("referral.paper_" + name), Text: text})
	}
	danger := ""
	if o.Danger != "" {
		danger = say("referral.paper_danger_" + o.Danger)
	}
	for _, part := range o.Parts() {
		if part.Name == "child" {
			add("danger", danger)
		}
		add(part.Name, part.Text)
	}
	return o, p, errors.Join(failed...)
}

func (s *Server) referralPaper(r *Request) error {
	o, paper, err := s.paper(r)
	if err != nil {
		return err
	}
	return r.Render(&view.PaperPage{Base: r.staffBase("referral.kind"), CaseID: o.CaseID, ID: o.ID, Paper: paper, Missing: o.Missing()})
}

// referralPDF answers with the file. Its name says nothing: it stays on the computer.
func (s *Server) referralPDF(r *Request) error {
	_, paper, err := s.paper(r)
	if err != nil {
		return err
	}
	file, err := safeguarding.PDF(paper)
	if err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "application/pdf")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="document.pdf"`)
	return r.c.Send(file)
}
