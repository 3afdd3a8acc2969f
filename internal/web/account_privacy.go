package web

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/privacy"
	"samhold/internal/web/view"
)

// privacy says what we keep. The clocks of the team and of the machine are in the register, not here.
func (s *Server) privacy(r *Request) error {
	clocks := slices.DeleteFunc(slices.Clone(privacy.Clocks), func(c privacy.Clock) bool { return !c.Members })
	return r.Render(&view.PrivacyPage{Base: r.Base("privacy.kind"), Clocks: clocks})
}

// withdrawn reports whether the actor is paused because they took their consent back.
func (s *Server) withdrawn(r *Request) (bool, error) {
	if !r.Actor.Paused {
		return false, nil
	}
	return s.Account.Withdrawn(r.Context(), r.Actor)
}

func (s *Server) pauseForm(r *Request) error {
	withdrawn, err := s.withdrawn(r)
	if err != nil {
		return err
	}
	return r.Render(&view.PausePage{Base: r.mine("pause.kind"), Paused: r.Actor.Paused, Withdrawn: withdrawn})
}

func (s *Server) changePause(r *Request) error {
	switch r.Field("change") {
	case "begin":
		if err := s.Account.Pause(r.Context(), r.Actor); err != nil {
			return err
		}
		return r.RedirectWith("/me", "pause.begun")
	case "end":
		if err := s.Account.Resume(r.Context(), r.Actor); err != nil {
			return err
		}
		return r.RedirectWith("/me", "pause.ended")
	}
	return r.Redirect("/me/pause")
}

func (s *Server) copyForm(r *Request) error {
	return r.Render(&view.CopyPage{Base: r.mine("copy.kind")})
}

// copyMine answers with the copy itself. Its name says nothing: it stays on the phone.
func (s *Server) copyMine(r *Request) error {
	var file bytes.Buffer
	if err := s.Privacy.Export(r.Context(), r.Actor, s.catalog.Texts(r.Lang), &file); err != nil {
		return err
	}
	r.c.Set(fiber.HeaderContentType, "application/zip")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="data.zip"`)
	return r.c.Send(file.Bytes())
}

func (r *Request) erasePage(f view.Form) view.Page {
	return &view.ErasePage{
		Base: r.mine("erase.kind"), Form: f, Paused: r.Actor.Paused,
		Case: privacy.ClockOf(privacy.ClockCase).Lasts, LogLasts: privacy.ClockOf(privacy.ClockLog).Lasts,
	}
}

func (s *Server) eraseForm(r *Request) error { return r.Render(r.erasePage(view.Form{})) }

func (s *Server) eraseAccount(r *Request) error {
	err := s.Privacy.Erase(r.Context(), r.Actor, privacy.Choice(r.Field("choice")))
	if err != nil {
		return r.Invalid(err, r.Fields("choice"), r.erasePage)
	}
	r.SignOut()
	s.cookies.expire(r.c, s.cookies.codes)
	return r.RedirectWith("/", "erase.done")
}
