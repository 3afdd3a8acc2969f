package web

import (
	"slices"
	"strconv"
	"strings"

	"samhold/internal/account"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/web/view"
)

// joining is how far this browser has come in joining.
func (r *Request) joining() account.Joining {
	return r.s.Account.OpenJoining(r.seed, r.c.Cookies(r.s.cookies.joining))
}

func (r *Request) setJoining(j account.Joining) error {
	r.csrfToken() // makes the browser's seed if it has none
	sealed, err := r.s.Account.SealJoining(r.seed, j)
	if err != nil {
		return err
	}
	r.s.cookies.set(r.c, r.s.cookies.joining, sealed)
	return nil
}

func (s *Server) joinAge(r *Request) error {
	if !r.Actor.Guest() {
		return r.Redirect("/")
	}
	form := view.Form{Values: map[string]string{}}
	if year := r.joining().BirthYear; year != 0 {
		form.Values["birth_year"] = strconv.Itoa(year)
	}
	return r.Render(&view.JoinAgePage{Base: r.Base("join.kind"), Form: form})
}

func (s *Server) giveAge(r *Request) error {
	form := r.Fields("birth_year", "turned")
	show := func(f view.Form) view.Page {
		return &view.JoinAgePage{Base: r.Base("join.kind"), Form: f, Ask: r.Field("asked") != ""}
	}
	var check fault.Check
	year, err := strconv.Atoi(strings.TrimSpace(form.Value("birth_year")))
	check.Require(err == nil && year >= 1000 && year <= 9999, "birth_year", "join.year_form")
	if err := check.Err(); err != nil {
		return r.Invalid(err, form, show)
	}
	switch account.Admit(year, turned(form.Value("turned")), r.now()) {
	case account.NoYear:
		check.Add("birth_year", "join.year_range")
		return r.Invalid(check.Err(), form, show)
	case account.AskBirthday:
		if r.Field("asked") == form.Value("birth_year") {
			check.Add("turned", "join.turned_missing")
			return r.Invalid(check.Err(), form, show)
		}
		return r.Render(&view.JoinAgePage{Base: r.Base("join.kind"), Form: form, Ask: true})
	case account.TooYoung:
		s.cookies.expire(r.c, s.cookies.joining)
		return r.Render(&view.JoinYoungPage{Base: r.Base("join.kind"), Lines: s.linesForChildren(), Now: r.now()})
	case account.Admitted:
	}
	j := r.joining()
	j.BirthYear = year
	if err := r.setJoining(j); err != nil {
		return err
	}
	return r.Redirect("/join/consent")
}

// turned reads the answer to "Er du fyldt 15?".
func turned(answer string) *bool {
	switch answer {
	case "yes", "no":
		yes := answer == "yes"
		return &yes
	}
	return nil
}

// linesForChildren are the help lines that are there for children and young people.
func (s *Server) linesForChildren() []directory.Line {
	return slices.DeleteFunc(s.Directory.Lines(), func(l directory.Line) bool {
		return !slices.Contains(l.Audiences, "young")
	})
}

func (s *Server) joinConsent(r *Request) error {
	j := r.joining()
	if !r.Actor.Guest() || j.BirthYear == 0 {
		return r.Redirect("/join")
	}
	form := view.Form{Values: map[string]string{}}
	if j.Consent == account.ConsentVersion {
		form.Values["consent"] = "yes"
	}
	return r.Render(&view.JoinConsentPage{Base: r.Base("join.kind"), Form: form})
}

func (s *Server) giveJoinConsent(r *Request) error {
	j := r.joining()
	if !r.Actor.Guest() || j.BirthYear == 0 {
		return r.Redirect("/join")
	}
	var check fault.Check
	check.Require(r.Field("consent") == "yes", "consent", "join.consent_missing")
	if err := check.Err(); err != nil {
		return r.Invalid(err, r.Fields("consent"), func(f view.Form) view.Page {
			return &view.JoinConsentPage{Base: r.Base("join.kind"), Form: f}
		})
	}
	j.Consent = account.ConsentVersion
	if err := r.setJoining(j); err != nil {
		return err
	}
	return r.Redirect("/join/access")
}

// joinAccess shows the name that we issue to this browser and asks for a passphrase.
func (s *Server) joinAccess(r *Request) error {
	j := r.joining()
	if !r.Actor.Guest() || j.Consent != account.ConsentVersion {
		return r.Redirect("/join/consent")
	}
	if j.Name == "" {
		if err := r.issueName(&j); err != nil {
			return err
		}
	}
	return r.Render(&view.JoinAccessPage{Base: r.Base("join.kind"), Name: j.Name})
}

func (r *Request) issueName(j *account.Joining) error {
	name, err := r.s.Account.IssueName(r.Context())
	if err != nil {
		return err
	}
	j.Name = name
	return r.setJoining(*j)
}

func (s *Server) join(r *Request) error {
	j := r.joining()
	if !r.Actor.Guest() || j.Consent != account.ConsentVersion {
		return r.Redirect("/join/consent")
	}
	if r.Field("another") != "" {
		if err := r.issueName(&j); err != nil {
			return err
		}
		return r.Redirect("/join/access")
	}
	show := func(f view.Form) view.Page {
		return &view.JoinAccessPage{Base: r.Base("join.kind"), Form: f, Name: j.Name}
	}
	var check fault.Check
	check.Require(r.Field("name") == j.Name, "name", "join.name_changed")
	if err := check.Err(); err != nil {
		return r.Invalid(err, view.Form{}, show)
	}
	joined, err := s.Account.Join(r.Context(), account.Application{
		Joining: j, Passphrase: r.Field("passphrase"), Address: r.Address(),
	})
	if fault.Is(err, fault.Conflict) {
		if err := r.issueName(&j); err != nil {
			return err
		}
		check.Add("name", "join.name_taken")
		return r.Invalid(check.Err(), view.Form{}, show)
	}
	if err != nil {
		return r.Invalid(err, view.Form{}, show)
	}
	s.cookies.expire(r.c, s.cookies.joining)
	if err := r.enter(joined.Token); err != nil {
		return err
	}
	if err := r.showCodes(joined.AccountID, account.Codes{List: joined.Codes, First: true}); err != nil {
		return err
	}
	return r.Redirect("/me/codes")
}
