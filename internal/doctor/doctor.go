// Package doctor looks an installation over: is everything there that Samhold stands on, and what is to be done where it
// is not. It changes nothing, apart from a test mail that is asked for, and must never show a secret or what somebody
// wrote.
package doctor

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"samhold/internal/app"
	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/store"
)

// State is how one thing stands.
type State string

// The states. Only Broken keeps people out, or their data at risk today.
const (
	OK        State = "ok"
	Attention State = "attention"
	Broken    State = "broken"
)

// Finding is what was seen of one thing, and what to do about it.
type Finding struct {
	Subject string
	State   State
	Says    string
	Do      string // empty when nothing is to be done
}

// Options are what the examination needs beside the environment.
type Options struct {
	Clock  clock.Clock
	Log    *slog.Logger
	MailTo string // where a test mail goes; empty: the mail server is greeted and none is sent
}

// Examine looks at one thing after the other and tells what it finds. It goes on where something is broken, as far as
// that goes.
func Examine(ctx context.Context, environment map[string]string, o Options, tell func(Finding)) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	e := &examination{ctx: ctx, Options: o, tell: tell}
	var err error
	if e.config, err = config.Load(environment); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			e.say("settings", Broken, line, "set it right; docs/operations.md lists all")
		}
		return // everything else would be guesses
	}
	if err := e.config.Unsafe(); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			e.say("settings", Broken, line, "samhold serve refuses to start with it")
		}
	} else {
		e.say("settings", OK, "all are understood", "")
	}
	e.unset()
	e.modes(environment)
	e.disk()
	e.installation()
	e.web()
	e.mail()
	e.webhook()
}

// unset warns of what Samhold runs without, and nobody would miss until it is needed.
func (e *examination) unset() {
	const aside = "to a file in a folder that is not in the backups, for example /var/lib/samhold-audit/"
	c := e.config
	if c.LedgerFile == "" {
		e.say("erasures", Attention, "SAMHOLD_LEDGER_FILE is not set: who is erased comes back when an older backup is restored", "set it "+aside+"ledger")
	} else {
		e.say("erasures", OK, "are remembered outside the database", "")
	}
	if c.AuditFile == "" {
		e.say("audit log", Attention, "SAMHOLD_AUDIT_FILE is not set: nobody sees it when somebody with the database cuts off its end", "set it "+aside+"head")
	}
	if len(c.Backup.Recipients) == 0 {
		e.say("backups", Attention, "SAMHOLD_BACKUP_RECIPIENT is not set: no backup can be made, and a broken disk is the end of everything", "run samhold backup-key FILE, keep the file away from this machine, and set what it prints")
	}
	if c.Backup.Dir == "" {
		e.say("backups", Attention, "SAMHOLD_BACKUP_DIR is not set: no backup is made at night", "set it to a folder on another disk, or call samhold backup every night")
	}
}

type examination struct {
	Options
	ctx    context.Context
	config config.Config
	app    *app.App // nil when it does not open
	tell   func(Finding)
}

func (e *examination) say(subject string, state State, says, do string) {
	e.tell(Finding{Subject: subject, State: state, Says: says, Do: do})
}

// installation opens the database, and what stands on it.
func (e *examination) installation() {
	s, err := store.Open(e.ctx, e.config.DatabaseURL, store.Options{Clock: e.Clock, Logger: e.Log})
	if err != nil {
		e.say("database", Broken, "does not answer: "+err.Error(), "start it, or mend SAMHOLD_DATABASE_URL")
		return
	}
	e.database(s)
	m, err := s.Migrations()
	if err == nil {
		err = m.Check(e.ctx)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		do := "run samhold migrate up"
		if errors.Is(err, store.ErrNewer) {
			do = "install the newer version again"
		}
		e.say("schema", Broken, err.Error(), do)
		return
	}
	e.say("schema", OK, "is that of this version", "")
	if e.app, err = app.Open(e.ctx, e.config, app.Options{Clock: e.Clock, Log: e.Log}); err != nil {
		e.say("keys", Broken, err.Error(), "put the secret back, or look for it where it is kept apart from the data")
		return
	}
	e.keys()
	e.auditLog()
	e.clock()
	e.search()
	e.helpLines()
	e.jobs()
	e.backups()
	if err := e.app.Close(); err != nil {
		e.say("database", Attention, "did not close: "+err.Error(), "")
	}
}
