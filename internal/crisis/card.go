package crisis

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/markup"
	"samhold/internal/seal"
	"samhold/internal/triage"
)

// Card is what the author of an urgent text sees, in the same response: it speaks to a person and says nothing
// that is not true at that moment. Only the author may see it.
type Card struct {
	Category     string
	About        string           // author, other, child: whose danger the words are about
	LifeInDanger bool             // 112 comes first
	Emergency    directory.Line   // 112
	Lines        []directory.Line // the one that suits best, and one to fall back on
	At           time.Time
	Duty         Duty
	ContactGiven bool
	Unanswered   bool   // everybody was called and nobody has answered
	Held         bool   // a human has it in their hands now
	Contacted    bool   // a human has written to the person, or spoken with them
	Calling      bool   // people are being called
	Young        bool   // a young person reads it
	Pressed      bool   // they asked for help by the button
	Receipt      string // of a guest's concern, for the contact form; empty for members
}

// OwnCard returns the card of the person's open case, or NotFound when there is none. It speaks of the person's own
// words alone: a case that somebody else's report opened is none to them, or it would tell them of the report.
func (s *Service) OwnCard(ctx context.Context, actor account.Actor, audience string) (*Card, error) {
	c, own, err := s.ownCase(ctx, actor)
	if err != nil {
		return nil, err
	}
	// The card answers what was written last, and who reads it is said of the space that it was written in. How serious it
	// is, is said of everything that the person wrote.
	last := own[len(own)-1]
	c.Level, c.Category, c.Subject, c.SpaceID = last.Level, last.Category, last.Subject, last.SpaceID
	for _, signal := range own {
		if higher(signal.Level, c.Level) {
			c.Level = signal.Level
		}
	}
	switch {
	case actor.Minor():
		audience = youngAudience
	case audience == "" && c.SpaceID != nil:
		if audience, err = s.store.SpaceKind(ctx, *c.SpaceID); err != nil {
			return nil, fmt.Errorf("kind of space: %w", err)
		}
	}
	card, err := s.card(ctx, c, audience)
	if err == nil && slices.ContainsFunc(own, func(signal Signal) bool { return signal.SourceKind == string(ButtonSignal) }) {
		// Nobody knows how bad it is: the lines are those for the worst.
		card.Pressed, card.Category, card.LifeInDanger = true, c.Category, true
		card.Lines = s.directory.For(cmp.Or(c.Category, string(triage.Suicide)), audience, card.At)
	}
	return card, err
}

// youngAudience is the kind of space whose help lines and words are for the young; whoever is under 18 gets them anywhere.
const youngAudience = "young"

// Caused reports whether a text of the actor's own stands in their open case.
func (s *Service) Caused(ctx context.Context, actor account.Actor, textID string) (bool, error) {
	_, own, err := s.ownCase(ctx, actor)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return slices.ContainsFunc(own, func(signal Signal) bool { return signal.SourceID == textID }), err
}

// ownCase returns the actor's open case with what they themselves wrote to it, NotFound if that is nothing.
func (s *Service) ownCase(ctx context.Context, actor account.Actor) (*Case, []Signal, error) {
	if actor.Guest() {
		return nil, nil, fault.Missing()
	}
	c, err := s.store.OpenCaseOf(ctx, actor.Account)
	if err != nil {
		return nil, nil, err
	}
	own, err := s.store.OwnSignals(ctx, actor.Account, c.ID)
	if err == nil && len(own) == 0 {
		err = fault.Missing()
	}
	return c, own, err
}

// GuestCard returns the card of the open case of a guest's concern to whoever has its receipt.
func (s *Service) GuestCard(ctx context.Context, receipt string) (*Card, error) {
	concern, err := s.store.ConcernByReceipt(ctx, s.receiptHash(receipt))
	if err != nil {
		return nil, err
	}
	c, err := s.store.OpenCaseOfConcern(ctx, concern.ID)
	if err != nil {
		return nil, err
	}
	card, err := s.card(ctx, c, "")
	if err != nil {
		return nil, err
	}
	card.Receipt = receipt
	return card, nil
}

func (s *Service) card(ctx context.Context, c *Case, audience string) (*Card, error) {
	now := s.clock.Now()
	duty, err := s.store.Duty(ctx, deref(c.SpaceID), deref(c.AccountID), now)
	if err != nil {
		return nil, fmt.Errorf("who is on duty: %w", err)
	}
	_, err = s.store.Contact(ctx, c.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, fmt.Errorf("contact: %w", err)
	}
	card := &Card{
		Category: category(c.Category), About: about(c.Subject), LifeInDanger: danger(c),
		Duty: duty, ContactGiven: err == nil, Unanswered: c.State == Unstaffed,
		Held: c.Owner(now) != "", Contacted: c.ContactedAt != nil, Calling: c.State.Waits() || c.State == Escalated,
		Young: audience == youngAudience,
	}
	card.At, card.Emergency, card.Lines = now, s.directory.Emergency(), s.directory.For(card.Category, audience, now)
	return card, nil
}

