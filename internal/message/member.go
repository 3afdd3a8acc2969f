package message

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// maxBody is the longest message, in characters.
const maxBody = 6000

// shown is how many messages of a conversation are shown; older ones stand in the copy of one's own data.
const shown = 200

// Text is a message as typed.
type Text struct {
	Key   string // the id that the form was made with: sent twice it is one message
	Space string // to whose staff, of a member's; empty or unknown lets Samhold choose
	Body  string
	Lang  string
}

// NewKey makes the key of a form.
func NewKey() string { return id.New() }

func (n *Text) clean() error {
	var check fault.Check
	body, err := markup.Clean(n.Body)
	if err := check.AddError("body", err); err != nil {
		return err
	}
	n.Body = strings.TrimSpace(body)
	check.Require(n.Body != "", "body", "talk.body_missing")
	check.Require(utf8.RuneCountInString(n.Body) <= maxBody, "body", "talk.body_long", "Max", maxBody)
	if !id.Valid(n.Key) {
		n.Key = id.New()
	}
	return check.Err()
}

// Talk is the conversation as its member sees it.
type Talk struct {
	Lines  []Line
	Places []Place // whose staff they can choose, none when there is no choice
	Space  string  // whose staff the next message goes to; empty: everybody's
}

// Mine returns the actor's own conversation, which may be empty, and notes that they have read it.
func (s *Service) Mine(ctx context.Context, actor account.Actor) (*Talk, error) {
	if actor.Guest() {
		return nil, fault.Missing()
	}
	var talk Talk
	thread, err := s.Store.ThreadOf(ctx, actor.Account)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if thread != nil {
		found, err := s.Store.Own(ctx, thread.ID, shown)
		if err != nil {
			return nil, err
		}
		if talk.Lines, err = s.open(ctx, found); err != nil {
			return nil, err
		}
		if err := s.read(ctx, thread, talk.Lines); err != nil {
			return nil, err
		}
	}
	place, places, err := s.place(ctx, actor, "")
	if err != nil {
		return nil, err
	}
	talk.Space = place.ID
	if len(places) > 1 {
		talk.Places = places
	}
	return &talk, nil
}

// read notes that the member has read what the staff wrote.
func (s *Service) read(ctx context.Context, thread *Thread, lines []Line) error {
	fresh := false
	for i, l := range lines {
		if l.Staffs() && l.ReadAt == nil {
			lines[i].New, fresh = true, true
		}
	}
	if !fresh {
		return nil
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		return s.Store.MarkRead(ctx, thread.ID, s.Clock.Now())
	})
}

// place is the space whose staff the actor's next message goes to, and all between which they can choose. Without a
// choice of theirs it is that of their own open case, else that of the conversation, else that in which they wrote last.
// The zero Place is everybody who works cases.
func (s *Service) place(ctx context.Context, actor account.Actor, chosen string) (Place, []Place, error) {
	places, err := s.Store.Places(ctx, actor.Account)
	if err != nil || len(places) == 0 {
		return Place{}, nil, err
	}
	own, err := s.Desk.OwnSpace(ctx, actor)
	if err != nil {
		return Place{}, nil, err
	}
	last, err := s.lastSpace(ctx, actor)
	if err != nil {
		return Place{}, nil, err
	}
	for _, wanted := range []string{chosen, own, last} {
		if i := slices.IndexFunc(places, func(p Place) bool { return p.ID == wanted }); i >= 0 {
			return places[i], places, nil
		}
	}
	return places[0], places, nil
}

func (s *Service) lastSpace(ctx context.Context, actor account.Actor) (string, error) {
	thread, err := s.Store.ThreadOf(ctx, actor.Account)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	last, err := s.Store.Own(ctx, thread.ID, 1)
	if err != nil || len(last) == 0 {
		return "", err
	}
	return deref(last[0].SpaceID), nil
}

// Here is the space whose staff look after what the actor asks for in it, or which comes first when they are in none
// of that id; the zero Place without any.
func (s *Service) Here(ctx context.Context, actor account.Actor, spaceID string) (Place, error) {
	if actor.Guest() {
		return Place{}, fault.Missing()
	}
	place, _, err := s.place(ctx, actor, spaceID)
	return place, err
}

// Sent is what became of a member's message.
type Sent struct {
	ID        string
	SpaceKind string
	Verdict   intake.Verdict // about their own words
	Again     bool           // the same form had been sent before; the verdict is then empty
}

