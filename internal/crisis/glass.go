package crisis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/seal"
	"samhold/internal/triage"
)

// GlassField is one sealed field that staff can open in an emergency: of what the person gave with their case, or of
// whom they left in advance.
type GlassField string

// The fields; the texts are glass.field_FIELD.
const (
	GlassName        GlassField = "name"
	GlassPhone       GlassField = "phone"
	GlassAddress     GlassField = "address"
	GlassKinName     GlassField = "kin_name"
	GlassKinPhone    GlassField = "kin_phone"
	GlassKinRelation GlassField = "kin_relation"
)

// GlassFields are all fields.
var GlassFields = []GlassField{GlassName, GlassPhone, GlassAddress, GlassKinName, GlassKinPhone, GlassKinRelation}

// The times of an opening, as the brief of Samhold sets them.
const (
	glassOpen   = time.Hour      // for whoever opened it; then it is sealed again
	glassReview = 24 * time.Hour // until a second person has looked at it
	glassAgain  = 7 * 24 * time.Hour
)

// ContactReasons are why staff may open a field; the texts are crisis.contact_reason_CODE.
var ContactReasons = []string{"send_help", "call_person", "check_safety"}

// Verdicts are what a second person can find of an opening; the texts are glass.verdict_CODE.
var Verdicts = []string{"right", "wrong"}

// maxReason is the longest reason, in characters.
const maxReason = 500

// Opening is one field that one person of the team opened for an hour. The person whom it is about is told when the
// hour is over, unless it was marked as unsafe for them; a second person looks at each.
type Opening struct {
	ID         string `gorm:"primaryKey"`
	CaseID     string
	OpenerID   string
	Role       account.Role
	Field      GlassField
	Reason     string
	EventID    string // of the case, with the reason in words
	OpenedAt   time.Time
	EndsAt     time.Time
	Unsafe     bool
	ToldAt     *time.Time
	ReviewBy   time.Time
	ReviewedAt *time.Time
	ReviewerID *string
	Verdict    string
	Version    int
}

// TableName implements GORM's naming.
func (Opening) TableName() string { return "glass_opening" }

// Waits reports whether a second person must still look at it: for the first time, or again because the person has
// not been told.
func (o *Opening) Waits() bool { return o.ReviewedAt == nil || o.Unsafe }

// Late reports whether that should have happened by now.
func (o *Opening) Late(now time.Time) bool { return o.Waits() && now.After(o.ReviewBy) }

// Glass is what a case's page offers to open.
type Glass struct {
	Fields  []GlassField // that were given
	Allowed bool         // the case is a crisis or about a child at risk, and open
	Live    map[GlassField]time.Time
}

// Break is what somebody wants to open, as the form says it.
type Break struct {
	Field  GlassField
	Reason string // one of ContactReasons
	Words  string
	Unsafe string // why the person must not be told yet; empty when they may be
}

// Broken is a field that is open.
type Broken struct {
	Field GlassField
	Value string // empty when the person left the field empty
	Until time.Time
}

type glassStore interface {
	AddOpening(ctx context.Context, o *Opening) error
	// LiveOpenings are what the person has open in the case now.
	LiveOpenings(ctx context.Context, caseID, openerID string, now time.Time) ([]Opening, error)
	// Opening returns an opening, or NotFound; inside a transaction it is locked.
	Opening(ctx context.Context, openingID string) (*Opening, error)
	// UpdateOpening saves o if its version is still the one given; else Stale.
	UpdateOpening(ctx context.Context, o *Opening, version int) error
	// WaitingOpenings are the openings that a second person must look at, in cases within the scope, the most urgent first.
	WaitingOpenings(ctx context.Context, scope Scope) ([]Opening, error)
	// UntoldOpenings are those whose hour is over, whose person may be told and has not been.
	UntoldOpenings(ctx context.Context, now time.Time, limit int) ([]Opening, error)
	SaveTrusted(ctx context.Context, t *Trusted) error
	// Trusted returns whom the account has left, or NotFound.
	Trusted(ctx context.Context, accountID string) (*Trusted, error)
	DropTrusted(ctx context.Context, accountID string) error
}

