package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/message"
	"samhold/internal/safeguarding"
	"samhold/internal/triage"
	"samhold/internal/web/view"
)

// crisisRoutes are the addresses of the crisis desk and of guests' concerns.
func (s *Server) crisisRoutes() []Route {
	return []Route{
		get("/care", member, s.careShow),
		post("/care/contact", member, s.careContact),
		get("/care/contact", member, s.careShow),
		get("/concern", anyone, s.concernForm),
		post("/concern", anyone, s.concernSend),
		post("/concern/answer", anyone, s.concernAnswer),
		post("/concern/contact", anyone, s.concernContact),
		get("/mod/cases/:id", staff(account.WorkCases), s.caseShow),
		post("/mod/cases/:id/open", staff(account.WorkCases), s.caseOpen),
		post("/mod/cases/:id/step", staff(account.WorkCases), s.caseStep),
		post("/mod/cases/:id/contact", staff(account.WorkCases).confirmed(), s.caseContact),
		get("/mod/reviews", staff(account.SignCases), s.reviews),
		get("/mod/reviews/openings/:id", staff(account.SignCases), s.openingShow),
		post("/mod/reviews/openings/:id", staff(account.SignCases), s.openingReview),
		get("/mod/reviews/cases/:id", staff(account.SignCases), s.lookbackShow),
		post("/mod/reviews/cases/:id", staff(account.SignCases), s.lookbackWrite),
		get("/me/contact", member.sealed(), s.trustedShow),
		post("/me/contact", member.sealed(), s.trustedKeep),
		post("/me/contact/remove", member.sealed(), s.trustedRemove),
		post("/mod/cases/:id/emergency", staff(account.CallEmergency), s.caseEmergency),
		post("/mod/cases/:id/emergency/result", staff(account.CallEmergency), s.caseEmergencyResult),
		get("/mod/concerns/:id", staff(account.AnswerGuests), s.worryShow),
		post("/mod/concerns/:id/open", staff(account.AnswerGuests), s.worryOpen),
		post("/mod/concerns/:id/answer", staff(account.AnswerGuests), s.worryAnswer),
	}
}

// showCard answers an urgent text in the same response: the card first, then where the text stands.
// shown says whether others can read it, whatever the rules asked for: what staff write is not held, and a reply in
// a topic that waits is seen by nobody.
func (s *Server) showCard(r *Request, audience, back string, shown bool) error {
	status := "crisis.status_held"
	if shown {
		status = "crisis.status_shown"
	}
	return s.card(r, audience, back, status)
}

