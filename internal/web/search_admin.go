package web

import (
	"strconv"

	"samhold/internal/account"
	"samhold/internal/search"
	"samhold/internal/web/view"
)

// synonymsPath is the page on which staff tie words together and see how the index stands.
const synonymsPath = "/admin/search"

// synonymRoutes are the addresses of that page.
func (s *Server) synonymRoutes() []Route {
	return []Route{
		get(synonymsPath, staff(account.ManageJobs), s.synonyms),
		post(synonymsPath, staff(account.ManageJobs), s.synonymsSave),
		post(synonymsPath+"/:id/remove", staff(account.ManageJobs), s.synonymsRemove),
	}
}

// synonyms shows the groups, and one of them in the form when the address names it.
func (s *Server) synonyms(r *Request) error {
	page, err := s.synonymsPage(r)
	if err != nil {
		return err
	}
	for _, g := range page.Groups {
		if g.ID == r.Query("edit") {
			page.Form = view.Form{Values: map[string]string{"words": g.Words, "group": g.ID, "version": strconv.Itoa(g.Version)}}
		}
	}
	return r.Render(page)
}

func (s *Server) synonymsPage(r *Request) (*view.SynonymsPage, error) {
	groups, err := s.Search.Groups(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	state, err := s.Search.State(r.Context(), r.Actor)
	if err != nil {
		return nil, err
	}
	return &view.SynonymsPage{
		Base: r.staffBase("synonyms.kind"), Nav: r.deskNav("search"), Groups: groups, House: search.House(), State: *state,
		Form: r.Fields("words", "group", "version"),
	}, nil
}

// synonymsSave adds a group, or changes the one that the form was made for.
func (s *Server) synonymsSave(r *Request) error {
	var err error
	if group := r.Field("group"); group != "" {
		version, convErr := strconv.Atoi(r.Field("version"))
		if convErr != nil {
			version = 0 // no group's: what the form was made for is not known
		}
		err = s.Search.ChangeGroup(r.Context(), r.Actor, group, version, r.Field("words"))
	} else {
		err = s.Search.AddGroup(r.Context(), r.Actor, r.Field("words"))
	}
	if err == nil {
		return r.RedirectWith(synonymsPath, "synonyms.saved")
	}
	page, pageErr := s.synonymsPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}

func (s *Server) synonymsRemove(r *Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := s.Search.RemoveGroup(r.Context(), r.Actor, id); err != nil {
		return err
	}
	return r.RedirectWith(synonymsPath, "synonyms.removed")
}
