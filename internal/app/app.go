// Package app puts Samhold together: it opens the database, the index and the services, runs them, and closes them
// in order. The binary and the browser tests open the same. It must hold no rules.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/audit"
	"samhold/internal/backup"
	"samhold/internal/call"
	"samhold/internal/care"
	"samhold/internal/checkin"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/figure"
	"samhold/internal/job"
	"samhold/internal/limit"
	"samhold/internal/message"
	"samhold/internal/moderation"
	"samhold/internal/passkey"
	"samhold/internal/passphrase"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/privacy"
	"samhold/internal/rota"
	"samhold/internal/safeguarding"
	"samhold/internal/seal"
	"samhold/internal/search"
	"samhold/internal/search/bleve"
	"samhold/internal/search/meili"
	"samhold/internal/space"
	"samhold/internal/store"
	"samhold/internal/support"
	"samhold/internal/topic"
	"samhold/internal/triage"
	"samhold/internal/vault"
	"samhold/internal/web"
	"samhold/internal/web/view"
)

// Options are what the tests and the demo do otherwise.
type Options struct {
	Version  string          // of the binary, for the metrics
	Drain    time.Duration   // how long it goes on answering after it was told to end, while /readyz says so
	HandOver time.Duration   // how long it waits for another process to end that serves with an index in a folder; 0 for a minute
	Clock    clock.Clock     // nil is the system's
	Log      *slog.Logger    // nil is slog's default
	Volatile bool            // SQLite may lose the last writes when the machine stops: tests and demo only
	Requests context.Context // every request's context stands on it; nil is the background
	Demo     bool            // invented people: the second factor's present code is shown; never under https
	MaxPosts int             // forms a minute from one account or address; 0 for the usual
}

