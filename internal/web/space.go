package web

import (
	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// spaceRoutes are the addresses of the space pages.
func (s *Server) spaceRoutes() []Route {
	return []Route{
		get("/spaces", member, s.spaceList),
		get("/s/:id", anyone, s.spaceShow),
		get("/s/:id/about", anyone, s.spaceAbout),
		get("/s/:id/agreement", member, s.spaceAgreement),
		post("/s/:id/agreement", member, s.spaceAccept),
		get("/s/:id/join", member, s.spaceJoinForm),
		post("/s/:id/join", member, s.spaceJoin),
		get("/s/:id/join/:code", member, s.spaceInvited),
		get("/mod/spaces/:id", staff(account.LeadSpace), s.leadDesk),
		post("/mod/spaces/:id/agreement", staff(account.LeadSpace), s.leadAmend),
		post("/mod/spaces/:id/invite", staff(account.LeadSpace), s.leadInvite),
		post("/mod/spaces/:id/revoke", staff(account.LeadSpace), s.leadRevoke),
		get("/s/:id/leave", member, s.spaceLeaveForm),
		post("/s/:id/leave", member, s.spaceLeave),
	}
}

// spaceBase is the frame of a page in a space.
func (r *Request) spaceBase(kind, colour string) view.Base {
	b := r.Base(kind)
	b.Section, b.Accent = "spaces", colour
	return b
}

// orSignIn asks a guest to sign in where a signed-in person reads that there is nothing: it is the same for what
// exists and what does not.
func (r *Request) orSignIn(err error) error {
	if r.Actor.Guest() && fault.Is(err, fault.NotFound) {
		return r.s.askToSignIn(r)
	}
	return err
}
