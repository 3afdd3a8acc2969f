package simulate_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/testkit"
)

var (
	many = flag.Int("cases", 50, "how many people are in a crisis, half of them on each database")
	seed = flag.Uint64("seed", 20261122, "the same seed gives the same days on SQLite")
)

// worldSize is how many people live in one world: more than a team can answer at once, and not so many that all it does is
// to call. Every world has a seed and a database of its own.
const worldSize = 50

var silent = slog.New(slog.DiscardHandler)

// texts are cries for help that the rules hear; what they say is not what is tried here.
var texts = []string{
	"Jeg vil ikke leve mere. Jeg gør det i aften.",
	"Jeg vil dø. Jeg kan ikke mere.",
	"Min mor har taget en overdosis, og jeg kan ikke vække hende.",
	"Han slår mig, og jeg er bange for at gå hjem.",
	"Jeg har skåret i mig selv igen, det bløder meget.",
}

// cry is one text of one person, at its time.
type cry struct {
	who  string
	at   time.Time
	id   string
	body string
}

// TestSimulation is the promise of the desk: whatever dies, fails or stays silent, no case is lost.
func TestSimulation(t *testing.T) {
	for i, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sum tally
			for left, n := *many/2, 0; left > 0; left, n = left-worldSize, n+1 {
				own := *seed + uint64(2*n+i)
				t.Run(fmt.Sprintf("seed_%d", own), func(t *testing.T) {
					w := newWorld(t, testkit.Open(t, name), own, 12, nil)
					w.live(min(left, worldSize))
					for _, lost := range w.lost() {
						t.Error(lost)
					}
					sum.add(w)
				})
				if n%10 == 9 {
					t.Logf("so far %s", &sum)
				}
			}
			t.Logf("%s: %s", name, &sum)
		})
	}
}

// TestSimulationSeesAPlantedBug takes one timer in five away, as a forgotten line of code would.
func TestSimulationSeesAPlantedBug(t *testing.T) {
	for name, bug := range map[string]func(crisis.Store) crisis.Store{
		"a timer is forgotten":        func(s crisis.Store) crisis.Store { return &forgets{Store: s} },
		"a fired timer does not hold": func(s crisis.Store) crisis.Store { return &loses{Store: s} },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, testkit.Open(t, "sqlite"), *seed, 0, bug)
			w.idle = true // nobody mends by chance what the bug has lost
			w.live(8)
			if len(w.lost()) == 0 {
				t.Error("nothing was found to be lost")
			}
		})
	}
}

// forgets sets no timer now and then.
type forgets struct {
	crisis.Store
	n int
}

func (f *forgets) AddTimer(ctx context.Context, t *crisis.Timer) error {
	if f.n++; f.n%5 == 0 {
		return nil
	}
	return f.Store.AddTimer(ctx, t)
}

// loses marks a timer as fired and forgets what it was for.
type loses struct {
	crisis.Store
	n int
}

func (l *loses) FireTimer(ctx context.Context, timerID string, at time.Time) error {
	err := l.Store.FireTimer(ctx, timerID, at)
	if l.n++; err == nil && l.n%5 == 0 {
		return fault.Missing() // taken for another process's
	}
	return err
}

// silence is how long nobody does anything in the end: longer than the slowest ladder is climbed, five turns of three
// rungs of half an hour.
const silence = 10 * time.Hour

// live lets n people fall into crises within a day, some of them again later, and ends with hours in which nobody answers.
func (w *world) live(n int) {
	w.t.Helper()
	cries := w.plan(n)
	const step = 4 * time.Minute
	for i := 0; len(cries) > 0 || w.busy(i); i++ {
		w.Clock.Advance(step)
		w.jump()
		for len(cries) > 0 && !cries[0].at.After(w.Clock.Now()) {
			w.cry(cries[0])
			cries = cries[1:]
		}
		w.work()
		w.sweep()
	}
	w.fallSilent()
}

