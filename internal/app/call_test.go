package app_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/call"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/testkit"
	"samhold/internal/topic"
)

// reachable gives a person of the team a mail address for calls, and types its code back.
func (w *world) reachable(who string) {
	w.t.Helper()
	calls, me := w.app.Area.Call, w.actor(who)
	address := w.plant("mail address of "+who, "call address", []string{who})
	w.must(calls.SetAddress(w.t.Context(), me, call.Mail, address+"@example.net"))
	w.app.Runner.Drain(w.t.Context())
	mine, err := calls.Mine(w.t.Context(), me)
	w.must(err)
	mails := w.post.Mails()
	code := regexp.MustCompile(`\d{6}`).FindString(body(mails[len(mails)-1].Raw))
	w.must(calls.Confirm(w.t.Context(), me, mine[0].ID, code))
	w.ids["way of "+who] = mine[0].ID
}

// body is a mail without its header, with what its encoding has done to long lines and letters undone.
func body(raw string) string {
	_, body, _ := strings.Cut(raw, "\r\n\r\n")
	return strings.ReplaceAll(body, "=\r\n", "")
}

// siteWords say what kind of site this is.
var siteWords = regexp.MustCompile(`(?i)samhold|forum|krise|crisis|selvmord|suicid|overdosis|overdose|misbrug|addict|afhængig|pårørende|relative|unge|efterværn|rådgiv|sag(?:en)?\b|case\b|indlæg|\bpost\b|fare\b|danger`)

// TestCallsSayNothing lets a community be in danger in many ways, and reads everything that leaves the house.
func TestCallsSayNothing(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		for who, words := range map[string]string{
			"member": "Jeg tager mit eget liv i nat.", "elsewhere": "Min søn har taget en overdosis og trækker ikke vejret.",
			"minor": "Jeg har taget alle mine piller for at dø.",
		} {
			where := map[bool]string{true: "away", false: "home"}[who == "elsewhere"]
			w.start(who, where, "danger of "+who, moderators, words)
		}
		if _, err := w.app.Area.Crisis.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.app.Runner.Drain(t.Context())
		calls := 0
		for _, m := range w.post.Mails() {
			said := m.Header.Get("Subject") + "\n" + m.Header.Get("Message-Id") + "\n" + m.From + "\n" + body(m.Raw)
			if !strings.Contains(said, "kode") {
				calls++
			}
			for _, seen := range sightings(w.canaries, said, "") {
				t.Errorf("a mail holds the %s", seen)
			}
			if found := siteWords.FindAllString(said, -1); len(found) > 0 {
				t.Errorf("a mail says %v:\n%s", found, said)
			}
		}
		if calls < 3 {
			t.Errorf("%d calls left by mail, want one at least for each in danger", calls)
		}
		if n := db.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE way = 'mail' AND state = 'sent'"); n != calls {
			t.Errorf("%d calls count as sent, and %d arrived", n, calls)
		}
	})
}

// TestNoWaySaysAnything takes what every way would carry, of whole worlds in danger: the request of the webhook as it
// arrives, and what is encrypted for a browser.
func TestNoWaySaysAnything(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newWorld(t, db)
		said := map[call.Kind][]string{}
		server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			var whole strings.Builder
			w.must(r.Write(&whole))
			said[call.Webhook] = append(said[call.Webhook], strings.TrimPrefix(whole.String(), http.MethodPost))
		}))
		t.Cleanup(server.Close)
		address, err := url.Parse(server.URL)
		w.must(err)
		ways := w.app.Area.Call.Gateways
		ways[call.Webhook] = call.NewHook(address, []byte("tre gule lamper i en tung nat"), true)
		lead := w.actor("duty lead")
		w.Exec(t, "DELETE FROM call_way WHERE account_id = ?", lead.Account)
		key, err := ecdh.P256().GenerateKey(rand.Reader)
		w.must(err)
		encode := base64.RawURLEncoding.EncodeToString
		w.must(w.app.Area.Call.AddBrowser(t.Context(), lead, call.Browser{
			Endpoint: "https://push.example.org/abc", P256dh: encode(key.PublicKey().Bytes()), Auth: encode(make([]byte, 16)),
		}))
		ways[call.Push] = gateway(func(_ context.Context, m call.Message) error {
			said[call.Push] = append(said[call.Push], fmt.Sprintf("%+v", m))
			return fault.New(fault.Invalid, "fault.unavailable") // so that the next way is tried
		})
		w.must(w.app.Area.Call.SetAddress(t.Context(), lead, call.Webhook, "12 34 56 78"))
		w.app.Runner.Drain(t.Context())
		way := w.Text(t, "SELECT id FROM call_way WHERE kind = 'webhook'")
		w.must(w.app.Area.Call.Confirm(t.Context(), lead, way, regexp.MustCompile(`kode er (\d{6})`).FindStringSubmatch(said[call.Webhook][0])[1]))
		for who, words := range map[string]string{
			"member": "Jeg tager mit eget liv i nat.", "minor": "Jeg har taget alle mine piller for at dø.",
		} {
			w.start(who, "home", "danger of "+who, moderators, words)
		}
		if _, err := w.app.Area.Crisis.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.app.Runner.Drain(t.Context())
		for kind, least := range map[call.Kind]int{call.Push: 2, call.Webhook: 3} { // one of them is the code
			if len(said[kind]) < least {
				t.Errorf("%d by %s", len(said[kind]), kind)
			}
			for _, one := range said[kind] {
				for _, seen := range sightings(w.canaries, one, "") {
					t.Errorf("%s holds the %s", kind, seen)
				}
				if found := siteWords.FindAllString(one, -1); len(found) > 0 {
					t.Errorf("%s says %v:\n%s", kind, found, one)
				}
			}
		}
	})
}

