package web

import (
	"samhold/internal/account"
	"samhold/internal/web/view"
)

func (s *Server) security(r *Request) error {
	left, err := s.Account.CodesLeft(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	open, err := s.Account.Sessions(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	factors, err := s.Account.Factors(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.SecurityPage{
		Base: r.mine("security.kind"), Name: r.Identity.Name, BirthYear: r.Actor.BirthYear, CodesLeft: left, Sessions: len(open),
		Factors: factors, Staff: r.Identity.Staff(),
	})
}

func (s *Server) passphraseForm(r *Request) error {
	return r.Render(&view.PassphrasePage{Base: r.mine("passphrase.kind"), Name: r.Identity.Name})
}

func (s *Server) changePassphrase(r *Request) error {
	token, err := s.Account.ChangePassphrase(r.Context(), r.Actor, r.Field("passphrase"), r.Field("new_passphrase"))
	if err != nil {
		return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
			return &view.PassphrasePage{Base: r.mine("passphrase.kind"), Form: f, Name: r.Identity.Name}
		})
	}
	r.SignIn(token)
	return r.RedirectWith("/me/security", "passphrase.done")
}

// codes shows new recovery codes to the browser that made them, or offers to make new ones.
func (s *Server) codes(r *Request) error {
	if shown := s.Account.OpenCodes(r.Actor, r.c.Cookies(s.cookies.codes)); len(shown.List) > 0 {
		return r.Render(&view.CodesPage{
			Base: r.mine("codes.kind"), Name: r.Identity.Name, Codes: shown.List, First: shown.First,
		})
	}
	return s.codesForm(r)
}

func (s *Server) codesForm(r *Request) error {
	left, err := s.Account.CodesLeft(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.NewCodesPage{Base: r.mine("codes.kind"), Name: r.Identity.Name, Left: left})
}

func (s *Server) newCodes(r *Request) error {
	if r.Field("saved") != "" {
		s.cookies.expire(r.c, s.cookies.codes)
		switch {
		case r.Identity.Unproven():
			return r.Redirect("/me/factor")
		case r.Field("first") != "":
			return r.Redirect("/")
		}
		return r.Redirect("/me/security")
	}
	codes, err := s.Account.NewCodes(r.Context(), r.Actor, r.Field("codes_passphrase"))
	if err != nil {
		return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
			return &view.NewCodesPage{Base: r.mine("codes.kind"), Form: f, Name: r.Identity.Name, Left: -1}
		})
	}
	if err := r.showCodes(r.Actor.Account, account.Codes{List: codes}); err != nil {
		return err
	}
	return r.Redirect("/me/codes")
}

func (s *Server) sessions(r *Request) error {
	open, err := s.Account.Sessions(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.SessionsPage{Base: r.mine("sessions.kind"), Here: r.Actor.Session, Sessions: open, Now: r.now()})
}

func (s *Server) endSession(r *Request) error {
	if r.Field("all") != "" {
		if err := s.Account.SignOutEverywhere(r.Context(), r.Actor); err != nil {
			return err
		}
		r.SignOut()
		return r.RedirectWith("/", "signin.signed_out")
	}
	if err := s.Account.SignOutOther(r.Context(), r.Actor, r.Field("session")); err != nil {
		return err
	}
	return r.RedirectWith("/me/sessions", "sessions.ended")
}
