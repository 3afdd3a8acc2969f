package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/call"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func (s *Server) callRoutes() []Route {
	works := staff(account.WorkCases)
	return []Route{
		get("/me/calls", works, s.calls),
		post("/me/calls/address", works.confirmed(), s.setCallAddress),
		post("/me/calls/browser", works.confirmed(), s.addCallBrowser),
		post("/me/calls/try", works, s.tryCalls),
		post("/me/calls/first", works, s.firstCall),
		post("/me/calls/:id/code", works, s.confirmCall),
		post("/me/calls/:id/remove", works, s.removeCall),
	}
}

func (s *Server) calls(r *Request) error {
	page, err := s.callsPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) callsPage(r *Request) (*view.CallsPage, error) {
	mine, err := s.Call.Mine(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	return &view.CallsPage{
		Base: r.mine("calls.kind"), Ways: mine, Kinds: s.Call.Kinds(), PushKey: s.Call.PushKey(), Form: view.Form{Values: map[string]string{}},
		From: s.SMTPFrom,
	}, nil
}

// called answers a form of the page: on, or with what was wrong.
func (s *Server) called(r *Request, err error, done string, fields ...string) error {
	if err == nil {
		return r.RedirectWith("/me/calls", done)
	}
	page, pageErr := s.callsPage(r)
	if pageErr != nil {
		return errors.Join(err, pageErr)
	}
	if fault.Is(err, fault.Conflict) {
		err = fault.New(fault.Invalid, fault.KeyOf(err))
	}
	return r.Invalid(err, r.Fields(fields...), func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) setCallAddress(r *Request) error {
	kind := call.Kind(r.Field("kind"))
	return s.called(r, s.Call.SetAddress(r.Context(), r.Actor, kind, r.Field("address")), "calls.code_sent", "kind", "address")
}

func (s *Server) addCallBrowser(r *Request) error {
	b := call.Browser{Endpoint: r.Field("endpoint"), P256dh: r.Field("p256dh"), Auth: r.Field("auth")}
	return s.called(r, s.Call.AddBrowser(r.Context(), r.Actor, b), "calls.added")
}

func (s *Server) confirmCall(r *Request) error {
	return s.called(r, s.Call.Confirm(r.Context(), r.Actor, r.Param("id"), r.Field("code")), "calls.added")
}

func (s *Server) removeCall(r *Request) error {
	return s.called(r, s.Call.Remove(r.Context(), r.Actor, r.Param("id")), "calls.removed")
}

func (s *Server) firstCall(r *Request) error {
	return s.called(r, s.Call.First(r.Context(), r.Actor, call.Kind(r.Field("kind"))), "calls.ordered")
}

func (s *Server) tryCalls(r *Request) error {
	return s.called(r, s.Call.Try(r.Context(), r.Actor), "calls.tried")
}

// callWorker is what a browser runs when a call comes while no page is open. Its address stays the same from version to
// version, because browsers look there whether it has changed.
func (s *Server) callWorker(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Send(s.assets.files["js/call-worker.js"].plain)
}
