package crisis

import (
	"context"
	"fmt"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/job"
	"samhold/internal/seal"
	"samhold/internal/triage"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Jobs is where work that follows a commit is left.
type Jobs interface {
	Enqueue(ctx context.Context, kind string, payload any, options ...job.Option) error
}

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
	// Withdraw takes back the notices of a kind about one thing that nobody has seen yet.
	Withdraw(ctx context.Context, kind, refID string) error
	// NoteOpening lets a person see that somebody with the role opened what they had sealed, and on which day.
	NoteOpening(ctx context.Context, accountID string, kind account.OpeningKind, role account.Role, on time.Time) error
}

// Deps are what the desk is built from; all are needed.
type Deps struct {
	Store     Store
	Tx        tx.Runner
	Clock     clock.Clock
	Assessor  *triage.Assessor
	Zone      *time.Location // where the writers are; nil: triage is not told of the night
	Audit     *audit.Log
	Jobs      Jobs
	Notifier  Notifier
	Vault     *vault.Vault
	Directory *directory.Service
	Rota      Rota // nil: every hour counts as one of duty
	Ways      Ways // nil: nobody is called but at the workbench
	Care      Care // nil: nobody is spared or asked
}

// Service does everything with cases and guests' concerns.
type Service struct {
	store     Store
	tx        tx.Runner
	clock     clock.Clock
	assessor  *triage.Assessor
	zone      *time.Location
	audit     *audit.Log
	jobs      Jobs
	notifier  Notifier
	vault     *vault.Vault
	directory *directory.Service
	ways      Ways
	rota      Rota
	care      Care
	wake      chan struct{}
}

// NewService builds the desk.
func NewService(d Deps) *Service {
	return &Service{
		store: d.Store, tx: d.Tx, clock: d.Clock, assessor: d.Assessor, zone: d.Zone, audit: d.Audit, jobs: d.Jobs,
		notifier: d.Notifier, vault: d.Vault, directory: d.Directory, ways: d.Ways, rota: d.Rota, care: d.Care, wake: make(chan struct{}, 1),
	}
}

// scopeOf is which cases the person may know of: those of the spaces where they work cases, and guests'.
func scopeOf(actor account.Actor) Scope {
	everywhere, spaces := actor.Reach(account.WorkCases)
	return Scope{
		Everywhere: everywhere, Spaces: spaces, Guests: actor.Can(account.AnswerGuests), Account: actor.Account,
	}
}

// Cases returns the open cases that the person may know of: the highest level first, then the longest waiting.
func (s *Service) Cases(ctx context.Context, actor account.Actor) ([]Row, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	return s.store.Cases(ctx, scopeOf(actor))
}

// Duty says who looks next in a space, or in any when it is empty, at what the account wrote: it does not count
// itself. Everybody may know it.
func (s *Service) Duty(ctx context.Context, spaceID, accountID string) (Duty, error) {
	return s.store.Duty(ctx, spaceID, accountID, s.clock.Now())
}

// File is a case as its page shows it: no text until it is opened.
type File struct {
	Case
	OwnerName  string
	CloserName string
	Signals    []Signal
	Events     []Entry
	Actions    []Action
	Glass      Glass
	MayContact bool     // the person may open what is sealed
	Second     bool     // taking it would be the person's second crisis
	Colleagues []string // what those are called to whom the person may hand it over
	Duty       Duty
	Emergency  []OpenCall
	MayCall    bool       // the person may write down a call to 112 or 114
	CallsMade  []CallMade // the newest, newest first
	CallCount  int        // how many there were
	Next       TimerKind  // what happens if nobody does anything; empty when nothing does
	NextAt     time.Time
}

// Entry is an event with its note opened and its actor named.
type Entry struct {
	Event
	Note  string
	Name  string
	Calls int       // of calls in a row: how many there were
	Until time.Time // and when the last was
}

// again reports whether the event is one more call after this one: a page shows them as one line.
func (e *Entry) again(more Event) bool {
	return e.Kind == string(Paged) && more.Kind == e.Kind && more.FromState == more.ToState
}

