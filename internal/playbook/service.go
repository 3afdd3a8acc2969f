package playbook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Tick is a step that somebody has done in a case. The step is kept as it was worded then; the note is sealed.
type Tick struct {
	ID         string `gorm:"primaryKey"`
	CaseID     string
	StepHash   string // of the step's words: each step is ticked once
	Step       string
	AccountID  string
	NoteSealed []byte
	KeyID      string
	CreatedAt  time.Time
}

// TableName implements GORM's naming.
func (Tick) TableName() string { return "case_tick" }

func (t *Tick) place() seal.Place {
	return seal.Place{Table: "case_tick", Column: "note_sealed", Row: t.ID}
}

// StepHash names a step in a form.
func StepHash(step string) string {
	sum := sha256.Sum256([]byte(step))
	return hex.EncodeToString(sum[:8])
}

// Store is what the service keeps. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// Newest returns the newest version of a playbook that somebody here wrote or approved, or NotFound.
	Newest(ctx context.Context, k Key) (Version, error)
	// AllNewest returns the newest version of each playbook of a language that has one.
	AllNewest(ctx context.Context, lang string) ([]Version, error)
	Versions(ctx context.Context, k Key) ([]Version, error)
	// AddVersion saves v; Stale when its number is taken.
	AddVersion(ctx context.Context, v *Version) error
	Approve(ctx context.Context, versionID, accountID string, at time.Time) error
	Ticks(ctx context.Context, caseID string) ([]Tick, error)
	// AddTick saves t unless the step is ticked.
	AddTick(ctx context.Context, t *Tick) (added bool, err error)
	// DropTick deletes the tick of a case that the account made; NotFound if there is none.
	DropTick(ctx context.Context, caseID, tickID, accountID string) error
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
}

// Cases is what the crisis desk does for this area.
type Cases interface {
	// Known returns the case if the actor works it, else NotFound.
	Known(ctx context.Context, actor account.Actor, caseID string) (*crisis.Case, error)
	// Record writes what happened into the case and the log. It joins the transaction of ctx.
	Record(ctx context.Context, actor account.Actor, c *crisis.Case, kind string) error
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store Store
	Tx    tx.Runner
	Cases Cases
	Vault *vault.Vault
	Audit *audit.Log
}

// Service gives, edits and approves playbooks, and keeps what is ticked in a case.
type Service struct {
	Deps
	shipped map[Key]Version
}

// New reads the shipped book; an error names what is wrong with it.
func New(d Deps) (*Service, error) {
	book, err := shipped()
	return &Service{Deps: d, shipped: book}, err
}

// Shipped is the book that Samhold comes with. All of it is public.
func (s *Service) Shipped() []Version { return slices.Collect(maps.Values(s.shipped)) }

// current is the version that holds now.
func (s *Service) current(ctx context.Context, k Key) (Version, error) {
	v, err := s.Store.Newest(ctx, k)
	if fault.Is(err, fault.NotFound) {
		return s.shipped[k], nil
	}
	return v, err
}

// Line is a playbook in the list of those who edit them.
type Line struct {
	Version
	Approver string
}

// All lists the playbooks of a language for those who edit them.
func (s *Service) All(ctx context.Context, actor account.Actor, lang string) ([]Line, error) {
	if !actor.Can(account.EditPlaybooks) {
		return nil, fault.Missing()
	}
	found, err := s.Store.AllNewest(ctx, lang)
	if err != nil {
		return nil, err
	}
	newest := map[Key]Version{}
	var people []string
	for _, v := range found {
		newest[v.Key()] = v
		people = append(people, deref(v.ApprovedBy))
	}
	names, err := s.Store.StaffNames(ctx, people)
	var lines []Line
	for _, category := range Categories {
		for _, subject := range Subjects {
			k := Key{category, subject, lang}
			v, ok := newest[k]
			if !ok {
				v = s.shipped[k]
			}
			lines = append(lines, Line{v, names[deref(v.ApprovedBy)]})
		}
	}
	return lines, err
}

// File is a playbook before those who edit it.
type File struct {
	Line
	Past []Past
}

// Past is an earlier or the present version, newest first.
type Past struct {
	Version
	Editor   string
	Approver string
}

