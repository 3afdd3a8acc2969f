package care_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/care"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/figure"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/job"
	"samhold/internal/rota"
	"samhold/internal/testkit"
	"samhold/internal/triage"
)

// team is a desk with a lead and two moderators who are all on duty, in one space.
type team struct {
	*testkit.Database
	t                   *testing.T
	care                *care.Service
	desk                *crisis.Service
	space               string
	lead, first, second account.Actor
	told                []string // account and kind of each notice
}

func eachTeam(t *testing.T, test func(t *testing.T, w *team)) {
	t.Helper()
	assessor, err := triage.New()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := directory.New()
	if err != nil {
		t.Fatal(err)
	}
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		w := &team{Database: db, t: t, space: id.New()}
		v := testkit.Vault(t, db)
		log := audit.New(db.Store, db.Store.Audit(), v.Derive("audit"))
		w.care = care.New(care.Deps{Store: db.Store.Care(), Tx: db.Store, Clock: db.Clock, Audit: log, Notifier: w})
		w.desk = crisis.NewService(crisis.Deps{
			Store: db.Store.Crisis(), Tx: db.Store, Clock: db.Clock, Assessor: assessor, Audit: log, Vault: v, Notifier: w, Directory: lines,
			Jobs: job.NewQueue(db.Store.Job(), db.Store, db.Clock), Rota: rota.New(rota.Deps{Store: db.Store.Rota(), Clock: db.Clock}), Care: w.care,
		})
		db.Exec(t, `INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy, write_policy,
			join_policy, approve_first_n, hours, time_zone, colour, sign, state, position, version, created_at)
			VALUES (?, 'relatives', 'Bordet', '', '', '', '', 'all', 'account', 'member', 'member', 'open', 0, '', '', 'moss', 'tree', 'open', 1, 1, ?)`,
			w.space, db.Clock.Now())
		w.lead, w.first, w.second = w.hire("Lis", account.DutyLead), w.hire("Ask", account.Moderator), w.hire("Bo", account.Moderator)
		test(t, w)
	})
}

// Notify implements the Notifiers.
func (w *team) Notify(_ context.Context, accountID, kind, _ string) error {
	w.told = append(w.told, accountID+" "+kind)
	return nil
}

// Withdraw implements crisis.Notifier.
func (*team) Withdraw(context.Context, string, string) error { return nil }

// NoteOpening implements crisis.Notifier.
func (*team) NoteOpening(context.Context, string, account.OpeningKind, account.Role, time.Time) error {
	return nil
}

func (w *team) person(name string) string {
	made := id.New()
	w.Exec(w.t, "INSERT INTO account (id, name, staff_name, birth_year, locale, state, created_at) VALUES (?, ?, ?, 1980, 'da', 'active', ?)",
		made, "navn-"+made, name, w.Clock.Now())
	return made
}

// hire gives somebody a role in the space, and a shift for days.
func (w *team) hire(name string, role account.Role) account.Actor {
	a, now := account.Actor{Account: w.person(name), Grants: []account.Grant{{Role: role, Space: w.space}}}, w.Clock.Now()
	w.Exec(w.t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), a.Account, string(role), w.space, now.AddDate(0, -2, 0), now)
	w.Exec(w.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		id.New(), a.Account, w.space, now.Add(-time.Hour), now.AddDate(0, 0, 3), now)
	return a
}

func (w *team) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// cry opens a case of a new person, calls the first rung, and returns the case.
func (w *team) cry() string {
	w.t.Helper()
	var verdict intake.Verdict
	member := w.person("member")
	w.must(w.Store.InTx(w.t.Context(), func(ctx context.Context) (err error) {
		verdict, err = w.desk.Receive(ctx, intake.Submission{
			Kind: intake.Post, ID: id.New(), Revision: 1, Space: w.space, SpaceKind: "relatives", Account: member, Lang: "da",
			Text: "Jeg vil ikke leve mere. Jeg tager mit liv i aften.",
		})
		return err
	}))
	w.sweep(0)
	return verdict.Case
}

// sweep lets time pass and the timers fire; it returns whom they called with which notice, by name.
func (w *team) sweep(d time.Duration) []string {
	w.t.Helper()
	if d > 0 {
		w.told = nil
	}
	w.Clock.Advance(d)
	_, err := w.desk.Sweep(w.t.Context())
	w.must(err)
	return w.called()
}

