package crisis

import (
	"context"
	"fmt"
	"slices"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/job"
	"samhold/internal/markup"
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
}

// Deps are what the desk is built from; all are needed.
type Deps struct {
	Store     Store
	Tx        tx.Runner
	Clock     clock.Clock
	Assessor  *triage.Assessor
	Audit     *audit.Log
	Jobs      Jobs
	Notifier  Notifier
	Vault     *vault.Vault
	Directory *directory.Service
}

// Service does everything with cases and guests' concerns.
type Service struct {
	store     Store
	tx        tx.Runner
	clock     clock.Clock
	assessor  *triage.Assessor
	audit     *audit.Log
	jobs      Jobs
	notifier  Notifier
	vault     *vault.Vault
	directory *directory.Service
}

// NewService builds the desk.
func NewService(d Deps) *Service {
	return &Service{
		store: d.Store, tx: d.Tx, clock: d.Clock, assessor: d.Assessor, audit: d.Audit, jobs: d.Jobs,
		notifier: d.Notifier, vault: d.Vault, directory: d.Directory,
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
	HasContact bool
	MayContact bool
	Duty       Duty
}

// Entry is an event with its note opened and its actor named.
type Entry struct {
	Event
	Note string
	Name string
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
	names, err := s.store.StaffNames(ctx, people(c, events))
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(events, func(e Event) bool { return len(e.NoteSealed) > 0 }) {
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
		note, err := s.openNote(ctx, e)
		if err != nil {
			return nil, err
		}
		f.Events = append(f.Events, Entry{Event: e, Note: note, Name: names[deref(e.ActorID)]})
	}
	f.OwnerName = names[c.Owner(actor.At)]
	f.CloserName = names[deref(c.ClosingBy)]
	v := viewerOf(actor, c, f.Signals)
	f.Actions = allowed(c, v)
	contact, err := s.store.Contact(ctx, c.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	f.HasContact = contact != nil
	f.MayContact = f.HasContact && mayOpenContact(actor, c, f.Signals)
	f.Duty, err = s.store.Duty(ctx, deref(c.SpaceID), deref(c.AccountID), actor.At)
	return f, err
}

func people(c *Case, events []Event) []string {
	ids := []string{deref(c.OwnerID), deref(c.ClosingBy), deref(c.SecondPerson)}
	for _, e := range events {
		ids = append(ids, deref(e.ActorID))
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

func mayOpenContact(actor account.Actor, c *Case, signals []Signal) bool {
	return canIn(actor, account.OpenContact, c, signals)
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
	Text    string // plain text of a report or concern
	Reasons []string
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
			open := OpenSource{Source: src, Reasons: s.Explain(src.Reasons, lang)}
			if len(src.Sealed) > 0 {
				if open.Text, err = s.openSource(ctx, src); err != nil {
					return err
				}
			}
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
	if err := s.jobs.Enqueue(ctx, CallJob, CallPayload{Case: c.ID}); err != nil {
		return err
	}
	return s.record(ctx, account.Actor{At: s.clock.Now()}, c, event)
}

// Step is one action on a case, as its form says it.
type Step struct {
	Action  Action
	Version int    // of the case as the person saw it
	Note    string // sealed; needed for a note, an escalation and a resumption
	Level   string // of a Raise
	Outcome string // of a Close
}

// maxNote is the longest note, in characters.
const maxNote = 4000

// Do takes one step with a case. A step that builds on an older version is refused with Conflict, one that the
// person may not take with NotFound.
func (s *Service) Do(ctx context.Context, actor account.Actor, caseID string, step Step) error {
	note, err := markup.Clean(step.Note)
	if err != nil {
		return err
	}
	step.Note = note
	if err := step.check(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.workable(ctx, actor, caseID)
		if err != nil {
			return err
		}
		if c.Version != step.Version {
			return fault.Stale()
		}
		signals, err := s.store.Signals(ctx, scopeOf(actor), c.ID)
		if err != nil {
			return err
		}
		if !permitted(step.Action, c, viewerOf(actor, c, signals)) {
			return fault.New(fault.Conflict, "crisis.not_now")
		}
		from := c.State
		code, err := step.apply(c, actor)
		if err != nil {
			return err
		}
		if err := s.store.UpdateCase(ctx, c, step.Version); err != nil {
			return err
		}
		e := Event{ID: id.New(), Kind: string(step.Action), FromState: from, ToState: c.State, Code: code}
		if step.Note != "" {
			sealed, err := s.vault.ForHouse().Seal(ctx, []byte(step.Note), e.place())
			if err != nil {
				return fmt.Errorf("seal note: %w", err)
			}
			e.NoteSealed, e.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		if err := s.record(ctx, actor, c, e); err != nil {
			return err
		}
		if c.Owner(actor.At) == actor.Account {
			if err := s.watchLease(ctx, c); err != nil {
				return err
			}
		}
		if c.State == New || c.State == Escalated || c.State == Monitoring {
			return s.callStaff(ctx, c)
		}
		return nil
	})
}

func (step Step) check() error {
	var check fault.Check
	needsNote := step.Action == Note || step.Action == Escalate || step.Action == Resume || step.Action == Raise
	check.Require(!needsNote || step.Note != "", "note", "crisis.note_missing")
	check.Require(len([]rune(step.Note)) <= maxNote, "note", "crisis.note_long", "Max", maxNote)
	if step.Action == Close {
		check.Require(knownOutcome(step.Outcome), "outcome", "crisis.outcome_missing")
	}
	if step.Action == Raise {
		_, err := triage.ParseLevel(step.Level)
		check.Require(err == nil, "level", "crisis.level_missing")
	}
	return check.Err()
}

// apply changes the case as the step says and returns the code for the record.
func (step Step) apply(c *Case, actor account.Actor) (code string, err error) {
	to, err := next(step.Action, c.State)
	if err != nil {
		return "", err
	}
	me, until := actor.Account, actor.At.Add(lease(c.Level))
	switch step.Action {
	case Take:
		c.OwnerID = &me
		if c.AcknowledgedAt == nil {
			c.AcknowledgedAt = &actor.At
		}
	case HandBack:
		c.OwnerID, c.OwnerUntil, c.DueAt = nil, nil, actor.At.Add(goal(c.Level))
	case Raise:
		c.Level, code = step.Level, step.Level
		if higher(step.Level, c.PeakLevel) {
			c.PeakLevel = step.Level
		}
	case Close:
		c.Outcome, c.ClosingBy, code = step.Outcome, &me, step.Outcome
		if c.NeedsTwo() {
			to = Monitoring
			c.OwnerID, c.OwnerUntil = nil, nil
		}
	case Sign:
		c.SecondPerson, code = &me, c.Outcome
	case Resume:
		c.OwnerID, c.ClosingBy, c.Outcome = &me, nil, ""
	case Note, Reach, Escalate:
	}
	if to == Closed {
		c.ClosedAt = &actor.At
		c.OwnerID, c.OwnerUntil = nil, nil
	}
	if c.OwnerID != nil && *c.OwnerID == me {
		c.OwnerUntil = &until
	}
	c.State = to
	return code, nil
}

func (e *Event) place() seal.Place {
	return seal.Place{Table: "case_event", Column: "note_sealed", Row: e.ID}
}

func (s *Service) openNote(ctx context.Context, e Event) (string, error) {
	if len(e.NoteSealed) == 0 {
		return "", nil
	}
	plain, err := s.vault.ForHouse().Open(ctx, seal.Sealed{KeyID: e.KeyID, Ciphertext: e.NoteSealed}, e.place())
	if err != nil {
		return "", fmt.Errorf("open note: %w", err)
	}
	return string(plain), nil
}

// The kinds of notice that the desk makes; both name the case.
const (
	NoticeCase  = "case"
	NoticeLetGo = "case_let_go" // somebody had it, and nobody has it now
)

// Call leaves a notice with those who should look at a case, in every space where it has a signal: only the staff of
// a space can read what was written there. It is the handler of CallJob: run again with the same key, it does nothing.
func (s *Service) Call(ctx context.Context, p CallPayload) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, p.Case)
		if err != nil || c.State == Closed {
			return err
		}
		kind := NoticeCase
		if p.Lease != nil {
			since, gone := c.LetGo(s.clock.Now())
			if !gone || !since.Equal(*p.Lease) {
				return nil // another step came, and has a lease of its own
			}
			kind = NoticeLetGo
		}
		fresh, err := s.store.AddCall(ctx, c.ID, kind, p.Key, s.clock.Now())
		if err != nil || !fresh {
			return err
		}
		signals, err := s.store.Signals(ctx, Scope{Everywhere: true}, c.ID)
		if err != nil {
			return err
		}
		spaces := []string{deref(c.SpaceID)}
		for _, signal := range signals {
			spaces = append(spaces, deref(signal.SpaceID))
		}
		slices.Sort(spaces)
		var accounts []string
		for _, space := range slices.Compact(spaces) {
			found, err := s.store.Callable(ctx, space, deref(c.AccountID), s.clock.Now())
			if err != nil {
				return err
			}
			accounts = append(accounts, found...)
		}
		slices.Sort(accounts)
		for _, a := range slices.Compact(accounts) {
			if err := s.notifier.Notify(ctx, a, kind, c.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Callable implements moderation.Callers: those on duty in a space, else everybody who works cases there, without whom
// it is about.
func (s *Service) Callable(ctx context.Context, spaceID, about string) ([]string, error) {
	return s.store.Callable(ctx, spaceID, about, s.clock.Now())
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}