// File returns a playbook with its history for those who edit them; NotFound for others and for no such playbook.
func (s *Service) File(ctx context.Context, actor account.Actor, k Key) (*File, error) {
	if !actor.Can(account.EditPlaybooks) || !k.valid() {
		return nil, fault.Missing()
	}
	versions, err := s.Store.Versions(ctx, k)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, v := range versions {
		people = append(people, v.EditedBy, deref(v.ApprovedBy))
	}
	names, err := s.Store.StaffNames(ctx, people)
	if err != nil {
		return nil, err
	}
	f := &File{Line: Line{Version: s.shipped[k]}}
	for i, v := range versions {
		if i == 0 {
			f.Line = Line{v, names[deref(v.ApprovedBy)]}
		}
		f.Past = append(f.Past, Past{Version: v, Editor: names[v.EditedBy], Approver: names[deref(v.ApprovedBy)]})
	}
	return f, nil
}

// Edit is a new version as its form says it.
type Edit struct {
	Version      int // that it builds on
	Steps        string
	FirstMessage string
	FollowUp     string
}

// The longest texts, in characters, and the most steps.
const (
	maxSteps   = 3000
	maxMessage = 3000
	mostSteps  = 20
)

func (e *Edit) clean() error {
	var check fault.Check
	for _, f := range []struct {
		name  string
		value *string
		most  int
	}{{"steps", &e.Steps, maxSteps}, {"first_message", &e.FirstMessage, maxMessage}, {"follow_up", &e.FollowUp, maxMessage}} {
		v, err := markup.Clean(*f.value)
		if err := check.AddError(f.name, err); err != nil {
			return err
		}
		*f.value = strings.TrimSpace(v)
		check.Require(*f.value != "", f.name, "playbook.empty")
		check.Require(utf8.RuneCountInString(*f.value) <= f.most, f.name, "crisis.contact_long", "Max", f.most)
	}
	check.Require(len(Version{Steps: e.Steps}.List()) <= mostSteps, "steps", "playbook.steps_many", "Max", mostSteps)
	return check.Err()
}

// Edit saves a new version, which nobody has approved yet. It is audited. A version that builds on an older one than
// the newest is refused with Conflict.
func (s *Service) Edit(ctx context.Context, actor account.Actor, k Key, e Edit) error {
	if !actor.Can(account.EditPlaybooks) || !k.valid() {
		return fault.Missing()
	}
	if err := e.clean(); err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		was, err := s.current(ctx, k)
		if err != nil {
			return err
		}
		if was.Version != e.Version {
			return fault.Stale()
		}
		next := Version{
			ID: id.New(), Category: k.Category, Subject: k.Subject, Lang: k.Lang, Version: was.Version + 1, Steps: e.Steps,
			FirstMessage: e.FirstMessage, FollowUp: e.FollowUp, EditedBy: actor.Account, CreatedAt: actor.At,
		}
		if err := s.Store.AddVersion(ctx, &next); err != nil {
			return err
		}
		return s.record(ctx, actor, "playbook_edited", next)
	})
}

// Approve puts the actor's name to the version that holds now, as it stands. It is audited.
func (s *Service) Approve(ctx context.Context, actor account.Actor, k Key, version int) error {
	if !actor.Can(account.EditPlaybooks) || !k.valid() {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		v, err := s.current(ctx, k)
		if err != nil {
			return err
		}
		if v.Version != version || v.Approved() {
			return fault.Stale()
		}
		if v.Version == 0 { // the shipped text becomes one of the house's own
			v.ID, v.Version, v.EditedBy, v.CreatedAt = id.New(), 1, actor.Account, actor.At
			if err := s.Store.AddVersion(ctx, &v); err != nil {
				return err
			}
		}
		if err := s.Store.Approve(ctx, v.ID, actor.Account, actor.At); err != nil {
			return err
		}
		return s.record(ctx, actor, "playbook_approved", v)
	})
}

func (s *Service) record(ctx context.Context, actor account.Actor, action audit.Action, v Version) error {
	return s.Audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "playbook", ObjectID: v.ID, Code: v.Category,
	})
}

// Checklist is a case's playbook with what is done of it.
type Checklist struct {
	Version
	Approver string
	Open     []string // steps that nobody has ticked
	Done     []Done
}

