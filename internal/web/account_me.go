package web

import (
	"samhold/internal/account"
	"samhold/internal/care"
	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/message"
	"samhold/internal/moderation"
	"samhold/internal/privacy"
	"samhold/internal/rota"
	"samhold/internal/safeguarding"
	"samhold/internal/support"
	"samhold/internal/web/view"
)

func (s *Server) me(r *Request) error {
	withdrawn, err := s.withdrawn(r)
	if err != nil {
		return err
	}
	openings, err := s.Account.Openings(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	supported, err := s.Support.Has(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	return r.Render(&view.MePage{
		Base: r.mine("me.kind"), Name: r.Identity.Name, StaffName: r.Identity.StaffName, Paused: r.Actor.Paused,
		Withdrawn: withdrawn, Openings: openings, Calls: r.Identity.Can(account.WorkCases), Support: supported,
	})
}

// noticePaths say where a notice of each kind leads: the path, followed by what the notice is about, or nowhere when
// that is empty. A kind that is not here is shown with a general text. The text is notice.KIND.
var noticePaths = map[string]string{
	account.NoticeRecovered: "/me/security", account.NoticeCodeUsed: "/me/security", account.NoticePasskeyCopied: "/me/passkeys", privacy.NoticeDormant: "",
	account.NoticeAssistAsked: "/me/passphrase", account.NoticeAssisted: "/me/security",
	directory.NoticeStale: "/mod/resources/",
	crisis.NoticeCase:     "/mod/cases/", crisis.NoticeLetGo: "/mod/cases/", crisis.NoticeAnyway: "/mod/cases/", care.NoticeAsked: "/mod/care", crisis.NoticeHandOver: "/mod/handover",
	safeguarding.NoticeReferral: "/mod/cases/",
	support.NoticeOffered:       supportPath, support.NoticeWaits: "/mod/cases/",
	crisis.NoticeOpened: "/me", crisis.NoticeHandled: "",

	rota.NoticeOffered: "/mod/rota", rota.NoticeAccepted: "/mod/rota", rota.NoticeVacant: "/mod/rota",
	message.NoticeWaits: "/mod/threads/", message.NoticeAnswer: "/talk",
	checkin.NoticeProposed: checkInPath, checkin.NoticeDue: checkInPath, checkin.NoticeEnded: checkInPath, checkin.NoticeHeard: "/mod/check-ins/", checkin.NoticeLeft: "",

	moderation.NoticeReleased: "/me/decisions/", moderation.NoticeHeld: "/me/decisions/",
	moderation.NoticeRemoved: "/me/decisions/", moderation.NoticeRestored: "/me/decisions/",
	moderation.NoticeActed: "", moderation.NoticeDismissed: "",
	moderation.NoticeWorry: "/mod/queue/reports/",
}

// NoticeKinds lists the kinds of notice that have a text and a place, for the test that compares them.
func NoticeKinds() []string {
	var kinds []string
	for kind := range noticePaths {
		kinds = append(kinds, kind)
	}
	return kinds
}

func (s *Server) notices(r *Request) error {
	all, err := s.Account.Notices(r.Context(), r.Actor)
	if err != nil {
		return err
	}
	r.Identity.Notices = 0
	page := &view.NoticesPage{Base: r.mine("notices.kind"), Now: r.now()}
	for _, n := range all {
		line := view.NoticeLine{Kind: "unknown", At: n.CreatedAt, New: n.SeenAt == nil}
		if path, ok := noticePaths[n.Kind]; ok {
			line.Kind = n.Kind
			if path != "" {
				line.Path = path + n.RefID
			}
		}
		page.Lines = append(page.Lines, line)
	}
	return r.Render(page)
}

func (s *Server) language(r *Request) error {
	return r.Render(&view.LanguagePage{Base: r.mine("language.kind"), Locale: r.Identity.Locale})
}

func (s *Server) chooseLanguage(r *Request) error {
	if err := s.Account.SetLocale(r.Context(), r.Actor, r.Field("locale")); err != nil {
		return r.Invalid(err, r.Fields("locale"), func(f view.Form) view.Page {
			return &view.LanguagePage{Base: r.mine("language.kind"), Form: f, Locale: r.Identity.Locale}
		})
	}
	if lang, ok := i18n.ParseLang(r.Field("locale")); ok {
		r.Lang = lang
	}
	return r.RedirectWith("/me", "language.done")
}

func (s *Server) consent(r *Request) error {
	page := &view.ConsentPage{Base: r.mine("consent.kind")}
	c, err := s.Account.Consent(r.Context(), r.Actor)
	switch {
	case fault.Is(err, fault.NotFound):
		page.Never = true
	case err != nil:
		return err
	default:
		page.Consent = c
	}
	return r.Render(page)
}

func (s *Server) changeConsent(r *Request) error {
	switch r.Field("change") {
	case "withdraw":
		if err := s.Account.WithdrawConsent(r.Context(), r.Actor); err != nil {
			return err
		}
		return r.RedirectWith("/me/consent", "consent.withdrawn_done")
	case "give":
		if err := s.Account.GiveConsent(r.Context(), r.Actor); err != nil {
			return err
		}
		return r.RedirectWith("/me/consent", "consent.given_done")
	}
	return r.Redirect("/me/consent")
}
