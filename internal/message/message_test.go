package message_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/message"
	"samhold/internal/space"
	"samhold/internal/testkit"
)

// world is the conversations of one database, with a desk whose answers a test sets.
type world struct {
	*testkit.Database
	*message.Service
	verdict intake.Verdict
	broken  error
	seen    []intake.Submission
	told    []string // account kind
	open    string   // the open case of everybody
	owner   string   // who has it in their hands
	reached int
	unheard int
}

func (w *world) Receive(_ context.Context, s intake.Submission) (intake.Verdict, error) {
	w.seen = append(w.seen, s)
	return w.verdict, w.broken
}

func (w *world) Notify(_ context.Context, who, kind, _ string) error {
	w.told = append(w.told, who+" "+kind)
	return nil
}

func (w *world) Subject(context.Context, account.Actor, string) (string, string, error) {
	return "", "", fault.Missing()
}

func (w *world) OpenFor(context.Context, account.Actor, string) (string, error) { return w.open, nil }
func (w *world) OwnSpace(context.Context, account.Actor) (string, error)        { return "", nil }
func (w *world) ThreadOpened(context.Context, account.Actor, string) error      { return nil }
func (w *world) Callable(context.Context, string, string) ([]string, error) {
	return []string{"duty"}, nil
}

func (w *world) Everybody(context.Context, string, string) ([]string, error) {
	return []string{"duty", "all"}, nil
}
func (w *world) Unheard(context.Context, intake.Submission) error { w.unheard++; return nil }
func (w *world) Reached(_ context.Context, actor account.Actor, caseID string) error {
	if w.owner != "" && w.owner != actor.Account {
		return fault.New(fault.Conflict, "talk.in_hands")
	}
	w.reached++
	return nil
}

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w, keys := &world{Database: db}, testkit.Vault(t, db)
		w.Service = message.New(message.Deps{
			Store: db.Store.Messages(), Tx: db.Store, Clock: db.Clock, Vault: keys, Intake: w, Desk: w, Notifier: w,
			Audit: audit.New(db.Store, db.Store.Audit(), keys.Derive("audit")),
		})
		test(t, w)
	})
}

// room makes a space.
func (w *world) room(t *testing.T, name string) string {
	t.Helper()
	made, err := space.New(space.Deps{Store: w.Store.Spaces(), Tx: w.Store, Clock: w.Clock}).Create(t.Context(), space.Space{
		Kind: space.Relatives, Name: name, Purpose: "p", Description: "d", Audience: "a", Team: "t",
		AgeBand: space.BandAll, SeePolicy: space.ForAccount, ReadPolicy: space.ForMember, WritePolicy: space.ForMember,
		JoinPolicy: space.JoinOpen, Hours: "h", Colour: "moss", Sign: "hearth",
	}, "Vi taler pænt.")
	if err != nil {
		t.Fatal(err)
	}
	return made.ID
}

// person makes an account; roles are spaces in which it moderates.
func (w *world) person(t *testing.T, name string, moderates ...string) account.Actor {
	t.Helper()
	a := account.Actor{Account: id.New(), BirthYear: 1980, At: w.Clock.Now()}
	w.Exec(t, "INSERT INTO account (id, name, birth_year, locale, state, staff_name, created_at) VALUES (?, ?, 1980, 'da', 'active', ?, ?)",
		a.Account, name, name, w.Clock.Now())
	for _, room := range moderates {
		a.Grants = append(a.Grants, account.Grant{Role: account.Moderator, Space: room})
	}
	return a
}

// enters makes the person a member of a space.
func (w *world) enters(t *testing.T, a account.Actor, room, alias string) {
	t.Helper()
	w.Exec(t, `INSERT INTO membership (id, account_id, space_id, alias, alias_skeleton, role, state, approved_count, created_at)
		VALUES (?, ?, ?, ?, ?, 'member', 'active', 0, ?)`, id.New(), a.Account, room, alias, alias, w.Clock.Now())
}

