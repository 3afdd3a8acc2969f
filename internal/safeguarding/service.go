package safeguarding

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Store is what the service keeps. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// AddReferral saves r unless the case has a draft already; Stale then.
	AddReferral(ctx context.Context, r *Referral) error
	// Referral returns a referral, or NotFound; inside a transaction it is locked.
	Referral(ctx context.Context, referralID string) (*Referral, error)
	// Referrals returns those of a case, the newest first.
	Referrals(ctx context.Context, caseID string) ([]Referral, error)
	UpdateReferral(ctx context.Context, r *Referral) error
	AddRevision(ctx context.Context, v *Revision) error
	// Revision returns what a referral says in its newest version.
	Revision(ctx context.Context, referralID string) (*Revision, error)
	// Revisions returns all versions without their words, the newest first.
	Revisions(ctx context.Context, referralID string) ([]Revision, error)
	// DueReferrals returns the open ones whose time to ask has come.
	DueReferrals(ctx context.Context, now time.Time, limit int) ([]Referral, error)
	// OpenReferrals returns the open ones in cases within the scope, the first to ask about first.
	OpenReferrals(ctx context.Context, scope crisis.Scope) ([]Referral, error)
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
}

// Cases is what the crisis desk does for this area.
type Cases interface {
	// Known returns the case if the actor works it, else NotFound.
	Known(ctx context.Context, actor account.Actor, caseID string) (*crisis.Case, error)
	// RecordNote writes what happened into the case, with a sealed note if there is one, and into the log. It joins the
	// transaction of ctx.
	RecordNote(ctx context.Context, actor account.Actor, c *crisis.Case, kind, note string) error
	// Remind calls whoever has the case in their hands and those who lead, and notes that in the case.
	Remind(ctx context.Context, caseID, notice, kind string) error
	// Reminded takes back the notices that Remind left and that nobody has seen yet.
	Reminded(ctx context.Context, caseID, notice string) error
}

// NoticeReferral asks somebody to look at an underretning: it is not sent, or not answered. It names the case.
const NoticeReferral = "referral"

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store Store
	Tx    tx.Runner
	Clock clock.Clock
	Cases Cases
	Vault *vault.Vault
	Audit *audit.Log
	Zone  *time.Location // of the municipalities
}

// Service keeps underretninger.
type Service struct{ Deps }

// New builds the service.
func New(d Deps) *Service { return &Service{d} }

// Open is a referral, opened for the case's staff.
type Open struct {
	Referral
	Words
	Sending
	BegunName string
	SentName  string
	AckedName string
	Past      []Past
}

// Past is one version of a draft: who wrote it and when.
type Past struct {
	Version int
	Name    string
	At      time.Time
}

// File is what the page of a case's underretninger shows.
type File struct {
	CaseID  string
	Child   bool // the case is about a child at risk by what the rules or the staff say
	Draft   *Open
	Earlier []Open // sent, answered or dropped, the newest first
}

// ChildAtRisk reports whether a case is one in which a child may be at risk.
func ChildAtRisk(c *crisis.Case) bool {
	return c.Category == "child_at_risk" || c.Subject == "child"
}

// Brief is what the case's own page shows: how far each is, and no word of it.
func (s *Service) Brief(ctx context.Context, actor account.Actor, caseID string) ([]Referral, error) {
	if _, err := s.Cases.Known(ctx, actor, caseID); err != nil {
		return nil, err
	}
	return s.Store.Referrals(ctx, caseID)
}

// Waiting returns the open underretninger of cases that the actor works whose time to ask has come: for the workbench.
func (s *Service) Waiting(ctx context.Context, actor account.Actor) ([]Referral, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	everywhere, spaces := actor.Reach(account.WorkCases)
	found, err := s.Store.OpenReferrals(ctx, crisis.Scope{
		Everywhere: everywhere, Spaces: spaces, Guests: actor.Can(account.AnswerGuests), Account: actor.Account,
	})
	return slices.DeleteFunc(found, func(r Referral) bool {
		return r.State == Sent && !r.Late(actor.At)
	}), err
}

// at runs fn with the locked case, for somebody of its staff who has just shown who they are.
func (s *Service) at(ctx context.Context, actor account.Actor, caseID string, fn func(ctx context.Context, c *crisis.Case) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.Cases.Known(ctx, actor, caseID)
		if err != nil {
			return err
		}
		if !actor.Fresh() {
			return fault.New(fault.Forbidden, "fault.confirm")
		}
		return fn(ctx, c)
	})
}

