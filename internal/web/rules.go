package web

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/web/view"
)

// rules shows what triage looks for, and how it has done where the reader moderates.
func (s *Server) rules(r *Request) error {
	book, err := s.Crisis.Rulebook(r.Context(), r.Actor, string(r.Lang))
	if err != nil {
		return err
	}
	return r.Render(&view.RulesPage{Base: r.staffBase("rules.kind"), Nav: r.deskNav("rules"), Book: *book})
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