// TestTheNextWayIsTakenWhenMailFails: the mail server refuses, says to come back later, or is gone. Whoever
// is to be called is called by the way after it, and once.
func TestTheNextWayIsTakenWhenMailFails(t *testing.T) {
	t.Parallel()
	const later, forGood, gone = 451, 550, 0
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		for name, code := range map[string]int{"refuses": forGood, "comes back later": later, "is gone": gone} {
			t.Run(name, func(t *testing.T) {
				db := testkit.Open(t, db.Name)
				w := newPlace(t, db)
				wire := &line{to: w.post.Addr}
				wire.listen(t, "127.0.0.1:0")
				t.Cleanup(func() { wire.cut() })
				w.app, _ = openApp(t, db, w.log, "smtp://"+wire.l.Addr().String())
				var mu sync.Mutex
				var arrived []string
				server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					said, err := io.ReadAll(r.Body)
					mu.Lock()
					defer mu.Unlock()
					w.must(err)
					arrived = append(arrived, string(said))
				}))
				t.Cleanup(server.Close)
				address, err := url.Parse(server.URL)
				w.must(err)
				w.app.Area.Call.Gateways[call.Webhook] = call.NewHook(address, []byte("tre gule lamper i en tung nat"), true)
				k := newTalk(t, w, 1)
				w.person("duty lead", 0, account.Grant{Role: account.DutyLead})
				w.reachable("duty lead")
				lead := w.actor("duty lead")
				w.must(w.app.Area.Call.SetAddress(t.Context(), lead, call.Webhook, "12 34 56 78"))
				w.app.Runner.Drain(t.Context())
				digits := regexp.MustCompile(`kode er (\d{6})`).FindStringSubmatch(arrived[0])[1]
				w.must(w.app.Area.Call.Confirm(t.Context(), lead, w.Text(t, "SELECT id FROM call_way WHERE kind = 'webhook'"), digits))
				mails := len(w.post.Mails())

				if code == gone {
					wire.cut()
				} else {
					w.post.Fail(code)
				}
				h := k.hands[0]
				_, _, _, err = h.send(form(k.path, url.Values{"_csrf": {h.token}, "key": {topic.NewKey()}, "body": {"Jeg tager mit eget liv i nat."}}))
				w.must(err)
				_, err = w.app.Area.Crisis.Sweep(t.Context())
				w.must(err)
				for range 10 { // a way that may work later is tried three times
					w.app.Runner.Drain(t.Context())
					db.Clock.Advance(30 * time.Second)
				}
				states := "SELECT state FROM call_attempt WHERE way = ? ORDER BY created_at LIMIT 1"
				if mail, hook := w.Text(t, states, "mail"), w.Text(t, states, "webhook"); mail != "failed" || hook != "sent" || len(arrived) != 2 || len(w.post.Mails()) != mails {
					t.Errorf("mail %s, webhook %s; %d calls by webhook and %d by mail, want one and none", mail, hook, len(arrived)-1, len(w.post.Mails())-mails)
				}
			})
		}
	})
}

// TestTheEndOfARoleEndsTheCalls also when nothing is swept.
func TestTheEndOfARoleEndsTheCalls(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		w.settle("duty lead", 0, account.Grant{Role: account.DutyLead})
		w.settle("admin", 0, account.Grant{Role: account.Admin})
		w.reachable("duty lead")
		grant := w.Text(t, "SELECT id FROM staff_grant WHERE account_id = ?", w.accounts["duty lead"].ID)
		w.must(w.app.Area.Admin.EndGrant(t.Context(), w.actor("admin"), grant))
		if n := w.Int(t, "SELECT COUNT(*) FROM call_way"); n != 0 {
			t.Errorf("%d addresses are left", n)
		}
	})
}

// gateway is a gateway that does as the test says.
type gateway func(ctx context.Context, m call.Message) error

func (g gateway) Send(ctx context.Context, _ string, m call.Message) error { return g(ctx, m) }