// File opens a case's underretninger. Reading what one says is audited.
func (s *Service) File(ctx context.Context, actor account.Actor, caseID string) (*File, error) {
	f := &File{CaseID: caseID}
	err := s.at(ctx, actor, caseID, func(ctx context.Context, c *crisis.Case) error {
		f.Child = ChildAtRisk(c)
		found, err := s.Store.Referrals(ctx, c.ID)
		if err != nil || len(found) == 0 {
			return err
		}
		for _, r := range found {
			o, err := s.open(ctx, r)
			if err != nil {
				return err
			}
			if r.State == Draft {
				f.Draft = o
			} else {
				f.Earlier = append(f.Earlier, *o)
			}
		}
		return s.log(ctx, actor, c, "case_referral_read")
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Paper opens one underretning to be printed. It is audited and stands in the case.
func (s *Service) Paper(ctx context.Context, actor account.Actor, referralID string) (*Open, error) {
	r, err := s.Store.Referral(ctx, referralID)
	if err != nil {
		return nil, err
	}
	var o *Open
	err = s.at(ctx, actor, r.CaseID, func(ctx context.Context, c *crisis.Case) error {
		if o, err = s.open(ctx, *r); err != nil {
			return err
		}
		return s.Cases.RecordNote(ctx, actor, c, "referral_printed", "")
	})
	if err != nil {
		return nil, err
	}
	return o, nil
}

func (s *Service) open(ctx context.Context, r Referral) (*Open, error) {
	o := &Open{Referral: r}
	v, err := s.Store.Revision(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if err := s.unseal(ctx, v.BodySealed, v.KeyID, v.place(), &o.Words); err != nil {
		return nil, err
	}
	if len(r.SendingSealed) > 0 {
		if err := s.unseal(ctx, r.SendingSealed, r.KeyID, r.place(), &o.Sending); err != nil {
			return nil, err
		}
	}
	past, err := s.Store.Revisions(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	people := []string{r.BegunBy, deref(r.SentBy), deref(r.AcknowledgedBy)}
	for _, p := range past {
		people = append(people, p.AuthorID)
	}
	names, err := s.Store.StaffNames(ctx, people)
	for _, p := range past {
		o.Past = append(o.Past, Past{Version: p.Version, Name: names[p.AuthorID], At: p.CreatedAt})
	}
	o.BegunName, o.SentName, o.AckedName = names[r.BegunBy], names[deref(r.SentBy)], names[deref(r.AcknowledgedBy)]
	return o, err
}

// Save keeps a new version of the case's draft, or begins one when version is 0. What builds on an older version than
// the newest is refused with Conflict.
func (s *Service) Save(ctx context.Context, actor account.Actor, caseID string, version int, w Words) error {
	if err := w.clean(); err != nil {
		return err
	}
	return s.at(ctx, actor, caseID, func(ctx context.Context, c *crisis.Case) error {
		r, err := s.draft(ctx, c.ID)
		if err != nil {
			return err
		}
		switch {
		case r == nil && version == 0:
			r = &Referral{ID: id.New(), CaseID: c.ID, State: Draft, BegunBy: actor.Account, BegunAt: actor.At}
		case r == nil || r.Version != version:
			return fault.Stale()
		}
		r.Version, r.Urgent, r.RemindAt = version+1, w.Danger == "yes", actor.At.Add(unsentWait(w.Danger == "yes"))
		save := s.Store.UpdateReferral
		if version == 0 {
			save = s.Store.AddReferral
		}
		if err := save(ctx, r); err != nil {
			return err
		}
		v := &Revision{ID: id.New(), ReferralID: r.ID, CaseID: c.ID, Version: r.Version, AuthorID: actor.Account, CreatedAt: actor.At}
		if v.BodySealed, v.KeyID, err = s.seal(ctx, w, v.place()); err != nil {
			return err
		}
		if err := s.Store.AddRevision(ctx, v); err != nil {
			return err
		}
		if version > 0 {
			return s.log(ctx, actor, c, "case_referral_saved")
		}
		return s.Cases.RecordNote(ctx, actor, c, "referral_begun", "")
	})
}

// log audits what needs no line in the case.
func (s *Service) log(ctx context.Context, actor account.Actor, c *crisis.Case, action audit.Action) error {
	e := audit.Event{At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "case", ObjectID: c.ID, SpaceID: deref(c.SpaceID)}
	return s.Audit.Append(ctx, e)
}

// draft is the case's draft, locked, or nil.
func (s *Service) draft(ctx context.Context, caseID string) (*Referral, error) {
	found, err := s.Store.Referrals(ctx, caseID)
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		if r.State == Draft {
			return s.Store.Referral(ctx, r.ID)
		}
	}
	return nil, nil
}

// Drop ends a draft that nobody will send. Why stands sealed in the case.
func (s *Service) Drop(ctx context.Context, actor account.Actor, caseID, referralID, why string) error {
	var check fault.Check
	if err := tidy(&check, "referral_why", &why, maxShort); err != nil {
		return err
	}
	check.Require(why != "", "referral_why", "referral.why_missing")
	if err := check.Err(); err != nil {
		return err
	}
	return s.change(ctx, actor, caseID, referralID, Draft, "referral_dropped", why, func(_ context.Context, r *Referral) error {
		r.State = Dropped
		return nil
	})
}

// SentForm is that a person told the municipality, as they say it themselves.
type SentForm struct {
	Way      string
	Received time.Time // when it reached the municipality; never later than now
	Sending
}

// Send writes down that the draft was sent, and sets the day by which the municipality should have answered. Nothing is
// sent by it.
func (s *Service) Send(ctx context.Context, actor account.Actor, caseID, referralID string, f SentForm) error {
	var check fault.Check
	if err := f.clean(&check); err != nil {
		return err
	}
	check.Require(slices.Contains(Ways, f.Way), "referral_way", "referral.way_missing")
	check.Require(!f.Received.IsZero() && !f.Received.After(actor.At), "referral_day", "referral.day_wrong")
	if err := check.Err(); err != nil {
		return err
	}
	return s.change(ctx, actor, caseID, referralID, Draft, "referral_sent", "", func(ctx context.Context, r *Referral) (err error) {
		by := Deadline(f.Received.In(s.Zone)).UTC()
		received := f.Received.UTC()
		r.State, r.Way, r.SentBy, r.SentAt, r.AnswerBy = Sent, f.Way, &actor.Account, &received, &by
		r.RemindAt = NextOfficeHour(by.In(s.Zone)).UTC()
		r.SendingSealed, r.KeyID, err = s.seal(ctx, f.Sending, r.place())
		return err
	})
}

// Acknowledge writes down that the municipality has said that it received it.
func (s *Service) Acknowledge(ctx context.Context, actor account.Actor, caseID, referralID string) error {
	return s.change(ctx, actor, caseID, referralID, Sent, "referral_answered", "", func(_ context.Context, r *Referral) error {
		r.State, r.AcknowledgedBy, r.AcknowledgedAt = Acknowledged, &actor.Account, &actor.At
		return nil
	})
}

// change changes a referral that stands at a state; Conflict when it does not any more.
func (s *Service) change(ctx context.Context, actor account.Actor, caseID, referralID string, from State, kind, note string,
	fn func(ctx context.Context, r *Referral) error,
) error {
	return s.at(ctx, actor, caseID, func(ctx context.Context, c *crisis.Case) error {
		r, err := s.Store.Referral(ctx, referralID)
		switch {
		case err != nil:
			return err
		case r.CaseID != c.ID:
			return fault.Missing()
		case r.State != from:
			return fault.Stale()
		}
		if err := fn(ctx, r); err != nil {
			return err
		}
		if err := s.Store.UpdateReferral(ctx, r); err != nil {
			return err
		}
		if err := s.Cases.Reminded(ctx, c.ID, NoticeReferral); err != nil {
			return err
		}
		return s.Cases.RecordNote(ctx, actor, c, kind, note)
	})
}

func (s *Service) seal(ctx context.Context, what any, at seal.Place) (sealed []byte, key string, err error) {
	plain, err := json.Marshal(what)
	if err != nil {
		return nil, "", fmt.Errorf("write down an underretning: %w", err)
	}
	done, err := s.Vault.ForHouse().Seal(ctx, plain, at)
	if err != nil {
		return nil, "", fmt.Errorf("seal underretning: %w", err)
	}
	return done.Ciphertext, done.KeyID, nil
}

func (s *Service) unseal(ctx context.Context, sealed []byte, key string, at seal.Place, into any) error {
	plain, err := s.Vault.ForHouse().Open(ctx, seal.Sealed{KeyID: key, Ciphertext: sealed}, at)
	if err != nil {
		return fmt.Errorf("open underretning: %w", err)
	}
	if err := json.Unmarshal(plain, into); err != nil {
		return fmt.Errorf("read underretning: %w", err)
	}
	return nil
}

func deref(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
