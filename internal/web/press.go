package web

import (
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// pressRoutes are the addresses of the button "Jeg har brug for hjælp nu".
func (s *Server) pressRoutes() []Route {
	return []Route{
		get("/now", member, s.pressForm),
		post("/now", member, s.press),
		post("/now/danger", member, s.pressSay),
	}
}

// pressForm is the button on a page of its own, to which the public help page leads. A press leads to the card.
func (s *Server) pressForm(r *Request) error {
	return r.Render(&view.PressPage{Base: r.Base("press.kind"), Emergency: s.Directory.Emergency()})
}

// press opens the case of whoever asks for help, and shows them the card: who can be called, who is there, and where to
// write.
func (s *Server) press(r *Request) error {
	here, err := s.Message.Here(r.Context(), r.Actor, r.Field("space"))
	if err != nil {
		return err
	}
	if err := s.Crisis.Press(r.Context(), r.Actor, crisis.Where{Space: here.ID, Membership: here.Membership}); err != nil {
		return err
	}
	return r.Redirect("/care")
}

// pressSay is what they say about it afterwards: whether there is danger now, or that it was a mistake.
func (s *Server) pressSay(r *Request) error {
	danger := crisis.Danger(r.Field("danger"))
	err := s.Crisis.Say(r.Context(), r.Actor, danger)
	switch {
	case fault.Is(err, fault.Invalid):
		return r.Redirect("/care")
	case err != nil:
		return err
	}
	return r.RedirectWith("/care", "press.said_"+string(danger))
}
