package web

import (
	"samhold/internal/account"
	"samhold/internal/web/view"
)

// accountRoutes are the addresses of the account pages.
func (s *Server) accountRoutes() []Route {
	return []Route{
		get("/join", anyone, s.joinAge),
		post("/join", anyone, s.giveAge),
		get("/join/consent", anyone, s.joinConsent),
		post("/join/consent", anyone, s.giveJoinConsent),
		get("/join/access", anyone, s.joinAccess),
		post("/join/access", anyone, s.join),
		get("/signin", anyone, s.signInForm),
		post("/signin", anyone, s.signIn),
		post("/signin/passkey", anyone, s.signInWithPasskey),
		post("/signout", anyone, s.signOut),
		get("/recover", anyone, s.recoverForm),
		post("/recover", anyone, s.recoverAccess),
		get("/welcome/:token", anyone, s.staffWelcome),
		post("/welcome/:token", anyone, s.staffEnter),
		get("/mod/access", staff(account.HelpSignIn), s.assist),
		post("/mod/access", staff(account.HelpSignIn).confirmed(), s.askAssist),
		post("/mod/access/:id/confirm", staff(account.HelpSignIn).confirmed(), s.confirmAssist),
		get("/privacy", anyone, s.privacy),
		get("/me", member, s.me),
		get("/me/notices", member, s.notices),
		get("/me/language", member, s.language),
		post("/me/language", member, s.chooseLanguage),
		get("/me/confirm", member, s.confirmForm),
		post("/me/confirm", member, s.confirm),
		post("/me/confirm/passkey", member, s.confirmWithPasskey),
		get("/me/security", member.sealed(), s.security),
		get("/me/passphrase", member.sealed(), s.passphraseForm),
		post("/me/passphrase", member.sealed(), s.changePassphrase),
		get("/me/codes", member.sealed(), s.codes),
		post("/me/codes", member.sealed(), s.newCodes),
		get("/me/sessions", member.sealed(), s.sessions),
		post("/me/sessions", member.sealed(), s.endSession),
		get("/me/factor", member.sealed(), s.factors),
		get("/me/passkeys", member.confirmed(), s.passkeys),
		post("/me/passkeys", member.confirmed(), s.addPasskey),
		post("/me/passkeys/:id/name", member.confirmed(), s.renamePasskey),
		post("/me/passkeys/:id/remove", member.confirmed(), s.removePasskey),
		get("/me/authenticator", member.confirmed(), s.authenticatorForm),
		post("/me/authenticator", member.confirmed(), s.addAuthenticator),
		post("/me/authenticator/remove", member.confirmed(), s.removeAuthenticator),
		get("/me/consent", member, s.consent),
		post("/me/consent", member, s.changeConsent),
		get("/me/pause", member, s.pauseForm),
		post("/me/pause", member, s.changePause),
		get("/me/export", member.confirmed(), s.copyForm),
		post("/me/export", member.confirmed(), s.copyMine),
		get("/me/erase", member.confirmed(), s.eraseForm),
		post("/me/erase", member.confirmed(), s.eraseAccount),
	}
}

// enter gives the browser a session in place of the one that it may have had.
func (r *Request) enter(token string) error {
	if r.token != "" {
		if err := r.s.Account.SignOut(r.Context(), r.token); err != nil {
			return err
		}
	}
	r.SignIn(token)
	return nil
}

// enterAs gives the browser the session of somebody who came in, for as long as they said.
func (r *Request) enterAs(e account.Entered) error {
	if err := r.enter(e.Token); err != nil || !e.Own {
		return err
	}
	r.s.cookies.keep(r.c, r.s.cookies.session, e.Token, account.OwnSession)
	r.s.cookies.keep(r.c, r.s.cookies.device, e.Device, account.KnownDevice)
	return nil
}

// showCodes lets this browser show new recovery codes for a while.
func (r *Request) showCodes(accountID string, codes account.Codes) error {
	sealed, err := r.s.Account.SealCodes(accountID, codes)
	if err != nil {
		return err
	}
	r.s.cookies.set(r.c, r.s.cookies.codes, sealed)
	return nil
}

// mine is the frame of a page under "Mig".
func (r *Request) mine(kind string) view.Base {
	base := r.Base(kind)
	base.Section = "me"
	return base
}
