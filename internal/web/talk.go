package web

import (
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/message"
	"samhold/internal/playbook"
	"samhold/internal/web/view"
)

// talkRoutes are the addresses of the conversation between a member and those on duty.
func (s *Server) talkRoutes() []Route {
	duty := staff(account.WorkCases)
	routes := []Route{
		get("/talk", member, s.talk),
		post("/talk", member, s.talkSend),
		get("/mod/threads/:id", duty, s.threadShow),
	}
	thread := func(path string, door doorOf) {
		routes = append(routes,
			post(path, duty, s.threadAnswer(door)),
			post(path+"/open", duty, s.threadOpen(door)),
			post(path+"/settle", duty, s.threadSettle(door)),
		)
	}
	thread("/mod/cases/:id/thread", caseDoor)
	thread("/mod/threads/:id", threadDoor)
	return routes
}

func (s *Server) talkPage(r *Request, space string) (*view.TalkPage, error) {
	talk, err := s.Message.Mine(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	for _, p := range talk.Places {
		if p.ID == space {
			talk.Space = space
		}
	}
	page := &view.TalkPage{Base: r.mine("talk.kind"), Talk: *talk, Now: r.now()}
	page.Duty, err = s.Crisis.Duty(r.Context(), talk.Space, r.Actor.Account)
	return page, err
}

// talk is the member's conversation with those on duty, and where they write to them. The address may name the space
// from which they came.
func (s *Server) talk(r *Request) error {
	page, err := s.talkPage(r, r.Query("space"))
	if err != nil {
		return err
	}
	page.Form = view.Form{Values: map[string]string{"body": "", "space": page.Talk.Space, "key": message.NewKey()}}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// talkSend sends a message. Urgent words are answered with the card in the same response.
func (s *Server) talkSend(r *Request) error {
	sent, err := s.Message.Send(r.Context(), r.Actor, message.Text{
		Key: r.Field("key"), Space: r.Field("space"), Body: r.Field("body"), Lang: string(r.Lang),
	})
	if err != nil {
		if !fault.Is(err, fault.Invalid) {
			return err
		}
		page, pageErr := s.talkPage(r, r.Field("space"))
		if pageErr != nil {
			return pageErr
		}
		return r.Invalid(err, r.Fields("body", "space", "key"), func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
		return err
	}
	if sent.Again {
		// Of a button pressed twice the browser shows the second answer: the card must be there too.
		if sent.Verdict.Urgent, err = s.Crisis.Caused(r.Context(), r.Actor, sent.ID); err != nil {
			return err
		}
	}
	if !sent.Verdict.Urgent {
		return r.RedirectWith("/talk", "talk.sent")
	}
	card, err := s.Crisis.OwnCard(r.Context(), r.Actor, sent.SpaceKind)
	if err != nil {
		return err
	}
	return r.Render(&view.CardPage{Base: r.Base("crisis.kind"), Card: *card, Status: "talk.status", Back: "/talk"})
}

// doorOf says how an address leads to a conversation, and where its page is.
type doorOf func(id string) (door message.Door, page string)

func caseDoor(id string) (message.Door, string) { return message.Door{Case: id}, "/mod/cases/" + id }

func threadDoor(id string) (message.Door, string) {
	return message.Door{Thread: id}, "/mod/threads/" + id
}

// threadShow is a conversation without its texts. Where there is a case, it stands on the case's page.
func (s *Server) threadShow(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	file, err := s.Message.File(r.Context(), r.Actor, message.Door{Thread: id})
	if err != nil {
		return err
	}
	if file.Case != "" {
		return r.Redirect("/mod/cases/" + file.Case)
	}
	page := s.threadPage(r, file, id)
	if page.Kept, err = r.kept(&page.Thread.Form); err != nil {
		return err
	}
	page.Thread.Kept = page.Kept
	return r.Render(page)
}

func (s *Server) threadPage(r *Request, file *message.File, threadID string) *view.ThreadPage {
	base := r.Base("talk.kind")
	base.Section, base.Wide = "mod", true
	return &view.ThreadPage{Base: base, Thread: threadView(file, "/mod/threads/"+threadID)}
}

func threadView(file *message.File, path string) *view.Thread {
	thread := &view.Thread{
		File: *file, Path: path, Form: view.Form{Values: map[string]string{"body": "", "key": message.NewKey(), "template": ""}},
	}
	if strings.HasPrefix(path, "/mod/cases/") {
		thread.Templates = playbook.Templates
	}
	return thread
}

// begin puts the beginning of a message that staff asked for into the form, below what they have typed.
func (s *Server) begin(r *Request, at message.Door, form *view.Form) error {
	name := r.Field("begin")
	if at.Case == "" || !slices.Contains(playbook.Templates, name) {
		return nil
	}
	list, err := s.Playbook.Checklist(r.Context(), r.Actor, at.Case, string(r.Lang))
	if err != nil {
		return err
	}
	form.Values["template"] = name
	form.Values["body"] = strings.TrimSpace(r.Fields("body").Value("body") + "\n\n" + list.Template(name))
	return nil
}

// ready refuses an answer that is a template still, or that began as one and bears no name.
func ready(r *Request) error {
	signed := ""
	if r.Field("template") != "" {
		signed = r.Identity.StaffName
	}
	return playbook.Ready(r.Field("body"), signed)
}

// caseThread adds the conversation to the page of a case; a guest has none.
func (s *Server) caseThread(r *Request, page *view.CasePage) error {
	if page.File.AccountID == nil {
		return nil
	}
	file, err := s.Message.File(r.Context(), r.Actor, message.Door{Case: page.File.ID})
	if err != nil {
		return err
	}
	page.Thread = threadView(file, "/mod/cases/"+page.File.ID+"/thread")
	return nil
}

// renderThread shows the page on which the conversation stands.
func (s *Server) renderThread(r *Request, status int, door message.Door, thread *view.Thread) error {
	if door.Case == "" {
		page := s.threadPage(r, &thread.File, door.Thread)
		page.Thread = thread
		return r.RenderStatus(status, page)
	}
	page, err := s.casePage(r)
	if err != nil {
		return err
	}
	page.Thread = thread
	return r.RenderStatus(status, page)
}

// threadOpen shows the conversation once; opening is audited.
func (s *Server) threadOpen(door doorOf) Handler {
	return func(r *Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		at, path := door(id)
		file, err := s.Message.Open(r.Context(), r.Actor, at)
		if err != nil {
			return err
		}
		thread := threadView(file, threadPath(at, path))
		if _, err := r.keptFor(thread.Path, &thread.Form); err != nil {
			return err
		}
		if err := s.begin(r, at, &thread.Form); err != nil {
			return err
		}
		return s.renderThread(r, fiber.StatusOK, at, thread)
	}
}

func threadPath(at message.Door, page string) string {
	if at.Case != "" {
		return page + "/thread"
	}
	return page
}

// threadAnswer sends what somebody on duty writes. What could not be sent stands in the form again.
func (s *Server) threadAnswer(door doorOf) Handler {
	return func(r *Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		at, path := door(id)
		if err = ready(r); err == nil {
			err = s.Message.Answer(r.Context(), r.Actor, at, message.Text{Key: r.Field("key"), Body: r.Field("body"), Lang: string(r.Lang)})
		}
		if err == nil {
			if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
				return err
			}
			return r.RedirectWith(path, "talk.answered")
		}
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
			return err
		}
		file, fileErr := s.Message.File(r.Context(), r.Actor, at)
		if fileErr != nil {
			return fileErr
		}
		thread := threadView(file, threadPath(at, path))
		thread.Form, thread.Kept = r.Fields("body", "key", "template"), true
		wrong, _ := errors.AsType[*fault.Error](err)
		if thread.Form.Faults = wrong.Fields; wrong.Kind == fault.Invalid {
			return s.renderThread(r, fiber.StatusUnprocessableEntity, at, thread)
		}
		thread.Form.Faults = []fault.Field{{Name: "body", Key: wrong.Key}}
		return s.renderThread(r, fiber.StatusConflict, at, thread)
	}
}

// threadSettle says that what waits needs no answer.
func (s *Server) threadSettle(door doorOf) Handler {
	return func(r *Request) error {
		id, err := r.ID("id")
		if err != nil {
			return err
		}
		at, path := door(id)
		if err := s.Message.Settle(r.Context(), r.Actor, at); err != nil {
			return err
		}
		return r.RedirectWith(path, "talk.settled")
	}
}
