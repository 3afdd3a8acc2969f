package web

import (
	"bytes"
	"strings"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// rules shows what triage looks for, and how it has done where the reader moderates.
func (s *Server) rules(r *Request) error {
	book, err := s.Crisis.Rulebook(r.Context(), r.Actor, string(r.Lang))
	if err != nil {
		return err
	}
	page := &view.RulesPage{Base: r.staffBase("rules.kind"), Nav: r.deskNav("rules"), Book: *book}
	if page.Raises, err = s.Crisis.RaiseCounts(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.Render(page)
}

const raisesPath = "/mod/rules/again"

// raises shows what the rules would raise since they changed.
func (s *Server) raises(r *Request) error {
	found, err := s.Crisis.Raises(r.Context(), r.Actor, string(r.Lang))
	if err != nil {
		return err
	}
	return r.Render(&view.RaisesPage{Base: r.staffBase("raises.kind"), Nav: r.deskNav("rules"), Raises: *found, Now: r.now()})
}

// decideRaises raises the posts that were shown, or leaves one of them at its level.
func (s *Server) decideRaises(r *Request) error {
	decide, done := s.Crisis.LeaveOut, "raises.left"
	if r.Field("decision") == "raise" {
		decide, done = s.Crisis.ConfirmRaises, "raises.raised"
	}
	n, err := decide(r.Context(), r.Actor, r.Field("reassessment"), strings.Fields(r.Field("posts")))
	switch {
	case fault.Is(err, fault.Conflict):
		return r.RedirectWith(raisesPath, "raises.stale")
	case err != nil:
		return err
	case n == 0:
		return r.RedirectWith(raisesPath, "raises.gone")
	}
	return r.RedirectWith(raisesPath, done)
}

// corrections answers with what moderators made of the levels, one JSON object a line, without texts or ids.
func (s *Server) corrections(r *Request) error {
	var file bytes.Buffer
	if err := s.Crisis.Corrections(r.Context(), r.Actor, &file); err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "application/jsonl; charset=utf-8")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="corrections.jsonl"`)
	return r.c.Send(file.Bytes())
}
