package checkin_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/message"
	"samhold/internal/testkit"
)

// world is the check-ins of one database, with a desk that remembers what it was asked for.
type world struct {
	*testkit.Database
	*checkin.Service
	mu      sync.Mutex
	missed  []string // accounts
	heard   []string
	pressed int
	told    []string // account kind
	broken  bool     // the desk refuses, in the middle of the transaction
	ida     account.Actor
	mette   account.Actor
	whose   string
}

func (w *world) Missed(_ context.Context, in intake.Submission) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken {
		return fault.New(fault.Unavailable, "fault.unavailable")
	}
	w.missed = append(w.missed, in.Account)
	return nil
}

func (w *world) Heard(_ context.Context, _, kind string) error {
	w.heard = append(w.heard, kind)
	return nil
}

func (w *world) Press(context.Context, account.Actor, crisis.Where) error { w.pressed++; return nil }

func (w *world) Callable(context.Context, string, string) ([]string, error) {
	return []string{w.mette.Account}, nil
}

func (w *world) Everybody(context.Context, string, string) ([]string, error) {
	return []string{w.mette.Account}, nil
}

func (w *world) Whose(_ context.Context, actor account.Actor, _ message.Door) (string, string, error) {
	if !actor.Can(account.WorkCases) {
		return "", "", fault.Missing()
	}
	return w.whose, "", nil
}

func (w *world) Here(context.Context, account.Actor, string) (message.Place, error) {
	return message.Place{}, nil
}

func (w *world) Notify(_ context.Context, who, kind, _ string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	name := map[string]string{w.ida.Account: "ida", w.mette.Account: "mette"}[who]
	w.told = append(w.told, name+" "+kind)
	return nil
}

var zone = func() *time.Location {
	z, err := time.LoadLocation("Europe/Copenhagen")
	if err != nil {
		panic(err)
	}
	return z
}()

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w, keys := &world{Database: db}, testkit.Vault(t, db)
		w.Service = checkin.New(checkin.Deps{
			Store: db.Store.CheckIns(), Tx: db.Store, Clock: db.Clock, Vault: keys, Desk: w, Talk: w, Notifier: w, Zone: zone,
			Audit: audit.New(db.Store, db.Store.Audit(), keys.Derive("audit")),
		})
		w.ida, w.mette = w.person(t, "ida"), w.person(t, "Mette")
		w.mette.Grants = []account.Grant{{Role: account.DutyLead}}
		w.whose = w.ida.Account
		test(t, w)
	})
}

func (w *world) person(t *testing.T, name string) account.Actor {
	t.Helper()
	a := account.Actor{Account: id.New(), BirthYear: 1980, At: w.Clock.Now()}
	w.Exec(t, "INSERT INTO account (id, name, birth_year, locale, state, staff_name, created_at) VALUES (?, ?, 1980, 'da', 'active', ?, ?)",
		a.Account, name, name, w.Clock.Now())
	return a
}

// asOf is the person as they ask now.
func (w *world) asOf(a account.Actor) account.Actor {
	a.At = w.Clock.Now()
	return a
}

// wish is the time so long from now.
func (w *world) wish(in time.Duration, days int) checkin.Wish {
	day, at := w.Wall(w.Clock.Now().Add(in))
	return checkin.Wish{Day: day, At: at, Grace: 60, Days: days, Note: "Bare et ord."}
}