func (o Options) withDefaults() Options {
	if o.HandOver == 0 {
		o.HandOver = handOverTakes
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// App is Samhold, open.
type App struct {
	Config   config.Config
	Store    *store.Store
	Index    search.Index
	Area     Areas
	Web      *web.Server
	Runner   *job.Runner
	log      *slog.Logger
	clock    clock.Clock
	metrics  *metrics
	version  string
	drains   time.Duration
	handOver time.Duration
	demo     bool
	ending   atomic.Bool
}

// Areas are the services over one clock.
type Areas struct {
	Account    *account.Service
	Space      *space.Service
	Topic      *topic.Service
	Search     *search.Service
	Indexer    *search.Indexer
	Crisis     *crisis.Service
	Call       *call.Service
	Playbook   *playbook.Service
	Message    *message.Service
	CheckIn    *checkin.Service
	Moderation *moderation.Service
	Admin      *admin.Service
	Rota       *rota.Service
	Privacy    *privacy.Service
	Directory  *directory.Service
	Plan       *plan.Service
	Figure     *figure.Service
	Guarding   *safeguarding.Service
	Support    *support.Service
	Care       *care.Service
	Audit      *audit.Log
	Backup     *backup.Keeper
	Queue      *job.Queue
	Vault      *vault.Vault
	Limiter    *limit.Limiter
}

// Open opens everything that the configuration names. The schema must be there: see Migrate.
func Open(ctx context.Context, c config.Config, o Options) (_ *App, err error) {
	o = o.withDefaults()
	if o.Demo && c.BaseURL.Scheme == "https" {
		return nil, errors.New("a demo shows codes that guard real people's texts elsewhere; it does not run under https")
	}
	a := &App{Config: c, version: o.Version, drains: o.Drain, handOver: o.HandOver, demo: o.Demo, log: o.Log, clock: o.Clock}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if a.Store, err = store.Open(ctx, c.DatabaseURL, store.Options{Clock: o.Clock, Logger: o.Log, Volatile: o.Volatile}); err != nil {
		return nil, fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	if err := a.checkSchema(ctx); err != nil {
		return nil, err
	}
	a.openIndex()
	if a.Area, err = a.areas(ctx, o.Clock); err != nil {
		return nil, err
	}
	// Without the database's lines help is still there: the shipped ones are in memory.
	if err := errors.Join(a.Area.Directory.Seed(ctx), a.Area.Directory.Refresh(ctx)); err != nil {
		a.log.WarnContext(ctx, "help lines not read", "err", err.Error())
	}
	a.Runner = job.NewRunner(a.Area.Queue, a.handlers(), workers, o.Log, crisis.CallJob)
	a.metrics = newMetrics(a)
	a.Web, err = web.New(web.Services{ //nolint:contextcheck // each request brings its own
		Account: a.Area.Account, Space: a.Area.Space, Topic: a.Area.Topic, Search: a.Area.Search, Crisis: a.Area.Crisis,
		Message: a.Area.Message, CheckIn: a.Area.CheckIn, Playbook: a.Area.Playbook, Moderation: a.Area.Moderation, Admin: a.Area.Admin, Rota: a.Area.Rota, Privacy: a.Area.Privacy, Directory: a.Area.Directory, Plan: a.Area.Plan,
		Call: a.Area.Call, Figure: a.Area.Figure, Guarding: a.Area.Guarding, Care: a.Area.Care, Support: a.Area.Support,
	}, web.Options{
		BaseURL: c.BaseURL, SMTPFrom: c.SMTPFrom, ExitURL: c.ExitURL, TrustedProxies: c.TrustedProxies, Locale: c.Locale,
		CSRFKey: a.Area.Vault.Derive("csrf"), ProbeKey: a.ProbeKey(), Clock: o.Clock, Log: o.Log, Ready: a.Ready,
		Observe: a.metrics.observe, MaxPosts: o.MaxPosts, Posts: a.sharedPosts(), Context: o.Requests, ShowCodes: o.Demo,
	})
	if err != nil {
		return nil, fmt.Errorf("build the pages: %w", err)
	}
	return a, nil
}

// KeyGrace is how long a key that was retired stays: longer than any request may take.
const KeyGrace = 15 * time.Second

// workers is how many jobs a process does at once.
const workers = 4

// openIndex names the index; it is opened at the first use, and again later when that fails: the forum goes on
// without search.
func (a *App) openIndex() {
	a.Index = search.NewLate(a.clock, a.openEngine, a.catchUp)
}

// openEngine opens the engine that the configuration names.
func (a *App) openEngine() (search.Index, error) {
	if path, ok := strings.CutPrefix(a.Config.SearchURL, "bleve:"); ok {
		return bleve.Open(path)
	}
	ctx, cancel := context.WithTimeout(context.Background(), openingTakes)
	defer cancel()
	return meili.Open(ctx, a.searchServer())
}

// openingTakes bounds one attempt to open a search server, which may have to make an index first.
const openingTakes = 30 * time.Second

func (a *App) searchServer() meili.Options {
	return meili.Options{URL: a.Config.SearchURL, Key: a.Config.SearchKey, Emptied: func() { a.catchUp(a.Index) }}
}

// areas builds the services over the given clock.
func (a *App) areas(ctx context.Context, c clock.Clock) (Areas, error) {
	var s Areas
	var err error
	assessor, err := triage.New()
	if err != nil {
		return s, fmt.Errorf("assessment rules: %w", err)
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return s, fmt.Errorf("time zone: %w", err)
	}
	st := a.Store
	if s.Vault, err = a.vault(ctx, c); err != nil {
		return s, err
	}
	s.Queue = job.NewQueue(st.Job(), st, c)
	s.Audit = a.auditLog(s.Vault)
	s.Limiter = limit.New(st.Limits(), c, s.Vault.Derive("limit"))
	s.Backup = keeper(a.Config, st, c, zone)
	keys, err := passkey.New(a.Config.BaseURL)
	if err != nil {
		return s, fmt.Errorf("SAMHOLD_BASE_URL: %w", err)
	}
	s.Account = account.New(account.Deps{
		Store: st.Accounts(), Tx: st, Clock: c, Limiter: s.Limiter, Vault: s.Vault, Passphrase: passphrase.NewHasher(),
		Audit: s.Audit, Passkeys: keys,
	})
	if s.Call, err = a.calls(s, c); err != nil {
		return s, err
	}
	s.Directory, err = directory.Load(directory.Deps{Store: st.Directory(), Tx: st, Clock: c, Audit: s.Audit, Notify: s.Account})
	if err != nil {
		return s, fmt.Errorf("help lines: %w", err)
	}
	s.Rota = rota.New(rota.Deps{
		Store: st.Rota(), Tx: st, Clock: c, Audit: s.Audit, Notifier: s.Account, Zone: zone,
		// The desk counts hours of duty, and is built from the rota.
		Changed:     func(ctx context.Context) error { return s.Crisis.RotaChanged(ctx) },
		Unreachable: s.Call.Unreachable,
	})
	s.Care = care.New(care.Deps{Store: st.Care(), Tx: st, Clock: c, Audit: s.Audit, Notifier: s.Account})
	s.Crisis = crisis.NewService(crisis.Deps{
		Store: st.Crisis(), Tx: st, Clock: c, Assessor: assessor, Zone: zone, Audit: s.Audit, Jobs: s.Queue, Notifier: s.Account,
		Vault: s.Vault, Directory: s.Directory, Rota: s.Rota, Ways: s.Call, Care: s.Care,
	})
	s.Playbook, err = playbook.New(playbook.Deps{Store: st.Playbooks(), Tx: st, Cases: s.Crisis, Vault: s.Vault, Audit: s.Audit})
	if err != nil {
		return s, err
	}
	s.Figure = figure.New(figure.Deps{Store: st.Figure(), Clock: c, Rota: s.Rota, Rules: s.Crisis, Zone: zone})
	s.Guarding = safeguarding.New(safeguarding.Deps{Store: st.Referrals(), Tx: st, Clock: c, Cases: s.Crisis, Vault: s.Vault, Audit: s.Audit, Zone: zone})
	s.Support = support.New(support.Deps{
		Store: st.Supports(), Tx: st, Clock: c, Cases: s.Crisis, Intake: s.Crisis, Notifier: s.Account, Vault: s.Vault, Audit: s.Audit,
	})
	s.Plan = plan.New(plan.Deps{Store: st.Plans(), Tx: st, Clock: c, Vault: s.Vault, Intake: s.Crisis, Desk: s.Crisis})
	s.Space = space.New(space.Deps{
		Store: st.Spaces(), Tx: st, Clock: c, Audit: s.Audit, AliasKey: s.Vault.Derive("retired alias"),
	})
	s.Message = message.New(message.Deps{
		Store: st.Messages(), Tx: st, Clock: c, Intake: s.Crisis, Desk: s.Crisis, Notifier: s.Account, Audit: s.Audit, Vault: s.Vault,
	})
	s.CheckIn = checkin.New(checkin.Deps{
		Store: st.CheckIns(), Tx: st, Clock: c, Desk: s.Crisis, Talk: s.Message, Notifier: s.Account, Audit: s.Audit, Vault: s.Vault, Zone: zone,
	})
	s.Topic = topic.New(topic.Deps{
		Store: st.Topics(), Spaces: s.Space, Tx: st, Clock: c, Intake: s.Crisis, Jobs: search.Jobs{Queue: s.Queue}, Audit: s.Audit,
		Vault: s.Vault,
	})
	s.Search = search.New(search.Deps{Store: st.Search(), Index: a.Index, Tx: st, Clock: c, Vault: s.Vault, Zone: zone, Audit: s.Audit})
	s.Indexer = &search.Indexer{
		Sources: st.Search(), Index: a.Index, Again: search.Jobs{Queue: s.Queue}.IndexPostLater, Clock: c, Log: a.log,
	}
	s.Moderation = moderation.New(moderation.Deps{
		Store: st.Moderation(), Tx: st, Clock: c, Intake: s.Crisis, Posts: s.Topic, Assessments: s.Crisis, Callers: s.Crisis, Audit: s.Audit,
		Notifier: s.Account, Vault: s.Vault,
	})
	s.Admin = admin.New(admin.Deps{
		Store: st.Admin(), Tx: st, Clock: c, Queue: s.Queue, Audit: s.Audit, Checkpoint: a.Config.AuditFile,
		Backup: s.Backup, Cases: s.Crisis, Rota: s.Rota, Vault: s.Vault,
	})
	s.Privacy = privacy.New(privacy.Deps{
		Store: st.Privacy(), Tx: st, Clock: c, Accounts: s.Account, Spaces: s.Space, Cases: s.Crisis, CheckIns: s.CheckIn, Jobs: search.Jobs{Queue: s.Queue},
		Queue: s.Queue, Audit: s.Audit, Vault: s.Vault, Ledger: privacy.NewLedger(a.Config.LedgerFile, s.Vault.Derive("ledger")), Log: a.log,
	})
	return s, nil
}

// vault opens the data keys.
func (a *App) vault(ctx context.Context, c clock.Clock) (*vault.Vault, error) {
	keyring, err := seal.NewKeyring(a.Config.SecretKey, a.Config.OldSecretKeys...)
	if err != nil {
		return nil, fmt.Errorf("SAMHOLD_SECRET_KEY, SAMHOLD_OLD_SECRET_KEYS: %w", err)
	}
	v, err := vault.Open(ctx, vault.Deps{Store: a.Store.Vault(), Tx: a.Store, Clock: c, Keyring: keyring})
	if err != nil {
		return nil, fmt.Errorf("SAMHOLD_SECRET_KEY: %w", err)
	}
	return v, nil
}

func (a *App) auditLog(v *vault.Vault) *audit.Log {
	return audit.New(a.Store, a.Store.Audit(), v.Derive("audit"))
}

// sharedPosts counts the forms of all processes together, where there may be several: those on one PostgreSQL.
func (a *App) sharedPosts() *limit.Limiter {
	if strings.HasPrefix(a.Config.DatabaseURL, "sqlite:") {
		return nil
	}
	return a.Area.Limiter
}

// ProbeKey lets "samhold doctor" ask the serving process how a request looks from there.
func (a *App) ProbeKey() [32]byte { return a.Area.Vault.Derive("probe") }

// Ready reports whether the database answers with this binary's schema, and the process is not about to end.
func (a *App) Ready(ctx context.Context) error {
	if a.ending.Load() {
		return fault.New(fault.Unavailable, "fault.unavailable")
	}
	if err := a.Store.Ping(ctx); err != nil {
		return err
	}
	return a.checkSchema(ctx)
}

func (a *App) checkSchema(ctx context.Context) error {
	m, err := a.Store.Migrations()
	if err != nil {
		return err
	}
	return m.Check(ctx)
}

// Close closes what is open, in the order opposite to opening.
func (a *App) Close() error {
	var errs []error
	if a.Index != nil {
		errs = append(errs, a.Index.Close())
	}
	if a.Store != nil {
		errs = append(errs, a.Store.Close())
	}
	return errors.Join(errs...)
}

// Migrate brings the schema of a database up to this binary's.
func Migrate(ctx context.Context, databaseURL string) error {
	s, err := store.Open(ctx, databaseURL, store.Options{})
	if err != nil {
		return fmt.Errorf("SAMHOLD_DATABASE_URL: %w", err)
	}
	m, err := s.Migrations()
	if err == nil {
		_, err = m.Up(ctx)
	}
	return errors.Join(err, s.Close())
}