// Done is a ticked step.
type Done struct {
	Tick
	Name string
	Note string
	Own  bool // the actor ticked it, and can take it back
}

// Checklist returns the case's playbook in the reader's language, for whoever works it; NotFound for others.
func (s *Service) Checklist(ctx context.Context, actor account.Actor, caseID, lang string) (*Checklist, error) {
	c, err := s.Cases.Known(ctx, actor, caseID)
	if err != nil {
		return nil, err
	}
	v, err := s.current(ctx, For(c.Category, c.Subject, lang))
	if err != nil {
		return nil, err
	}
	ticks, err := s.Store.Ticks(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	people := []string{deref(v.ApprovedBy)}
	ticked := map[string]bool{}
	for _, t := range ticks {
		people = append(people, t.AccountID)
		ticked[t.StepHash] = true
	}
	names, err := s.Store.StaffNames(ctx, people)
	if err != nil {
		return nil, err
	}
	list := &Checklist{Version: v, Approver: names[deref(v.ApprovedBy)]}
	for _, step := range v.List() {
		if !ticked[StepHash(step)] {
			list.Open = append(list.Open, step)
		}
	}
	for _, t := range ticks {
		note := ""
		if len(t.NoteSealed) > 0 {
			plain, err := s.Vault.ForHouse().Open(ctx, seal.Sealed{KeyID: t.KeyID, Ciphertext: t.NoteSealed}, t.place())
			if err != nil {
				return nil, fmt.Errorf("open note of a step: %w", err)
			}
			note = string(plain)
		}
		list.Done = append(list.Done, Done{Tick: t, Name: names[t.AccountID], Note: note, Own: t.AccountID == actor.Account})
	}
	return list, nil
}

// maxNote is the longest note to a step, in characters.
const maxNote = 500

// Check ticks a step of the case's playbook under the actor's name. The record of the case says that a step was done;
// ticking it twice does nothing.
func (s *Service) Check(ctx context.Context, actor account.Actor, caseID, lang, stepHash, note string) error {
	note, err := markup.Clean(note)
	if err != nil {
		return err
	}
	note = strings.TrimSpace(note)
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		list, err := s.Checklist(ctx, actor, caseID, lang)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list.List(), func(step string) bool { return StepHash(step) == stepHash })
		var check fault.Check
		check.Require(i >= 0, "step", "playbook.step_missing")
		check.Require(utf8.RuneCountInString(note) <= maxNote, "step_note", "crisis.contact_long", "Max", maxNote)
		if err := check.Err(); err != nil {
			return err
		}
		t := &Tick{ID: id.New(), CaseID: caseID, StepHash: stepHash, Step: list.List()[i], AccountID: actor.Account, CreatedAt: actor.At}
		if note != "" {
			sealed, err := s.Vault.ForHouse().Seal(ctx, []byte(note), t.place())
			if err != nil {
				return fmt.Errorf("seal note of a step: %w", err)
			}
			t.NoteSealed, t.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		added, err := s.Store.AddTick(ctx, t)
		if err != nil || !added {
			return err
		}
		return s.note(ctx, actor, caseID, "step_done")
	})
}

// Uncheck takes back a tick of the actor's own.
func (s *Service) Uncheck(ctx context.Context, actor account.Actor, caseID, tickID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.Cases.Known(ctx, actor, caseID); err != nil {
			return err
		}
		if err := s.Store.DropTick(ctx, caseID, tickID, actor.Account); err != nil {
			return err
		}
		return s.note(ctx, actor, caseID, "step_undone")
	})
}

func (s *Service) note(ctx context.Context, actor account.Actor, caseID, kind string) error {
	c, err := s.Cases.Known(ctx, actor, caseID)
	if err != nil {
		return err
	}
	return s.Cases.Record(ctx, actor, c, kind)
}

// Ready refuses a message that began as a template and is not a person's own yet: one with a placeholder that nobody
// replaced, or without the name of whoever sends it. The fault is on the field "body".
func Ready(message, signed string) error {
	var check fault.Check
	check.Require(!strings.Contains(message, "[[") && !strings.Contains(message, "]]"), "body", "playbook.placeholder")
	check.Require(signed == "" || strings.Contains(message, signed), "body", "playbook.unsigned", "Name", signed)
	return check.Err()
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