func (w *team) called() []string {
	var called []string
	for _, told := range w.told {
		for name, a := range map[string]account.Actor{"lead": w.lead, "first": w.first, "second": w.second} {
			if len(told) > len(a.Account) && told[:len(a.Account)] == a.Account {
				called = append(called, name+told[len(a.Account):])
			}
		}
	}
	slices.Sort(called)
	return called
}

func (w *team) do(a account.Actor, caseID string, step crisis.Step) error {
	w.t.Helper()
	a.At = w.Clock.Now()
	file, err := w.desk.File(w.t.Context(), a, caseID)
	w.must(err)
	step.Version = file.Version
	return w.desk.Do(w.t.Context(), a, caseID, step)
}

func (w *team) refuse(a account.Actor, categories ...string) {
	w.t.Helper()
	w.must(w.care.Refuse(w.t.Context(), a, categories, nil))
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: called %v, want %v", what, got, want)
	}
}

func TestTheLadderSparesWhoDoesNotTakeIt(t *testing.T) {
	eachTeam(t, func(t *testing.T, w *team) {
		w.refuse(w.first, "suicide")
		w.refuse(w.lead, "violence") // something else
		w.cry()
		same(t, "on duty", w.called(), []string{"lead case", "second case"})
		same(t, "the leads", w.sweep(5*time.Minute), []string{"lead case"})
		same(t, "everybody", w.sweep(5*time.Minute), []string{"lead case", "second case"})
		// Nobody came: from now on somebody in danger comes first, and whoever is called says so.
		same(t, "again", w.sweep(5*time.Minute), []string{"first case_anyway", "lead case", "second case"})
	})
}

func TestWhoDoesNotTakeItIsCalledWhenNobodyElseIsThere(t *testing.T) {
	eachTeam(t, func(t *testing.T, w *team) {
		for _, a := range []account.Actor{w.lead, w.first, w.second} {
			w.refuse(a, "suicide")
		}
		caseID := w.cry()
		same(t, "at once", w.called(), []string{"first case_anyway", "lead case_anyway", "second case_anyway"})
		if got := w.Text(t, "SELECT state FROM crisis_case WHERE id = ?", caseID); got != "paged" {
			t.Errorf("the case is %s", got)
		}
	})
}

func TestASecondCrisisTakesAYes(t *testing.T) {
	eachTeam(t, func(t *testing.T, w *team) {
		one, two := w.cry(), w.cry()
		w.must(w.do(w.first, one, crisis.Step{Action: crisis.Take}))
		if err := w.do(w.first, two, crisis.Step{Action: crisis.Take}); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a second crisis without a yes: %v", err)
		}
		w.must(w.do(w.first, two, crisis.Step{Action: crisis.Take, Also: true}))
		w.must(w.do(w.first, two, crisis.Step{Action: crisis.HandBack}))
		w.must(w.do(w.second, two, crisis.Step{Action: crisis.Take}))
	})
}

func TestWhoWorkedOnACrisisIsAskedOnce(t *testing.T) {
	eachTeam(t, func(t *testing.T, w *team) {
		caseID := w.cry()
		end := func() {
			w.must(w.do(w.first, caseID, crisis.Step{Action: crisis.Take}))
			w.must(w.do(w.first, caseID, crisis.Step{Action: crisis.Close, Outcome: "contact_made"}))
			w.must(w.do(w.lead, caseID, crisis.Step{Action: crisis.Sign}))
		}
		asks := func() []string {
			return slices.DeleteFunc(w.called(), func(told string) bool { return !strings.HasSuffix(told, care.NoticeAsked) })
		}
		end()
		same(t, "asked", asks(), []string{"first debrief", "lead debrief"})
		w.must(w.do(w.lead, caseID, crisis.Step{Action: crisis.Reopen}))
		end()
		same(t, "asked once more", asks(), []string{"first debrief", "lead debrief"})

		ctx := t.Context()
		asked, err := w.care.Asked(ctx, w.first)
		if err != nil || len(asked) != 1 {
			t.Fatalf("asked: %v, %v", asked, err)
		}
		if err := w.care.Answer(ctx, w.second, asked[0].ID, care.Want); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else answers: %v", err)
		}
		w.must(w.care.Answer(ctx, w.first, asked[0].ID, care.Want))
		if err := w.care.Answer(ctx, w.first, asked[0].ID, care.NotNow); !fault.Is(err, fault.NotFound) {
			t.Errorf("a second answer: %v", err)
		}
		lead := w.lead
		w.Clock.Advance(25 * time.Hour)
		lead.At = w.Clock.Now()
		wanted, err := w.care.Wanted(ctx, lead)
		if err != nil || len(wanted) != 1 || wanted[0].Name != "Ask" || !wanted[0].Late(lead.At) {
			t.Fatalf("wanted: %+v, %v", wanted, err)
		}
		for name, a := range map[string]account.Actor{"a moderator": w.first, "an admin": {Account: w.lead.Account, Grants: []account.Grant{{Role: account.Admin}}}} {
			if _, err := w.care.Wanted(ctx, a); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s sees who wants to talk: %v", name, err)
			}
			if _, err := w.care.Team(ctx, a); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s sees what others do not take: %v", name, err)
			}
		}
		elsewhere := lead
		elsewhere.Grants = []account.Grant{{Role: account.DutyLead, Space: id.New()}}
		if got, err := w.care.Wanted(ctx, elsewhere); err != nil || len(got) != 0 {
			t.Errorf("a lead of another space sees %v, %v", got, err)
		}
		w.must(w.care.Settle(ctx, lead, wanted[0].ID))
		if got, err := w.care.Wanted(ctx, lead); err != nil || len(got) != 0 {
			t.Errorf("after they met: %v, %v", got, err)
		}
	})
}

