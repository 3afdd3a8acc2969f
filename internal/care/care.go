// Package care looks after those on duty: what somebody does not take, and whether they want to talk after a crisis. It
// knows a case by its id alone. It must never say to anybody but the person and whoever leads them what they do not
// take, never rank anybody, and never hold what a talk was about.
package care

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/triage"
	"samhold/internal/tx"
)

// NoticeAsked is the kind of notice that asks whether somebody wants to talk.
const NoticeAsked = "debrief"

// Refusal is one thing that somebody does not take.
type Refusal struct {
	AccountID string
	Kind      string // category or subject
	Code      string
	CreatedAt time.Time
}

// TableName implements GORM's naming.
func (Refusal) TableName() string { return "staff_refusal" }

// Categories and Subjects are what can be refused, in the order in which a page shows them.
var (
	Categories = []triage.Category{
		triage.Suicide, triage.SelfHarm, triage.Overdose, triage.Withdrawal, triage.Violence, triage.ChildAtRisk, triage.Relapse,
		triage.Hopelessness, triage.ThirdParty,
	}
	Subjects = []triage.Subject{triage.Author, triage.OtherAdult, triage.Child}
)

// The answers to whether somebody wants to talk.
const (
	Want   = "want"
	NotNow = "not_now"
	Talked = "talked" // they have, already
)

// Answers are all answers.
var Answers = []string{Want, NotNow, Talked}

// Debrief is the question whether somebody wants to talk about a crisis that they worked on. It is asked once.
type Debrief struct {
	ID         string `gorm:"primaryKey"`
	CaseID     string
	AccountID  string
	AskedAt    time.Time
	Answer     string // empty: not answered yet
	AnsweredAt *time.Time
	SettledAt  *time.Time // somebody who leads has seen to it
	SettledBy  *string
}

// talkWithin is how soon somebody who wants to talk should have been met.
const talkWithin = 24 * time.Hour

// Wanted is somebody who wants to talk: who and since when, never about what.
type Wanted struct {
	ID    string
	Name  string // among staff
	Since time.Time
}

// Late reports whether they should have been met by now.
func (w Wanted) Late(now time.Time) bool { return now.Sub(w.Since) > talkWithin }

// Colleague is somebody of the team with what they do not take.
type Colleague struct {
	Name     string
	Refusals []Refusal
}

// Reach says whom a lead leads: those who work in these spaces, or everybody.
type Reach struct {
	Everywhere bool
	Spaces     []string
	Account    string // never what is about one's own case
}

// Store is what is kept. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// Refusals are what an account does not take.
	Refusals(ctx context.Context, accountID string) ([]Refusal, error)
	// SetRefusals takes the place of all that the account did not take before.
	SetRefusals(ctx context.Context, accountID string, all []Refusal) error
	// Refusing returns the accounts that do not take the category or the subject.
	Refusing(ctx context.Context, category, subject string) ([]string, error)
	// TeamRefusals are those of everybody within the reach who works cases now, by name.
	TeamRefusals(ctx context.Context, r Reach, at time.Time) ([]Colleague, error)
	// Workers are the accounts that did something in a case beyond reading it.
	Workers(ctx context.Context, caseID string) ([]string, error)
	// AddDebrief saves d unless the person was asked about that case before.
	AddDebrief(ctx context.Context, d *Debrief) (fresh bool, err error)
	// Asked are the questions that the account has not answered, the oldest first.
	Asked(ctx context.Context, accountID string) ([]Debrief, error)
	// Answer answers a question of the account that is not answered; NotFound if there is none.
	Answer(ctx context.Context, d *Debrief) error
	// Wanted are those within the reach who want to talk and whom nobody has met, the longest waiting first.
	Wanted(ctx context.Context, r Reach, at time.Time) ([]Wanted, error)
	// Settle notes that somebody was met; NotFound if they do not wait.
	Settle(ctx context.Context, id, by string, at time.Time) error
}

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// Deps are what the service stands on; all are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Audit    *audit.Log
	Notifier Notifier
}

// Service looks after those on duty.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// Leads reports whether the actor leads those on duty: whoever works cases and sees how the desk does. An admin does
// not: who worked on a crisis tells that there was one.
func Leads(a account.Actor) bool { return a.Can(account.WorkCases) && a.Can(account.SeeFigures) }