// File returns the case, or NotFound when the person may not know of it. Reading its notes is audited.
func (s *Service) File(ctx context.Context, actor account.Actor, caseID string) (*File, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	scope := scopeOf(actor)
	c, err := s.store.Case(ctx, scope, caseID)
	if err != nil {
		return nil, err
	}
	f := &File{Case: *c}
	if f.Signals, err = s.store.Signals(ctx, scope, c.ID); err != nil {
		return nil, err
	}
	events, err := s.store.Events(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	calls, err := s.store.Emergencies(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	names, err := s.store.StaffNames(ctx, people(c, events, calls))
	if err != nil {
		return nil, err
	}
	if len(calls) > 0 || slices.ContainsFunc(events, func(e Event) bool { return len(e.NoteSealed) > 0 }) {
		err := s.tx.InTx(ctx, func(ctx context.Context) error {
			return s.audit.Append(ctx, audit.Event{
				At: actor.At, Actor: actor.Account, Action: "case_viewed", ObjectKind: "case", ObjectID: c.ID, SpaceID: deref(c.SpaceID),
			})
		})
		if err != nil {
			return nil, err
		}
	}
	for _, e := range events {
		if n := len(f.Events); n > 0 && f.Events[n-1].again(e) {
			f.Events[n-1].Calls, f.Events[n-1].Until = f.Events[n-1].Calls+1, e.CreatedAt
			continue
		}
		if e.Kind == "contact_opened" && !slices.Contains(GlassFields, GlassField(e.Code)) {
			e.Code = "" // from before fields were opened one by one
		}
		note, err := s.openNote(ctx, e)
		if err != nil {
			return nil, err
		}
		f.Events = append(f.Events, Entry{Event: e, Note: note, Name: names[deref(e.ActorID)], Calls: 1})
	}
	if f.Emergency, err = s.openCalls(ctx, calls, names); err != nil {
		return nil, err
	}
	f.MayCall = canIn(actor, account.CallEmergency, c, f.Signals)
	f.OwnerName = names[c.Owner(actor.At)]
	f.CloserName = names[deref(c.ClosingBy)]
	if f.CallsMade, f.CallCount, err = s.called(ctx, c.ID); err != nil {
		return nil, err
	}
	timers, err := s.store.Timers(ctx, []string{c.ID})
	if err != nil {
		return nil, err
	}
	for _, t := range timers {
		if t.Generation == c.Generation {
			f.Next, f.NextAt = t.Kind, t.DueAt
		}
	}
	if f.Second, err = s.second(ctx, actor.Account, c, actor.At); err != nil {
		return nil, err
	}
	v := viewerOf(actor, c, f.Signals)
	f.Actions = allowed(c, v)
	if slices.Contains(f.Actions, HandOver) {
		if f.Colleagues, err = s.colleagues(ctx, actor, c); err != nil {
			return nil, err
		}
	}
	if f.Glass, err = s.glass(ctx, actor, c); err != nil {
		return nil, err
	}
	f.MayContact = canIn(actor, account.OpenContact, c, f.Signals)
	f.Duty, err = s.store.Duty(ctx, deref(c.SpaceID), deref(c.AccountID), actor.At)
	return f, err
}

func people(c *Case, events []Event, calls []EmergencyCall) []string {
	ids := []string{deref(c.OwnerID), deref(c.ClosingBy), deref(c.SecondPerson)}
	for _, e := range events {
		ids = append(ids, deref(e.ActorID))
	}
	for _, k := range calls {
		ids = append(ids, k.CallerID)
	}
	return ids
}

// viewerOf says what the person may do where the case has signals.
func viewerOf(actor account.Actor, c *Case, signals []Signal) viewer {
	return viewer{
		account: actor.Account,
		works:   canIn(actor, account.WorkCases, c, signals),
		signs:   canIn(actor, account.SignCases, c, signals),
		owns:    c.OwnedBy(actor.Account, actor.At),
		owned:   c.Owner(actor.At) != "",
	}
}

func canIn(actor account.Actor, capability account.Capability, c *Case, signals []Signal) bool {
	if c.ConcernID != nil && actor.Can(account.AnswerGuests) && actor.Can(capability) {
		return true
	}
	for _, s := range signals {
		if s.SpaceID != nil && actor.CanIn(capability, *s.SpaceID) {
			return true
		}
	}
	return c.SpaceID == nil && actor.Can(capability)
}

// Texts are what the case is about, opened. Reasons are in the reader's language.
type Texts struct {
	Sources []OpenSource
}

// OpenSource is one text with why it was assessed as it was.
type OpenSource struct {
	Source
	Text string // plain text of a report or concern
	Told triage.Told
}

// Open returns the texts of the case that the person may see; the opening is audited and stands in the case.
func (s *Service) Open(ctx context.Context, actor account.Actor, caseID, lang string) (*Texts, error) {
	var texts Texts
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.workable(ctx, actor, caseID)
		if err != nil {
			return err
		}
		sources, err := s.store.Sources(ctx, scopeOf(actor), c.ID)
		if err != nil {
			return err
		}
		for _, src := range sources {
			open := OpenSource{Source: src}
			assessed := src.assessed()
			if len(src.Sealed) > 0 {
				if open.Text, err = s.openSource(ctx, src); err != nil {
					return err
				}
				assessed = open.Text
			}
			open.Told = s.Explain(src.Reasons, assessed, lang)
			texts.Sources = append(texts.Sources, open)
		}
		return s.record(ctx, actor, c, Event{Kind: "text_opened", FromState: c.State, ToState: c.State})
	})
	if err != nil {
		return nil, err
	}
	return &texts, nil
}

