package app_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/call"
	"samhold/internal/fault"
	"samhold/internal/testkit"
	"samhold/internal/topic"
)

// TestOneCallCarriesWhatNobodyAnswers lets three people be in danger in a night in which nobody answers. Each is called
// for by a call of its own first; the calls that repeat are one for all, and nothing that failed carries anything.
func TestOneCallCarriesWhatNobodyAnswers(t *testing.T) {
	t.Parallel()
	const people = 3
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		k := newTalk(t, w, people)
		w.person("duty lead", 0, account.Grant{Role: account.DutyLead})
		w.reachable("duty lead")
		arrived, down, later := map[string]int{}, false, 0
		w.app.Area.Call.Gateways[call.Mail] = gateway(func(_ context.Context, m call.Message) error {
			if down {
				return fault.New(fault.Unavailable, "fault.unavailable")
			}
			arrived[m.Key]++
			return nil
		})
		for _, h := range k.hands {
			_, _, _, err := h.send(form(k.path, url.Values{"_csrf": {h.token}, "key": {topic.NewKey()}, "body": {"Jeg tager mit eget liv i nat."}}))
			w.must(err)
			_, err = w.app.Area.Crisis.Sweep(t.Context())
			w.must(err)
			db.Clock.Advance(6 * time.Minute)
		}
		// until lets time pass, and carries out what is due meanwhile.
		until := func(done func() bool) {
			t.Helper()
			for range 400 {
				if done() {
					return
				}
				db.Clock.Advance(30 * time.Second)
				_, err := w.app.Area.Crisis.Sweep(t.Context())
				w.must(err)
				later = max(later, w.Int(t, "SELECT COUNT(*) FROM job WHERE kind = 'case_call' AND attempts = 0 AND due_at > ?", db.Clock.Now()))
				w.app.Runner.Drain(t.Context())
			}
			t.Fatal("it never came to that")
		}
		unstaffed := func() int { return w.Int(t, "SELECT COUNT(*) FROM crisis_case WHERE state = 'unstaffed'") }
		carried := func() int { return w.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE code = 'carried'") }
		until(func() bool { return unstaffed() == people })
		if n := w.Int(t, `SELECT COUNT(*) FROM crisis_case c WHERE NOT EXISTS
			(SELECT 1 FROM call_attempt a WHERE a.case_id = c.id AND a.way = 'mail' AND a.state = 'sent' AND a.code = '')`); n != 0 {
			t.Errorf("%d cases never had a call of their own", n)
		}

		// One round of repeats: a call that leaves, and the others with it.
		began := db.Clock.Now()
		round := func(since time.Time) (own, with int) {
			query := "SELECT COUNT(*) FROM call_attempt WHERE way = 'mail' AND state = 'sent' AND code = ? AND created_at > ?"
			return w.Int(t, query, "", since), w.Int(t, query, "carried", since)
		}
		until(func() bool { return db.Clock.Now().Sub(began) > 32*time.Minute })
		began = db.Clock.Now()
		until(func() bool { return db.Clock.Now().Sub(began) > 30*time.Minute })
		if own, with := round(began); own+with != people || own > 2 {
			t.Errorf("%d calls left and carried %d, want %d in all, and two rounds an hour at most", own, with, people)
		}
		if later == 0 {
			t.Error("all calls leave at the same moment, and can carry nothing")
		}

		// What does not arrive carries nothing.
		down = true
		n, left := carried(), len(arrived)
		until(func() bool {
			return w.Int(t, "SELECT COUNT(*) FROM call_attempt WHERE way = 'mail' AND tries > 0 AND state <> 'sent'") >= people
		})
		if carried() != n || len(arrived) != left {
			t.Errorf("%d calls were carried by none", carried()-n)
		}

		// Nor does a call for a case that somebody has taken since: the others call by themselves.
		down = false
		w.Exec(t, "UPDATE call_attempt SET updated_at = ? WHERE way = 'mail' AND state = 'sent'", db.Clock.Now())
		w.Exec(t, "UPDATE crisis_case SET state = 'in_contact'")
		last := w.Text(t, "SELECT id FROM call_attempt WHERE way = 'mail' ORDER BY created_at DESC, id LIMIT 1")
		w.Exec(t, "UPDATE crisis_case SET state = 'unstaffed' WHERE id = (SELECT case_id FROM call_attempt WHERE id = ?)", last)
		w.Exec(t, "UPDATE call_attempt SET state = 'waiting', tries = 0, code = '' WHERE id = ?", last)
		left = len(arrived)
		w.must(w.app.Area.Crisis.Deliver(t.Context(), last))
		if len(arrived) != left+1 {
			t.Error("a case was left to the call of one that is taken")
		}

		// Nor does anything carry the first call about a case.
		w.Exec(t, "UPDATE crisis_case SET state = 'unstaffed'")
		w.Exec(t, "UPDATE call_attempt SET state = 'waiting', tries = 0 WHERE id = ?", last)
		w.Exec(t, "DELETE FROM call_attempt WHERE way = 'mail' AND id <> ? AND case_id = (SELECT case_id FROM call_attempt WHERE id = ?)", last, last)
		delete(arrived, w.Text(t, "SELECT idempotency_key FROM call_attempt WHERE id = ?", last))
		left = len(arrived)
		w.must(w.app.Area.Crisis.Deliver(t.Context(), last))
		if len(arrived) != left+1 {
			t.Error("the first call about a case was carried by another")
		}
	})
}
