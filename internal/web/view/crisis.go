package view

import (
	"time"

	"samhold/internal/admin"
	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/safeguarding"
	"samhold/internal/support"
)

// CardPage is the answer to an urgent text, and the author's way back to it.
type CardPage struct {
	Base
	Card    crisis.Card
	Status  string // translation key of the true state of the text, empty when none was just sent
	Back    string // where the text stands, or empty
	Receipt string // of a guest's concern that was just sent, shown once
	Contact Form
	Plan    bool // the person has a safety plan
	Kept    bool // the contact was kept when the session expired, and is not sent yet
}

// Template implements Page.
func (*CardPage) Template() string { return "crisis/card" }

// ContactPath is where the contact form goes.
func (p *CardPage) ContactPath() string {
	if p.Card.Receipt != "" {
		return "/concern/contact"
	}
	return "/care/contact"
}

// ConcernPage is where a guest tells us about a worry, or reads the answer with a receipt.
type ConcernPage struct {
	Base
	Form    Form
	Receipt Form
	Abouts  []string
	Key     string // the receipt that the form gets: sent twice it is one concern
}

// Template implements Page.
func (*ConcernPage) Template() string { return "crisis/concern" }

// ReceiptPage shows a guest's receipt, once.
type ReceiptPage struct {
	Base
	Receipt string
	Duty    crisis.Duty
}

// Template implements Page.
func (*ReceiptPage) Template() string { return "crisis/receipt" }

// AnswerPage is what somebody with a receipt reads.
type AnswerPage struct {
	Base
	Answer crisis.Answer
}

// Template implements Page.
func (*AnswerPage) Template() string { return "crisis/answer" }

// CasePage is a case before its staff. Texts is nil until somebody opened it.
type CasePage struct {
	Base
	File           crisis.File
	Now            time.Time
	Texts          *crisis.Texts
	Playbook       *playbook.Checklist
	Broken         *crisis.Broken // the field that was just opened
	Form           Form
	Kept           bool // the note was kept when the session expired
	Outcomes       []string
	Levels         []string
	ContactReasons []string
	Emergencies    []string // the numbers of a call to 112 or 114, and what can come of one
	Results        []string
	Referrals      []safeguarding.Referral
	Child          bool       // a child may be at risk
	Duty           admin.Duty // of the person, when it is
	Changes        []Change   // what changed meanwhile, after a stale step
	Plan           *plan.Offer
	Support        *support.Brief
	CheckIn        *checkin.CheckIn // the newest with the person, nil without any
	Thread         *Thread          // the conversation with the person, nil of a guest's case
}

// Template implements Page.
func (*CasePage) Template() string { return "crisis/case" }

// May reports whether the person may take the action now.
func (p *CasePage) May(action string) bool {
	for _, a := range p.File.Actions {
		if string(a) == action {
			return true
		}
	}
	return false
}

// StepHash names a step of the playbook in a form.
func (*CasePage) StepHash(step string) string { return playbook.StepHash(step) }

// Late reports whether nobody has seen the case by the time it was due.
func (p *CasePage) Late() bool { return p.File.Late(p.Now) }

// Change is one thing that is different from what the person saw. Name, Before and After are translation keys.
type Change struct {
	Name   string // translation key
	Before string
	After  string
}

// WorryPage is a guest's concern before staff. Text is empty until somebody opened it.
type WorryPage struct {
	Base
	Worry  crisis.Worry
	Opened bool
	Form   Form
	Kept   bool // the answer was kept when the session expired
	Now    time.Time
}

// Template implements Page.
func (*WorryPage) Template() string { return "crisis/worry" }

// Dangers are what somebody who pressed the button can say about it.
func (*CardPage) Dangers() []crisis.Danger { return crisis.Dangers }
