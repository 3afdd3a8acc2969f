package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/web/view"
)

// mustConfirm reports whether the person has to show who they are before the route answers: by their second factor, if
// they have one.
func (s *Server) mustConfirm(r *Request, a Access) (bool, error) {
	who := r.Identity
	switch {
	case a.capability != "":
		return who.Unproven() || a.needs == fresh && !r.Actor.Fresh(), nil
	case a.needs == 0:
		return false, nil
	case who.Rested, a.needs == fresh && !r.Actor.Confirmed():
		return true, nil
	case a.needs == fresh && r.Actor.Fresh(), a.needs == awake && !who.Unproven():
		return false, nil
	}
	have, err := s.Account.Factors(r.Context(), r.Actor)
	return have.Any(), err
}

// askToConfirm leads to the page that asks. What was typed into a form is kept, as when a session has expired.
func (s *Server) askToConfirm(r *Request) error {
	back := r.c.Path()
	if r.c.Method() != fiber.MethodGet {
		back = s.formPath(back)
		if r.hasText() {
			if err := s.Topic.KeepDraft(r.Context(), r.Actor.Account, r.c.Path(), r.All()); err != nil {
				s.Log.Error("draft not kept", "id", requestID(r.c), "err", err.Error())
			}
		}
	}
	return r.Redirect(confirmPath(back))
}

func confirmPath(next string) string { return "/me/confirm?next=" + url.QueryEscape(next) }

// confirmForm asks for what the person has: a second factor, or else the passphrase. Staff who have no second factor
// yet are led to setting one up.
func (s *Server) confirmForm(r *Request) error {
	page, err := s.confirmPage(r, nextPath(r.Query("next")))
	if err != nil {
		return err
	}
	if !page.Factors.Any() && r.Identity.Staff() && r.Actor.Confirmed() && !r.Identity.Rested {
		return r.Redirect("/me/factor")
	}
	return r.Render(page)
}

func (s *Server) confirmPage(r *Request, next string) (*view.ConfirmPage, error) {
	have, err := s.Account.Factors(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	page := &view.ConfirmPage{
		Base: r.mine("confirm.kind"), Name: r.Identity.Name, Next: next, Factors: have, Staff: r.Identity.Staff(),
		First: r.Identity.Unproven(),
	}
	if have.Passkeys > 0 {
		if page.Asked, err = s.Account.AskPasskey(r.Actor.Session); err != nil {
			return nil, err
		}
	}
	page.ByPassphrase = !have.Any()
	if s.ShowCodes && have.Authenticator {
		if page.PresentCode, err = s.Account.PresentCode(r.Context(), r.Actor); err != nil {
			return nil, err
		}
	}
	return page, nil
}

func (s *Server) confirm(r *Request) error {
	next := nextPath(r.Field("next"))
	page, err := s.confirmPage(r, next)
	if err != nil {
		return err
	}
	if page.ByPassphrase {
		err = s.Account.Confirm(r.Context(), r.Actor, r.Field("passphrase"))
	} else {
		err = s.Account.Prove(r.Context(), r.Actor, r.Field("code"))
	}
	if err != nil {
		return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	if page.ByPassphrase {
		if page.Staff {
			return r.Redirect("/me/factor")
		}
		return r.Redirect(next)
	}
	return s.proven(r, next, r.Actor.Account, page.First)
}

// proven leads on whoever has shown their second factor. With it they have arrived: they are called to what nobody
// answers, and who has just signed in sees that first. A call that fails keeps nobody out: the next is on its way.
func (s *Server) proven(r *Request, next, accountID string, first bool) error {
	waiting, err := s.Crisis.Arrived(r.Context(), accountID)
	if err != nil {
		s.Log.ErrorContext(r.Context(), "whoever arrived is not called", "id", requestID(r.c), "err", err.Error())
	}
	if waiting > 0 && first {
		return r.RedirectWith("/mod", "case.waits_for_you")
	}
	return r.Redirect(next)
}

// factors shows which second factors the person has, and how to set one up.
func (s *Server) factors(r *Request) error {
	have, err := s.Account.Factors(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.FactorPage{Base: r.mine("factor.kind"), Factors: have, Staff: r.Identity.Staff()})
}

func (s *Server) authenticatorForm(r *Request) error {
	enrolment, err := s.Account.BeginAuthenticator(r.Identity)
	if err != nil {
		return err
	}
	page, err := s.authenticatorPage(r, enrolment)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) authenticatorPage(r *Request, e account.Enrolment) (*view.AuthenticatorPage, error) {
	code, err := view.NewQR(e.URI)
	if err != nil {
		return nil, err
	}
	return &view.AuthenticatorPage{Base: r.mine("authenticator.kind"), Enrolment: e, QR: code}, nil
}

func (s *Server) addAuthenticator(r *Request) error {
	slip := r.Field("slip")
	err := s.Account.AddAuthenticator(r.Context(), r.Actor, slip, r.Field("code"))
	if err == nil {
		return r.RedirectWith("/me/factor", "authenticator.done")
	}
	enrolment, resumeErr := s.Account.ResumeAuthenticator(r.Identity, slip)
	if resumeErr != nil {
		return resumeErr
	}
	page, pageErr := s.authenticatorPage(r, enrolment)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) removeAuthenticator(r *Request) error {
	if err := s.Account.RemoveAuthenticator(r.Context(), r.Identity); err != nil {
		return err
	}
	return r.RedirectWith("/me/factor", "authenticator.removed")
}