// TestTwoWorkersMakeOneCall: the claim on a job runs out while its call is under way, and somebody else makes the call.
func TestTwoWorkersMakeOneCall(t *testing.T) {
	t.Parallel()
	down, refused := fault.New(fault.Unavailable, "fault.unavailable"), fault.New(fault.Invalid, "fault.unavailable")
	tests := map[string]struct {
		first, second error
		state         string
		tries         int
		again         bool // the first worker must keep its job
	}{
		"the other made it":         {down, nil, "sent", 1, false},
		"both failed":               {down, down, "waiting", 1, true},
		"the other failed for good": {down, refused, "failed", 1, false},
		"it arrived after all":      {nil, down, "sent", 2, false},
		"both made it":              {nil, nil, "sent", 1, false},
		"both were refused":         {refused, refused, "failed", 1, false},
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w, attempt := oneCall(t, db)
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				w.Exec(t, "UPDATE call_attempt SET state = 'waiting', tries = 0 WHERE id = ?", attempt)
				alone := false
				w.app.Area.Call.Gateways[call.Mail] = gateway(func(ctx context.Context, _ call.Message) error {
					if alone {
						return test.second
					}
					alone = true
					if err := w.app.Area.Crisis.Deliver(ctx, attempt); (err != nil) != fault.Is(test.second, fault.Unavailable) {
						t.Errorf("the other worker: %v", err)
					}
					return test.first
				})
				if err := w.app.Area.Crisis.Deliver(t.Context(), attempt); (err != nil) != test.again {
					t.Errorf("the first worker: %v", err)
				}
				state, tries := w.Text(t, "SELECT state FROM call_attempt WHERE id = ?", attempt), w.Int(t, "SELECT tries FROM call_attempt WHERE id = ?", attempt)
				if state != test.state || tries != test.tries {
					t.Errorf("the call is %s after %d tries, want %s and %d", state, tries, test.state, test.tries)
				}
			})
		}
	})
}

// TestAClosedCaseCallsNobody also when its calls were under way.
func TestAClosedCaseCallsNobody(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w, attempt := oneCall(t, db)
		w.app.Area.Call.Gateways[call.Mail] = gateway(func(context.Context, call.Message) error {
			t.Error("somebody was called")
			return nil
		})
		w.Exec(t, "UPDATE crisis_case SET state = 'false_alarm', closed_at = ?", w.Clock.Now())
		w.must(w.app.Area.Crisis.Deliver(t.Context(), attempt))
		if got := w.Text(t, "SELECT state FROM call_attempt WHERE id = ?", attempt); got != "failed" {
			t.Errorf("the call is %s", got)
		}
	})
}

// oneCall is a place in which one call by mail waits.
func oneCall(t *testing.T, db *testkit.Database) (w *world, attempt string) {
	t.Helper()
	w = newPlace(t, db)
	k := newTalk(t, w, 1)
	w.person("duty lead", 0, account.Grant{Role: account.DutyLead})
	w.reachable("duty lead")
	h := k.hands[0]
	if _, _, _, err := h.send(form(k.path, url.Values{"_csrf": {h.token}, "key": {topic.NewKey()}, "body": {"Jeg tager mit eget liv i nat."}})); err != nil {
		t.Fatal(err)
	}
	if _, err := w.app.Area.Crisis.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w, w.Text(t, "SELECT id FROM call_attempt WHERE way = 'mail' AND state = 'waiting'")
}

// TestACommitWakesTheCaller without waiting for the next look at timers and jobs. It tells how long a call takes from
// saving until it leaves, beside a request of the same kind alone.
func TestACommitWakesTheCaller(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		const rounds = 4
		k := newTalk(t, w, rounds)
		w.person("duty lead", 0, account.Grant{Role: account.DutyLead})
		w.reachable("duty lead")
		came := make(chan time.Time, rounds+1)
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came <- clock.System{}.Now() }))
		t.Cleanup(server.Close)
		address, err := url.Parse(server.URL)
		w.must(err)
		hook := call.NewHook(address, []byte("tre gule lamper i en tung nat"), true)
		w.app.Area.Call.Gateways[call.Mail] = hook
		began := clock.System{}.Now()
		w.must(hook.Send(t.Context(), "+4512345678", call.Message{}))
		reference := (<-came).Sub(began)

		ctx, end := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		wg.Go(func() { w.app.Runner.Run(ctx) })
		wg.Go(func() { w.app.Area.Crisis.Watch(ctx, slog.New(slog.DiscardHandler)) })
		t.Cleanup(func() { end(); wg.Wait() })
		var took []time.Duration
		for _, h := range k.hands {
			began := clock.System{}.Now()
			if _, _, _, err := h.send(form(k.path, url.Values{"_csrf": {h.token}, "key": {topic.NewKey()}, "body": {"Jeg tager mit eget liv i nat."}})); err != nil {
				t.Fatal(err)
			}
			took = append(took, (<-came).Sub(began))
		}
		// Who is called by a look that comes every five seconds has the next one five seconds before them.
		if best := slices.Min(took[1:]); best > 2*time.Second {
			t.Errorf("calls left after %v", took)
		}
		t.Logf("%s: from a post that is sent until its call arrives: %v; a request alone %s", db.Name, took, reference)
	})
}