// propose proposes a time, and returns its id.
func (w *world) propose(t *testing.T, wish checkin.Wish) string {
	t.Helper()
	made, err := w.Propose(t.Context(), w.asOf(w.mette), message.Door{Case: "c"}, wish)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// agreed is a check-in that ida has said yes to.
func (w *world) agreed(t *testing.T, in time.Duration, days int) string {
	t.Helper()
	wish := w.wish(in, days)
	made := w.propose(t, wish)
	if err := w.Agree(t.Context(), w.asOf(w.ida), made, wish); err != nil {
		t.Fatal(err)
	}
	w.told = nil
	return made
}

// after lets time pass as it does while the house is up: somebody looks every minute, two processes at a time.
func (w *world) after(t *testing.T, d time.Duration) {
	t.Helper()
	for range d / time.Minute {
		w.Clock.Advance(time.Minute)
		w.sweep(t)
	}
}

func (w *world) sweep(t *testing.T) {
	t.Helper()
	for range 2 {
		if _, err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) state(t *testing.T, checkInID string) checkin.State {
	t.Helper()
	return checkin.State(w.Text(t, "SELECT state FROM check_in WHERE id = ?", checkInID))
}

func (w *world) expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestNothingFollowsFromAProposal(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.propose(t, w.wish(2*time.Hour, 1))
		w.expect(t, "told", w.told, "ida check_in_proposed")
		for _, row := range w.Rows(t, "SELECT note_sealed FROM check_in") {
			if strings.Contains(row, "ord") {
				t.Error("the note is not sealed")
			}
		}
		if mine, err := w.Mine(t.Context(), w.ida); err != nil || mine.Note != "Bare et ord." || mine.Name != "Mette" {
			t.Errorf("the member reads %+v, %v", mine, err)
		}
		w.told = nil
		w.after(t, 6*time.Hour)
		if got := w.state(t, made); got != checkin.Ended || len(w.missed) != 0 {
			t.Errorf("a proposal that nobody answered is %s, missed %v", got, w.missed)
		}
		w.expect(t, "told", w.told, "mette check_in_heard")
		// A no is a no, and another can be proposed.
		made = w.propose(t, w.wish(2*time.Hour, 1))
		if err := w.End(t.Context(), w.asOf(w.ida), made); err != nil {
			t.Fatal(err)
		}
		if err := w.Agree(t.Context(), w.asOf(w.ida), made, w.wish(time.Hour, 1)); !fault.Is(err, fault.Conflict) {
			t.Errorf("a yes after a no: %v", err)
		}
	})
}

func TestAWordInTimeIsTheAnswer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.agreed(t, 3*time.Hour, 1)
		if err := w.Say(t.Context(), w.asOf(w.ida), made, checkin.Here); !fault.Is(err, fault.Conflict) {
			t.Errorf("three hours too early: %v", err)
		}
		w.after(t, 3*time.Hour)
		w.expect(t, "told at the time", w.told, "ida check_in_due")
		w.after(t, 59*time.Minute)
		for range 2 { // a button pressed twice
			if err := w.Say(t.Context(), w.asOf(w.ida), made, checkin.Here); err != nil {
				t.Fatal(err)
			}
		}
		w.after(t, 6*time.Hour)
		if got := w.state(t, made); got != checkin.Answered || len(w.missed) != 0 {
			t.Errorf("answered in time it is %s, missed %v", got, w.missed)
		}
		w.expect(t, "told", w.told, "ida check_in_due", "mette check_in_heard")
		w.expect(t, "heard", w.heard, "check_in_answered")
	})
}

func TestSilenceCallsOnceAndALateWordIsHeard(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.agreed(t, 3*time.Hour, 5)
		w.after(t, 4*time.Hour-time.Minute)
		w.expect(t, "missed too early", w.missed)
		w.broken = true
		w.Clock.Advance(2 * time.Minute)
		if _, err := w.Sweep(t.Context()); err == nil || w.state(t, made) != checkin.Agreed {
			t.Errorf("without its case it is %s, %v", w.state(t, made), err)
		}
		w.broken = false
		w.after(t, 30*time.Hour)
		w.expect(t, "missed", w.missed, w.ida.Account)
		if n := w.Int(t, "SELECT COUNT(*) FROM check_in"); n != 1 {
			t.Errorf("a row of days goes on after one was missed: %d", n)
		}
		if mine, err := w.Mine(t.Context(), w.ida); err != nil || !mine.Answerable(w.Clock.Now()) {
			t.Errorf("the member cannot answer too late: %+v, %v", mine, err)
		}
		for range 2 {
			if err := w.Say(t.Context(), w.asOf(w.ida), made, checkin.Hard); err != nil {
				t.Fatal(err)
			}
		}
		if got := w.state(t, made); got != checkin.Missed || w.pressed != 2 { // the desk counts presses that follow on one another as one
			t.Errorf("after a late word it is %s, pressed %d times", got, w.pressed)
		}
		w.expect(t, "heard", w.heard, "check_in_late")
	})
}

// write is a message of the member's to those on duty.
func (w *world) write(t *testing.T) {
	t.Helper()
	w.Exec(t, "INSERT INTO thread (id, account_id, created_at) VALUES ('t', ?, ?) ON CONFLICT DO NOTHING", w.ida.Account, w.Clock.Now())
	w.Exec(t, "INSERT INTO message (id, thread_id, account_id, body_sealed, key_id, created_at) VALUES (?, 't', ?, '', '', ?)",
		id.New(), w.ida.Account, w.Clock.Now())
}