// fallSilent lets the last hours go by: nothing dies any more, and nobody answers.
func (w *world) fallSilent() {
	w.t.Helper()
	w.tx.every = 0
	const stride = 10 * time.Minute
	for range silence / stride {
		w.Clock.Advance(stride)
		w.sweep()
	}
}

// busy reports whether the team goes on working off what is open: two days after the last cry at most.
func (w *world) busy(i int) bool {
	return i%30 != 0 || w.Int(w.t, "SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NULL AND opened_at > ?", w.Clock.Now().Add(-6*time.Hour)) > 0
}

// plan spreads the cries over the days: most people write once, some again, some while their case is open.
func (w *world) plan(n int) []cry {
	w.t.Helper()
	var ids []string
	var cries []cry
	for range n {
		who := id.New()
		ids = append(ids, who)
		at := w.Clock.Now().Add(time.Duration(w.rng.Int64N(int64(24 * time.Hour))))
		for range 1 + w.rng.IntN(3) {
			cries = append(cries, cry{who: who, at: at, id: id.New(), body: texts[w.rng.IntN(len(texts))]})
			at = at.Add(time.Duration(w.rng.Int64N(int64(15 * time.Hour))))
		}
	}
	w.people(ids)
	w.agree(ids)
	slices.SortFunc(cries, func(a, b cry) int { return a.at.Compare(b.at) })
	return cries
}

// agree lets every third person agree to a time, at which none of them says a word.
func (w *world) agree(ids []string) {
	w.t.Helper()
	for i := 0; i < len(ids); i += 3 {
		due := w.Clock.Now().Add(time.Duration(30+i*1200/len(ids)) * time.Minute)
		w.Exec(w.t, `INSERT INTO check_in (id, account_id, space_id, state, version, due_at, grace, days, key_id, next_at, answer, created_at)
			VALUES (?, ?, ?, 'agreed', 1, ?, 30, 0, '', ?, '', ?)`, "agreed-"+ids[i], ids[i], w.spaces[i%3], due, due, w.Clock.Now())
	}
}

// jump moves the clock as machines do: hours on after a stop, minutes back when it is set right.
func (w *world) jump() {
	switch w.rng.IntN(400) {
	case 0:
		w.Clock.Advance(time.Duration(w.rng.IntN(180)) * time.Minute)
	case 1:
		w.Clock.Advance(-time.Duration(w.rng.IntN(10)) * time.Minute)
	}
}

// try does one thing; the process that dies in it begins again.
func (w *world) try(what string, fn func() error) error {
	w.tx.during(what)
	err := fn()
	if errors.Is(err, errCrash) || w.tx.severed {
		w.deaths++
		w.restart()
		return errCrash
	}
	return err
}

// cry saves a text as the topic area does. A writer whose page failed presses the button again.
func (w *world) cry(c cry) {
	w.t.Helper()
	space := w.spaces[int(c.who[0])%3]
	for range 5 {
		err := w.try("save a text", func() error {
			return w.tx.InTx(w.t.Context(), func(ctx context.Context) error {
				v, err := w.now.desk.Receive(ctx, intake.Submission{
					Kind: intake.Post, ID: c.id, Revision: 1, Account: c.who, Space: space, SpaceKind: "relatives", Text: c.body, Lang: "da",
				})
				if err == nil && (!v.Urgent || v.Case == "") {
					w.t.Fatalf("no case for %q", c.body)
				}
				return err
			})
		})
		if err == nil || w.Int(w.t, "SELECT COUNT(*) FROM assessment WHERE source_id = ?", c.id) == 1 {
			return
		}
		if !errors.Is(err, errCrash) {
			w.t.Fatal(err)
		}
	}
	w.t.Fatal("a text was never saved")
}

