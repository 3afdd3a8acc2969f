package call_test

import (
	"context"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/call"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/i18n"
	"samhold/internal/id"
	"samhold/internal/job"
	"samhold/internal/limit"
	"samhold/internal/testkit"
)

// post is a gateway that keeps what it is given.
type post struct {
	mu    sync.Mutex
	fails error
	sent  []letterTo
}

type letterTo struct {
	address string
	call.Message
}

func (p *post) Send(_ context.Context, address string, m call.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fails != nil {
		return p.fails
	}
	p.sent = append(p.sent, letterTo{address, m})
	return nil
}

func (p *post) last(t *testing.T) letterTo {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.sent) == 0 {
		t.Fatal("nothing was sent")
	}
	return p.sent[len(p.sent)-1]
}

// desk is the service over a database, with gateways that keep what they are given.
type desk struct {
	*testkit.Database
	t        *testing.T
	calls    *call.Service
	runner   *job.Runner
	gateways map[call.Kind]*post
}

func newDesk(t *testing.T, db *testkit.Database) *desk {
	t.Helper()
	texts, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	v := testkit.Vault(t, db)
	queue := job.NewQueue(db.Store.Job(), db.Store, db.Clock)
	d := &desk{Database: db, t: t, gateways: map[call.Kind]*post{call.Mail: {}, call.Webhook: {}, call.Push: {}}}
	gateways := map[call.Kind]call.Gateway{}
	for kind, p := range d.gateways {
		gateways[kind] = p
	}
	d.calls = call.New(call.Deps{
		Store: db.Store.Calls(), Tx: db.Store, Clock: db.Clock, Vault: v, Jobs: queue, Texts: texts, Gateways: gateways,
		Limiter: limit.New(db.Store.Limits(), db.Clock, v.Derive("limit")), Audit: audit.New(db.Store, db.Store.Audit(), v.Derive("audit")),
		Link: "https://forum.example.org/mod",
	})
	d.runner = job.NewRunner(queue, map[string]job.Handler{
		call.CodeJob:  job.Handle(func(ctx context.Context, p call.WayPayload) error { return d.calls.SendCode(ctx, p.Way) }),
		call.TrialJob: job.Handle(func(ctx context.Context, p call.WayPayload) error { return d.calls.SendTrial(ctx, p.Way) }),
	}, 1, slog.New(slog.DiscardHandler))
	return d
}

// hire makes an account with a role.
func (d *desk) hire(name string) account.Actor {
	d.t.Helper()
	who := id.New()
	d.Exec(d.t, "INSERT INTO account (id, name, birth_year, locale, staff_name, state, session_epoch, created_at) VALUES (?, ?, 0, 'da', ?, 'active', 0, ?)",
		who, name, name, d.Clock.Now())
	d.Exec(d.t, "INSERT INTO staff_grant (id, account_id, role, starts_at, created_at) VALUES (?, ?, 'duty_lead', ?, ?)",
		id.New(), who, d.Clock.Now(), d.Clock.Now())
	return d.actor(who)
}

func (d *desk) actor(who string) account.Actor {
	return account.Actor{Account: who, At: d.Clock.Now(), Grants: []account.Grant{{Role: account.DutyLead}}}
}

// give sets an address up, with its code typed back.
func (d *desk) give(who account.Actor, kind call.Kind, address string) {
	d.t.Helper()
	who.At = d.Clock.Now()
	if err := d.calls.SetAddress(d.t.Context(), who, kind, address); err != nil {
		d.t.Fatal(err)
	}
	d.runner.Drain(d.t.Context())
	if err := d.calls.Confirm(d.t.Context(), who, d.way(who, kind).ID, d.codeSent(kind)); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) codeSent(kind call.Kind) string {
	d.t.Helper()
	return regexp.MustCompile(`\d{6}`).FindString(d.gateways[kind].last(d.t).Body)
}

