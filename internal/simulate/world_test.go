package simulate_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/care"
	"samhold/internal/checkin"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/job"
	"samhold/internal/rota"
	"samhold/internal/space"
	"samhold/internal/store"
	"samhold/internal/testkit"
	"samhold/internal/triage"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// errCrash is how a transaction ends in which the process dies.
var errCrash = errors.New("the process died")

// crashes is a tx.Runner whose process dies at the edges of transactions: before the commit, so that nothing is saved,
// or after it, so that nobody hears that it is.
type crashes struct {
	*store.Store
	mu     sync.Mutex
	rng    *rand.Rand
	every  int // one in so many; 0 for never
	what   string
	before map[string]int
	after  map[string]int

	// cut takes all of the database's connections away, in the middle of whatever they do; nil for a database without.
	cut     func()
	cuts    int
	severed bool // since the process was last restarted
}

// cutEvery is in how many transactions the connections are cut once, for each time that the process dies in them.
const cutEvery = 50

type inner struct{}

func (c *crashes) InTx(ctx context.Context, fn func(context.Context) error) error {
	if ctx.Value(inner{}) != nil {
		return c.Store.InTx(ctx, fn)
	}
	before, after, cut := c.draw()
	err := c.Store.InTx(context.WithValue(ctx, inner{}, true), func(ctx context.Context) error {
		if err := fn(ctx); err != nil {
			return err
		}
		if cut {
			c.cut()
		}
		if before {
			return errCrash
		}
		return nil
	})
	if err == nil && after || c.lost(err) {
		return errCrash
	}
	return err
}

// lost reports whether an error may come from the connections being cut.
func (c *crashes) lost(err error) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return err != nil && c.severed
}

// draw says whether the process dies now, or loses its database, and notes where.
func (c *crashes) draw() (before, after, cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.every == 0:
	case c.cut != nil && !c.severed && c.rng.IntN(c.every*cutEvery) == 0:
		c.cuts++
		c.severed = true
		return false, false, true
	case c.rng.IntN(c.every) != 0:
	case c.rng.IntN(2) == 0:
		c.before[c.what]++
		return true, false, false
	default:
		c.after[c.what]++
		return false, true, false
	}
	return false, false, false
}

// during names what the process is doing, for the table.
func (c *crashes) during(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.what = what
}

// gateway is every way to call people: each fails in its own manner, and all remember whom they called.
type gateway struct {
	mu     sync.Mutex
	rng    *rand.Rand
	sent   map[string]int // by key: how often the same call left
	failed int
}

func (g *gateway) Of(_ context.Context, accountID string) ([]string, error) {
	return [][]string{nil, {"push"}, {"push", "mail"}, {"mail", "webhook"}}[int(accountID[len(accountID)-1])%4], nil
}

func (g *gateway) Send(_ context.Context, c crisis.Call) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch dies := g.rng.IntN(10); {
	case c.Way == "push" && dies < 6, c.Way == "mail" && dies < 3:
		g.failed++
		return fault.New(fault.Unavailable, "error.unavailable")
	case c.Way == "webhook" && dies < 2:
		g.sent[c.Key]++ // it arrived, and the answer was lost
		return fault.New(fault.Unavailable, "error.unavailable")
	}
	g.sent[c.Key]++
	return nil
}

// process is one running Samhold: what it holds in memory is lost when it dies.
type process struct {
	desk   *crisis.Service
	agreed *checkin.Service
	runner *job.Runner
}

// world is the community and the desk.
type world struct {
	*testkit.Database
	t       testing.TB
	rng     *rand.Rand
	tx      *crashes
	gateway *gateway
	vault   *vault.Vault
	bug     func(crisis.Store) crisis.Store // planted; nil for none
	now     process
	deaths  int
	idle    bool // nobody of the team ever looks at the workbench
	hard    bool // there are hours without a shift, and evenings that nobody comes to
	spaces  []string
	staff   []account.Actor
}

func newWorld(t testing.TB, db *testkit.Database, seed uint64, every int, bug func(crisis.Store) crisis.Store) *world {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 1))
	w := &world{
		Database: db, t: t, rng: rng, bug: bug, vault: testkit.Vault(t, db),
		tx: &crashes{
			Store: db.Store, rng: rand.New(rand.NewPCG(seed, 2)), every: every, before: map[string]int{}, after: map[string]int{},
		},
		gateway: &gateway{rng: rand.New(rand.NewPCG(seed, 3)), sent: map[string]int{}}, hard: seed%5 == 2,
	}
	w.settle()
	w.restart()
	if db.Name == "postgres" {
		w.tx.cut = func() {
			w.Exec(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
		}
	}
	return w
}

// restart begins a process: everything is built anew over what the database holds, with new connections to it if the
// old ones are cut.
func (w *world) restart() {
	w.t.Helper()
	if w.tx.severed {
		w.Store = testkit.Reopen(w.t, w.Database)
		w.tx.Store, w.tx.severed, w.vault = w.Store, false, testkit.Vault(w.t, w.Database)
	}
	w.now = w.process(w.Clock)
}

func (w *world) process(c clock.Clock) process {
	w.t.Helper()
	kept := crisis.Store(w.Store.Crisis())
	if w.bug != nil {
		kept = w.bug(kept)
	}
	p, err := newProcess(w.Store, kept, w.tx, c, w.vault, w.gateway)
	w.must(err)
	return p
}

