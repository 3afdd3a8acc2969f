package view_test

import (
	"time"

	"samhold/internal/fault"
	"samhold/internal/space"
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

func spaceExamples() []view.Page {
	mine := space.Card{Space: exampleSpace, Standing: exampleMember, News: 3}
	many := space.Card{Space: exampleSpace, Standing: exampleMember, News: 51}
	v := space.View{Space: exampleSpace, Standing: exampleMember, Attended: true}
	outside := space.View{Space: exampleSpace}
	agreement := space.Agreement{ID: "a", BodyHTML: "<p>Det bliver her.</p>"}
	left := space.View{Space: exampleSpace, Standing: space.Standing{Alias: "Havrefnug", State: "left"}}
	listener := space.View{Space: exampleSpace, Standing: space.Standing{Alias: "Havrefnug", State: "active"}}
	duty := []space.Shift{{Alias: "Mette", EndsAt: exampleNow.Add(time.Hour)}, {EndsAt: exampleNow.Add(time.Hour)}}
	next := &space.Shift{StartsAt: exampleNow.Add(9 * time.Hour)}
	base := func(kind string) view.Base { return view.Base{Kind: kind, Signed: true, Accent: "wheat"} }
	pages := []view.Page{
		&view.HomePage{Base: base("space.home_kind"), Now: exampleNow, Spaces: []view.HomeSpace{{Card: mine, Topics: exampleRows}, {Card: many}}},
		&view.HomePage{Base: base("space.home_kind")},
		&view.SpacesPage{Base: base("space.list_kind"), Overview: space.Overview{Mine: []space.Card{mine}, Others: []space.Card{{Space: exampleSpace}}}},
		&view.SpacesPage{Base: base("space.list_kind")},
		&view.SpacePage{Base: base("space.show_kind"), Now: exampleNow, Leads: true, List: topic.List{View: v, Topics: exampleRows, Page: 2, More: true}},
		&view.SpacePage{Base: base("space.show_kind"), List: topic.List{View: outside, Page: 1, Hindrance: space.HinderedOutside}},
		&view.AboutPage{Base: base("space.about_kind"), About: space.About{View: outside, Agreement: agreement, Hindrance: space.HinderedInvitation}},
		&view.AboutPage{Base: base("space.about_kind"), About: space.About{View: listener, Agreement: agreement, Now: duty, Next: next, Hindrance: space.HinderedInside, MayRead: true}},
		&view.AboutPage{Base: view.Base{Kind: "space.about_kind"}, About: space.About{View: left, Hindrance: space.HinderedGuest, Next: next}},
		&view.JoinPage{Base: base("space.join_kind"), About: space.About{View: outside, Agreement: agreement}, Suggestions: []string{"Stille Bølge"}, Form: exampleForm(
			fault.Field{Name: "alias", Key: "space.alias_taken"}, fault.Field{Name: "code", Key: "space.code_missing"}, fault.Field{Name: "accept", Key: "space.accept_missing"})},
		&view.JoinPage{Base: base("space.join_kind"), About: space.About{View: outside, Agreement: agreement}, Form: exampleForm(
			fault.Field{Name: "alias", Key: space.AliasElsewhere})},
		&view.JoinPage{Base: base("space.join_kind"), About: space.About{View: left, Agreement: agreement}},
		&view.AgreementPage{Base: base("space.agreement_kind"), About: space.About{View: listener, Agreement: agreement}, Form: exampleForm(fault.Field{Name: "accept", Key: "space.accept_changed"})},
		&view.AgreementPage{Base: base("space.agreement_kind"), About: space.About{View: v, Agreement: agreement}},
		&view.LeavePage{Base: base("space.leave_kind"), View: v},
	}
	desk := space.Desk{View: v, Agreement: agreement, Invites: true, MayAmend: true, Offers: []space.Offer{{ID: "i", Name: "Mette", CreatedAt: exampleNow, ExpiresAt: exampleNow}}}
	pages = append(pages,
		&view.LeadPage{Base: base("lead.kind"), Desk: desk, Link: "https://samhold.test/s/x/join/y", Kept: true, Preview: "<p>Her</p>"},
		&view.LeadPage{Base: base("lead.kind"), Desk: desk, Changed: true, Form: exampleForm(fault.Field{Name: "body", Key: "lead.agreement_changed"})},
		&view.LeadPage{Base: base("lead.kind"), Desk: space.Desk{View: v, Agreement: agreement}},
		&view.LeadPage{Base: base("lead.kind"), Desk: space.Desk{View: v, Agreement: agreement, Invites: true}})
	for _, h := range []space.Hindrance{
		space.HinderedAge, space.HinderedRemoved, space.HinderedClosed, space.HinderedPaused, space.HinderedSilenced,
		space.HinderedAgreement, space.HinderedStaff, space.HinderedGuest,
	} {
		pages = append(pages,
			&view.SpacePage{Base: base("space.show_kind"), Now: exampleNow, List: topic.List{View: outside, Page: 1, Hindrance: h}},
			&view.AboutPage{Base: base("space.about_kind"), About: space.About{View: outside, Hindrance: h}})
	}
	return pages
}
