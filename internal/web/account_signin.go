package web

import (
	"net/url"

	"samhold/internal/account"
	"samhold/internal/web/view"
)

func (s *Server) signInForm(r *Request) error {
	next := nextPath(r.Query("next"))
	if !r.Actor.Guest() {
		return r.Redirect(next)
	}
	asked, err := r.askPasskey()
	if err != nil {
		return err
	}
	return r.Render(&view.SignInPage{Base: r.Base("signin.kind"), Next: next, Kept: r.Query("kept") == "1", Asked: asked})
}

func (s *Server) signIn(r *Request) error {
	next := nextPath(r.Field("next"))
	entered, err := s.Account.SignIn(r.Context(), account.Attempt{
		Name: r.Field("name"), Passphrase: r.Field("passphrase"), Address: r.Address(), OwnDevice: r.Field("own") != "",
		Device: r.c.Cookies(s.cookies.device),
	})
	if err != nil {
		asked, askErr := r.askPasskey()
		if askErr != nil {
			return askErr
		}
		return r.Invalid(err, r.Fields("name", "own"), func(f view.Form) view.Page {
			return &view.SignInPage{Base: r.Base("signin.kind"), Form: f, Next: next, Kept: r.Field("kept") == "1", Asked: asked}
		})
	}
	if err := r.enterAs(entered); err != nil {
		return err
	}
	if entered.Staff {
		return r.Redirect(confirmPath(next))
	}
	return r.Redirect(next)
}

func (s *Server) signOut(r *Request) error {
	if r.token != "" {
		if err := s.Account.SignOut(r.Context(), r.token); err != nil {
			return err
		}
	}
	r.SignOut()
	s.cookies.expire(r.c, s.cookies.codes)
	return r.RedirectWith("/", "signin.signed_out")
}

func (s *Server) recoverForm(r *Request) error {
	return r.Render(&view.RecoverPage{Base: r.Base("recover.kind")})
}

func (s *Server) recoverAccess(r *Request) error {
	token, err := s.Account.Recover(r.Context(), account.Recovery{
		Name: r.Field("name"), Code: r.Field("code"), Passphrase: r.Field("passphrase"), Address: r.Address(),
	})
	if err != nil {
		return r.Invalid(err, r.Fields("name", "code"), func(f view.Form) view.Page {
			return &view.RecoverPage{Base: r.Base("recover.kind"), Form: f}
		})
	}
	if err := r.enter(token); err != nil {
		return err
	}
	return r.RedirectWith("/me/security", "recover.done")
}

// staffWelcome greets new staff; looking at it uses nothing up, because a mail program may look first.
func (s *Server) staffWelcome(r *Request) error {
	name, err := s.Account.LinkOwner(r.Context(), r.Param("token"))
	if err != nil {
		return err
	}
	return r.Render(&view.StaffWelcomePage{Base: r.Base("staff.kind"), Path: staffPath(r), Name: name})
}

func (s *Server) staffEnter(r *Request) error {
	joined, err := s.Account.UseLink(r.Context(), r.Param("token"), r.Field("passphrase"))
	if err != nil {
		return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
			return &view.StaffWelcomePage{Base: r.Base("staff.kind"), Form: f, Path: staffPath(r), Name: r.Field("name")}
		})
	}
	if err := r.enter(joined.Token); err != nil {
		return err
	}
	if err := r.showCodes(joined.AccountID, account.Codes{List: joined.Codes, First: true}); err != nil {
		return err
	}
	return r.Redirect("/me/codes")
}

func staffPath(r *Request) string { return "/welcome/" + url.PathEscape(r.Param("token")) }