func TestAMonthIsAsCountedByHand(t *testing.T) {
	eachTeam(t, func(t *testing.T, w *team) {
		zone, err := time.LoadLocation("Europe/Copenhagen")
		w.must(err)
		w.Clock.Set(time.Date(2026, 12, 10, 10, 0, 0, 0, time.UTC))
		w.Exec(t, "DELETE FROM shift")
		shift := func(a account.Actor, day, hour, hours int) {
			from := time.Date(2026, 12, day, hour, 0, 0, 0, time.UTC)
			w.Exec(t, "INSERT INTO shift (id, account_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?)",
				id.New(), a.Account, from, from.Add(time.Duration(hours)*time.Hour), from)
		}
		shift(w.first, 0, 21, 10) // from 22 on 30 November to 8 in the morning: 8 hours of December, a night
		shift(w.first, 4, 21, 4)  // until 2 in the morning: no night
		shift(w.first, 10, 9, 8)  // two hours of it so far
		w.must(w.do(w.first, w.cry(), crisis.Step{Action: crisis.Take}))
		w.must(w.do(w.first, w.cry(), crisis.Step{Action: crisis.Take, Also: true}))
		w.Clock.Advance(time.Hour)
		s := figure.New(figure.Deps{Store: w.Store.Figure(), Clock: w.Clock, Zone: zone})
		want := figure.Load{AccountID: w.first.Account, Cases: 2, Crises: 2, Hours: 14 * time.Hour, Nights: 1}
		own, team, err := s.Month(t.Context(), w.first)
		if err != nil || own != want || team != nil {
			t.Errorf("own: got %+v and %v (%v), want %+v", own, team, err, want)
		}
		lead := w.lead
		lead.At = w.Clock.Now()
		_, team, err = s.Month(t.Context(), lead)
		want.Name = "Ask"
		if err != nil || len(team) != 3 || team[0] != want || team[1].Name != "Bo" || team[1].Cases != 0 {
			t.Errorf("team: got %+v (%v)", team, err)
		}
	})
}

// The workbench finds the rungs on which nobody stands as the ladder does: it goes past them.
func TestEmptyRungsAreThoseThatTheLadderPasses(t *testing.T) {
	eachTeam(t, func(t *testing.T, w *team) {
		lead := w.lead
		lead.At = w.Clock.Now()
		empty := func() string {
			found, err := w.desk.EmptyRungs(t.Context(), lead)
			w.must(err)
			return fmt.Sprint(found)
		}
		if got := empty(); got != "[]" {
			t.Errorf("with everybody there: %s", got)
		}
		w.Exec(t, "UPDATE staff_grant SET ends_at = ? WHERE account_id = ?", w.Clock.Now(), w.lead.Account)
		if got := empty(); got != "[{2 [Bordet]}]" {
			t.Errorf("without the lead: %s", got)
		}
		w.cry()
		same(t, "on duty", w.called(), []string{"first case", "second case"})
		same(t, "past the second rung", w.sweep(5*time.Minute), []string{"first case", "second case"})
		settings, err := w.desk.Settings(t.Context(), lead, w.space)
		if err != nil || fmt.Sprint(settings.Empty) != "[false true false]" {
			t.Errorf("the times say %v (%v)", settings, err)
		}
	})
}