func (w *world) send(t *testing.T, a account.Actor, room, body string) *message.Sent {
	t.Helper()
	sent, err := w.Send(t.Context(), a, message.Text{Key: message.NewKey(), Space: room, Body: body, Lang: "da"})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

func (w *world) thread(t *testing.T) message.Door {
	t.Helper()
	return message.Door{Thread: w.Text(t, "SELECT id FROM thread")}
}

func texts(lines []message.Line) []string {
	var found []string
	for _, l := range lines {
		found = append(found, l.Text)
	}
	return found
}

// asOf is the person as they ask now.
func (w *world) asOf(a account.Actor) account.Actor {
	a.At = w.Clock.Now()
	return a
}

func TestAConversationIsSealedAndItsPeoplesAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kitchen, lantern := w.room(t, "Køkkenbordet"), w.room(t, "Natlampen")
		ida, bo := w.person(t, "ida"), w.person(t, "bo")
		w.enters(t, ida, kitchen, "Havrefnug")
		w.enters(t, ida, lantern, "Bølge")
		staff, other, stranger := w.person(t, "Mette", kitchen), w.person(t, "Per", lantern), w.person(t, "Liv")
		w.send(t, ida, kitchen, "Kun til køkkenbordet.")
		w.Clock.Advance(time.Minute)
		w.send(t, ida, lantern, "Kun til natlampen.")
		for _, row := range w.Rows(t, "SELECT body_sealed FROM message") {
			if strings.Contains(row, "Kun") {
				t.Error("a message is not sealed")
			}
		}
		mine, err := w.Mine(t.Context(), ida)
		if err != nil || !slices.Equal(texts(mine.Lines), []string{"Kun til køkkenbordet.", "Kun til natlampen."}) {
			t.Errorf("the member reads %v, %v", mine, err)
		}
		if theirs, err := w.Mine(t.Context(), bo); err != nil || len(theirs.Lines) != 0 {
			t.Errorf("somebody else reads %v, %v", theirs, err)
		}
		door := w.thread(t)
		for name, actor := range map[string]account.Actor{"a guest": {}, "a member": bo, "no staff": stranger, "the member": ida} {
			if _, err := w.Open(t.Context(), actor, door); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s opens it: %v", name, err)
			}
			if err := w.Answer(t.Context(), actor, door, message.Text{Body: "Hej."}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s answers: %v", name, err)
			}
		}
		// Somebody who works cases and is the member themselves sees nothing of their own conversation.
		self := ida
		self.Grants = []account.Grant{{Role: account.DutyLead}}
		if _, err := w.File(t.Context(), self, door); !fault.Is(err, fault.NotFound) {
			t.Errorf("their own conversation: %v", err)
		}
		closed, err := w.File(t.Context(), staff, door)
		if err != nil || closed.Alias != "" || closed.Lines != nil || closed.Count != 1 {
			t.Errorf("before it is opened: %+v, %v", closed, err)
		}
		opened, err := w.Open(t.Context(), staff, door)
		if err != nil || opened.Alias != "Havrefnug" || !slices.Equal(texts(opened.Lines), []string{"Kun til køkkenbordet."}) {
			t.Errorf("staff of one space: %+v, %v", opened, err)
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'thread_opened' AND actor = ?", staff.Account); n != 1 {
			t.Errorf("%d openings are audited", n)
		}
		if opened, err := w.Open(t.Context(), other, door); err != nil || opened.Alias != "Bølge" || len(opened.Lines) != 1 {
			t.Errorf("staff of the other space: %+v, %v", opened, err)
		}
	})
}

func TestAMessageIsAssessedInTheTransactionThatSavesIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kitchen := w.room(t, "Køkkenbordet")
		ida := w.person(t, "ida")
		w.enters(t, ida, kitchen, "Havrefnug")
		w.broken = fault.New(fault.Unavailable, "fault.unavailable")
		if _, err := w.Send(t.Context(), ida, message.Text{Body: "Hej."}); err == nil || w.Int(t, "SELECT COUNT(*) FROM message") != 0 {
			t.Errorf("a message is saved that nobody assessed: %v", err)
		}
		w.broken, w.verdict, w.seen = nil, intake.Verdict{Urgent: true, Case: "c"}, nil
		form := message.Text{Key: message.NewKey(), Body: " I aften. ", Lang: "da"}
		for n := range 2 { // a button pressed twice
			sent, err := w.Send(t.Context(), ida, form)
			if err != nil || sent.Again != (n == 1) || sent.Verdict.Urgent != (n == 0) {
				t.Errorf("time %d: %+v, %v", n, sent, err)
			}
		}
		if len(w.seen) != 1 {
			t.Fatalf("the intake saw %d", len(w.seen))
		}
		if got := w.seen[0]; got.Kind != intake.Message || got.Account != ida.Account || got.Space != kitchen || got.Membership == "" || got.Text != "I aften." {
			t.Errorf("the intake saw %+v", got)
		}
		if len(w.told) != 0 {
			t.Errorf("the case calls, and %v are told beside it", w.told)
		}
		for name, body := range map[string]string{"nothing": "  ", "too much": strings.Repeat("å", 6001)} {
			if _, err := w.Send(t.Context(), ida, message.Text{Body: body}); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.Send(t.Context(), account.Actor{}, message.Text{Body: "Hej."}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a guest: %v", err)
		}
	})
}

