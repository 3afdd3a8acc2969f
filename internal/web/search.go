package web

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"samhold/internal/fault"
	"samhold/internal/search"
	"samhold/internal/web/view"
)

// searchPath is the address of the form. What is searched for never stands in an address.
const searchPath = "/search"

// searchRoutes are the addresses of the search pages.
func (s *Server) searchRoutes() []Route {
	return []Route{
		get(searchPath, member, s.searchForm),
		post(searchPath, member, s.search),
		get(searchPath+"/:id", member, s.searchResult),
	}
}

// searchFields are the fields of the form.
var searchFields = []string{"q", "space", "alias", "from", "to"}

// searchForm shows the form, with what was typed before a session ran out.
func (s *Server) searchForm(r *Request) error {
	typed, err := s.Topic.TakeDraft(r.Context(), r.Actor, searchPath)
	if err != nil {
		return err
	}
	page, err := s.searchPage(r, view.Form{Values: typed})
	if err != nil {
		return err
	}
	return r.Render(page)
}

// search makes a private result and leads to it.
func (s *Server) search(r *Request) error {
	form := r.Fields(searchFields...)
	id, err := s.Search.Search(r.Context(), r.Actor, searchOf(form))
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, searchPath); err != nil {
			return err
		}
		return r.Redirect(searchPath + "/" + id)
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid && f.Kind != fault.Unavailable {
		return err
	}
	page, pageErr := s.searchPage(r, form)
	if pageErr != nil {
		return errors.Join(pageErr, err)
	}
	if f.Kind == fault.Unavailable {
		s.Log.Warn("search is down", "id", requestID(r.c), "err", err.Error())
		page.Down = true
		return r.RenderStatus(fiber.StatusServiceUnavailable, page)
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) searchPage(r *Request, form view.Form) (*view.SearchPage, error) {
	spaces, err := s.Search.Spaces(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	page := &view.SearchPage{Base: r.Base("search.kind"), Form: form, Spaces: spaces}
	page.Section = "search"
	return page, nil
}

// searchResult shows a page of the reader's own result.
func (s *Server) searchResult(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	number, err := r.Page()
	if err != nil {
		return err
	}
	result, err := s.Search.Result(r.Context(), r.Actor, id, number)
	if err != nil {
		return err
	}
	form, err := s.searchPage(r, searchValues(result.Form))
	if err != nil {
		return err
	}
	return r.Render(&view.SearchResultPage{
		SearchPage: *form, Result: result,
		Pager: view.Pager{Path: searchPath + "/" + id, Page: result.Page, Pages: result.Pages},
	})
}

// searchOf is the form as package search takes it, searchValues the way back.
func searchOf(f view.Form) search.Form {
	return search.Form{
		Text: f.Value("q"), Space: f.Value("space"), Alias: f.Value("alias"), From: f.Value("from"), To: f.Value("to"),
	}
}

func searchValues(f search.Form) view.Form {
	return view.Form{Values: map[string]string{"q": f.Text, "space": f.Space, "alias": f.Alias, "from": f.From, "to": f.To}}
}
