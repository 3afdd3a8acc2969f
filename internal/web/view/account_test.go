package view_test

import (
	"time"

	"samhold/internal/account"
	"samhold/internal/call"
	"samhold/internal/fault"
	"samhold/internal/privacy"
	"samhold/internal/web/view"
)

func accountExamples() []view.Page {
	at := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	base := func(kind string) view.Base { return view.Base{Kind: kind, Signed: true, Section: "me", CSRF: "token"} }
	wrong := func(name, key string) view.Form {
		return view.Form{Values: map[string]string{"birth_year": "2011"}, Faults: []fault.Field{{Name: name, Key: key}}}
	}
	codes := []string{"K7QM-2RTP", "9FXD-LW3H", "TN4C-8VGA"}
	return []view.Page{
		&view.JoinAgePage{Base: view.Base{Kind: "join.kind"}},
		&view.JoinAgePage{Base: view.Base{Kind: "join.kind"}, Form: wrong("birth_year", "join.year_form")},
		&view.JoinAgePage{Base: view.Base{Kind: "join.kind"}, Form: wrong("turned", "join.turned_missing"), Ask: true},
		&view.JoinYoungPage{Base: view.Base{Kind: "join.kind"}, Lines: exampleLines(), Now: exampleNow},
		&view.JoinConsentPage{Base: view.Base{Kind: "join.kind"}},
		&view.JoinConsentPage{Base: view.Base{Kind: "join.kind"}, Form: wrong("consent", "join.consent_missing")},
		&view.JoinAccessPage{Base: view.Base{Kind: "join.kind"}, Name: "stille-ravn-48"},
		&view.JoinAccessPage{Base: view.Base{Kind: "join.kind"}, Name: "stille-ravn-48", Form: wrong("name", "join.name_taken")},
		&view.CodesPage{Base: base("codes.kind"), Name: "stille-ravn-48", Codes: codes, First: true},
		&view.CodesPage{Base: base("codes.kind"), Name: "stille-ravn-48", Codes: codes},
		&view.NewCodesPage{Base: base("codes.kind"), Name: "stille-ravn-48", Left: 1},
		&view.NewCodesPage{Base: base("codes.kind"), Left: -1, Form: wrong("codes_passphrase", "me.wrong_passphrase")},
		&view.SignInPage{Base: view.Base{Kind: "signin.kind"}, Next: "/spaces", Kept: true},
		&view.SignInPage{Base: view.Base{Kind: "signin.kind"}, Next: "/", Form: wrong("", "signin.wrong")},
		&view.RecoverPage{Base: view.Base{Kind: "recover.kind"}},
		&view.RecoverPage{Base: view.Base{Kind: "recover.kind"}, Form: wrong("", "recover.wrong")},
		&view.StaffWelcomePage{Base: view.Base{Kind: "staff.kind"}, Path: "/welcome/abc", Name: "stille-ravn-48"},
		&view.PrivacyPage{Base: view.Base{Kind: "privacy.kind"}, Clocks: privacy.Clocks},
		&view.MePage{Support: true, Base: base("me.kind"), Name: "stille-ravn-48", Paused: true},
		&view.MePage{Base: base("me.kind"), Name: "stille-ravn-48", StaffName: "Karla", Paused: true, Withdrawn: true, Openings: []account.Opening{
			{Kind: account.OpenedContact, Role: account.DutyLead, OpenedOn: at},
			{Kind: account.OpenedContact, Role: account.Moderator, OpenedOn: at},
			{Kind: account.OpenedContact, Role: account.SafeguardingLead, OpenedOn: at},
			{Kind: account.OpenedPlan, Role: account.DutyLead, OpenedOn: at},
		}},
		&view.NoticesPage{Base: base("notices.kind"), Now: at, Lines: []view.NoticeLine{
			{Kind: "recovered", Path: "/me/security", At: at, New: true}, {Kind: "unknown", At: at},
		}},
		&view.NoticesPage{Base: base("notices.kind"), Now: at},
		&view.LanguagePage{Base: base("language.kind"), Locale: "da"},
		&view.SecurityPage{Base: base("security.kind"), Name: "stille-ravn-48", BirthYear: 1994, CodesLeft: 1, Sessions: 2},
		&view.SecurityPage{Base: base("security.kind"), Name: "stille-ravn-48", CodesLeft: 9, Staff: true, Factors: account.Factors{Authenticator: true}},
		&view.ConfirmPage{Base: base("confirm.kind"), Next: "/", ByPassphrase: true, Form: wrong("passphrase", "me.wrong_passphrase")},
		&view.ConfirmPage{Base: base("confirm.kind"), Next: "/mod", Staff: true, First: true, Factors: account.Factors{Authenticator: true}, PresentCode: "123456"},
		&view.ConfirmPage{Base: base("confirm.kind"), Next: "/mod", Staff: true, Factors: account.Factors{Passkeys: 1}, Form: wrong("code", "factor.code_wrong")},
		&view.FactorPage{Base: base("factor.kind"), Staff: true},
		&view.FactorPage{Base: base("factor.kind"), Staff: true, Factors: account.Factors{Authenticator: true, Passkeys: 2}},
		&view.AuthenticatorPage{Base: base("authenticator.kind"), Form: wrong("code", "factor.code_new_wrong"), Enrolment: account.Enrolment{Text: "ABCD EFGH", Slip: "slip"}, QR: view.QR{Size: 29, Path: "M4 4h7v1h-7z"}},
		&view.AssistPage{Base: base("assist.kind"), Nav: view.DeskNav{Access: true, At: "access"}, Half: "K7QM-2RTP-9FXD", Me: "a", Open: []account.OpenAssist{
			{ID: "a", Asker: "a", AskedBy: "Karla", CreatedAt: at}, {ID: "b", Asker: "b", AskedBy: "Bo", CreatedAt: at},
		}},
		&view.AssistPage{Base: base("assist.kind"), Form: wrong("name", "assist.unknown")},
		&view.AssistPage{Base: base("assist.kind"), Half: "K7QM-2RTP-9FXD", Second: true},
		&view.PasskeyPage{
			Base: base("passkey.kind"), Asked: account.Asked{Options: `{"challenge":"x"}`, Slip: "slip"},
			Passkeys: []account.NamedPasskey{{ID: "a", Name: "Min telefon", CreatedAt: at}}, Form: wrong("passkey_name", "passkey.again"),
		},
		&view.PasskeyPage{Base: base("passkey.kind")},
		&view.CallsPage{Base: base("calls.kind")},
		&view.CallsPage{
			Base: base("calls.kind"), Kinds: []call.Kind{call.Push, call.Webhook, call.Mail}, PushKey: "BKey", From: "besked@example.org",
			Form: view.Form{Values: map[string]string{"kind": "mail", "address": "x"}, Faults: []fault.Field{{Name: "address", Key: "call.address_wrong_mail"}, {Name: "code", Key: "call.code_wrong"}}},
			Ways: []call.Mine{
				{Way: call.Way{ID: "a", Kind: call.Push, ConfirmedAt: &at, TestedAt: &at, TestState: call.Sent}},
				{Way: call.Way{ID: "b", Kind: call.Webhook, ConfirmedAt: &at, TestedAt: &at, TestState: call.Failed}, Address: "+4512345678"},
				{Way: call.Way{ID: "c", Kind: call.Mail, TestedAt: &at, TestState: call.Waiting}, Address: "vagt@example.net"},
			},
		},
		&view.CallsPage{Base: base("calls.kind"), Ways: []call.Mine{{Way: call.Way{ID: "c", Kind: call.Mail, ConfirmedAt: &at}, Address: "vagt@example.net"}}},
		&view.SignInPage{Base: view.Base{Kind: "signin.kind"}, Next: "/", Asked: account.Asked{Options: `{"challenge":"x"}`, Slip: "slip"}},
		&view.ConfirmPage{Base: base("confirm.kind"), Next: "/mod", Staff: true, Factors: account.Factors{Passkeys: 1}, Asked: account.Asked{Options: `{"challenge":"x"}`, Slip: "slip"}},
		&view.PassphrasePage{Base: base("passphrase.kind"), Form: wrong("passphrase", "me.wrong_passphrase")},
		&view.SessionsPage{Base: base("sessions.kind"), Here: "a", Now: at, Sessions: []account.Session{
			{ID: "a", CreatedAt: at, SeenAt: at}, {ID: "b", CreatedAt: at, SeenAt: at},
		}},
		&view.ConsentPage{Base: base("consent.kind"), Consent: account.Consent{GivenAt: at}},
		&view.ConsentPage{Base: base("consent.kind"), Consent: account.Consent{GivenAt: at, Version: account.ConsentVersion}},
		&view.ConsentPage{Base: base("consent.kind"), Consent: account.Consent{GivenAt: at, WithdrawnAt: &at}},
		&view.ConsentPage{Base: base("consent.kind"), Never: true},
		&view.PausePage{Base: base("pause.kind")},
		&view.PausePage{Base: base("pause.kind"), Paused: true},
		&view.PausePage{Base: base("pause.kind"), Paused: true, Withdrawn: true},
		&view.CopyPage{Base: base("copy.kind")},
		&view.ErasePage{Base: base("erase.kind"), Case: 730 * 24 * time.Hour, LogLasts: 730 * 24 * time.Hour},
		&view.ErasePage{Base: base("erase.kind"), Case: time.Hour, LogLasts: time.Hour, Paused: true, Form: wrong("choice", "erase.choice_missing")},
	}
}
