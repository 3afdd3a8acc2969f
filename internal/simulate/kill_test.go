package simulate_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"samhold/internal/account"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/seal"
	"samhold/internal/store"
	"samhold/internal/testkit"
	"samhold/internal/vault"
)

var kills = flag.Int("kills", 16, "how many processes of the desk are killed")

// What a child process is told.
const (
	childURL    = "SAMHOLD_TEST_CHILD_DATABASE"
	childBegins = "SAMHOLD_TEST_CHILD_BEGINS" // nanoseconds: when the quick clock stood at testkit.Noon
)

// pace is how much faster than the world's the clock of a child runs: ten minutes a second, so that all kinds of
// deadline come due between two kills.
const pace = 600

// quick is a clock that all children agree about.
type quick struct{ begins time.Time }

func (q quick) Now() time.Time { return clock.Exact(testkit.Noon.Add(time.Since(q.begins) * pace)) }

func TestMain(m *testing.M) {
	if os.Getenv(childURL) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// TestKilled kills two processes of the desk again and again, on a real PostgreSQL which is killed as well now and then,
// while people write, staff work, deadlines pass and calls leave. Whatever a process has confirmed must be there.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for a while")
	}
	db, server := testkit.Alone(t)
	// The test servers answer before the disk has the data; one that is killed may not.
	db.Exec(t, "ALTER DATABASE postgres SET synchronous_commit = on")
	w := newWorld(t, db, *seed, 0, nil)
	var people []string
	for range 300 {
		people = append(people, id.New())
	}
	w.people(people)

	began := quick{time.Now()}
	heard := &heard{saved: map[string]bool{}, called: map[string]int{}}
	var left, restarts atomic.Int64
	left.Store(int64(*kills))
	var wg sync.WaitGroup
	var serving sync.RWMutex // held for writing while the server is away
	for i := range 2 {
		random := rand.New(rand.NewPCG(*seed, uint64(i)))
		wg.Go(func() {
			for n := left.Add(-1); n >= 0 && !t.Failed(); n = left.Add(-1) {
				serving.RLock()
				kill := startChild(t, db.URL, began, heard)
				serving.RUnlock()
				if kill == nil {
					return
				}
				time.Sleep(100*time.Millisecond + time.Duration(random.IntN(600))*time.Millisecond) // anywhere in its work
				if n%20 == 10 {
					serving.Lock()
					err := server.Kill(t.Context())
					serving.Unlock()
					restarts.Add(1)
					if err != nil {
						t.Error(err)
					}
				}
				kill()
			}
		})
	}
	wg.Wait()

	w.Clock.Set(began.Now().Add(time.Minute))
	w.tx.severed = true // the server that it was opened on is gone
	w.restart()
	w.fallSilent()
	for _, lost := range w.lost() {
		t.Error(lost)
	}
	there := map[string]bool{}
	for _, row := range db.Rows(t, "SELECT source_id FROM assessment") {
		there[strings.TrimSuffix(strings.TrimPrefix(row, "source_id="), " ")] = true
	}
	for saved := range heard.saved {
		if !there[saved] {
			t.Errorf("text %s was confirmed and is not there", saved)
		}
	}
	var sum tally
	sum.add(w)
	t.Logf("%d processes killed, PostgreSQL killed %d times, %d texts confirmed, %d steps of staff, %d calls left, %d of them more than once\n%s",
		*kills, restarts.Load(), len(heard.saved), heard.steps, len(heard.called), heard.repeated(), &sum)
	if len(heard.saved) < *kills/2 || heard.steps == 0 || len(heard.called) == 0 {
		t.Error("too little happened between the kills to show anything")
	}
}

// heard is what the children have said before they were killed.
type heard struct {
	mu     sync.Mutex
	saved  map[string]bool
	called map[string]int
	steps  int
}

func (h *heard) line(line string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch what, which, _ := strings.Cut(line, " "); what {
	case "saved":
		h.saved[which] = true
	case "called":
		h.called[which]++
	case "step":
		h.steps++
	}
}

func (h *heard) repeated() (n int) {
	for _, times := range h.called {
		if times > 1 {
			n++
		}
	}
	return n
}

// startChild starts a process of the desk, and returns how to kill it when it works; nil when it does not.
func startChild(t *testing.T, url string, q quick, h *heard) (kill func()) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Error(err)
		return nil
	}
	cmd := exec.Command(self)
	cmd.Env = []string{childURL + "=" + url, childBegins + "=" + strconv.FormatInt(q.begins.UnixNano(), 10)}
	var complaint strings.Builder // beside what it logs while the database is away, why it did not start
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Error(err)
		return nil
	}
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return nil
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Errorf("a process did not start: %v: %s", cmd.Wait(), &complaint)
		return nil
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines.Scan() {
			h.line(lines.Text())
		}
	}()
	return func() {
		_ = cmd.Process.Kill()
		<-done // what it has said is read to the end
		_ = cmd.Wait()
	}
}

