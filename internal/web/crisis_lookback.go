package web

import (
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

func (s *Server) lookbackPage(r *Request) (*view.LookbackPage, error) {
	reviewID, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	file, err := s.Crisis.CaseReview(r.Context(), r.Actor, reviewID)
	if err != nil {
		return nil, err
	}
	return &view.LookbackPage{
		Base: r.staffBase("reviews.kind"), Nav: r.deskNav("reviews"), Review: *file, Now: r.now(),
		Form: r.Fields("review_seen", "review_late", "review_changed"),
	}, nil
}

// lookbackShow is where a look back at a crisis is written, and read when it is.
func (s *Server) lookbackShow(r *Request) error {
	page, err := s.lookbackPage(r)
	if err != nil {
		return err
	}
	if page.Kept, err = r.kept(&page.Form); err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) lookbackWrite(r *Request) error {
	reviewID, err := r.ID("id")
	if err != nil {
		return err
	}
	err = s.Crisis.WriteReview(r.Context(), r.Actor, reviewID, crisis.Lookback{
		Seen: r.Field("review_seen"), Late: r.Field("review_late"), Changed: r.Field("review_changed"),
	})
	return s.secondLook(r, err, r.Fields("review_seen", "review_late", "review_changed"), func() (view.Page, *view.Form, error) {
		page, err := s.lookbackPage(r)
		if err != nil {
			return nil, nil, err
		}
		return page, &page.Form, nil
	})
}

// secondLook ends the writing of a look back or a review: kept, or its page once more with what was wrong.
func (s *Server) secondLook(r *Request, err error, form view.Form, again func() (view.Page, *view.Form, error)) error {
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/reviews", "reviews.saved")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	page, typed, pageErr := again()
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, form, func(f view.Form) view.Page {
		*typed = f
		return page
	})
}