// breakable reports whether sealed contacts may be opened in the case at all.
func breakable(c *Case) bool {
	return c.State.Open() && (c.Level == triage.Crisis.String() || c.Category == string(triage.ChildAtRisk))
}

// glass says what the case's page offers the person to open.
func (s *Service) glass(ctx context.Context, actor account.Actor, c *Case) (Glass, error) {
	g := Glass{Allowed: breakable(c), Live: map[GlassField]time.Time{}}
	_, err := s.store.Contact(ctx, c.ID)
	if err == nil {
		g.Fields = append(g.Fields, GlassFields[:3]...)
	}
	if err == nil || fault.Is(err, fault.NotFound) {
		_, err = s.trusted(ctx, c)
	}
	switch {
	case err == nil:
		g.Fields = append(g.Fields, GlassFields[3:]...)
	case !fault.Is(err, fault.NotFound):
		return g, err
	}
	live, err := s.store.LiveOpenings(ctx, c.ID, actor.Account, actor.At)
	for _, o := range live {
		g.Live[o.Field] = o.EndsAt
	}
	return g, err
}

func (b *Break) clean(again bool) error {
	var check fault.Check
	for _, f := range []struct {
		name  string
		value *string
	}{{"contact_words", &b.Words}, {"contact_unsafe", &b.Unsafe}} {
		v, err := markup.Clean(*f.value)
		if err := check.AddError(f.name, err); err != nil {
			return err
		}
		*f.value = strings.TrimSpace(v)
		check.Require(utf8.RuneCountInString(*f.value) <= maxReason, f.name, "crisis.contact_long", "Max", maxReason)
	}
	if !again {
		check.Require(slices.Contains(ContactReasons, b.Reason), "contact_reason", "crisis.contact_reason_missing")
		check.Require(b.Words != "", "contact_words", "crisis.contact_words_missing")
	}
	return check.Err()
}

// BreakGlass opens one field that somebody sealed, for an hour and for the actor alone. It takes the capability where
// the case is, a second factor of the last minutes, and a case that is a crisis or about a child at risk; the first
// time, a reason in words too, which stands sealed in the case. Every call is audited. It is the only way to what is
// sealed there.
func (s *Service) BreakGlass(ctx context.Context, actor account.Actor, caseID string, b Break) (*Broken, error) {
	if !actor.Fresh() {
		return nil, fault.New(fault.Forbidden, "fault.confirm")
	}
	var broken *Broken
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.capable(ctx, actor, caseID, account.OpenContact)
		if err != nil {
			return err
		}
		g, err := s.glass(ctx, actor, c)
		if err != nil {
			return err
		}
		if !slices.Contains(g.Fields, b.Field) {
			return fault.Missing()
		}
		if !g.Allowed {
			return fault.New(fault.Invalid, "glass.not_now")
		}
		until, again := g.Live[b.Field]
		if err := b.clean(again); err != nil {
			return err
		}
		if again {
			err = s.audit.Append(ctx, audit.Event{
				At: actor.At, Actor: actor.Account, Action: "case_contact_seen", ObjectKind: "case", ObjectID: c.ID,
				SpaceID: deref(c.SpaceID), Code: string(b.Field),
			})
		} else {
			until = actor.At.Add(glassOpen)
			err = s.open(ctx, actor, c, b, until)
		}
		if err != nil {
			return err
		}
		value, err := s.sealedField(ctx, c, b.Field)
		broken = &Broken{Field: b.Field, Value: value, Until: until}
		return err
	})
	if err != nil {
		return nil, err
	}
	return broken, nil
}