// What was said in the conversation in which the time was agreed on is not the word.
func TestWhatWasSaidBeforeTheYesIsNotTheWord(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.write(t)
		w.Clock.Advance(5 * time.Minute)
		made := w.agreed(t, time.Hour, 1)
		w.after(t, time.Hour)
		w.expect(t, "told", w.told, "ida check_in_due")
		w.after(t, time.Hour)
		if got := w.state(t, made); got != checkin.Missed || len(w.missed) != 1 {
			t.Errorf("after silence it is %s, missed %v", got, w.missed)
		}
	})
}

// Nobody is thanked for a word that nobody waits for any more.
func TestAWordForWhatWasTakenBackIsStale(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.agreed(t, 3*time.Hour, 1)
		if err := w.End(t.Context(), w.asOf(w.ida), made); err != nil {
			t.Fatal(err)
		}
		if err := w.Say(t.Context(), w.asOf(w.ida), made, checkin.Here); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v, want Conflict", err)
		}
	})
}

func TestWritingToTheTeamIsAWord(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.agreed(t, 3*time.Hour, 1)
		write := func() { w.write(t) }
		write() // long before
		w.after(t, 3*time.Hour+10*time.Minute)
		w.expect(t, "told", w.told, "ida check_in_due")
		write()
		w.after(t, 3*time.Hour)
		if got := w.state(t, made); got != checkin.Answered || len(w.missed) != 0 {
			t.Errorf("written to, it is %s, missed %v", got, w.missed)
		}
	})
}

// TestAHouseThatWasDownExcusesOnce holds that nobody counts as silent who stood before a closed door, and that nobody is
// forgotten for it.
func TestAHouseThatWasDownExcusesOnce(t *testing.T) {
	for name, down := range map[string][2]time.Duration{ // from when to when, from the agreed time
		"across the time":               {-time.Hour, 30 * time.Hour},
		"across the end of the waiting": {5 * time.Minute, 30 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.agreed(t, 3*time.Hour, 1)
				w.after(t, 3*time.Hour+down[0])
				w.Clock.Advance(down[1] - down[0])
				w.told = nil
				w.sweep(t)
				w.expect(t, "told when it is up again", w.told, "ida check_in_due")
				w.after(t, 59*time.Minute)
				w.expect(t, "missed too early", w.missed)
				w.Clock.Advance(time.Hour) // down once more
				w.sweep(t)
				w.expect(t, "missed", w.missed, w.ida.Account)
			})
		})
	}
}

func TestARowOfDaysKeepsTheClockOnTheWall(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Clock.Set(time.Date(2026, 10, 23, 18, 0, 0, 0, zone)) // the clocks go back on the 25th
		wish := checkin.Wish{Day: "2026-10-24", At: "10:00", Grace: 60, Days: 3}
		if err := w.Ask(t.Context(), w.asOf(w.ida), wish); err != nil {
			t.Fatal(err)
		}
		if err := w.Ask(t.Context(), w.asOf(w.ida), wish); !fault.Is(err, fault.Conflict) {
			t.Errorf("two at once: %v", err)
		}
		for _, day := range []int{24, 25, 26} {
			mine, err := w.Mine(t.Context(), w.ida)
			if err != nil || !mine.DueAt.Equal(time.Date(2026, 10, day, 10, 0, 0, 0, zone)) || mine.Days != 26-day {
				t.Fatalf("on the %dth: %+v, %v", day, mine, err)
			}
			w.Clock.Set(mine.DueAt.Add(10 * time.Minute))
			w.sweep(t)
			if err := w.Say(t.Context(), w.asOf(w.ida), mine.ID, checkin.Here); err != nil {
				t.Fatal(err)
			}
		}
		if n := w.Int(t, "SELECT COUNT(*) FROM check_in WHERE state = 'answered'"); n != 3 || w.Int(t, "SELECT COUNT(*) FROM check_in") != 3 {
			t.Errorf("%d were answered", n)
		}
	})
}

func TestACheckInIsItsPeoplesAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		made := w.agreed(t, 3*time.Hour, 1)
		bo := w.person(t, "bo")
		for name, actor := range map[string]account.Actor{"somebody else": bo, "a guest": {}} {
			for what, err := range map[string]error{
				"says":   w.Say(t.Context(), actor, made, checkin.Here),
				"ends":   w.End(t.Context(), actor, made),
				"agrees": w.Agree(t.Context(), actor, made, w.wish(time.Hour, 1)),
				"takes":  w.Withdraw(t.Context(), actor, made),
			} {
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%s %s: %v", name, what, err)
				}
			}
			if _, err := w.Show(t.Context(), actor, made); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s sees it: %v", name, err)
			}
		}
		self := w.ida
		self.Grants = []account.Grant{{Role: account.DutyLead}}
		if _, err := w.Show(t.Context(), self, made); !fault.Is(err, fault.NotFound) {
			t.Errorf("their own: %v", err)
		}
		if f, err := w.Show(t.Context(), w.asOf(w.mette), made); err != nil || f.Note != "Bare et ord." {
			t.Errorf("staff see %+v, %v", f, err)
		}
		if err := w.Withdraw(t.Context(), w.asOf(w.mette), made); err != nil {
			t.Fatal(err)
		}
		w.expect(t, "told", w.told, "ida check_in_ended")
		w.after(t, 6*time.Hour)
		w.expect(t, "missed", w.missed)
		for _, action := range []string{"check_in_proposed", "check_in_viewed", "check_in_withdrawn"} {
			if n := w.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = ?", action); n != 1 {
				t.Errorf("%s is audited %d times", action, n)
			}
		}
	})
}

func TestATimeIsChecked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := w.wish(3*time.Hour, 1)
		for field, change := range map[string]func(*checkin.Wish){
			"day":   func(w *checkin.Wish) { w.Day = "i morgen" },
			"at":    func(w *checkin.Wish) { w.At = "" },
			"grace": func(w *checkin.Wish) { w.Grace = 1 },
			"days":  func(w *checkin.Wish) { w.Days = 8 },
			"note":  func(w *checkin.Wish) { w.Note = strings.Repeat("å", 301) },
		} {
			bad := good
			change(&bad)
			_, err := w.Propose(t.Context(), w.asOf(w.mette), message.Door{Case: "c"}, bad)
			if wrong, ok := errors.AsType[*fault.Error](err); !ok || len(wrong.Fields) != 1 || wrong.Fields[0].Name != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		for name, in := range map[string]time.Duration{"gone": -time.Hour, "far away": 15 * 24 * time.Hour} {
			if err := w.Ask(t.Context(), w.asOf(w.ida), w.wish(in, 1)); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// TestTwoProcessesRaiseOnce lets two processes sweep at the same moment while members answer: whoever was not heard of has
// exactly one case, and whoever was has none.
func TestTwoProcessesRaiseOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rng := rand.New(rand.NewPCG(1, 2))
		people := map[string]account.Actor{}
		for i := range 20 {
			p := w.person(t, fmt.Sprint("p", i))
			if err := w.Ask(t.Context(), p, w.wish(3*time.Hour, 1)); err != nil {
				t.Fatal(err)
			}
			people[w.Text(t, "SELECT id FROM check_in WHERE account_id = ?", p.Account)] = p
		}
		w.Clock.Advance(3*time.Hour + time.Minute)
		both := func() {
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					if _, err := w.Sweep(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		both()
		if len(w.told) != len(people) {
			t.Errorf("%d were reminded, want each of %d once", len(w.told), len(people))
		}
		heard := 0
		for checkInID, p := range people {
			if rng.IntN(2) == 0 {
				heard++
				if err := w.Say(t.Context(), w.asOf(p), checkInID, checkin.Here); err != nil {
					t.Fatal(err)
				}
			}
		}
		w.Clock.Advance(time.Hour + time.Minute)
		both()
		both()
		slices.Sort(w.missed)
		if n := len(slices.Compact(slices.Clone(w.missed))); n != len(w.missed) || n != len(people)-heard {
			t.Errorf("%d signals of %d people, want one of each of %d", len(w.missed), n, len(people)-heard)
		}
	})
}

func TestWhoErasesTheirAccountIsNotForgotten(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if err := w.PersonLeft(t.Context(), w.ida.Account); err != nil || len(w.told) != 0 {
			t.Errorf("without an agreement: %v, %v", w.told, err)
		}
		w.agreed(t, 3*time.Hour, 1)
		if err := w.PersonLeft(t.Context(), w.ida.Account); err != nil {
			t.Fatal(err)
		}
		w.expect(t, "told", w.told, "mette check_in_left")
	})
}
