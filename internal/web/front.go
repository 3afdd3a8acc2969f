package web

import (
	"bytes"
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/i18n"
	"samhold/internal/web/view"
)

// frontRoutes are the pages that everybody meets first.
func (s *Server) frontRoutes() []Route {
	return []Route{
		get("/", anyone, s.front),
		get("/help", open, s.help),
		get("/resources", anyone, s.resources),
		post("/exit", open, s.exit),
		post("/continue", open, s.uncover),
	}
}

// front is the welcome page for a guest and the home of a member.
func (s *Server) front(r *Request) error {
	if r.Actor.Guest() {
		return r.Render(&view.WelcomePage{Base: r.Base("welcome.kind")})
	}
	return s.home(r)
}

// calmPages are made at start, so that they answer when nothing else does.
type calmPages struct {
	help, cover, broken map[i18n.Lang][]byte
}

func (s *Server) prepareCalmPages() error {
	s.calm = calmPages{help: map[i18n.Lang][]byte{}, cover: map[i18n.Lang][]byte{}, broken: map[i18n.Lang][]byte{}}
	for _, lang := range i18n.Langs {
		base := view.Base{Lang: lang, ExitURL: s.ExitURL.String()}
		for _, p := range []struct {
			into   map[i18n.Lang][]byte
			kind   string
			layout string
			page   view.Page
		}{
			{s.calm.help, "help.kind", "", &view.HelpPage{Lines: s.Directory.Lines(), Now: s.Clock.Now()}},
			{s.calm.cover, "cover.kind", "bare", &view.CoverPage{}},
			{s.calm.broken, "error.kind", "", &view.ErrorPage{Status: fiber.StatusInternalServerError, Key: "error.internal"}},
		} {
			b := view.BaseOf(p.page)
			*b = base
			b.Kind, b.Layout = p.kind, p.layout
			var buf bytes.Buffer
			if err := s.engine.Render(&buf, p.page.Template(), p.page); err != nil {
				return err
			}
			p.into[lang] = buf.Bytes()
		}
	}
	return nil
}

// help is made of what is in memory, and asks nobody. If it cannot be made, the one from the start is still there.
func (s *Server) help(r *Request) error {
	page := &view.HelpPage{Lines: s.Directory.Lines(), Now: s.Clock.Now()}
	page.Base = view.Base{Lang: r.Lang, ExitURL: s.ExitURL.String(), Kind: "help.kind"}
	var buf bytes.Buffer
	if err := s.engine.Render(&buf, page.Template(), page); err != nil {
		s.Log.Error("help not made anew", "id", requestID(r.c), "err", err.Error())
		return sendPage(r.c, s.calm.help[r.Lang])
	}
	return sendPage(r.c, buf.Bytes())
}

// resources is every help line, by what somebody needs.
func (s *Server) resources(r *Request) error {
	return r.Render(&view.ResourcesPage{Base: r.Base("resource.kind"), Lines: s.Directory.Lines(), Now: r.now()})
}

// exitWaits is how long somebody who wants away at once waits for a database that is slow: without their cookie they
// are signed out of this browser in any case.
const exitWaits = time.Second

// exit ends the session, covers every page of this browser and leaves for the neutral site. It takes no token:
// it must work from a page that has stood open for days, and from /help, which has none.
func (s *Server) exit(r *Request) error {
	if r.fromElsewhere() {
		return fiber.ErrForbidden
	}
	if token := r.c.Cookies(s.cookies.session); token != "" {
		ctx, cancel := context.WithTimeout(r.Context(), exitWaits)
		defer cancel()
		if err := s.Account.SignOut(ctx, token); err != nil {
			s.Log.Error("session not ended", "id", requestID(r.c), "err", err.Error())
		}
	}
	for _, name := range []string{
		s.cookies.session, s.cookies.seed, s.cookies.flash, s.cookies.joining, s.cookies.codes, s.cookies.device,
	} {
		s.cookies.expire(r.c, name)
	}
	s.cookies.set(r.c, s.cookies.cover, "1")
	return r.Redirect(s.ExitURL.String())
}

// uncover takes the cover away again.
func (s *Server) uncover(r *Request) error {
	if r.fromElsewhere() {
		return fiber.ErrForbidden
	}
	s.cookies.expire(r.c, s.cookies.cover)
	return r.Redirect("/")
}

// cover shows the neutral page instead of any other while the cover cookie is set.
func (s *Server) cover(c *fiber.Ctx) error {
	if c.Cookies(s.cookies.cover) == "" || c.Path() == "/continue" || c.Path() == "/exit" {
		return c.Next()
	}
	return sendPage(c, s.calm.cover[s.langOf(c)])
}

func sendPage(c *fiber.Ctx, body []byte) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(body)
}

// healthz says that the process answers, and to "samhold doctor" also how its request looks from here.
func (s *Server) healthz(c *fiber.Ctx) error {
	s.answerProbe(c)
	return c.SendString("ok\n")
}

// readyz says that the database answers and has this binary's schema.
func (s *Server) readyz(c *fiber.Ctx) error {
	if err := s.Ready(c.UserContext()); err != nil {
		s.Log.Warn("not ready", "err", err.Error())
		return c.Status(fiber.StatusServiceUnavailable).SendString("not ready\n")
	}
	return c.SendString("ready\n")
}

// now is the moment of the request, for pages that count time.
func (r *Request) now() time.Time { return r.Actor.At }