func (d *desk) way(who account.Actor, kind call.Kind) call.Mine {
	d.t.Helper()
	mine, err := d.calls.Mine(d.t.Context(), who)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, w := range mine {
		if w.Kind == kind {
			return w
		}
	}
	d.t.Fatalf("there is no %s", kind)
	return call.Mine{}
}

func (d *desk) of(who account.Actor) []string {
	d.t.Helper()
	ways, err := d.calls.Of(d.t.Context(), who.Account)
	if err != nil {
		d.t.Fatal(err)
	}
	return ways
}

func TestNobodyIsCalledBeforeTheCodeIsTypedBack(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := newDesk(t, db)
		me := d.hire("Vagt")
		if err := d.calls.SetAddress(t.Context(), me, call.Mail, " vagt@example.net "); err != nil {
			t.Fatal(err)
		}
		d.runner.Drain(t.Context())
		if got := d.gateways[call.Mail].last(t); got.address != "vagt@example.net" {
			t.Errorf("the code went to %q", got.address)
		}
		if err := d.calls.Send(t.Context(), crisis.Call{Key: "k", Account: me.Account, Way: "mail", Level: "crisis"}); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unconfirmed address was called: %v", err)
		}
		way, code := d.way(me, call.Mail), d.codeSent(call.Mail)
		if got := d.of(me); len(got) != 0 {
			t.Errorf("the ways are %v, want none", got)
		}
		if err := d.calls.Confirm(t.Context(), d.hire("En anden"), way.ID, code); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else may type the code: %v", err)
		}
		if err := d.calls.Confirm(t.Context(), me, way.ID, "12 34 5x"); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong code: %v", err)
		}
		if err := d.calls.Confirm(t.Context(), me, way.ID, " "+code[:3]+" "+code[3:]); err != nil {
			t.Fatal(err)
		}
		if got := d.of(me); !slices.Equal(got, []string{"mail"}) {
			t.Errorf("the ways are %v", got)
		}
		sent := len(d.gateways[call.Mail].sent)
		if err := d.calls.Send(t.Context(), crisis.Call{Key: "k", Account: me.Account, Way: "mail", Level: "crisis"}); err != nil {
			t.Fatal(err)
		}
		got := d.gateways[call.Mail].last(t)
		if len(d.gateways[call.Mail].sent) != sent+1 || got.Key != "k" || got.Priority != 1 || !strings.Contains(got.Body, "https://forum.example.org/mod") {
			t.Errorf("got %+v", got)
		}
		// Another address takes its place, and has to be shown to be theirs again.
		if err := d.calls.SetAddress(t.Context(), me, call.Mail, "ny@example.net"); err != nil {
			t.Fatal(err)
		}
		if got := d.of(me); len(got) != 0 {
			t.Errorf("the ways are %v, want none", got)
		}
	})
}

func TestCodesEnd(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := newDesk(t, db)
		me := d.hire("Vagt")
		ask := func() (way, code string) {
			t.Helper()
			me.At = db.Clock.Now()
			if err := d.calls.SetAddress(t.Context(), me, call.Webhook, "12 34 56 78"); err != nil {
				t.Fatal(err)
			}
			d.runner.Drain(t.Context())
			return d.way(me, call.Webhook).ID, d.codeSent(call.Webhook)
		}
		way, code := ask()
		for range 5 {
			if err := d.calls.Confirm(t.Context(), me, way, "x"); !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
		}
		if err := d.calls.Confirm(t.Context(), me, way, code); !fault.Is(err, fault.Invalid) {
			t.Errorf("the sixth try was let in: %v", err)
		}
		way, code = ask()
		if got := d.gateways[call.Webhook].last(t).address; got != "+4512345678" {
			t.Errorf("the code went to %q", got)
		}
		me.At = db.Clock.Now().Add(31 * time.Minute)
		if err := d.calls.Confirm(t.Context(), me, way, code); !fault.Is(err, fault.Invalid) {
			t.Errorf("an old code was let in: %v", err)
		}
	})
}