// TestWhatIsWrittenReachesAHuman walks a message without a case, as after one was closed, from the first notice to the
// case that calls; and one that is opened and never answered.
func TestWhatIsWrittenReachesAHuman(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kitchen := w.room(t, "Køkkenbordet")
		ida, staff := w.person(t, "ida"), w.person(t, "Mette", kitchen)
		w.enters(t, ida, kitchen, "Havrefnug")
		w.send(t, ida, "", "Kan vi tale sammen?")
		w.send(t, ida, "", "I morgen måske.")
		hears := func(want ...string) {
			t.Helper()
			for i := range want {
				want[i] += " " + message.NoticeWaits
			}
			if !slices.Equal(w.told, want) {
				t.Errorf("told %v, want %v", w.told, want)
			}
			w.told = nil
		}
		after := func(d time.Duration) {
			t.Helper()
			w.Clock.Advance(d)
			for range 2 { // as two processes do
				if _, err := w.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		hears("duty") // once, for two messages
		after(59 * time.Minute)
		hears()
		after(time.Minute)
		hears("duty", "all")
		for range 5 {
			after(4 * time.Hour)
		}
		if w.told = nil; w.unheard != 0 {
			t.Errorf("a case after %d", w.unheard)
		}
		after(4 * time.Hour)
		if hears("duty", "all"); w.unheard != 1 {
			t.Errorf("%d cases after a day, want 1", w.unheard)
		}
		if _, err := w.Open(t.Context(), w.asOf(staff), w.thread(t)); err != nil {
			t.Fatal(err)
		}
		after(23 * time.Hour)
		hears()
		w.send(t, ida, "", "Er I der?") // somebody is told, although a reminder of what is opened lies ahead
		hears("duty")
		if _, err := w.Open(t.Context(), w.asOf(staff), w.thread(t)); err != nil {
			t.Fatal(err)
		}
		after(24 * time.Hour)
		if hears("duty", "all"); w.unheard != 1 {
			t.Errorf("%d cases of what was opened, want 1", w.unheard)
		}
		if err := w.Answer(t.Context(), w.asOf(staff), w.thread(t), message.Text{Body: "Ja, jeg er her."}); err != nil {
			t.Fatal(err)
		}
		w.told = nil
		after(100 * time.Hour)
		hears()
	})
}

func TestAnAnswerIsTheContactOfTheOpenCase(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kitchen := w.room(t, "Køkkenbordet")
		ida, mette, per := w.person(t, "ida"), w.person(t, "Mette", kitchen), w.person(t, "Per", kitchen)
		w.enters(t, ida, kitchen, "Havrefnug")
		w.send(t, ida, "", "Hej.")
		door := w.thread(t)
		answer := func(a account.Actor, key, body string) error {
			w.Clock.Advance(time.Minute)
			return w.Answer(t.Context(), w.asOf(a), door, message.Text{Key: key, Body: body})
		}
		if err := answer(mette, message.NewKey(), "Før der er en sag."); err != nil || w.reached != 0 {
			t.Errorf("without a case: %d, %v", w.reached, err)
		}
		w.open, w.owner = "c", mette.Account
		key := message.NewKey()
		for range 2 { // a button pressed twice
			if err := answer(mette, key, "Jeg er her."); err != nil || w.reached != 1 {
				t.Errorf("reached %d times, %v", w.reached, err)
			}
		}
		before := w.Int(t, "SELECT COUNT(*) FROM message")
		if err := answer(per, message.NewKey(), "Jeg også."); !fault.Is(err, fault.Conflict) || w.Int(t, "SELECT COUNT(*) FROM message") != before {
			t.Errorf("a colleague writes into a case in other hands: %v", err)
		}
		mine, err := w.Mine(t.Context(), ida)
		if err != nil || len(mine.Lines) != 3 || mine.Lines[1].Name != "Mette" || !mine.Lines[1].New {
			t.Errorf("the member reads %+v, %v", mine, err)
		}
		if again, err := w.Mine(t.Context(), ida); err != nil || again.Lines[1].New || again.Lines[1].ReadAt == nil {
			t.Errorf("read again: %+v, %v", again, err)
		}
	})
}