// work lets some of the team look at the workbench and do something with what they find: less at night.
func (w *world) work() {
	w.t.Helper()
	now := w.Clock.Now()
	slow := 4
	if now.Hour() < 7 {
		slow = 2
	}
	if w.idle || w.abandoned(now) || w.rng.IntN(slow) == 0 {
		return
	}
	actor := w.staff[w.rng.IntN(len(w.staff))]
	actor.At = now
	rows, err := w.now.desk.Cases(w.t.Context(), actor)
	w.must(err)
	for range min(len(rows), 4+len(rows)/5) {
		w.act(actor, rows[w.rng.IntN(min(len(rows), 40))].ID)
	}
}

// abandoned reports whether nobody of the team is there: in a hard world from the evening of every third day to the next
// morning.
func (w *world) abandoned(at time.Time) bool {
	return w.hard && (at.YearDay()%3 == 0 && at.Hour() > 18 || at.YearDay()%3 == 1 && at.Hour() < 8)
}

// weights say how likely each step is when it can be taken.
var weights = map[crisis.Action]int{
	crisis.Take: 8, crisis.Receive: 8, crisis.Reach: 6, crisis.Close: 8, crisis.Sign: 8, crisis.Resume: 1, crisis.HandOver: 1,
	crisis.HandBack: 1, crisis.Escalate: 1, crisis.Note: 1, crisis.Raise: 1,
}

func (w *world) act(actor account.Actor, caseID string) {
	w.t.Helper()
	var file *crisis.File
	err := w.try("read a case", func() (err error) {
		file, err = w.now.desk.File(w.t.Context(), actor, caseID)
		return err
	})
	if err != nil || len(file.Actions) == 0 {
		return
	}
	step := anyStep(w.rng, file, w.staff)
	err = w.try("take a step", func() error { return w.now.desk.Do(w.t.Context(), actor, caseID, step) })
	switch {
	case err == nil, errors.Is(err, errCrash), fault.Is(err, fault.Conflict), fault.Is(err, fault.Invalid), fault.Is(err, fault.NotFound):
	default:
		w.t.Fatalf("%s: %v", step.Action, err)
	}
}

// anyStep is something that can be done with a case now.
func anyStep(rng *rand.Rand, f *crisis.File, staff []account.Actor) crisis.Step {
	return crisis.Step{
		Action: pick(rng, f.Actions), Version: f.Version, Note: "Vi taler sammen.", Outcome: crisis.Outcomes[rng.IntN(len(crisis.Outcomes))],
		Level: []string{"red", "crisis"}[rng.IntN(2)], To: "stab-" + staff[rng.IntN(len(staff))].Account,
		Also: len(staff) < 4 || f.Version%2 == 0,
	}
}

func pick(rng *rand.Rand, from []crisis.Action) crisis.Action {
	sum := 0
	for _, a := range from {
		sum += weights[a]
	}
	n := rng.IntN(max(sum, 1))
	for _, a := range from {
		if n -= weights[a]; n < 0 {
			return a
		}
	}
	return crisis.Note
}

// sweep lets two processes look for due timers and for agreed times at the same moment, and one carry out the calls.
func (w *world) sweep() {
	w.t.Helper()
	w.both("fire a timer", func(p process) error {
		_, err := p.desk.Sweep(w.t.Context())
		return err
	})
	w.both("look at a check-in", func(p process) error {
		_, err := p.agreed.Sweep(w.t.Context())
		return err
	})
	w.tx.during("carry out a call")
	w.now.runner.Drain(w.t.Context())
	if w.tx.severed {
		w.deaths++
		w.restart()
	}
}

// both lets two processes do the same at the same moment.
func (w *world) both(what string, do func(process) error) {
	w.t.Helper()
	other := w.process(w.Clock)
	w.tx.during(what)
	var wg sync.WaitGroup
	died := make([]error, 2)
	for i, p := range []process{w.now, other} {
		wg.Go(func() { died[i] = do(p) })
	}
	wg.Wait()
	for _, err := range died {
		if err != nil && !errors.Is(err, errCrash) && !w.tx.severed {
			w.t.Fatal(err)
		}
	}
	if w.tx.severed || errors.Join(died...) != nil {
		w.deaths++
		w.restart()
	}
}