// child is a process of the desk until it is killed. It says what it has confirmed only after the commit.
func child() error {
	nanos, err := strconv.ParseInt(os.Getenv(childBegins), 10, 64)
	if err != nil {
		return err
	}
	q := quick{time.Unix(0, nanos)}
	ctx := context.Background()
	s, err := store.Open(ctx, os.Getenv(childURL), store.Options{Clock: q, MaxConns: 8})
	if err != nil {
		return err
	}
	keyring, err := seal.NewKeyring(testkit.Secret)
	if err != nil {
		return err
	}
	v, err := vault.Open(ctx, vault.Deps{Store: s.Vault(), Tx: s, Clock: q, Keyring: keyring})
	if err != nil {
		return err
	}
	p, err := newProcess(s, s.Crisis(), s, q, v, aloud{})
	if err != nil {
		return err
	}
	team, people, spaces, err := inhabitants(ctx, os.Getenv(childURL))
	if err != nil {
		return err
	}
	fmt.Println("works")
	// Whatever fails because the database is away is done again; a process that ends would be a fault of its own.
	go forever(30*time.Millisecond, func() { writes(ctx, s, p, people, spaces) })
	go forever(10*time.Millisecond, func() { works(ctx, q, p, team) })
	go forever(10*time.Millisecond, func() { p.runner.Drain(ctx) })
	forever(10*time.Millisecond, func() { _, _ = p.desk.Sweep(ctx) })
	return nil
}

// inhabitants are the team, everybody else, and the spaces.
func inhabitants(ctx context.Context, url string) (team []account.Actor, people, spaces []string, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, nil, nil, err
	}
	defer conn.Close(ctx)
	column := func(query string) []string {
		rows, e := conn.Query(ctx, query)
		if e == nil {
			var values []string
			values, e = pgx.CollectRows(rows, pgx.RowTo[string])
			if e == nil {
				return values
			}
		}
		err = errors.Join(err, e)
		return nil
	}
	grants := column("SELECT account_id || ' ' || role || ' ' || COALESCE(space_id, '') FROM staff_grant ORDER BY account_id")
	for _, grant := range grants {
		part := strings.Split(grant, " ")
		team = append(team, account.Actor{Account: part[0], Grants: []account.Grant{{Role: account.Role(part[1]), Space: part[2]}}})
	}
	people = column("SELECT id FROM account WHERE id NOT IN (SELECT account_id FROM staff_grant)")
	return team, people, column("SELECT id FROM space ORDER BY id"), err
}

func forever(pause time.Duration, do func()) {
	for {
		do()
		time.Sleep(pause)
	}
}

// writes saves a cry of somebody.
func writes(ctx context.Context, s *store.Store, p process, people, spaces []string) {
	who, text := people[rand.IntN(len(people))], id.New()
	err := s.InTx(ctx, func(ctx context.Context) error {
		_, err := p.desk.Receive(ctx, intake.Submission{
			Kind: intake.Post, ID: text, Revision: 1, Account: who, Space: spaces[int(who[0])%len(spaces)], SpaceKind: "relatives",
			Text: texts[rand.IntN(len(texts))], Lang: "da",
		})
		return err
	})
	if err == nil {
		fmt.Println("saved", text)
	}
}

// works lets one of the team do something with a case.
func works(ctx context.Context, q quick, p process, team []account.Actor) {
	actor := team[rand.IntN(len(team))]
	actor.At = q.Now()
	rows, err := p.desk.Cases(ctx, actor)
	if err != nil || len(rows) == 0 {
		return
	}
	caseID := rows[rand.IntN(len(rows))].ID
	f, err := p.desk.File(ctx, actor, caseID)
	if err != nil || len(f.Actions) == 0 {
		return
	}
	if p.desk.Do(ctx, actor, caseID, anyStep(rand.New(rand.NewPCG(rand.Uint64(), 1)), f, team)) == nil {
		fmt.Println("step", caseID)
	}
}

// aloud are ways to call that say so: one in five calls does not get through.
type aloud struct{}

func (aloud) Of(context.Context, string) ([]string, error) { return []string{"push", "mail"}, nil }

func (aloud) Send(_ context.Context, c crisis.Call) error {
	if rand.IntN(5) == 0 {
		return fault.New(fault.Unavailable, "error.unavailable")
	}
	fmt.Println("called", c.Key)
	return nil
}
