package view_test

import (
	"time"

	"samhold/internal/admin"
	"samhold/internal/fault"
	"samhold/internal/safeguarding"
	"samhold/internal/web/view"
)

func exampleReferrals() []safeguarding.Referral {
	by := night.Add(24 * time.Hour)
	past := night.Add(-time.Hour)
	return []safeguarding.Referral{
		{ID: "d", CaseID: "a", State: safeguarding.Draft, Version: 2, BegunAt: night},
		{ID: "s", CaseID: "a", State: safeguarding.Sent, Way: "form", SentAt: &night, AnswerBy: &by, BegunAt: night},
		{ID: "l", CaseID: "a", State: safeguarding.Sent, Way: "phone", SentAt: &night, AnswerBy: &past, BegunAt: night},
		{ID: "k", CaseID: "a", State: safeguarding.Acknowledged, Way: "digital_post", SentAt: &night, AnswerBy: &by, AcknowledgedAt: &night, BegunAt: night},
		{ID: "x", CaseID: "a", State: safeguarding.Dropped, BegunAt: night},
	}
}

func referralExamples() []view.Page {
	base := view.Base{Kind: "referral.kind", Signed: true, OnDuty: true, Wide: true, Section: "mod"}
	words := safeguarding.Words{Municipality: "Ærø Kommune", Child: "Åse, 10 år", Said: "Jeg sover ikke.", Danger: "no"}
	file := safeguarding.File{CaseID: "a"}
	for _, r := range exampleReferrals() {
		o := safeguarding.Open{Referral: r, Words: words, BegunName: "Mette", SentName: "Jonas", AckedName: "Mette", Past: []safeguarding.Past{{Version: 2, Name: "Mette", At: night}, {Version: 1, Name: "Jonas", At: night}}}
		if r.State == safeguarding.Draft {
			file.Draft = &o
			continue
		}
		o.Reference = "J 17"
		file.Earlier = append(file.Earlier, o)
	}
	typed := view.Form{Values: map[string]string{"referral_danger": "yes", "referral_said": "Jeg sover ikke."}}
	wrong := view.Form{Faults: []fault.Field{{Name: "referral_said", Key: "referral.empty"}, {Name: "referral_danger", Key: "referral.danger_missing"}}}
	unsent := view.Form{Faults: []fault.Field{
		{Name: "referral_way", Key: "referral.way_missing"},
		{Name: "referral_day", Key: "referral.day_wrong"},
		{Name: "referral_clock", Key: "referral.clock_wrong"},
		{Name: "referral_why", Key: "referral.why_missing"},
	}}
	paper := safeguarding.Paper{Title: "Underretning", Lead: "Vi er bekymrede.", Foot: "Udgave 1", Parts: []safeguarding.PaperPart{{Heading: "Barnet", Text: "Åse\n10 år"}}}
	return []view.Page{
		&view.ReferralPage{Base: base, File: safeguarding.File{CaseID: "a"}, Ways: safeguarding.Ways, Duty: admin.DutyUnknown, Now: night},
		&view.ReferralPage{Base: base, File: safeguarding.File{CaseID: "a"}, Form: wrong, Kept: true, Duty: admin.DutyYes, Now: night},
		&view.ReferralPage{Base: base, File: file, Form: typed, Done: unsent, Ways: safeguarding.Ways, Changed: true, Duty: admin.DutyNo, Now: night},
		&view.PaperPage{Base: base, CaseID: "a", ID: "d", Paper: paper, Missing: []string{"told"}},
		&view.PaperPage{Base: base, CaseID: "a", ID: "d", Paper: paper},
	}
}