// Send saves the actor's message to those on duty, has it assessed, and lets them know. It can be sent at any time, by
// whoever has paused their account too.
func (s *Service) Send(ctx context.Context, actor account.Actor, n Text) (*Sent, error) {
	if actor.Guest() {
		return nil, fault.Missing()
	}
	if err := n.clean(); err != nil {
		return nil, err
	}
	var sent Sent
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		place, _, err := s.place(ctx, actor, n.Space)
		if err != nil {
			return err
		}
		thread, err := s.ensure(ctx, actor.Account)
		if err != nil {
			return err
		}
		m := &Message{ThreadID: thread.ID, AccountID: actor.Account, SpaceID: optional(place.ID), CreatedAt: s.Clock.Now()}
		again, err := s.save(ctx, m, n)
		sent = Sent{ID: m.ID, SpaceKind: place.Kind, Again: again}
		if err != nil || again {
			return err
		}
		sent.Verdict, err = s.Intake.Receive(ctx, intake.Submission{
			Kind: intake.Message, ID: m.ID, Revision: 1, Account: actor.Account, Membership: place.Membership,
			Space: place.ID, SpaceKind: place.Kind, Text: n.Body, Lang: n.Lang,
		})
		if err != nil {
			return err
		}
		return s.tell(ctx, thread, m, sent.Verdict)
	})
	if err != nil {
		return nil, err
	}
	return &sent, nil
}

// ensure returns the account's thread, locked: whoever writes to it does so one after the other.
func (s *Service) ensure(ctx context.Context, accountID string) (*Thread, error) {
	thread, err := s.Store.Ensure(ctx, &Thread{ID: id.New(), AccountID: accountID, CreatedAt: s.Clock.Now()})
	if err != nil {
		return nil, fmt.Errorf("begin conversation: %w", err)
	}
	return s.Store.LockThread(ctx, thread.ID)
}

// save seals and saves a message under the key of its form. The same form sent again is the same message; one that was
// gone back to and says something else is another.
func (s *Service) save(ctx context.Context, m *Message, n Text) (again bool, err error) {
	m.ID = n.Key
	for range 2 {
		sealed, err := s.Vault.ForAccount(m.AccountID).Seal(ctx, []byte(n.Body), m.place())
		if err != nil {
			return false, fmt.Errorf("seal message: %w", err)
		}
		m.BodySealed, m.KeyID = sealed.Ciphertext, sealed.KeyID
		before, err := s.Store.Add(ctx, m)
		if err != nil || before == nil {
			return false, err
		}
		if before.ThreadID == m.ThreadID && deref(before.StaffID) == deref(m.StaffID) {
			lines, err := s.open(ctx, []Message{*before})
			if err != nil {
				return false, err
			}
			if lines[0].Text == n.Body {
				return true, nil
			}
		}
		m.ID = id.New()
	}
	return false, errors.New("no free id for a message")
}

// tell lets those on duty know of a member's message. A case of theirs that somebody works, or for which people are
// being called, does that itself; and who has been told of a message that still waits is not told of the next.
func (s *Service) tell(ctx context.Context, thread *Thread, m *Message, verdict intake.Verdict) error {
	_, unopened, err := s.Store.Unopened(ctx, thread.ID)
	if err != nil || unopened > 1 {
		return err
	}
	thread.RemindAt = new(m.CreatedAt.Add(firstReminder))
	if err := s.Store.Remind(ctx, thread); err != nil || verdict.Case != "" {
		return err
	}
	people, err := s.Desk.Callable(ctx, deref(m.SpaceID), m.AccountID)
	if err != nil {
		return fmt.Errorf("whom to tell: %w", err)
	}
	return s.notify(ctx, people, thread.ID)
}

func (s *Service) notify(ctx context.Context, people []string, threadID string) error {
	for _, p := range people {
		if err := s.Notifier.Notify(ctx, p, NoticeWaits, threadID); err != nil {
			return err
		}
	}
	return nil
}

// open opens messages. What stands under a key that is gone can be read by nobody, and is empty.
func (s *Service) open(ctx context.Context, found []Message) ([]Line, error) {
	var staff []string
	for _, m := range found {
		if m.StaffID != nil {
			staff = append(staff, *m.StaffID)
		}
	}
	names, err := s.Store.StaffNames(ctx, staff)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(found))
	for i, m := range found {
		plain, err := s.Vault.ForAccount(m.AccountID).Open(ctx, seal.Sealed{KeyID: m.KeyID, Ciphertext: m.BodySealed}, m.place())
		switch {
		case errors.Is(err, seal.ErrUnknownKey):
		case err != nil:
			return nil, fmt.Errorf("open message: %w", err)
		}
		lines[i] = Line{Message: m, Text: string(plain), Name: names[deref(m.StaffID)]}
	}
	return lines, nil
}

// LastRead is when the member last read something of the staff's; zero if they have not.
func LastRead(lines []Line) time.Time {
	var at time.Time
	for _, l := range lines {
		if l.ReadAt != nil && l.ReadAt.After(at) {
			at = *l.ReadAt
		}
	}
	return at
}