func TestAddressesThatAreNone(t *testing.T) {
	d := newDesk(t, testkit.Open(t, "sqlite"))
	me := d.hire("Vagt")
	for kind, addresses := range map[call.Kind][]string{
		call.Mail:    {"", "vagt", "Vagt <vagt@example.net>", "a@example.net, b@example.net", "vagt@example.net\r\nBcc: x@example.net"},
		call.Webhook: {"", "1", "+45 12 34 56 78; DROP", "https://example.org"},
	} {
		for _, a := range addresses {
			if err := d.calls.SetAddress(t.Context(), me, kind, a); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s %q: %v", kind, a, err)
			}
		}
	}
	if err := d.calls.SetAddress(t.Context(), account.Actor{Account: me.Account, At: me.At}, call.Mail, "a@example.net"); !fault.Is(err, fault.NotFound) {
		t.Errorf("who works no cases may not be called: %v", err)
	}
}

func TestOrderTrialAndRemoval(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := newDesk(t, db)
		me, other := d.hire("Vagt"), d.hire("En anden")
		if err := d.calls.Try(t.Context(), me); !fault.Is(err, fault.Conflict) {
			t.Errorf("a trial without any way: %v", err)
		}
		d.give(me, call.Mail, "vagt@example.net")
		d.give(me, call.Webhook, "12345678")
		if got := d.of(me); !slices.Equal(got, []string{"mail", "webhook"}) {
			t.Errorf("the ways are %v", got)
		}
		if err := d.calls.First(t.Context(), me, call.Webhook); err != nil {
			t.Fatal(err)
		}
		if got := d.of(me); !slices.Equal(got, []string{"webhook", "mail"}) {
			t.Errorf("the ways are %v", got)
		}
		d.gateways[call.Mail].fails = fault.New(fault.Unavailable, "fault.unavailable")
		if err := d.calls.Try(t.Context(), me); err != nil {
			t.Fatal(err)
		}
		if got := d.way(me, call.Mail).TestState; got != call.Waiting {
			t.Errorf("the trial is %q before it left", got)
		}
		d.runner.Drain(t.Context())
		if mail, hook := d.way(me, call.Mail).TestState, d.way(me, call.Webhook).TestState; mail != call.Failed || hook != call.Sent {
			t.Errorf("the trials are %q and %q", mail, hook)
		}
		if got := d.gateways[call.Webhook].last(t); got.Priority != 0 || len(got.Key) != 32 {
			t.Errorf("the trial says %+v", got)
		}
		without, err := d.calls.Unreachable(t.Context(), []string{me.Account, other.Account})
		if err != nil || !slices.Equal(without, []string{other.Account}) {
			t.Errorf("unreachable are %v, %v", without, err)
		}
		if err := d.calls.Remove(t.Context(), other, d.way(me, call.Mail).ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else may remove it: %v", err)
		}
		if err := d.calls.Remove(t.Context(), me, d.way(me, call.Mail).ID); err != nil {
			t.Fatal(err)
		}
		if got := d.of(me); !slices.Equal(got, []string{"webhook"}) {
			t.Errorf("the ways are %v", got)
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'call_way_removed' AND code = 'mail'"); n != 1 {
			t.Errorf("%d removals are audited", n)
		}
	})
}

func TestWaysEndWithTheRoleAndWithTheAddress(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := newDesk(t, db)
		me, stays := d.hire("Vagt"), d.hire("Bliver")
		d.give(me, call.Mail, "vagt@example.net")
		d.give(stays, call.Webhook, "12345678")
		db.Exec(t, "UPDATE staff_grant SET ends_at = ? WHERE account_id = ?", db.Clock.Now(), me.Account)
		if err := d.calls.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM call_way"); n != 1 {
			t.Errorf("%d ways are left, want the one of who stays", n)
		}
		d.gateways[call.Webhook].fails = fault.Missing()
		err := d.calls.Send(t.Context(), crisis.Call{Key: "k", Account: stays.Account, Way: "webhook", Level: "red"})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("got %v", err)
		}
		if got := d.of(stays); len(got) != 0 {
			t.Errorf("an address that is no more is kept: %v", got)
		}
	})
}