// card answers with the person's card; status is the text on where stands what they wrote.
func (s *Server) card(r *Request, audience, back, status string) error {
	card, err := s.Crisis.OwnCard(r.Context(), r.Actor, audience)
	if err != nil {
		return err
	}
	page := &view.CardPage{Base: r.Base("crisis.kind"), Card: *card, Status: status, Back: back}
	if page.Plan, err = s.Plan.Has(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.Render(page)
}

// careShow is the author's way back to the card while their case is open, and to those on duty otherwise.
func (s *Server) careShow(r *Request) error {
	card, err := s.Crisis.OwnCard(r.Context(), r.Actor, "")
	if fault.Is(err, fault.NotFound) {
		return r.Redirect("/talk")
	}
	if err != nil {
		return err
	}
	page := &view.CardPage{Base: r.Base("crisis.kind"), Card: *card}
	_, page.Contact = contactForm(r)
	if page.Kept, err = r.keptFor("/care/contact", &page.Contact); err != nil {
		return err
	}
	if page.Plan, err = s.Plan.Has(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.Render(page)
}

func contactForm(r *Request) (crisis.GivenContact, view.Form) {
	return crisis.GivenContact{
		Name: r.Field("contact_name"), Phone: r.Field("contact_phone"), Address: r.Field("contact_address"),
	}, r.Fields("contact_name", "contact_phone", "contact_address")
}

func (s *Server) careContact(r *Request) error {
	given, form := contactForm(r)
	err := s.Crisis.GiveContact(r.Context(), r.Actor, given)
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/care", "crisis.contact_kept")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	card, cardErr := s.Crisis.OwnCard(r.Context(), r.Actor, "")
	if cardErr != nil {
		return cardErr
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		return &view.CardPage{Base: r.Base("crisis.kind"), Card: *card, Contact: f}
	})
}

// caseShow is a case without its texts.
func (s *Server) caseShow(r *Request) error {
	page, err := s.casePage(r)
	if err != nil {
		return err
	}
	page.Form = r.Fields("note", "outcome", "contact_field", "contact_reason", "contact_words", "contact_unsafe",
		"emergency_line", "emergency_clock", "emergency_told", "emergency_reference", "emergency_result", "step", "step_note", "plan_why")
	for _, form := range []string{"/step", "/contact", "/emergency", "/check", "/plan"} {
		kept, err := r.keptFor("/mod/cases/"+page.File.ID+form, &page.Form)
		if err != nil {
			return err
		}
		page.Kept = page.Kept || kept
	}
	if page.Thread != nil {
		if page.Thread.Kept, err = r.keptFor(page.Thread.Path, &page.Thread.Form); err != nil {
			return err
		}
		page.Kept = page.Kept || page.Thread.Kept
	}
	return r.Render(page)
}

func (s *Server) casePage(r *Request) (*view.CasePage, error) {
	caseID, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	file, err := s.Crisis.File(r.Context(), r.Actor, caseID)
	if err != nil {
		return nil, err
	}
	list, err := s.Playbook.Checklist(r.Context(), r.Actor, caseID, string(r.Lang))
	if err != nil {
		return nil, err
	}
	referrals, err := s.Guarding.Brief(r.Context(), r.Actor, caseID)
	if err != nil {
		return nil, err
	}
	var duty admin.Duty
	child := safeguarding.ChildAtRisk(&file.Case)
	if child || len(referrals) > 0 {
		if duty, err = s.Admin.OwnDuty(r.Context(), r.Actor); err != nil {
			return nil, err
		}
	}
	base := r.Base("case.kind")
	base.Section, base.Wide = "mod", true
	page := &view.CasePage{
		Base: base, File: *file, Playbook: list, Now: r.now(), Outcomes: crisis.Outcomes,
		Levels: []string{"crisis", "red", "amber", "green"}, ContactReasons: crisis.ContactReasons,
		Referrals: referrals, Child: child, Duty: duty, Emergencies: crisis.Emergencies, Results: crisis.EmergencyResults,
	}
	if page.Plan, err = s.Plan.Offer(r.Context(), r.Actor, caseID); err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if file.AccountID != nil {
		if page.CheckIn, err = s.newestCheckIn(r, message.Door{Case: caseID}); err != nil {
			return nil, err
		}
	}
	if page.Support, err = s.Support.Brief(r.Context(), r.Actor, caseID); err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	return page, s.caseThread(r, page)
}

// caseOpen shows the texts once; opening is audited and stands in the case.
func (s *Server) caseOpen(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	texts, err := s.Crisis.Open(r.Context(), r.Actor, caseID, string(r.Lang))
	if err != nil {
		return err
	}
	page, err := s.casePage(r)
	if err != nil {
		return err
	}
	page.Texts = texts
	return r.Render(page)
}

// caseStep takes one action on the case. What changed meanwhile is shown with what was typed.
func (s *Server) caseStep(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	form := r.Fields("note", "outcome", "to", "level", "state", "owner", "seen_level")
	err = s.Crisis.Do(r.Context(), r.Actor, caseID, crisis.Step{
		Action: crisis.Action(r.Field("action")), Version: r.Number("version"),
		Note: r.Field("note"), Outcome: r.Field("outcome"), Level: r.Field("level"), To: r.Field("to"), Also: r.Field("also") != "",
	})
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/cases/"+caseID, "case.done")
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	page, pageErr := s.casePage(r)
	if pageErr != nil {
		return pageErr
	}
	if fault.Is(err, fault.Conflict) {
		page.Form = form
		page.Changes = caseChanges(form, page.File)
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

// caseChanges compares what the person saw with what is.
func caseChanges(saw view.Form, is crisis.File) []view.Change {
	changes := []view.Change{}
	if state := "case.state_" + string(is.State); saw.Value("state") != string(is.State) {
		changes = append(changes, view.Change{
			Name: "case.state", Before: "case.state_" + known(saw.Value("state")), After: state,
		})
	}
	if (saw.Value("owner") == "") != (is.OwnerName == "") {
		owned := map[bool]string{true: "case.owner_none", false: "case.owner_somebody"}
		changes = append(changes, view.Change{
			Name: "case.owner", Before: owned[saw.Value("owner") == ""], After: owned[is.OwnerName == ""],
		})
	}
	if saw.Value("seen_level") != "" && saw.Value("seen_level") != is.Level {
		changes = append(changes, view.Change{
			Name: "case.level", Before: "level." + knownLevel(saw.Value("seen_level")), After: "level." + is.Level,
		})
	}
	return changes
}

// known returns s if it is a state, so that a forged form cannot name a text of its own.
func known(s string) string {
	for _, state := range crisis.States {
		if s == string(state) {
			return s
		}
	}
	return string(crisis.New)
}

func knownLevel(s string) string {
	if level, err := triage.ParseLevel(s); err == nil {
		return level.String()
	}
	return triage.Green.String()
}