// open leaves the traces of a first opening.
func (s *Service) open(ctx context.Context, actor account.Actor, c *Case, b Break, until time.Time) error {
	e := Event{ID: id.New(), Kind: "contact_opened", FromState: c.State, ToState: c.State, Code: string(b.Field)}
	if err := s.sealNote(ctx, &e, b.Words); err != nil {
		return err
	}
	err := s.store.AddOpening(ctx, &Opening{
		ID: id.New(), CaseID: c.ID, OpenerID: actor.Account, Role: actor.RoleFor(account.OpenContact), Field: b.Field, Reason: b.Reason,
		EventID: e.ID, OpenedAt: actor.At, EndsAt: until, Unsafe: b.Unsafe != "", ReviewBy: actor.At.Add(glassReview), Version: 1,
	})
	if err != nil {
		return err
	}
	if err := s.record(ctx, actor, c, e); err != nil {
		return err
	}
	if b.Unsafe == "" {
		return nil
	}
	return s.untold(ctx, actor, c, b.Unsafe)
}

// untold writes down why the person is not told yet.
func (s *Service) untold(ctx context.Context, actor account.Actor, c *Case, why string) error {
	e := Event{ID: id.New(), Kind: "contact_untold", FromState: c.State, ToState: c.State}
	if err := s.sealNote(ctx, &e, why); err != nil {
		return err
	}
	return s.record(ctx, actor, c, e)
}

// sealedField opens one field.
func (s *Service) sealedField(ctx context.Context, c *Case, field GlassField) (string, error) {
	var sealed []byte
	var key string
	var at seal.Place
	switch field {
	case GlassKinName, GlassKinPhone, GlassKinRelation:
		t, err := s.trusted(ctx, c)
		if err != nil {
			return "", err
		}
		column := strings.TrimPrefix(string(field), "kin_") + "_sealed"
		sealed, key, at = t.sealed(column), t.KeyID, t.place(column)
	default:
		k, err := s.store.Contact(ctx, c.ID)
		if err != nil {
			return "", err
		}
		column := string(field) + "_sealed"
		sealed = map[GlassField][]byte{GlassName: k.NameSealed, GlassPhone: k.PhoneSealed, GlassAddress: k.AddressSealed}[field]
		key, at = k.KeyID, k.place(column)
	}
	plain, err := s.vault.ForPerson(c.AccountID).Open(ctx, seal.Sealed{KeyID: key, Ciphertext: sealed}, at)
	if err != nil {
		return "", fmt.Errorf("open contact: %w", err)
	}
	return string(plain), nil
}

// Looked is what a second person says of an opening.
type Looked struct {
	Version int
	Verdict string // one of Verdicts
	Words   string // needed when it was wrong, and when the person is not told yet
	Tell    bool   // the person may be told now; means nothing for an opening that is not marked as unsafe
}

// OpeningFile is an opening as the second person sees it.
type OpeningFile struct {
	Opening
	Opener string
	Words  string // why it was opened
	Own    bool   // the actor opened it: somebody else must look
}

// reviewable returns the opening and its case, if the actor signs cases there; else NotFound.
func (s *Service) reviewable(ctx context.Context, actor account.Actor, openingID string) (*Opening, *Case, error) {
	o, err := s.store.Opening(ctx, openingID)
	if err != nil {
		return nil, nil, err
	}
	c, err := s.capable(ctx, actor, o.CaseID, account.SignCases)
	return o, c, err
}

// OpeningFile returns an opening with the reason that was given. Reading it is audited.
func (s *Service) OpeningFile(ctx context.Context, actor account.Actor, openingID string) (*OpeningFile, error) {
	var f *OpeningFile
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		o, c, err := s.reviewable(ctx, actor, openingID)
		if err != nil {
			return err
		}
		names, err := s.store.StaffNames(ctx, []string{o.OpenerID})
		if err != nil {
			return err
		}
		f = &OpeningFile{Opening: *o, Opener: names[o.OpenerID], Own: o.OpenerID == actor.Account}
		events, err := s.store.Events(ctx, c.ID)
		if err != nil {
			return err
		}
		for _, e := range events {
			if e.ID == o.EventID {
				if f.Words, err = s.openNote(ctx, e); err != nil {
					return err
				}
			}
		}
		return s.audit.Append(ctx, audit.Event{
			At: actor.At, Actor: actor.Account, Action: "case_viewed", ObjectKind: "case", ObjectID: c.ID, SpaceID: deref(c.SpaceID),
		})
	})
	return f, err
}

