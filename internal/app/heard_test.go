package app_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/call"
	"samhold/internal/crisis"
	"samhold/internal/testkit"
	"samhold/internal/topic"
)

// TestWhoeverIsInContactIsCalledOutOfTheHouse when the person cries out again: they may have turned away from the screen.
func TestWhoeverIsInContactIsCalledOutOfTheHouse(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := newPlace(t, db)
		k := newTalk(t, w, 1)
		w.person("duty lead", 0, account.Grant{Role: account.DutyLead})
		w.reachable("duty lead")
		arrived := 0
		w.app.Area.Call.Gateways[call.Mail] = gateway(func(context.Context, call.Message) error { arrived++; return nil })
		cry := func(words string) {
			t.Helper()
			h := k.hands[0]
			_, _, _, err := h.send(form(k.path, url.Values{"_csrf": {h.token}, "key": {topic.NewKey()}, "body": {words}}))
			w.must(err)
			_, err = w.app.Area.Crisis.Sweep(t.Context())
			w.must(err)
			w.app.Runner.Drain(t.Context())
		}
		cry("Jeg tager mit eget liv i nat.")
		lead, caseID := w.actor("duty lead"), w.Text(t, "SELECT id FROM crisis_case")
		for _, step := range []crisis.Action{crisis.Take, crisis.Reach} {
			version := w.Int(t, "SELECT version FROM crisis_case")
			w.must(w.app.Area.Crisis.Do(t.Context(), lead, caseID, crisis.Step{Action: step, Version: version, Note: "Vi taler sammen."}))
		}
		before := arrived
		db.Clock.Advance(2 * time.Minute)
		cry("Jeg gør det nu. Jeg tager alle pillerne.")
		if arrived != before+1 {
			t.Errorf("%d calls left, want one", arrived-before)
		}
		cry("Jeg gør det nu. Farvel.")
		if arrived != before+1 {
			t.Errorf("%d calls left within a minute, want one", arrived-before)
		}
		if state := w.Text(t, "SELECT state FROM crisis_case"); state != string(crisis.Acknowledged) {
			t.Errorf("the case is %s", state)
		}
	})
}
