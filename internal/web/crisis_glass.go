package web

import (
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// caseContact opens one sealed field and shows it once.
func (s *Server) caseContact(r *Request) error {
	caseID, err := r.ID("id")
	if err != nil {
		return err
	}
	broken, err := s.Crisis.BreakGlass(r.Context(), r.Actor, caseID, crisis.Break{
		Field: crisis.GlassField(r.Field("contact_field")), Reason: r.Field("contact_reason"), Words: r.Field("contact_words"),
		Unsafe: r.Field("contact_unsafe"),
	})
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	page, pageErr := s.casePage(r)
	if pageErr != nil {
		return pageErr
	}
	if err != nil {
		return r.Invalid(err, r.Fields("contact_field", "contact_reason", "contact_words", "contact_unsafe"), func(f view.Form) view.Page {
			page.Form = f
			return page
		})
	}
	if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
		return err
	}
	page.Broken = broken
	return r.Render(page)
}

// reviews lists what a second person must look at.
func (s *Server) reviews(r *Request) error {
	openings, err := s.Crisis.Openings(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	reviews, err := s.Crisis.CaseReviews(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.ReviewsPage{
		Base: r.staffBase("reviews.kind"), Nav: r.deskNav("reviews"), Openings: openings, Reviews: reviews, Now: r.now(),
	})
}

func (s *Server) openingPage(r *Request) (*view.OpeningPage, error) {
	openingID, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	file, err := s.Crisis.OpeningFile(r.Context(), r.Actor, openingID)
	if err != nil {
		return nil, err
	}
	return &view.OpeningPage{
		Base: r.staffBase("reviews.kind"), Nav: r.deskNav("reviews"), Opening: *file, Verdicts: crisis.Verdicts, Now: r.now(),
	}, nil
}

// openingShow is one opening before the second person.
func (s *Server) openingShow(r *Request) error {
	page, err := s.openingPage(r)
	if err != nil {
		return err
	}
	page.Form = r.Fields("verdict", "glass_words")
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

// openingReview keeps what the second person says.
func (s *Server) openingReview(r *Request) error {
	openingID, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Crisis.ReviewOpening(r.Context(), r.Actor, openingID, crisis.Looked{
		Version: r.Number("version"), Verdict: r.Field("verdict"), Words: r.Field("glass_words"), Tell: r.Field("tell") == "1",
	})
	return s.secondLook(r, err, r.Fields("verdict", "glass_words"), func() (view.Page, *view.Form, error) {
		page, err := s.openingPage(r)
		if err != nil {
			return nil, nil, err
		}
		return page, &page.Form, nil
	})
}

func (s *Server) trustedPage(r *Request) *view.TrustedPage {
	return &view.TrustedPage{Base: r.mine("trusted.kind"), Young: r.Actor.Minor()}
}

// trustedShow is whom the person has left for an emergency, to themselves.
func (s *Server) trustedShow(r *Request) error {
	page := s.trustedPage(r)
	left, err := s.Crisis.TrustedPerson(r.Context(), r.Actor)
	switch {
	case err == nil:
		page.Given = true
		page.Form = view.Form{Values: map[string]string{
			"trusted_name": left.Name, "trusted_phone": left.Phone, "trusted_relation": left.Relation,
		}}
	case !fault.Is(err, fault.NotFound):
		return err
	}
	return r.Render(page)
}

func (s *Server) trustedKeep(r *Request) error {
	err := s.Crisis.Trust(r.Context(), r.Actor, crisis.TrustedPerson{
		Name: r.Field("trusted_name"), Phone: r.Field("trusted_phone"), Relation: r.Field("trusted_relation"),
	})
	if err != nil {
		return r.Invalid(err, r.Fields("trusted_name", "trusted_phone", "trusted_relation"), func(f view.Form) view.Page {
			page := s.trustedPage(r)
			page.Form = f
			return page
		})
	}
	return r.RedirectWith("/me", "trusted.kept")
}

func (s *Server) trustedRemove(r *Request) error {
	if err := s.Crisis.Distrust(r.Context(), r.Actor); err != nil {
		return err
	}
	return r.RedirectWith("/me", "trusted.removed")
}
