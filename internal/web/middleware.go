package web

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"

	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/id"
)

const requestIDKey = "request_id"

func requestID(c *fiber.Ctx) string {
	v, _ := c.Locals(requestIDKey).(string)
	return v
}

// guard is the outermost layer: it names the request, gives it a deadline, turns a panic into an error, logs
// the outcome without address, query or person, and compresses.
func (s *Server) guard(c *fiber.Ctx) error {
	started := s.Clock.Now()
	c.Locals(requestIDKey, id.New())
	ctx, cancel := context.WithTimeout(s.Context, deadline)
	defer cancel()
	c.SetUserContext(ctx)
	err := s.squeeze(c)
	if err != nil {
		if failed := s.fail(c, err); failed != nil {
			return failed
		}
	}
	route, status, took := c.Route().Path, c.Response().StatusCode(), s.Clock.Now().Sub(started)
	if s.Observe != nil {
		s.Observe(c.Method()+" "+route, status, took)
	}
	s.Log.Info("request", "id", requestID(c), "method", c.Method(), "route", route, "status", status,
		"ms", float64(took.Microseconds())/1000)
	return nil
}

var squeezed = compress.New(compress.Config{
	Next:  func(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), "/static/") },
	Level: compress.LevelBestSpeed,
})

// squeeze runs the rest with compression and without panics.
func (s *Server) squeeze(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("panic", "id", requestID(c), "route", c.Route().Path, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	return squeezed(c)
}

// headers sets what every answer carries. A page may not be framed, load anything from elsewhere or run
// anything inline; form-action names the neutral site because "Forlad siden" ends there.
func (s *Server) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'self'; script-src 'self'; "+
		"img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; "+
		"form-action 'self' "+origin(s.ExitURL))
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	// CSRF behind TLS and the expired-session rescue need the Referer on our own site; others get none.
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=(), browsing-topics=()")
	c.Set("X-Robots-Tag", "noindex, nofollow")
	if s.BaseURL.Scheme == "https" {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age=63072000; includeSubDomains")
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
}

func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// limitBody refuses what could be far larger than it looks, and forms of other kinds than ours.
func (s *Server) limitBody(c *fiber.Ctx) error {
	if len(c.Request().Header.ContentEncoding()) > 0 {
		return fiber.ErrUnsupportedMediaType
	}
	if c.Method() != fiber.MethodPost || len(c.Request().Body()) == 0 {
		return c.Next()
	}
	kind, _, _ := strings.Cut(string(c.Request().Header.ContentType()), ";")
	if strings.TrimSpace(strings.ToLower(kind)) != fiber.MIMEApplicationForm {
		return fiber.ErrUnsupportedMediaType
	}
	return c.Next()
}

// langOf is the account's language if known, then the browser's, then Danish. See identify for the account.
func (s *Server) langOf(c *fiber.Ctx) i18n.Lang {
	c.Vary(fiber.HeaderAcceptLanguage)
	if header := c.Get(fiber.HeaderAcceptLanguage); header != "" {
		return i18n.Negotiate(header)
	}
	return s.Locale
}

// identify finds out who asks. A session that does not hold makes a guest, not an error. A page that refreshes itself
// says so (see Base.Refresh) and does not keep the session alive.
func (s *Server) identify(r *Request) error {
	r.seed = r.c.Cookies(s.cookies.seed)
	r.token = r.c.Cookies(s.cookies.session)
	r.Actor.At = s.Clock.Now()
	if r.token == "" {
		return nil
	}
	who := s.Account.Identify
	if r.c.Method() != fiber.MethodPost && r.Query("refresh") != "" {
		who = s.Account.Glance
	}
	identity, err := who(r.Context(), r.token)
	if fault.Is(err, fault.Unauthenticated) {
		return nil
	}
	if err != nil {
		return err
	}
	r.Identity, r.Actor = identity, identity.Actor
	if lang, ok := i18n.ParseLang(identity.Locale); ok {
		r.Lang = lang
	}
	return nil
}

// checkForm refuses forms that were not made by a page of ours for this browser, and text that a database
// could not keep.
func (s *Server) checkForm(r *Request) error {
	if r.fromElsewhere() {
		return fault.New(fault.Forbidden, "fault.forged")
	}
	if !s.csrf.valid(r.Field(csrfField), r.seed, r.token) {
		return fault.New(fault.Forbidden, "fault.forged")
	}
	return nil
}

// askToSignIn sends a guest to the sign-in page. A form that was sent with an expired session is kept, sealed,
// for an hour and for the same account only.
func (s *Server) askToSignIn(r *Request) error {
	back := r.c.Path()
	if r.c.Method() == fiber.MethodPost {
		back = s.formPath(back)
		if !r.hasText() {
			return r.Redirect("/signin?next=" + url.QueryEscape(back))
		}
		if owner, err := s.Account.ExpiredOwner(r.Context(), r.token); err == nil {
			if err := s.Topic.KeepDraft(r.Context(), owner, r.c.Path(), r.All()); err != nil {
				s.Log.Error("draft not kept", "id", requestID(r.c), "err", err.Error())
			} else {
				return r.Redirect("/signin?kept=1&next=" + url.QueryEscape(back))
			}
		}
	}
	return r.Redirect("/signin?next=" + url.QueryEscape(back))
}

// formPath is the page that shows the form which posts to path: the longest beginning of it that answers GET.
func (s *Server) formPath(path string) string {
	routes := s.Routes()
	for ; path != ""; path = path[:strings.LastIndexByte(path, '/')] {
		if slices.ContainsFunc(routes, func(r Route) bool {
			return r.Method == fiber.MethodGet && fiber.RoutePatternMatch(path, r.Path)
		}) {
			return path
		}
	}
	return "/"
}

// nextPath returns a path of our own to go to after signing in, "/" if next is anything else. What it returns goes
// into a header as it is, so it is the decoded path that must be ours: "/%2Fevil.test" is another host.
func nextPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !ours.MatchString(u.Path) {
		return "/"
	}
	return u.Path
}

// ours matches what the paths of our routes are made of.
var ours = regexp.MustCompile(`^/([A-Za-z0-9][A-Za-z0-9/_-]*)?$`)
