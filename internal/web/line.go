package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/account"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

const linesPath = "/mod/resources"

// lineRoutes are where staff keep the help lines true.
func (s *Server) lineRoutes() []Route {
	editor := staff(account.EditLines)
	return []Route{
		get(linesPath, editor, s.linesDesk),
		get(linesPath+"/new", editor, s.lineNew),
		post(linesPath, editor, s.linePropose),
		get(linesPath+"/:id", editor, s.lineShow),
		post(linesPath+"/:id", editor, s.linePropose),
		post(linesPath+"/:id/agree", editor, s.lineAgree),
		post(linesPath+"/:id/withdraw", editor, s.lineWithdraw),
	}
}

// linesDesk is every line with how it stands.
func (s *Server) linesDesk(r *Request) error {
	sheets, err := s.Directory.Sheets(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.LinesPage{Base: r.staffBase("lines.kind"), Nav: r.deskNav("lines"), Sheets: sheets, Now: r.now()})
}

func (s *Server) lineNew(r *Request) error {
	page := s.linePage(r)
	page.Form = view.Form{Values: map[string]string{"need": "local", "expires_on": r.now().AddDate(0, 6, 0).Format(time.DateOnly)}}
	if _, err := r.keptFor(linesPath, &page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) linePage(r *Request) *view.LinePage {
	return &view.LinePage{
		Base: r.staffBase("lines.one_kind"), Nav: r.deskNav("lines"), Needs: directory.Needs, Concerns: directory.Categories,
		Audiences: directory.Audiences, Ways: directory.Ways, Now: r.now(),
	}
}

// lineOf is the page of one line, with the form as the line or what is proposed for it says.
func (s *Server) lineOf(r *Request) (*view.LinePage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	page := s.linePage(r)
	if page.Sheet, err = s.Directory.Sheet(r.Context(), r.Actor, id); err != nil {
		return nil, err
	}
	facts := page.Sheet.Facts
	if p := page.Sheet.Proposal; p != nil {
		facts = *p
		page.Proposed = directory.Line{Facts: facts, Key: page.Sheet.Key}
	}
	page.Form = lineForm(facts)
	page.Form.Values["expires_on"] = r.now().AddDate(0, 6, 0).Format(time.DateOnly)
	return page, nil
}

// lineForm is the form as the facts fill it.
func lineForm(f directory.Facts) view.Form {
	values := map[string]string{
		"name": f.Name, "purpose": f.Purpose, "purpose_en": f.PurposeEN, "need": f.Need, "place": f.Place, "source": f.Source,
	}
	for _, c := range f.Ways() {
		way := string(c.Way)
		values[way], values[way+"_hours"] = c.Address, c.Hours.String()
		if c.None {
			values[way+"_none"] = "1"
		}
	}
	for _, c := range f.Categories {
		values["for_"+c] = "1"
	}
	for _, a := range f.Audiences {
		values["to_"+a] = "1"
	}
	if f.Retired {
		values["retired"] = "1"
	}
	return view.Form{Values: values}
}

// draft is what was typed into the form.
func (r *Request) draft() directory.Draft {
	d := directory.Draft{HoursTyped: map[directory.Way]string{}, ExpiresOn: strings.TrimSpace(r.Field("expires_on"))}
	d.Name, d.Purpose, d.PurposeEN = r.Field("name"), r.Field("purpose"), r.Field("purpose_en")
	d.Need, d.Place, d.Source, d.Retired = r.Field("need"), r.Field("place"), r.Field("source"), r.Field("retired") != ""
	for _, way := range directory.Ways {
		name := string(way)
		d.HoursTyped[way] = r.Field(name + "_hours")
		d.Channels = append(d.Channels, directory.Channel{Way: way, Address: r.Field(name), None: r.Field(name+"_none") != ""})
	}
	d.Categories = slices.DeleteFunc(slices.Clone(directory.Categories), func(c string) bool { return r.Field("for_"+c) == "" })
	d.Audiences = slices.DeleteFunc(slices.Clone(directory.Audiences), func(a string) bool { return r.Field("to_"+a) == "" })
	return d
}

func (s *Server) lineShow(r *Request) error {
	page, err := s.lineOf(r)
	if err != nil {
		return err
	}
	if _, err := r.keptFor(r.c.Path(), &page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// linePropose keeps what somebody found out; nobody sees it before a second person has agreed.
func (s *Server) linePropose(r *Request) error {
	page, err := s.linePage(r), error(nil)
	lineID := r.Param("id")
	if lineID != "" {
		if page, err = s.lineOf(r); err != nil {
			return err
		}
	}
	form := view.Form{Values: r.All()}
	lineID, err = s.Directory.Propose(r.Context(), r.Actor, lineID, r.Number("version"), r.draft())
	switch {
	case err == nil:
		return r.RedirectWith(linesPath+"/"+lineID, "lines.proposed")
	case fault.Is(err, fault.Conflict):
		page.Form, page.Changed = form, true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

// lineAgree is the second look.
func (s *Server) lineAgree(r *Request) error {
	return s.lineSettle(r, "lines.agreed", s.Directory.Agree)
}

func (s *Server) lineWithdraw(r *Request) error {
	return s.lineSettle(r, "lines.withdrawn", s.Directory.Withdraw)
}

func (s *Server) lineSettle(r *Request, done string, settle func(context.Context, account.Actor, string, int) error) error {
	page, err := s.lineOf(r)
	if err != nil {
		return err
	}
	err = settle(r.Context(), r.Actor, page.Sheet.Entry.ID, r.Number("version"))
	if fault.Is(err, fault.Conflict) {
		page.Changed = true
		return r.RenderStatus(fiber.StatusConflict, page)
	}
	if err != nil {
		return err
	}
	return r.RedirectWith(page.Path(), done)
}
