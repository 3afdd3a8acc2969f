package web

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/id"
	"samhold/internal/web/view"
)

// Handler answers one route. A returned error becomes a page in one place.
type Handler func(r *Request) error

// Request is what a handler sees of an HTTP request.
type Request struct {
	s        *Server
	c        *fiber.Ctx
	Actor    account.Actor
	Identity account.Identity // zero for a guest
	Lang     i18n.Lang
	token    string // the session cookie as sent, even if it has expired
	seed     string
}

const requestKey = "request"

// request is what handlers see of c; the error page takes who asked and their language from it.
func (s *Server) request(c *fiber.Ctx) *Request {
	if r, ok := c.Locals(requestKey).(*Request); ok {
		return r
	}
	r := &Request{s: s, c: c, Lang: s.langOf(c)}
	c.Locals(requestKey, r)
	return r
}

// Context carries the request's deadline.
func (r *Request) Context() context.Context { return r.c.UserContext() }

// ID returns the opaque id in the path parameter; what cannot be an id is not found.
func (r *Request) ID(name string) (string, error) {
	v := r.c.Params(name)
	if !id.Valid(v) {
		return "", fault.Missing()
	}
	return v, nil
}

// Param returns a path parameter as it stands.
func (r *Request) Param(name string) string { return r.c.Params(name) }

// Field returns a field of the form in the request's body, as typed. The address fills in no form: a link could put
// words into somebody's mouth, and what is typed does not belong in an address.
func (r *Request) Field(name string) string { return string(r.c.Request().PostArgs().Peek(name)) }

// Fields returns the named form fields as a form to show again.
func (r *Request) Fields(names ...string) view.Form {
	f := view.Form{Values: map[string]string{}}
	for _, n := range names {
		f.Values[n] = strings.ToValidUTF8(r.Field(n), "\uFFFD")
	}
	return f
}

// All returns every form field but the token and what is secret, for keeping what was typed.
func (r *Request) All() map[string]string {
	all := map[string]string{}
	r.c.Request().PostArgs().VisitAll(func(k, v []byte) {
		all[string(k)] = strings.ToValidUTF8(string(v), "\uFFFD")
	})
	delete(all, csrfField)
	for _, name := range secretFields {
		delete(all, name)
	}
	return all
}

// textFields are those that hold what a person would miss; a form without any of them is not worth keeping.
var textFields = []string{
	"title", "body", "q", "statement", "note", "answer", "contact_name", "contact_phone", "contact_address",
	"contact_words", "purpose", "contact_unsafe", "glass_words", "review_seen", "review_late", "review_changed",
	"steps", "first_message", "follow_up", "step_note",
	"emergency_told", "emergency_reference",
	"referral_municipality", "referral_child", "referral_said", "referral_told", "referral_writer", "referral_capacity",
	"referral_who", "referral_reference", "referral_why", "plan_why", "support_before", "support_helps", "support_agreed", "support_answers", "support_outside",
	"signs", "helps", "people", "places", "lines", "safe",
}

func (r *Request) hasText() bool {
	return slices.ContainsFunc(textFields, func(name string) bool { return r.Field(name) != "" })
}

// secretFields are never kept, not even sealed.
var secretFields = []string{"passphrase", "new_passphrase", "codes_passphrase", "code", "slip", "proof"}

// maxNumber is far above every number that a form of ours holds, and one more still fits into a database's column.
const maxNumber = 1_000_000_000

// Number returns a form field that holds a whole number from 0 to maxNumber, 0 if it does not.
func (r *Request) Number(name string) int {
	n, err := strconv.Atoi(r.Field(name))
	if err != nil || n < 0 || n > maxNumber {
		return 0
	}
	return n
}

// Query returns a parameter of the address.
func (r *Request) Query(name string) string { return r.c.Query(name) }

// Page returns the page number of the address, 1 if there is none.
func (r *Request) Page() (int, error) {
	q := r.c.Query("page")
	if q == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(q)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, fault.Missing()
	}
	return n, nil
}

// Base returns the frame of a page of the given kind, a translation key for its <title>.
func (r *Request) Base(kind string) view.Base {
	return view.Base{
		Lang: r.Lang, Kind: kind, Signed: !r.Actor.Guest(),
		OnDuty:  r.Identity.Can(account.Moderate) || r.Identity.Can(account.WorkCases),
		Admin:   r.Identity.Can(account.ManageJobs) || r.Identity.Can(account.ReadAudit),
		Notices: r.Identity.Notices,
		ExitURL: r.s.ExitURL.String(),
	}
}

// Render answers with a page.
func (r *Request) Render(page view.Page) error { return r.RenderStatus(fiber.StatusOK, page) }

// RenderStatus answers with a page and a status. It fills what the frame needs: token, notice, request id.
func (r *Request) RenderStatus(status int, page view.Page) error {
	b := view.BaseOf(page)
	b.CSRF = r.csrfToken()
	b.Flash = r.takeFlash()
	b.RequestID = requestID(r.c)
	r.c.Status(status)
	return r.c.Render(page.Template(), page)
}

// Redirect answers with 303, so that the browser asks for the page anew and a reload sends nothing twice.
func (r *Request) Redirect(path string) error { return r.c.Redirect(path, fiber.StatusSeeOther) }

// RedirectWith also lets the next page say what happened; key is a translation key.
func (r *Request) RedirectWith(path, key string) error {
	r.s.cookies.set(r.c, r.s.cookies.flash, strings.ReplaceAll(key, ".", "-"))
	return r.Redirect(path)
}

// Invalid turns a fault about a form into the form shown again with status 422: show is called with the form
// as typed and what was wrong. Any other error is returned as it is.
func (r *Request) Invalid(err error, form view.Form, show func(view.Form) view.Page) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	form.Faults = slices.Clone(f.Fields)
	if len(form.Faults) == 0 {
		form.Faults = []fault.Field{{Key: f.Key}}
	}
	return r.RenderStatus(fiber.StatusUnprocessableEntity, show(form))
}

// SignIn gives the browser a session.
func (r *Request) SignIn(token string) {
	r.s.cookies.set(r.c, r.s.cookies.session, token)
	r.token = token
}

// SignOut takes the session cookie away.
func (r *Request) SignOut() { r.s.cookies.expire(r.c, r.s.cookies.session) }

// Address is the client's address. It must only be handed to something that hashes it under a daily key.
func (r *Request) Address() string { return r.s.proxies.client(r.c) }

// fromElsewhere reports whether the browser says that another site sent this form.
func (r *Request) fromElsewhere() bool {
	site := r.c.Get("Sec-Fetch-Site")
	return site != "" && site != "same-origin" && site != "none"
}

func (r *Request) csrfToken() string {
	if r.seed == "" {
		r.seed = newSeed()
		r.s.cookies.set(r.c, r.s.cookies.seed, r.seed)
	}
	return r.s.csrf.token(r.seed, r.token)
}

func (r *Request) takeFlash() string {
	v := r.c.Cookies(r.s.cookies.flash)
	if v == "" {
		return ""
	}
	r.s.cookies.expire(r.c, r.s.cookies.flash)
	key := strings.ReplaceAll(v, "-", ".")
	if !r.s.catalog.Texts(r.Lang).Has(key) {
		return ""
	}
	return key
}
