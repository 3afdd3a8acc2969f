package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func (s *Server) concernPage(r *Request) *view.ConcernPage {
	return &view.ConcernPage{Base: r.Base("concern.kind"), Abouts: crisis.Abouts, Key: crisis.NewReceipt()}
}

// concernForm is where a guest tells us about a worry, or reads the answer with a receipt.
func (s *Server) concernForm(r *Request) error { return r.Render(s.concernPage(r)) }

// concernSend keeps the worry and shows the receipt once; an urgent one also gets the card.
func (s *Server) concernSend(r *Request) error {
	form := r.Fields("about", "body")
	if err := s.posts.takeConcern(r); err != nil {
		return err
	}
	receipt, card, err := s.Crisis.RaiseConcern(r.Context(), crisis.NewConcern{
		Receipt: r.Field("key"), About: r.Field("about"), Body: r.Field("body"), Lang: string(r.Lang),
	})
	if err != nil {
		return r.Invalid(err, form, func(f view.Form) view.Page {
			page := s.concernPage(r)
			page.Form = f
			return page
		})
	}
	if card != nil {
		return r.Render(&view.CardPage{
			Base: r.Base("crisis.kind"), Card: *card, Status: "crisis.status_concern", Receipt: receipt,
		})
	}
	answer, err := s.Crisis.ReadAnswer(r.Context(), receipt)
	if err != nil {
		return err
	}
	return r.Render(&view.ReceiptPage{Base: r.Base("concern.kind"), Receipt: receipt, Duty: answer.Duty})
}

// concernAnswer shows where a concern stands to whoever has its receipt.
func (s *Server) concernAnswer(r *Request) error {
	answer, err := s.Crisis.ReadAnswer(r.Context(), r.Field("receipt"))
	if fault.Is(err, fault.NotFound) {
		page := s.concernPage(r)
		page.Receipt = r.Fields("receipt")
		page.Receipt.Faults = []fault.Field{{Name: "receipt", Key: "concern.receipt_unknown"}}
		return r.RenderStatus(fiber.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	return r.Render(&view.AnswerPage{Base: r.Base("concern.kind"), Answer: *answer})
}

// concernContact lets a guest leave a way to be found with an urgent concern.
func (s *Server) concernContact(r *Request) error {
	given, form := contactForm(r)
	receipt := r.Field("receipt")
	err := s.Crisis.GiveGuestContact(r.Context(), receipt, given)
	if err == nil {
		return r.RedirectWith("/concern", "crisis.contact_kept")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	card, cardErr := s.Crisis.GuestCard(r.Context(), receipt)
	if cardErr != nil {
		return cardErr
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		return &view.CardPage{Base: r.Base("crisis.kind"), Card: *card, Contact: f}
	})
}

func (s *Server) worryShow(r *Request) error { return s.worry(r, false, view.Form{}, nil) }

func (s *Server) worryOpen(r *Request) error { return s.worry(r, true, view.Form{}, nil) }

// worry shows a guest's concern to staff, its text only when it is being opened.
func (s *Server) worry(r *Request, opening bool, form view.Form, problem error) error {
	concernID, err := r.ID("id")
	if err != nil {
		return err
	}
	page := &view.WorryPage{Base: r.Base("worry.kind"), Opened: opening, Form: form, Now: r.now()}
	page.Section = "mod"
	if opening {
		w, err := s.Crisis.OpenConcern(r.Context(), r.Actor, concernID)
		if err != nil {
			return err
		}
		page.Worry = *w
	} else {
		c, err := s.Crisis.Concern(r.Context(), r.Actor, concernID)
		if err != nil {
			return err
		}
		page.Worry.Concern = *c
	}
	if problem == nil {
		page.Form = view.Form{Values: map[string]string{"answer": ""}}
		if page.Kept, err = r.keptFor("/mod/concerns/"+concernID+"/answer", &page.Form); err != nil {
			return err
		}
		return r.Render(page)
	}
	if fault.Is(problem, fault.Conflict) {
		page.Form.Faults = []fault.Field{{Name: "answer", Key: "worry.changed"}}
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(problem, form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) worryAnswer(r *Request) error {
	concernID, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Crisis.AnswerConcern(r.Context(), r.Actor, concernID, crisis.Reply{
		Version: r.Number("version"), Text: r.Field("answer"), Close: r.Field("close") != "",
	})
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		if r.Field("close") != "" {
			return r.RedirectWith("/mod", "worry.closed")
		}
		return r.RedirectWith("/mod", "worry.answered")
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		return s.worry(r, true, r.Fields("answer"), err)
	}
	return err
}
