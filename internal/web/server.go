// Package web is what a browser talks to: routes, middleware, forms and handlers. A handler parses its form,
// calls one service and renders or redirects. It must never query the database, decide who may see what, or
// let *fiber.Ctx out of this package.
package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/call"
	"samhold/internal/care"
	"samhold/internal/checkin"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/figure"
	"samhold/internal/i18n"
	"samhold/internal/limit"
	"samhold/internal/message"
	"samhold/internal/moderation"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/privacy"
	"samhold/internal/rota"
	"samhold/internal/safeguarding"
	"samhold/internal/search"
	"samhold/internal/space"
	"samhold/internal/support"
	"samhold/internal/topic"
	"samhold/internal/web/view"
	"samhold/templates"
)

// Services are the areas that the pages show. All are needed.
type Services struct {
	Account    *account.Service
	Space      *space.Service
	Topic      *topic.Service
	Search     *search.Service
	Crisis     *crisis.Service
	Playbook   *playbook.Service
	Message    *message.Service
	CheckIn    *checkin.Service
	Moderation *moderation.Service
	Admin      *admin.Service
	Rota       *rota.Service
	Privacy    *privacy.Service
	Directory  *directory.Service
	Call       *call.Service
	Plan       *plan.Service
	Support    *support.Service
	Figure     *figure.Service
	Guarding   *safeguarding.Service
	Care       *care.Service
}

// Options are what the server must know about where it runs.
type Options struct {
	BaseURL        *url.URL // links are built from it; https makes cookies Secure
	SMTPFrom       string   // whom mails come from, empty where there are none
	ExitURL        *url.URL // the neutral site behind "Forlad siden"
	TrustedProxies []string // addresses whose X-Forwarded-For is believed; none by default
	Locale         i18n.Lang
	CSRFKey        [32]byte
	Clock          clock.Clock
	Log            *slog.Logger
	ProbeKey       [32]byte                        // whoever has it may ask how a request looks from here; see Probe
	MaxPosts       int                             // forms a minute from one account or address; 0 for the usual
	Posts          *limit.Limiter                  // counts forms for all processes together; nil where there is one
	Context        context.Context                 // every request's context stands on it; nil is the background
	Ready          func(ctx context.Context) error // the database answers and its schema is this binary's
	Observe        func(route string, status int, took time.Duration)
	ShowCodes      bool // the page that asks for a second factor shows the present code: the demo only
}

// Server is the web application.
type Server struct {
	Services
	Options
	app     *fiber.App
	engine  *view.Engine
	catalog *i18n.Catalog
	assets  *assets
	cookies cookies
	csrf    csrf
	posts   posts
	proxies proxies
	calm    calmPages
}

// limits of what a request may carry.
const (
	maxBody    = 256 << 10
	maxHeaders = 16 << 10
	deadline   = 10 * time.Second
)

// New builds the server; it reads every template and fails if one is wrong.
func New(services Services, options Options) (*Server, error) {
	if options.Context == nil {
		options.Context = context.Background()
	}
	catalog, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	files, err := staticAssets()
	if err != nil {
		return nil, err
	}
	s := &Server{
		Services: services, Options: options,
		catalog: catalog, assets: files,
		engine:  view.NewEngine(templates.Files, catalog, files, options.Clock),
		cookies: newCookies(options.BaseURL.Scheme == "https"),
		csrf:    csrf{key: options.CSRFKey},
		posts:   newPosts(options.Clock, options.MaxPosts, options.Posts),
		proxies: newProxies(options.TrustedProxies),
	}
	s.app = fiber.New(fiber.Config{
		AppName:                      "Samhold",
		BodyLimit:                    maxBody,
		CaseSensitive:                true,
		DisablePreParseMultipartForm: true,
		DisableStartupMessage:        true,
		EnableTrustedProxyCheck:      true,
		TrustedProxies:               options.TrustedProxies,
		ErrorHandler:                 s.fail,
		IdleTimeout:                  time.Minute,
		Immutable:                    true,
		ReadBufferSize:               maxHeaders,
		ReadTimeout:                  30 * time.Second,
		WriteTimeout:                 30 * time.Second,
		Views:                        s.engine,
	})
	if err := s.engine.Load(); err != nil {
		return nil, fmt.Errorf("load pages: %w", err)
	}
	if err := s.prepareCalmPages(); err != nil {
		return nil, fmt.Errorf("prepare pages: %w", err)
	}
	s.install()
	s.tameMethods()
	return s, nil
}

// tameMethods gives a method that Fiber does not know to the routes as one that none of them takes. Fiber would answer
// it by itself, without our headers, our cover or our page.
func (s *Server) tameMethods() {
	server := s.app.Server()
	handle := server.Handler
	server.Handler = func(c *fasthttp.RequestCtx) {
		if !slices.Contains(fiber.DefaultMethods, string(c.Method())) {
			c.Request.Header.SetMethod(fiber.MethodTrace)
		}
		handle(c)
	}
}

// App returns the application, for listening and for tests.
func (s *Server) App() *fiber.App { return s.app }
