package web

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/checkin"
	"samhold/internal/fault"
	"samhold/internal/message"
	"samhold/internal/web/view"
)

const checkInPath = "/me/check-in"

// checkInRoutes are the addresses of agreed check-ins.
func (s *Server) checkInRoutes() []Route {
	duty := staff(account.WorkCases)
	return []Route{
		get(checkInPath, member, s.checkIn),
		post(checkInPath, member, s.checkInAsk),
		post(checkInPath+"/agree", member, s.checkInAgree),
		post(checkInPath+"/answer", member, s.checkInAnswer),
		post(checkInPath+"/end", member, s.checkInEnd),
		get("/mod/check-ins/:id", duty, s.checkInShow),
		post("/mod/check-ins/:id/end", duty, s.checkInWithdraw),
		get("/mod/cases/:id/check-in", duty, s.checkInForm(caseDoor)),
		post("/mod/cases/:id/check-in", duty, s.checkInPropose(caseDoor)),
		get("/mod/threads/:id/check-in", duty, s.checkInForm(threadDoor)),
		post("/mod/threads/:id/check-in", duty, s.checkInPropose(threadDoor)),
	}
}

func (r *Request) wish() (checkin.Wish, view.Form) {
	return checkin.Wish{
		Day: r.Field("day"), At: r.Field("at"), Grace: r.Number("grace"), Days: r.Number("days"), Note: r.Field("note"),
	}, r.Fields("day", "at", "grace", "days", "note")
}

// timeForm is the form for a time.
func (s *Server) timeForm(at time.Time, grace, days int) view.Form {
	day, clock := s.CheckIn.Wall(at)
	return view.Form{Values: map[string]string{"day": day, "at": clock, "grace": strconv.Itoa(grace), "days": strconv.Itoa(days), "note": ""}}
}

// tomorrow is what a form begins with: ten o'clock on the next day.
func (s *Server) tomorrow(now time.Time) view.Form {
	form := s.timeForm(now.Add(24*time.Hour), checkin.DefaultGrace, 1)
	form.Values["at"] = "10:00"
	return form
}

func (s *Server) checkInPage(r *Request) (*view.CheckInPage, error) {
	page := &view.CheckInPage{Base: r.mine("check_in.kind"), Now: r.now(), Form: s.tomorrow(r.now())}
	file, err := s.CheckIn.Mine(r.Context(), r.Actor)
	if fault.Is(err, fault.NotFound) {
		return page, nil
	}
	if err != nil {
		return nil, err
	}
	page.File = file
	if file.State == checkin.Proposed {
		page.Form = s.timeForm(file.DueAt, file.Grace, file.Days+1)
	}
	space := ""
	if file.SpaceID != nil {
		space = *file.SpaceID
	}
	page.Duty, err = s.Crisis.DutyAt(r.Context(), space, r.Actor, file.Deadline())
	return page, err
}

// checkIn is the member's own check-in, or the form for asking for one.
func (s *Server) checkIn(r *Request) error {
	page, err := s.checkInPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

// checkInAsk is a member asking to be looked for.
func (s *Server) checkInAsk(r *Request) error {
	wish, form := r.wish()
	return s.checkInDone(r, s.CheckIn.Ask(r.Context(), r.Actor, wish), form, "check_in.done_agreed")
}

// checkInAgree is the member's yes, at the time that stands in the form.
func (s *Server) checkInAgree(r *Request) error {
	wish, form := r.wish()
	return s.checkInDone(r, s.CheckIn.Agree(r.Context(), r.Actor, r.Field("id"), wish), form, "check_in.done_agreed")
}

// checkInDone leads back to the check-in. What changed meanwhile stands there.
func (s *Server) checkInDone(r *Request, err error, form view.Form, done string) error {
	switch {
	case err == nil:
		return r.RedirectWith(checkInPath, done)
	case fault.Is(err, fault.Conflict):
		return r.RedirectWith(checkInPath, "check_in.changed")
	case !fault.Is(err, fault.Invalid):
		return err
	}
	page, pageErr := s.checkInPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

// checkInAnswer is the one press. Whoever says that it is hard comes to the card, as from the button for help.
func (s *Server) checkInAnswer(r *Request) error {
	answer := checkin.Answer(r.Field("word"))
	err := s.CheckIn.Say(r.Context(), r.Actor, r.Field("id"), answer)
	switch {
	case fault.Is(err, fault.Invalid):
		return r.Redirect(checkInPath)
	case err == nil && answer == checkin.Hard:
		return r.Redirect("/care")
	}
	return s.checkInDone(r, err, view.Form{}, "check_in.done_here")
}

// checkInEnd is the member's no.
func (s *Server) checkInEnd(r *Request) error {
	return s.checkInDone(r, s.CheckIn.End(r.Context(), r.Actor, r.Field("id")), view.Form{}, "check_in.done_ended")
}

// checkInShow is a check-in before those on duty.
func (s *Server) checkInShow(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	file, err := s.CheckIn.Show(r.Context(), r.Actor, id)
	if err != nil {
		return err
	}
	base := r.Base("check_in.kind")
	base.Section = "mod"
	return r.Render(&view.CheckInFilePage{Base: base, File: *file, Now: r.now()})
}

// checkInWithdraw takes it back; the member is told.
func (s *Server) checkInWithdraw(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.CheckIn.Withdraw(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith("/mod/check-ins/"+id, "check_in.done_ended")
}

// newestCheckIn is the newest check-in with the person behind a door, nil without any.
func (s *Server) newestCheckIn(r *Request, door message.Door) (*checkin.CheckIn, error) {
	found, err := s.CheckIn.Newest(r.Context(), r.Actor, door)
	if fault.Is(err, fault.NotFound) {
		return nil, nil //nolint:nilnil // there has never been one, or only in spaces that are not theirs
	}
	return found, err
}

func (s *Server) proposePage(r *Request, door doorOf) (*view.CheckInProposePage, message.Door, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, message.Door{}, err
	}
	at, back := door(id)
	if _, err := s.Message.File(r.Context(), r.Actor, at); err != nil {
		return nil, at, err
	}
	base := r.Base("check_in.kind")
	base.Section = "mod"
	page := &view.CheckInProposePage{Base: base, Path: back + "/check-in", Back: back, Form: s.tomorrow(r.now())}
	page.Newest, err = s.newestCheckIn(r, at)
	return page, at, err
}

// checkInForm is where those on duty propose a time.
func (s *Server) checkInForm(door doorOf) Handler {
	return func(r *Request) error {
		page, _, err := s.proposePage(r, door)
		if err != nil {
			return err
		}
		if page.Kept, err = r.kept(&page.Form); err != nil {
			return err
		}
		return r.Render(page)
	}
}

// checkInPropose proposes a time to the person.
func (s *Server) checkInPropose(door doorOf) Handler {
	return func(r *Request) error {
		page, at, err := s.proposePage(r, door)
		if err != nil {
			return err
		}
		wish, form := r.wish()
		made, err := s.CheckIn.Propose(r.Context(), r.Actor, at, wish)
		switch {
		case err == nil:
			if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
				return err
			}
			return r.RedirectWith("/mod/check-ins/"+made, "check_in.done_proposed")
		case fault.Is(err, fault.Conflict):
			page.Form, page.Taken = form, true
			return r.RenderStatus(fiber.StatusConflict, page)
		}
		return r.Invalid(err, form, func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
}