// reachOf is whom the actor leads; NotFound for whoever leads nobody.
func reachOf(a account.Actor) (Reach, error) {
	if !Leads(a) {
		return Reach{}, fault.Missing()
	}
	everywhere, spaces := a.Reach(account.SeeFigures)
	return Reach{Everywhere: everywhere, Spaces: spaces, Account: a.Account}, nil
}

// Refusals are what the actor does not take.
func (s *Service) Refusals(ctx context.Context, a account.Actor) ([]Refusal, error) {
	if !a.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	return s.Store.Refusals(ctx, a.Account)
}

// Refuse says anew what the actor does not take; what is not known is left out. It is audited without what it is.
func (s *Service) Refuse(ctx context.Context, a account.Actor, categories, subjects []string) error {
	if !a.Can(account.WorkCases) {
		return fault.Missing()
	}
	var all []Refusal
	for _, c := range Categories {
		if slices.Contains(categories, string(c)) {
			all = append(all, Refusal{AccountID: a.Account, Kind: "category", Code: string(c), CreatedAt: s.Clock.Now()})
		}
	}
	for _, c := range Subjects {
		if slices.Contains(subjects, string(c)) {
			all = append(all, Refusal{AccountID: a.Account, Kind: "subject", Code: string(c), CreatedAt: s.Clock.Now()})
		}
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.SetRefusals(ctx, a.Account, all); err != nil {
			return err
		}
		return s.Audit.Append(ctx, audit.Event{
			At: s.Clock.Now(), Actor: a.Account, Action: "refusals_set", ObjectKind: "account", ObjectID: a.Account,
		})
	})
}

// Refusing implements crisis.Care: who does not take such a case.
func (s *Service) Refusing(ctx context.Context, category, subject string) ([]string, error) {
	return s.Store.Refusing(ctx, category, subject)
}

// Ended implements crisis.Care: whoever worked on a crisis that is over, or ended it, is asked whether they want to
// talk, once. It joins the transaction of ctx.
func (s *Service) Ended(ctx context.Context, caseID, by string) error {
	people, err := s.Store.Workers(ctx, caseID)
	if err != nil {
		return err
	}
	if !slices.Contains(people, by) {
		people = append(people, by)
	}
	for _, p := range people {
		d := &Debrief{ID: id.New(), CaseID: caseID, AccountID: p, AskedAt: s.Clock.Now()}
		fresh, err := s.Store.AddDebrief(ctx, d)
		if err != nil {
			return err
		}
		if !fresh {
			continue
		}
		if err := s.Notifier.Notify(ctx, p, NoticeAsked, ""); err != nil {
			return err
		}
	}
	return nil
}

// Asked are the questions that wait for the actor's answer.
func (s *Service) Asked(ctx context.Context, a account.Actor) ([]Debrief, error) {
	if !a.Can(account.WorkCases) {
		return nil, nil
	}
	return s.Store.Asked(ctx, a.Account)
}

// Answer answers a question that was put to the actor. What they answered is audited nowhere: it is theirs.
func (s *Service) Answer(ctx context.Context, a account.Actor, debriefID, answer string) error {
	if !slices.Contains(Answers, answer) {
		return fault.Missing()
	}
	now := s.Clock.Now()
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		return s.Store.Answer(ctx, &Debrief{ID: debriefID, AccountID: a.Account, Answer: answer, AnsweredAt: &now})
	})
}

// Wanted are those whom the actor leads and who want to talk.
func (s *Service) Wanted(ctx context.Context, a account.Actor) ([]Wanted, error) {
	r, err := reachOf(a)
	if err != nil {
		return nil, err
	}
	return s.Store.Wanted(ctx, r, a.At)
}

// Settle notes that somebody who wanted to talk was met. It is audited.
func (s *Service) Settle(ctx context.Context, a account.Actor, debriefID string) error {
	wanted, err := s.Wanted(ctx, a)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(wanted, func(w Wanted) bool { return w.ID == debriefID }) {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.Settle(ctx, debriefID, a.Account, s.Clock.Now()); err != nil {
			return err
		}
		return s.Audit.Append(ctx, audit.Event{
			At: s.Clock.Now(), Actor: a.Account, Action: "debrief_settled", ObjectKind: "debrief", ObjectID: debriefID,
		})
	})
}

// Team is what those whom the actor leads do not take.
func (s *Service) Team(ctx context.Context, a account.Actor) ([]Colleague, error) {
	r, err := reachOf(a)
	if err != nil {
		return nil, err
	}
	return s.Store.TeamRefusals(ctx, r, a.At)
}