// newProcess builds the desk as the product does, on what is given.
func newProcess(s *store.Store, kept crisis.Store, txs tx.Runner, c clock.Clock, v *vault.Vault, ways crisis.Ways) (process, error) {
	lines, err := helpLines()
	if err != nil {
		return process{}, err
	}
	assessor, err := assess()
	if err != nil {
		return process{}, err
	}
	queue := job.NewQueue(s.Job(), txs, c)
	board, log := noticeBoard{s.Accounts(), c}, audit.New(txs, s.Audit(), v.Derive("audit"))
	desk := crisis.NewService(crisis.Deps{
		Store: kept, Tx: txs, Clock: c, Assessor: assessor, Audit: log,
		Care: care.New(care.Deps{Store: s.Care(), Tx: txs, Clock: c, Audit: log, Notifier: board}),
		Jobs: queue, Notifier: board, Vault: v, Directory: lines, Ways: ways, Rota: rota.New(rota.Deps{Store: s.Rota(), Clock: c}),
	})
	agreed := checkin.New(checkin.Deps{Store: s.CheckIns(), Tx: txs, Clock: c, Desk: desk, Notifier: board, Audit: log, Vault: v, Zone: time.UTC})
	runner := job.NewRunner(queue, map[string]job.Handler{
		crisis.CallJob: job.Handle(func(ctx context.Context, p crisis.CallPayload) error { return desk.Deliver(ctx, p.Attempt) }),
	}, 1, silent)
	return process{desk: desk, agreed: agreed, runner: runner}, nil
}

// Rules and help lines are built once: they hold nothing of the world.
var (
	assess    = sync.OnceValues(triage.New)
	helpLines = sync.OnceValues(directory.New)
)

// noticeBoard is the workbench's way without the account area's other needs.
type noticeBoard struct {
	accounts *store.Accounts
	clock    clock.Clock
}

func (n noticeBoard) Notify(ctx context.Context, accountID, kind, ref string) error {
	return n.accounts.AddNotice(ctx, &account.Notice{ID: id.New(), AccountID: accountID, Kind: kind, RefID: ref, CreatedAt: n.clock.Now()})
}

// Withdraw implements crisis.Notifier.
func (n noticeBoard) Withdraw(ctx context.Context, kind, ref string) error {
	return n.accounts.DropNotices(ctx, kind, ref)
}

// NoteOpening implements crisis.Notifier: nobody opens anything here.
func (noticeBoard) NoteOpening(context.Context, string, account.OpeningKind, account.Role, time.Time) error {
	return nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// settle makes three spaces, and a team of five with shifts around the clock: in a hard world of eight, with none at night.
func (w *world) settle() {
	w.t.Helper()
	rooms := space.New(space.Deps{Store: w.Store.Spaces(), Tx: w.Store, Clock: w.Clock})
	for i := range 3 {
		made, err := rooms.Create(w.t.Context(), space.Space{
			Kind: space.Relatives, Name: fmt.Sprintf("Rum %d", i), Purpose: "At prøve", Colour: "wheat", Sign: "house", AgeBand: space.BandAll,
			SeePolicy: space.ForAccount, ReadPolicy: space.ForMember, WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen,
		}, "Det, der bliver sagt her, bliver her.")
		w.must(err)
		w.spaces = append(w.spaces, made.ID)
	}
	roles := []account.Role{account.Moderator, account.Moderator, account.Moderator, account.DutyLead, account.SafeguardingLead}
	if w.hard {
		roles = append(roles, account.Moderator, account.Moderator, account.DutyLead)
	}
	for i, role := range roles {
		a := account.Actor{Account: id.New(), Grants: []account.Grant{{Role: role}}}
		var in any
		if role == account.Moderator {
			a.Grants[0].Space, in = w.spaces[i%3], w.spaces[i%3]
		}
		w.people([]string{a.Account})
		w.Exec(w.t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
			id.New(), a.Account, string(role), in, w.Clock.Now(), w.Clock.Now())
		w.staff = append(w.staff, a)
	}
	// Half of them take no suicide, one of them nothing at all that is about its author.
	for i, a := range w.staff {
		code, kind := "suicide", "category"
		if i == 1 {
			code, kind = "author", "subject"
		}
		if i%2 == 0 || i == 1 {
			w.Exec(w.t, "INSERT INTO staff_refusal (account_id, kind, code, created_at) VALUES (?, ?, ?, ?)", a.Account, kind, code, w.Clock.Now())
		}
	}
	// Two of them at a time; the hours from midnight to eight are the first that are given up.
	for k := range 20 * 6 {
		from := w.Clock.Now().Truncate(24 * time.Hour).Add(time.Duration(k) * 4 * time.Hour)
		if w.hard && from.Hour() < 8 {
			continue
		}
		for _, who := range []account.Actor{w.staff[(k/6+k)%len(w.staff)], w.staff[(k/6+k+3)%len(w.staff)]} {
			w.Exec(w.t, "INSERT INTO shift (id, account_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?)",
				id.New(), who.Account, from, from.Add(4*time.Hour), from)
		}
	}
}

// people makes accounts as rows: the desk needs no more of them.
func (w *world) people(ids []string) {
	w.t.Helper()
	for len(ids) > 0 {
		n := min(len(ids), 500)
		var rows []string
		var values []any
		for _, a := range ids[:n] {
			rows = append(rows, "(?, ?, ?, 1980, 'da', 'active', ?)")
			values = append(values, a, "navn-"+a, "stab-"+a, w.Clock.Now())
		}
		w.Exec(w.t, "INSERT INTO account (id, name, staff_name, birth_year, locale, state, created_at) VALUES "+strings.Join(rows, ", "), values...)
		ids = ids[n:]
	}
}

var _ tx.Runner = (*crashes)(nil)
