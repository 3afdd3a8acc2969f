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
	if err == nil {
		if err := s.Topic.DropDraft(r.Context(), r.Actor, r.c.Path()); err != nil {
			return err
		}
		return r.RedirectWith("/mod/reviews", "reviews.saved")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	page, pageErr := s.lookbackPage(r)
	if pageErr != nil {
		return pageErr
	}
	return r.Invalid(err, page.Form, func(f view.Form) view.Page {
		page.Form = f
		return page
	})
}
