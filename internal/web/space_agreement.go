package web

import "samhold/internal/web/view"

func (s *Server) spaceAgreement(r *Request) error {
	page, err := s.agreementPage(r)
	if err != nil {
		return err
	}
	return r.Render(page)
}

func (s *Server) agreementPage(r *Request) (*view.AgreementPage, error) {
	id, err := r.ID("id")
	if err != nil {
		return nil, err
	}
	about, err := s.Space.About(r.Context(), r.Actor, id)
	if err != nil {
		return nil, err
	}
	return &view.AgreementPage{Base: r.spaceBase("space.agreement_kind", about.Space.Colour), About: about}, nil
}

// spaceAccept notes that a member accepts the agreement in its newest version.
func (s *Server) spaceAccept(r *Request) error {
	page, err := s.agreementPage(r)
	if err != nil {
		return err
	}
	err = s.Space.Accept(r.Context(), r.Actor, page.Space.ID, r.Field("agreement"), r.Field("accept") != "")
	if err != nil {
		return r.Invalid(err, view.Form{}, func(f view.Form) view.Page { page.Form = f; return page })
	}
	return r.RedirectWith("/s/"+page.Space.ID, "space.accepted")
}
