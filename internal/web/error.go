package web

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/web/view"
)

var statuses = map[fault.Kind]int{
	fault.Invalid:         fiber.StatusUnprocessableEntity,
	fault.NotFound:        fiber.StatusNotFound,
	fault.Forbidden:       fiber.StatusForbidden,
	fault.Conflict:        fiber.StatusConflict,
	fault.Unauthenticated: fiber.StatusUnauthorized,
	fault.RateLimited:     fiber.StatusTooManyRequests,
	fault.Unavailable:     fiber.StatusServiceUnavailable,
	fault.Internal:        fiber.StatusInternalServerError,
}

// fail turns any error into a page: the one place that does. What is not a fault is logged and shown as a calm
// page with a request id and nothing else.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	status, key, wait := s.explain(err)
	if status >= fiber.StatusInternalServerError && status != fiber.StatusServiceUnavailable {
		s.Log.Error("request failed", "id", requestID(c), "route", c.Route().Path, "err", err.Error())
	}
	if status == fiber.StatusServiceUnavailable {
		s.Log.Warn("request not answered", "id", requestID(c), "route", c.Route().Path, "err", err.Error())
	}
	if status == fiber.StatusTooManyRequests {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(max(wait, time.Second)/time.Second)))
	}
	s.setHeaders(c) // what the server refuses by itself has not passed the middleware
	r := s.request(c)
	page := &view.ErrorPage{Base: r.Base("error.kind"), Status: status, Key: key, Wait: wait}
	page.RequestID = requestID(c)
	// What was typed comes back with the page, so that nothing is lost.
	if c.Method() == fiber.MethodPost && status != fiber.StatusRequestEntityTooLarge {
		page.Typed = typed(r.All())
	}
	c.Status(status)
	if err := c.Render(page.Template(), page); err != nil {
		s.Log.Error("error page failed", "id", requestID(c), "err", err.Error())
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return c.Status(fiber.StatusInternalServerError).Send(s.calm.broken[r.Lang])
	}
	return nil
}

// explain gives the status and the translation key of an error, and how long to wait if it is for that.
func (s *Server) explain(err error) (status int, key string, wait time.Duration) {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return statuses[f.Kind], f.Key, f.Wait
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) { // it took too long, or the process ends
		return fiber.StatusServiceUnavailable, "error.slow", 0
	}
	if f, ok := errors.AsType[*fiber.Error](err); ok {
		switch {
		case f.Code == fiber.StatusNotFound || f.Code == fiber.StatusMethodNotAllowed:
			return f.Code, "fault.not_found", 0
		case f.Code == fiber.StatusRequestEntityTooLarge:
			return f.Code, "error.too_large", 0
		case f.Code >= 400 && f.Code < 500:
			return f.Code, "error.bad_request", 0
		}
	}
	return fiber.StatusInternalServerError, "error.internal", 0
}

// typed picks the texts of a form that a person would miss; never a passphrase, a code or a contact.
func typed(all map[string]string) []view.Typed {
	var kept []view.Typed
	for _, name := range []string{"title", "body", "statement", "note", "answer"} {
		if v := all[name]; v != "" {
			kept = append(kept, view.Typed{Name: name, Text: v})
		}
	}
	return kept
}