// ReviewOpening is a second person's word on an opening. Whoever opened it cannot give it. As long as the person must
// not be told, it comes back every seven days.
func (s *Service) ReviewOpening(ctx context.Context, actor account.Actor, openingID string, l Looked) error {
	words, err := markup.Clean(l.Words)
	if err != nil {
		return err
	}
	l.Words = strings.TrimSpace(words)
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		o, c, err := s.reviewable(ctx, actor, openingID)
		if err != nil {
			return err
		}
		if o.OpenerID == actor.Account || !o.Waits() || o.Version != l.Version {
			return fault.Stale()
		}
		quiet := o.Unsafe && !l.Tell
		var check fault.Check
		check.Require(slices.Contains(Verdicts, l.Verdict), "verdict", "glass.verdict_missing")
		check.Require(l.Words != "" || l.Verdict != "wrong" && !quiet, "glass_words", "glass.words_missing")
		check.Require(utf8.RuneCountInString(l.Words) <= maxReason, "glass_words", "crisis.contact_long", "Max", maxReason)
		if err := check.Err(); err != nil {
			return err
		}
		version := o.Version
		o.ReviewedAt, o.ReviewerID, o.Verdict, o.Unsafe, o.ReviewBy = &actor.At, &actor.Account, l.Verdict, quiet, actor.At.Add(glassAgain)
		if err := s.store.UpdateOpening(ctx, o, version); err != nil {
			return err
		}
		e := Event{ID: id.New(), Kind: "contact_reviewed", FromState: c.State, ToState: c.State, Code: l.Verdict}
		if l.Words != "" {
			if err := s.sealNote(ctx, &e, l.Words); err != nil {
				return err
			}
		}
		return s.record(ctx, actor, c, e)
	})
}

// Openings are the openings that wait for a second person, where the actor signs cases.
func (s *Service) Openings(ctx context.Context, actor account.Actor) ([]Opening, error) {
	if !actor.Can(account.SignCases) {
		return nil, fault.Missing()
	}
	return s.store.WaitingOpenings(ctx, scopeOf(actor))
}

// NoticeOpened tells a person that something which they had sealed was opened; it names nothing.
const NoticeOpened = "contact_opened"

// TellOpenings tells the people whose hour is over what was opened. Each is told once.
func (s *Service) TellOpenings(ctx context.Context) error {
	now := s.clock.Now()
	untold, err := s.store.UntoldOpenings(ctx, now, atOnce)
	if err != nil {
		return fmt.Errorf("openings to tell: %w", err)
	}
	var failed []error
	for _, o := range untold {
		failed = append(failed, s.tx.InTx(ctx, func(ctx context.Context) error { return s.tell(ctx, o.ID, now) }))
	}
	return errors.Join(failed...)
}

func (s *Service) tell(ctx context.Context, openingID string, now time.Time) error {
	o, err := s.store.Opening(ctx, openingID)
	if err != nil || o.ToldAt != nil || o.Unsafe {
		return err
	}
	c, err := s.store.Case(ctx, Scope{Everywhere: true, Guests: true}, o.CaseID)
	if err != nil {
		return err
	}
	version := o.Version
	o.ToldAt = &now
	if err := s.store.UpdateOpening(ctx, o, version); err != nil {
		return err
	}
	if c.AccountID == nil {
		return nil // a guest has left no way to be told
	}
	if err := s.notifier.NoteOpening(ctx, *c.AccountID, account.OpenedContact, o.Role, o.OpenedAt); err != nil {
		return err
	}
	if err := s.notifier.Notify(ctx, *c.AccountID, NoticeOpened, ""); err != nil {
		return err
	}
	return s.record(ctx, account.Actor{At: now}, c, Event{Kind: "contact_told", FromState: c.State, ToState: c.State})
}
