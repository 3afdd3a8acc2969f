package web

import (
	"samhold/internal/account"
	"samhold/internal/web/view"
)

func (s *Server) signInWithPasskey(r *Request) error {
	next := nextPath(r.Field("next"))
	entered, err := s.Account.SignInWithPasskey(r.Context(), r.seed, r.Field("slip"), r.Field("proof"), r.Address())
	if err != nil {
		asked, askErr := r.askPasskey()
		if askErr != nil {
			return askErr
		}
		return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
			return &view.SignInPage{Base: r.Base("signin.kind"), Form: f, Next: next, Asked: asked}
		})
	}
	if err := r.enterAs(entered); err != nil {
		return err
	}
	return s.proven(r, next, entered.AccountID, true)
}

// askPasskey asks this browser for a passkey.
func (r *Request) askPasskey() (account.Asked, error) {
	r.csrfToken() // makes the browser's seed if it has none
	return r.s.Account.AskPasskey(r.seed)
}

func (s *Server) confirmWithPasskey(r *Request) error {
	next := nextPath(r.Field("next"))
	err := s.Account.ProveWithPasskey(r.Context(), r.Actor, r.Field("slip"), r.Field("proof"))
	if err == nil {
		return s.proven(r, next, r.Actor.Account, r.Identity.Unproven())
	}
	page, pageErr := s.confirmPage(r, next)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, view.Form{}, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) passkeys(r *Request) error {
	page, err := s.passkeyPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) passkeyPage(r *Request) (*view.PasskeyPage, error) {
	have, err := s.Account.Passkeys(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	asked, err := s.Account.OfferPasskey(r.Context(), r.Identity)
	if err != nil {
		return nil, err
	}
	return &view.PasskeyPage{Base: r.mine("passkey.kind"), Passkeys: have, Asked: asked, Form: view.Form{Values: map[string]string{}}}, nil
}

func (s *Server) addPasskey(r *Request) error {
	err := s.Account.AddPasskey(r.Context(), r.Identity, r.Field("slip"), r.Field("proof"), r.Field("passkey_name"))
	if err == nil {
		return r.RedirectWith("/me/passkeys", "passkey.done")
	}
	page, pageErr := s.passkeyPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, r.Fields("passkey_name"), func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) renamePasskey(r *Request) error {
	err := s.Account.RenamePasskey(r.Context(), r.Actor, r.Param("id"), r.Field("new_name"))
	if err == nil {
		return r.RedirectWith("/me/passkeys", "passkey.renamed")
	}
	page, pageErr := s.passkeyPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, r.Fields("new_name"), func(f view.Form) view.Page {
		page.Form, page.Renaming = f, r.Param("id")
		return page
	})
}

func (s *Server) removePasskey(r *Request) error {
	if err := s.Account.RemovePasskey(r.Context(), r.Identity, r.Param("id")); err != nil {
		return err
	}
	return r.RedirectWith("/me/passkeys", "passkey.removed")
}