// category is the one that the card's words are written for.
func category(c string) string {
	if c == "" {
		return string(triage.Hopelessness)
	}
	return c
}

// danger reports whether a life may be in danger now: 112 then comes first. An overdose, violence and a child at risk are
// danger at any urgent level.
func danger(c *Case) bool {
	switch triage.Category(c.Category) {
	case triage.Overdose, triage.Violence, triage.ChildAtRisk:
		return true
	default:
		return c.Level == triage.Crisis.String()
	}
}

func about(subject string) string {
	switch triage.Subject(subject) {
	case triage.OtherAdult:
		return "other"
	case triage.Child:
		return "child"
	default:
		return "author"
	}
}

// GivenContact is what the author gives of their own will, and what staff read when they open it.
type GivenContact struct {
	Name    string
	Phone   string
	Address string
}

func (g *GivenContact) clean() error {
	var check fault.Check
	for _, f := range []struct {
		name  string
		value *string
		most  int
	}{{"contact_name", &g.Name, 120}, {"contact_phone", &g.Phone, 40}, {"contact_address", &g.Address, 300}} {
		v, err := markup.Clean(*f.value)
		if err := check.AddError(f.name, err); err != nil {
			return err
		}
		*f.value = v
		check.Require(utf8.RuneCountInString(v) <= f.most, f.name, "crisis.contact_long", "Max", f.most)
	}
	check.Require(g.Name+g.Phone+g.Address != "", "contact_phone", "crisis.contact_empty")
	return check.Err()
}

// GiveContact keeps what the person gives with their open case, sealed. It replaces what was given before.
func (s *Service) GiveContact(ctx context.Context, actor account.Actor, given GivenContact) error {
	return s.keepContact(ctx, given, actor.At, func(ctx context.Context) (*Case, error) {
		c, _, err := s.ownCase(ctx, actor)
		return c, err
	})
}

// GiveGuestContact does the same for a guest who has the receipt of a concern.
func (s *Service) GiveGuestContact(ctx context.Context, receipt string, given GivenContact) error {
	return s.keepContact(ctx, given, s.clock.Now(), func(ctx context.Context) (*Case, error) {
		concern, err := s.store.ConcernByReceipt(ctx, s.receiptHash(receipt))
		if err != nil {
			return nil, err
		}
		return s.store.OpenCaseOfConcern(ctx, concern.ID)
	})
}

func (s *Service) keepContact(
	ctx context.Context, given GivenContact, at time.Time, find func(context.Context) (*Case, error),
) error {
	if err := given.clean(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		c, err := find(ctx)
		if err != nil {
			return err
		}
		// The case is locked, so nobody else gives a contact meanwhile.
		before, err := s.store.Contact(ctx, c.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("contact: %w", err)
		}
		kept := Contact{CaseID: c.ID, Version: 1, GivenAt: at}
		if before != nil {
			kept.Version = before.Version + 1
		}
		sealer := s.vault.ForPerson(c.AccountID)
		for _, f := range []struct {
			column string
			plain  string
			into   *[]byte
		}{
			{"name_sealed", given.Name, &kept.NameSealed},
			{"phone_sealed", given.Phone, &kept.PhoneSealed},
			{"address_sealed", given.Address, &kept.AddressSealed},
		} {
			sealed, err := sealer.Seal(ctx, []byte(f.plain), kept.place(f.column))
			if err != nil {
				return fmt.Errorf("seal contact: %w", err)
			}
			*f.into, kept.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		if err := s.store.SaveContact(ctx, &kept); err != nil {
			return err
		}
		return s.store.AddEvent(ctx, &Event{
			CaseID: c.ID, Kind: "contact_given", FromState: c.State, ToState: c.State, CreatedAt: at,
		})
	})
}

func (k *Contact) place(column string) seal.Place {
	return seal.Place{Table: "case_contact", Column: column, Row: k.CaseID, Version: k.Version}
}

// Wait names the text that says what happens with what was written.
func (c Card) Wait() string {
	switch {
	case c.Unanswered:
		return "unanswered"
	case c.Held && c.Contacted:
		return "answered"
	case c.Held:
		return "held"
	case c.Contacted && !c.Calling:
		return "answered_before"
	default:
		return "wait_text"
	}
}

// Words names the texts that the card speaks with: card.WORDS.title and card.WORDS.lead. Worry about a third person is
// about an adult or a child; whoever worries is not the one in danger.
func (c Card) Words() string {
	if c.Category == "" {
		return "pressed" // nothing was written that says what it is about
	}
	if c.Category == string(triage.ThirdParty) && c.About == "author" {
		return c.Category + "_other"
	}
	return c.Category + "_" + c.About
}
