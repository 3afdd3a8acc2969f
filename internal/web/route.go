package web

import (
	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// Access says who may ask for a route at all. What they then see is decided in the services.
type Access struct {
	open       bool // no cookie is read or set
	guests     bool
	capability account.Capability
	needs      need
}

// need is how sure a route must be that the account's owner is at the keyboard.
type need int

const (
	awake need = iota + 1 // nobody has been away for long, or they have shown since who they are
	fresh                 // they have shown within the last minutes who they are; staff, their second factor
)

var (
	// open routes read and set no cookie and are the same for everyone.
	open = Access{open: true, guests: true}
	// anyone includes guests.
	anyone = Access{guests: true}
	// member wants a signed-in account.
	member = Access{}
)

// staff wants a signed-in account that has the capability somewhere; for others the route does not exist.
func staff(c account.Capability) Access { return Access{capability: c} }

// sealed also wants that whoever is there has not been away for long: the page shows or changes how one comes in.
func (a Access) sealed() Access {
	a.needs = awake
	return a
}

// confirmed also wants that they have shown a few minutes ago who they are.
func (a Access) confirmed() Access {
	a.needs = fresh
	return a
}

// String names the access for the tests that print the routes.
func (a Access) String() string {
	switch {
	case a.open:
		return "open"
	case a.guests:
		return "anyone"
	case a.capability != "":
		return "staff:" + string(a.capability)
	}
	return "member"
}

// Route is one address and who may ask for it. When the session has expired by the time that a form arrives, its text
// is kept for an hour, and the person is led to formPath, which brings the text back.
type Route struct {
	Method string
	Path   string
	Access Access
	Handle Handler
}

func get(path string, access Access, h Handler) Route {
	return Route{Method: fiber.MethodGet, Path: path, Access: access, Handle: h}
}

func post(path string, access Access, h Handler) Route {
	return Route{Method: fiber.MethodPost, Path: path, Access: access, Handle: h}
}

// Routes lists every address of the application. The leak matrix has a row for each.
func (s *Server) Routes() []Route {
	var all []Route
	for _, part := range [][]Route{
		s.frontRoutes(), s.accountRoutes(), s.callRoutes(), s.spaceRoutes(), s.topicRoutes(), s.searchRoutes(),
		s.crisisRoutes(), s.talkRoutes(), s.checkInRoutes(), s.pressRoutes(), s.playbookRoutes(), s.moderationRoutes(), s.adminRoutes(), s.timesRoutes(), s.rotaRoutes(), s.handoverRoutes(),
		s.synonymRoutes(), s.lineRoutes(), s.planRoutes(), s.supportRoutes(), s.figureRoutes(), s.referralRoutes(), s.careRoutes(), s.boardRoutes(),
	} {
		all = append(all, part...)
	}
	return all
}

// install puts the middleware and every route on the application.
func (s *Server) install() {
	s.app.Use(s.guard, s.headers, s.limitBody)
	s.app.Get("/static/:version/*", s.assets.serve)
	s.app.Get("/call-worker.js", s.callWorker)
	s.app.Get("/healthz", s.healthz)
	s.app.Get("/readyz", s.readyz)
	s.app.Use(s.cover)
	for _, route := range s.Routes() {
		s.app.Add(route.Method, route.Path, s.handler(route))
		if route.Method == fiber.MethodGet {
			s.app.Add(fiber.MethodHead, route.Path, s.handler(route)) // the server leaves the body out
		}
	}
	s.app.Use(s.nowhere)
}

// nowhere is where a request goes that no route takes. It finds out who asks, so that the page speaks their language.
func (s *Server) nowhere(c *fiber.Ctx) error {
	missing := c.Next() // nothing follows: not found, or another method
	if err := s.identify(s.request(c)); err != nil {
		return err
	}
	return missing
}

// handler checks access and the form's token, then lets the route's handler answer.
func (s *Server) handler(route Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := s.request(c)
		if route.Access.open {
			return route.Handle(r)
		}
		if err := s.identify(r); err != nil {
			return err
		}
		if route.Method != fiber.MethodGet {
			if err := s.posts.take(r); err != nil {
				return err
			}
			if err := s.checkForm(r); err != nil {
				return err
			}
		}
		if r.Actor.Guest() && !route.Access.guests {
			return s.askToSignIn(r)
		}
		if c := route.Access.capability; c != "" && !r.Identity.Can(c) {
			return fault.Missing()
		}
		ask, err := s.mustConfirm(r, route.Access)
		switch {
		case err != nil:
			return err
		case ask:
			return s.askToConfirm(r)
		}
		return route.Handle(r)
	}
}
