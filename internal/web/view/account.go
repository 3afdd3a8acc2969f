package view

import (
	"time"

	"samhold/internal/account"
	"samhold/internal/directory"
	"samhold/internal/privacy"
)

// JoinAgePage asks for the year of birth and, when it is not clear from that, whether the person has turned 15.
type JoinAgePage struct {
	Base
	Form Form
	Ask  bool
}

// Template implements Page.
func (*JoinAgePage) Template() string { return "account/join_age" }

// JoinYoungPage tells a child where there is help for them. Nothing about them is kept.
type JoinYoungPage struct {
	Base
	Lines []directory.Line
	Now   time.Time
}

// Template implements Page.
func (*JoinYoungPage) Template() string { return "account/join_young" }

// JoinConsentPage says what is kept and asks for consent.
type JoinConsentPage struct {
	Base
	Form Form
}

// Template implements Page.
func (*JoinConsentPage) Template() string { return "account/join_consent" }

// JoinAccessPage shows the issued name and asks for a passphrase.
type JoinAccessPage struct {
	Base
	Form Form
	Name string
}

// Template implements Page.
func (*JoinAccessPage) Template() string { return "account/join_access" }

// CodesPage shows recovery codes to their owner, to save or print.
type CodesPage struct {
	Base
	Name  string
	Codes []string
	First bool // the last step of joining
}

// Template implements Page.
func (*CodesPage) Template() string { return "account/codes" }

// NewCodesPage offers to make new recovery codes.
type NewCodesPage struct {
	Base
	Form Form
	Name string
	Left int // codes that still work; -1 when that is not to be said again
}

// Template implements Page.
func (*NewCodesPage) Template() string { return "account/codes_new" }

// SignInPage asks for name and passphrase. Next is a path of our own.
type SignInPage struct {
	Base
	Form Form
	Next string
	Kept bool // what the person was typing has been kept

	Asked account.Asked // for a passkey
}

// Template implements Page.
func (*SignInPage) Template() string { return "account/signin" }

// RecoverPage asks for a recovery code and a new passphrase.
type RecoverPage struct {
	Base
	Form Form
}

// Template implements Page.
func (*RecoverPage) Template() string { return "account/recover" }

// StaffWelcomePage lets new staff choose a passphrase.
type StaffWelcomePage struct {
	Base
	Form Form
	Path string
	Name string
}

// Template implements Page.
func (*StaffWelcomePage) Template() string { return "account/staff_welcome" }

// PrivacyPage says what is kept about people and for how long, in plain words.
type PrivacyPage struct {
	Base
	Clocks []privacy.Clock
}

// Template implements Page.
func (*PrivacyPage) Template() string { return "account/privacy" }

// MePage is the way to all that is one's own.
type MePage struct {
	Base
	Name      string
	StaffName string
	Paused    bool
	Withdrawn bool // paused because consent was taken back
	Openings  []account.Opening
	Calls     bool // the person may be called
	Support   bool // there is a support plan
}

// Template implements Page.
func (*MePage) Template() string { return "account/me" }

// NoticeLine is one notice as a text by kind, and where it leads.
type NoticeLine struct {
	Kind string
	Path string // empty when it leads nowhere
	At   time.Time
	New  bool
}

// NoticesPage lists the person's notices.
type NoticesPage struct {
	Base
	Lines []NoticeLine
	Now   time.Time
}

// Template implements Page.
func (*NoticesPage) Template() string { return "account/notices" }

// LanguagePage lets the person choose a language.
type LanguagePage struct {
	Base
	Form   Form
	Locale string
}

// Template implements Page.
func (*LanguagePage) Template() string { return "account/language" }

// SecurityPage is the way to everything about signing in.
type SecurityPage struct {
	Base
	Name      string
	BirthYear int // 0 for staff
	CodesLeft int
	Sessions  int
	Factors   account.Factors
	Staff     bool
}

// Template implements Page.
func (*SecurityPage) Template() string { return "account/security" }

// PassphrasePage lets the person choose a new passphrase.
type PassphrasePage struct {
	Base
	Form Form
	Name string
}

// Template implements Page.
func (*PassphrasePage) Template() string { return "account/passphrase" }

// SessionsPage lists where the person is signed in. Here is the id of this session.
type SessionsPage struct {
	Base
	Here     string
	Sessions []account.Session
	Now      time.Time
}

// Template implements Page.
func (*SessionsPage) Template() string { return "account/sessions" }

// ConsentPage shows what the person has said yes to. Never is for staff who were not asked.
type ConsentPage struct {
	Base
	Consent account.Consent
	Never   bool
}

// Template implements Page.
func (*ConsentPage) Template() string { return "account/consent" }

// PausePage lets the person pause and come back. Withdrawn says that consent must be given again first.
type PausePage struct {
	Base
	Paused    bool
	Withdrawn bool
}

// Template implements Page.
func (*PausePage) Template() string { return "account/pause" }

// CopyPage asks for the passphrase before everything of one's own is handed out.
type CopyPage struct{ Base }

// Template implements Page.
func (*CopyPage) Template() string { return "account/copy" }

// ErasePage says what erasing the account does, and asks for the choice.
type ErasePage struct {
	Base
	Form     Form
	Paused   bool
	Case     time.Duration // how long a closed case is kept
	LogLasts time.Duration
}

// Template implements Page.
func (*ErasePage) Template() string { return "account/erase" }

// ConfirmPage asks somebody who is signed in to show who they are, by their second factor or by their passphrase. Next
// is a path of our own.
type ConfirmPage struct {
	Base
	Form         Form
	Name         string
	Next         string
	Factors      account.Factors
	Staff        bool
	First        bool   // the second factor has not been proven in this session
	ByPassphrase bool   // there is nothing better to ask for
	PresentCode  string // what the person's app would show: the demo only
	Asked        account.Asked
}

// Template implements Page.
func (*ConfirmPage) Template() string { return "account/confirm" }

// FactorPage shows the person's second factors and how to set one up.
type FactorPage struct {
	Base
	Factors account.Factors
	Staff   bool
}

// Template implements Page.
func (*FactorPage) Template() string { return "account/factor" }

// AuthenticatorPage lets the person connect an app that shows six digits.
type AuthenticatorPage struct {
	Base
	Form      Form
	Enrolment account.Enrolment
	QR        QR
}

// Template implements Page.
func (*AuthenticatorPage) Template() string { return "account/authenticator" }

// PasskeyPage lists the person's passkeys and makes new ones.
type PasskeyPage struct {
	Base
	Form     Form
	Passkeys []account.NamedPasskey
	Asked    account.Asked
	Renaming string // the id of the one whose new name will not do
}

// Template implements Page.
func (*PasskeyPage) Template() string { return "account/passkeys" }

// AssistPage lets two of the team let a member back in. Half is shown once; Me is the reader's account.
type AssistPage struct {
	Base
	Nav    DeskNav
	Form   Form
	Half   string
	Second bool
	Open   []account.OpenAssist
	Me     string
}

// Template implements Page.
func (*AssistPage) Template() string { return "account/assist" }
