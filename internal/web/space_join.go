package web

import (
	"regexp"

	"samhold/internal/fault"
	"samhold/internal/space"
	"samhold/internal/web/view"
)

// suggestions is how many aliases the form offers.
const suggestions = 4

func (s *Server) spaceJoinForm(r *Request) error {
	page, err := s.joinPage(r)
	if err != nil {
		return err
	}
	if page.Hindrance == space.HinderedInside {
		return r.Redirect("/s/" + page.Space.ID)
	}
	return r.Render(page)
}

func (s *Server) joinPage(r *Request) (*view.JoinPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	about, err := s.Space.About(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	if h := about.Hindrance; h != "" && h != space.HinderedInvitation && h != space.HinderedInside {
		return nil, fault.New(fault.Forbidden, "space.hindered_"+string(h))
	}
	names, err := s.Space.Suggest(r.Context(), r.Actor, id, suggestions)
	if err != nil {
		return nil, err
	}
	return &view.JoinPage{
		Base: r.spaceBase("space.join_kind", about.Space.Colour), About: about, Suggestions: names,
	}, nil
}

// spaceJoin makes the person a member. A chosen suggestion counts when the field is left empty.
func (s *Server) spaceJoin(r *Request) error {
	page, err := s.joinPage(r)
	if err != nil {
		return err
	}
	form := r.Fields("alias", "code")
	alias := r.Field("alias")
	if alias == "" {
		alias = r.Field("suggestion")
		form.Values["alias"] = alias
	}
	err = s.Space.Join(r.Context(), r.Actor, page.Space.ID, space.Entry{
		Alias: alias, SameAlias: r.Field("same") != "" && r.Field("same") == alias,
		Accepts: r.Field("accept") != "", Agreement: r.Field("agreement"), Code: r.Field("code"),
	})
	if err != nil {
		form.Values["accept"] = r.Field("accept")
		return r.Invalid(err, form, func(f view.Form) view.Page { page.Form = f; return page })
	}
	return r.RedirectWith("/s/"+page.Space.ID, "space.joined")
}

// invitationCode is what a code of ours looks like; anything else in an address fills in no form.
var invitationCode = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// spaceInvited is the link of an invitation: the form for entering, with the code in it.
func (s *Server) spaceInvited(r *Request) error {
	page, err := s.joinPage(r)
	if err != nil {
		return err
	}
	if page.Hindrance == space.HinderedInside {
		return r.Redirect("/s/" + page.Space.ID)
	}
	if code := r.Param("code"); invitationCode.MatchString(code) {
		page.Form = view.Form{Values: map[string]string{"code": code}}
	}
	return r.Render(page)
}