// lost says in words everything that must not be.
func (w *world) lost() []string {
	w.t.Helper()
	now := w.Clock.Now()
	var words []string
	for _, c := range []struct {
		what, query string
		values      []any
	}{
		{"people with two open cases", `SELECT COUNT(*) FROM (SELECT account_id FROM crisis_case WHERE closed_at IS NULL GROUP BY account_id HAVING COUNT(*) > 1) AS d`, nil},
		{"texts in no case", "SELECT COUNT(*) FROM assessment WHERE id NOT IN (SELECT assessment_id FROM case_signal)", nil},
		{"agreed times that nobody looked at", "SELECT COUNT(*) FROM check_in WHERE state <> 'missed'", nil},
		{"agreed times that were missed and are in no case, or in it twice", `SELECT COUNT(*) FROM check_in WHERE state = 'missed'
			AND (SELECT COUNT(*) FROM case_signal WHERE source_kind = 'check_in' AND source_id = check_in.id) <> 1`, nil},
		{"open cases that nothing drives", `SELECT COUNT(*) FROM crisis_case c WHERE closed_at IS NULL AND NOT EXISTS
			(SELECT 1 FROM case_timer t WHERE t.case_id = c.id AND t.generation = c.generation AND t.fired_at IS NULL)`, nil},
		{"cases whose deadline has passed", `SELECT COUNT(*) FROM crisis_case c JOIN case_timer t ON t.case_id = c.id AND t.generation = c.generation
			WHERE c.closed_at IS NULL AND t.fired_at IS NULL AND t.due_at < ?`, []any{now.Add(-10 * time.Minute)}},
		{"cases that neither a human has answered nor is called for", `SELECT COUNT(*) FROM crisis_case c WHERE closed_at IS NULL
			AND state NOT IN ('in_contact', 'monitoring') AND level IN ('crisis', 'red') AND NOT EXISTS
			(SELECT 1 FROM call_attempt a WHERE a.case_id = c.id AND a.created_at > ?)`, []any{now.Add(-45 * time.Minute)}},
		{"cases that climb for longer than the ladder is high", `SELECT COUNT(*) FROM crisis_case c WHERE closed_at IS NULL
			AND state NOT IN ('in_contact', 'monitoring', 'unstaffed') AND NOT (state = 'escalated' AND owner_until > ?)
			AND level IN ('crisis', 'red') AND NOT EXISTS
			(SELECT 1 FROM case_event e WHERE e.case_id = c.id AND e.kind = 'follow_up' AND e.created_at > ?)`, []any{now, now.Add(-silence)}},
		{"texts that nobody answers", `SELECT COUNT(*) FROM crisis_case c JOIN case_signal s ON s.case_id = c.id WHERE c.closed_at IS NULL
			AND c.state = 'in_contact' AND s.created_at > c.contacted_at AND NOT EXISTS
			(SELECT 1 FROM case_event e WHERE e.case_id = c.id AND e.actor_id IS NOT NULL AND e.created_at >= s.created_at)`, nil},
		{"deadlines that were recorded twice", `SELECT COUNT(*) FROM (SELECT case_id FROM case_timer GROUP BY case_id, generation HAVING COUNT(*) > 1) AS d`, nil},
		{"calls that were never tried", "SELECT COUNT(*) FROM call_attempt WHERE state = 'waiting' AND created_at < ?", []any{now.Add(-2 * time.Hour)}},
		{"crises closed by one person", "SELECT COUNT(*) FROM crisis_case WHERE closed_at IS NOT NULL AND peak_level = 'crisis' AND (second_person IS NULL OR second_person = closing_by)", nil},
	} {
		if n := w.Int(w.t, c.query, c.values...); n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, c.what))
		}
	}
	result, err := audit.New(w.Store, w.Store.Audit(), w.vault.Derive("audit")).Verify(w.t.Context(), nil)
	w.must(err)
	if len(result.Problems) > 0 {
		words = append(words, fmt.Sprintf("the audit log: %v", result.Problems))
	}
	return words
}