// openSource opens a sealed report or concern.
func (s *Service) openSource(ctx context.Context, src Source) (string, error) {
	table := map[string]string{"report": "report", "concern": "concern"}[src.Kind]
	at := seal.Place{Table: table, Column: "body_sealed", Row: src.ID, Version: src.SealedVersion}
	plain, err := s.vault.ForHouse().Open(ctx, seal.Sealed{KeyID: src.KeyID, Ciphertext: src.Sealed}, at)
	if err != nil {
		return "", fmt.Errorf("open %s: %w", src.Kind, err)
	}
	return string(plain), nil
}

// workable returns the case locked, if the person works cases there; else NotFound.
func (s *Service) workable(ctx context.Context, actor account.Actor, caseID string) (*Case, error) {
	if !actor.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	return s.store.Case(ctx, scopeOf(actor), caseID)
}

// record writes an event and its audit row. It says nothing but codes and ids outside the sealed note.
func (s *Service) record(ctx context.Context, actor account.Actor, c *Case, e Event) error {
	e.CaseID, e.ActorID, e.CreatedAt = c.ID, optional(actor.Account), actor.At
	if err := s.store.AddEvent(ctx, &e); err != nil {
		return err
	}
	return s.audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: audit.Action("case_" + e.Kind), ObjectKind: "case", ObjectID: c.ID,
		SpaceID: deref(c.SpaceID), Code: e.Code,
	})
}

// PersonLeft tells those who work the account's open case that its person has erased the account: it may be the last
// thing that they did here. Without an open case nothing happens. It joins the transaction of ctx.
func (s *Service) PersonLeft(ctx context.Context, accountID string) error {
	c, err := s.store.OpenCaseOf(ctx, accountID)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	event := Event{Kind: "person_left", FromState: c.State, ToState: c.State}
	now := s.clock.Now()
	people := []string{c.Owner(now)}
	if c.Owner(now) == "" {
		if people, err = s.everybody(ctx, c, now); err != nil {
			return err
		}
	}
	for _, p := range people {
		if err := s.notifier.Notify(ctx, p, NoticeCase, c.ID); err != nil {
			return err
		}
	}
	return s.record(ctx, account.Actor{At: now}, c, event)
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
