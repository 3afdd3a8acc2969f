package support_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/support"
	"samhold/internal/testkit"
)

// desk is the support plans of one database. Its cases are those that it is told of, whoever asks but the person.
type desk struct {
	*testkit.Database
	*support.Service
	t       *testing.T
	cases   map[string]*crisis.Case
	verdict intake.Verdict
	broken  error
	seen    []intake.Submission
	events  []string // what cases heard
	told    []string // notices to members
}

func (d *desk) Receive(_ context.Context, s intake.Submission) (intake.Verdict, error) {
	d.seen = append(d.seen, s)
	return d.verdict, d.broken
}

func (d *desk) Known(_ context.Context, a account.Actor, caseID string) (*crisis.Case, error) {
	c := d.cases[caseID]
	if c == nil || c.AccountID != nil && *c.AccountID == a.Account || !a.Can(account.WorkCases) {
		return nil, fault.Missing()
	}
	return c, nil
}

func (d *desk) Record(_ context.Context, _ account.Actor, c *crisis.Case, kind string) error {
	d.events = append(d.events, kind)
	return nil
}

func (d *desk) Tell(_ context.Context, caseID, notice, kind string) error {
	d.events = append(d.events, notice+" "+kind)
	return nil
}

func (d *desk) Notify(_ context.Context, accountID, kind, _ string) error {
	d.told = append(d.told, kind)
	return nil
}

func each(t *testing.T, test func(t *testing.T, d *desk, member, worker account.Actor)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := &desk{Database: db, t: t, cases: map[string]*crisis.Case{}}
		v := testkit.Vault(t, db)
		d.Service = support.New(support.Deps{
			Store: db.Store.Supports(), Tx: db.Store, Clock: db.Clock, Cases: d, Intake: d, Notifier: d, Vault: v,
			Audit: audit.New(db.Store, db.Store.Audit(), v.Derive("audit")),
		})
		member, worker := d.person("ida"), d.person("mette")
		worker.ProvenAt = d.Clock.Now()
		worker.Grants = []account.Grant{{Role: account.DutyLead}}
		d.open("case", member.Account, d.Clock.Now())
		test(t, d, member, worker)
	})
}

func (d *desk) person(name string) account.Actor {
	d.t.Helper()
	a := account.Actor{Account: id.New(), BirthYear: 1980, At: d.Clock.Now()}
	d.Exec(d.t, "INSERT INTO account (id, name, birth_year, locale, state, staff_name, created_at) VALUES (?, ?, 1980, 'da', 'active', ?, ?)",
		a.Account, name, name, d.Clock.Now())
	return a
}

// open is a case of the account.
func (d *desk) open(name, accountID string, at time.Time) {
	d.t.Helper()
	c := &crisis.Case{ID: id.New(), AccountID: &accountID, OpenedAt: at}
	d.Exec(d.t, `INSERT INTO crisis_case (id, account_id, level, peak_level, category, subject, state, version, outcome, opened_at, due_at, generation, rung, turn)
		VALUES (?, ?, 'red', 'red', 'suicide', 'author', 'new', 1, '', ?, ?, 0, 0, 0)`, c.ID, accountID, at, at)
	d.cases[name] = c
}

func (d *desk) close(name string, at time.Time) {
	d.t.Helper()
	d.Exec(d.t, "UPDATE crisis_case SET state = 'closed', closed_at = ? WHERE id = ?", at, d.cases[name].ID)
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) mine(a account.Actor) *support.Open {
	d.t.Helper()
	o, err := d.Mine(d.t.Context(), a)
	d.must(err)
	return o
}

func words(before string) support.Words {
	return support.Words{Before: before, Helps: "At nogen skriver."}
}

func TestBothSidesSayYesToTheSameWords(t *testing.T) {
	each(t, func(t *testing.T, d *desk, member, worker account.Actor) {
		ctx := t.Context()
		d.must(d.Propose(ctx, worker, "case", support.Draft{Words: words(" Nætter uden søvn. ")}))
		o := d.mine(member)
		if o.Newest.Before != "Nætter uden søvn." || !o.Newest.Staff || o.Newest.Name != "mette" || o.State != support.Proposed || !o.Waits(false) || o.Waits(true) {
			t.Errorf("the member reads %+v", o)
		}
		if err := d.Confirm(ctx, worker, "case", 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("the team says yes for the member: %v", err)
		}
		d.must(d.Accept(ctx, member, 1))
		if o = d.mine(member); o.State != support.Agreed || o.AgreedVersion != 1 {
			t.Errorf("after the yes: %+v", o.Plan)
		}

		// The member's own words wait for the team, and what both said yes to holds until then.
		_, err := d.Edit(ctx, member, support.Draft{Version: 1, Words: words("Når jeg drømmer om far.")}, "da")
		d.must(err)
		if err := d.Accept(ctx, member, 2); !fault.Is(err, fault.Conflict) {
			t.Errorf("the member says yes for the team: %v", err)
		}
		f, err := d.File(ctx, worker, "case")
		d.must(err)
		if !f.Open.Waits(true) || f.Open.Newest.Before != "Når jeg drømmer om far." || f.Open.Holds() == nil || f.Open.Holds().Before != "Nætter uden søvn." {
			t.Errorf("the team reads %+v", f.Open)
		}
		if err := d.Confirm(ctx, worker, "case", 1); !fault.Is(err, fault.Conflict) {
			t.Errorf("a yes to an older version: %v", err)
		}
		d.must(d.Confirm(ctx, worker, "case", 2))
		if o = d.mine(member); o.State != support.Agreed || o.AgreedVersion != 2 || len(o.Past) != 1 {
			t.Errorf("after the second yes: %+v", o)
		}
		if got := strings.Join(d.events, ", "); got != "support_proposed, support_waits support_accepted, support_waits support_written, support_confirmed" {
			t.Errorf("the case heard %s", got)
		}
		if len(d.told) != 2 {
			t.Errorf("the member was told %v", d.told)
		}
		for _, row := range d.Rows(t, "SELECT body_sealed FROM support_revision") {
			if strings.Contains(row, "søvn") || strings.Contains(row, "drømmer") {
				t.Error("a version is not sealed")
			}
		}
	})
}

func TestNoPlanIsImposed(t *testing.T) {
	each(t, func(t *testing.T, d *desk, member, worker account.Actor) {
		ctx, day := t.Context(), d.Clock.Now().Add(24*time.Hour)
		d.must(d.Propose(ctx, worker, "case", support.Draft{Words: words("Nætter."), ReviewOn: day}))
		d.must(d.Decline(ctx, member))
		f, err := d.File(ctx, worker, "case")
		if err != nil || !f.Declined || f.Open != nil {
			t.Errorf("after a no the team reads %+v, %v", f, err)
		}
		if err := d.Propose(ctx, worker, "case", support.Draft{Version: 1, Words: words("Igen.")}); !fault.Is(err, fault.Conflict) {
			t.Errorf("the team writes on after a no: %v", err)
		}
		d.Clock.Advance(48 * time.Hour)
		d.events = nil
		d.must(d.Remind(ctx))
		worker.At = d.Clock.Now()
		if waiting, err := d.Waiting(ctx, worker); err != nil || len(waiting) != 0 || len(d.events) != 0 {
			t.Errorf("the team is asked after a no: %v, %v, %v", waiting, d.events, err)
		}
		if _, err := d.Edit(ctx, member, support.Draft{Version: 1, Words: words("Jeg vil gerne alligevel.")}, "da"); err != nil {
			t.Errorf("the member takes it out again: %v", err)
		}
		d.must(d.Drop(ctx, member))
		if _, err := d.Mine(ctx, member); !fault.Is(err, fault.NotFound) || d.Int(t, "SELECT COUNT(*) FROM support_revision") != 0 {
			t.Errorf("after dropping it: %v", err)
		}
	})
}

func TestWhoMayReadAndWriteASupportPlan(t *testing.T) {
	each(t, func(t *testing.T, d *desk, member, worker account.Actor) {
		ctx := t.Context()
		d.must(d.Propose(ctx, worker, "case", support.Draft{Words: words("Nætter.")}))
		other, stale, admin := d.person("bo"), worker, d.person("admin")
		stale.ProvenAt = d.Clock.Now().Add(-11 * time.Minute)
		admin.ProvenAt, admin.Grants = d.Clock.Now(), []account.Grant{{Role: account.Admin}}
		own := member
		own.ProvenAt, own.Grants = worker.ProvenAt, worker.Grants
		guest := &crisis.Case{ID: "guest"}
		d.cases["guest"] = guest
		for name, c := range map[string]struct {
			actor account.Actor
			id    string
			kind  fault.Kind
		}{
			"another member":                  {other, "case", fault.NotFound},
			"an admin":                        {admin, "case", fault.NotFound},
			"staff about themselves":          {own, "case", fault.NotFound},
			"a guest's case":                  {worker, "guest", fault.NotFound},
			"without having shown who one is": {stale, "case", fault.Forbidden},
		} {
			if f, err := d.File(ctx, c.actor, c.id); !fault.Is(err, c.kind) || f != nil {
				t.Errorf("%s reads: %v, %v", name, f, err)
			}
			if err := d.Propose(ctx, c.actor, c.id, support.Draft{Version: 1, Words: words("x")}); !fault.Is(err, c.kind) {
				t.Errorf("%s writes: %v", name, err)
			}
		}
		for _, a := range []account.Actor{other, {}} {
			if _, err := d.Mine(ctx, a); !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v, want NotFound", err)
			}
			if err := d.Accept(ctx, a, 1); !fault.Is(err, fault.NotFound) {
				t.Errorf("got %v, want NotFound", err)
			}
		}
		// A later case's staff read it, and each reading stands in the log.
		d.close("case", d.Clock.Now())
		d.open("later", member.Account, d.Clock.Now())
		if f, err := d.File(ctx, worker, "later"); err != nil || f.Open == nil || f.Open.Newest.Before != "Nætter." {
			t.Errorf("in a later case: %+v, %v", f, err)
		}
		if n := d.Int(t, "SELECT COUNT(*) FROM audit_event WHERE action = 'case_support_read'"); n != 1 {
			t.Errorf("%d readings in the log", n)
		}
	})
}

func TestTheMembersWordsAreAssessedInTheTransactionThatSavesThem(t *testing.T) {
	each(t, func(t *testing.T, d *desk, member, worker account.Actor) {
		ctx := t.Context()
		d.must(d.Propose(ctx, worker, "case", support.Draft{Words: words("Nætter.")}))
		edit := func(version int, before string) (intake.Verdict, error) {
			return d.Edit(ctx, member, support.Draft{Version: version, Words: support.Words{Before: before}}, "da")
		}
		d.broken = fault.New(fault.Unavailable, "fault.unavailable")
		if _, err := edit(1, "I aften."); err == nil || d.mine(member).Version != 1 {
			t.Errorf("words are saved that nobody assessed: %v", err)
		}
		d.broken, d.verdict = nil, intake.Verdict{Urgent: true}
		verdict, err := edit(1, "I aften.")
		if last := d.seen[len(d.seen)-1]; err != nil || !verdict.Urgent || last.Account != member.Account || last.Text != "I aften." || last.Revision != 2 {
			t.Errorf("got %+v, %v; the intake saw %+v", verdict, err, last)
		}
		if _, err := edit(1, "Igen."); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older version: %v", err)
		}
		for name, wrong := range map[string]support.Draft{
			"nothing":       {Version: 2},
			"too much":      {Version: 2, Words: words(strings.Repeat("å", support.MaxPart+1))},
			"a day gone by": {Version: 2, Words: words("x"), ReviewOn: d.Clock.Now().Add(-time.Hour)},
			"a day too far": {Version: 2, Words: words("x"), ReviewOn: d.Clock.Now().AddDate(2, 0, 0)},
		} {
			if _, err := d.Edit(ctx, member, wrong, "da"); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v, want Invalid", name, err)
			}
		}
	})
}

func TestTheTeamIsAskedWhenTheDayHasCome(t *testing.T) {
	each(t, func(t *testing.T, d *desk, member, worker account.Actor) {
		ctx, day := t.Context(), d.Clock.Now().Add(24*time.Hour)
		d.must(d.Propose(ctx, worker, "case", support.Draft{Words: words("Nætter."), ReviewOn: day}))
		d.must(d.Accept(ctx, member, 1))
		asked := func(after time.Duration, want int) {
			t.Helper()
			d.Clock.Set(day.Add(after))
			d.events = nil
			d.must(d.Remind(ctx))
			d.must(d.Remind(ctx)) // another process
			if len(d.events) != want {
				t.Errorf("%s after the day: %v", after, d.events)
			}
		}
		asked(-time.Minute, 0)
		asked(0, 1)
		asked(6*24*time.Hour, 0)
		asked(7*24*time.Hour, 1) // nobody set another day
		worker.At = d.Clock.Now()
		if waiting, err := d.Waiting(ctx, worker); err != nil || len(waiting) != 1 || !waiting[0].Due(worker.At) {
			t.Errorf("the workbench shows %+v, %v", waiting, err)
		}
		worker.ProvenAt = worker.At
		d.must(d.Propose(ctx, worker, "case", support.Draft{Version: 1, Words: words("Nætter."), ReviewOn: worker.At.Add(30 * 24 * time.Hour)}))
		if waiting, err := d.Waiting(ctx, worker); err != nil || len(waiting) != 0 {
			t.Errorf("with a new day: %+v, %v", waiting, err)
		}
		// The member's answer waits at the workbench too.
		_, err := d.Edit(ctx, member, support.Draft{Version: 2, Words: words("Mine ord.")}, "da")
		d.must(err)
		if waiting, err := d.Waiting(ctx, worker); err != nil || len(waiting) != 1 {
			t.Errorf("after the member wrote: %+v, %v", waiting, err)
		}
	})
}

func TestAPlanIsSuggestedWhenCasesReturn(t *testing.T) {
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		ended time.Duration // before the new case
		space bool          // the earlier case was in a space that the actor does not serve
		want  bool
	}{
		"soon after":               {ended: 80 * day, want: true},
		"long after":               {ended: 91 * day},
		"beyond what one may know": {ended: 10 * day, space: true},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk, member, worker account.Actor) {
				ctx, now := t.Context(), d.Clock.Now()
				brief := func(id string) *support.Brief {
					t.Helper()
					b, err := d.Brief(ctx, worker, id)
					d.must(err)
					return b
				}
				if brief("case").Suggest() {
					t.Error("a first case is no return")
				}
				d.Exec(t, "INSERT INTO case_event (id, case_id, seq, kind, from_state, to_state, code, key_id, created_at) VALUES ('x', ?, 1, 'reopen', '', '', '', '', ?)", d.cases["case"].ID, now)
				if !brief("case").Suggest() {
					t.Error("a reopened case is a return")
				}
				if c.space {
					worker.Grants = []account.Grant{{Role: account.DutyLead, Space: "other"}}
					d.Exec(t, `INSERT INTO space (id, kind, name, purpose, description, audience, team, age_band, see_policy, read_policy, write_policy, join_policy,
						approve_first_n, hours, time_zone, colour, sign, position, state, version, created_at)
						VALUES ('s', 'relatives', 's', '', '', '', '', 'adult', 'account', 'member', 'member', 'open', 0, '', 'Europe/Copenhagen', 'moss', 'tree', 1, 'open', 1, ?)`, now)
					d.Exec(t, "UPDATE crisis_case SET space_id = 's'")
				}
				d.close("case", now)
				d.Clock.Advance(c.ended)
				d.open("later", member.Account, d.Clock.Now())
				if got := brief("later").Suggest(); got != c.want {
					t.Errorf("suggested: %t, want %t", got, c.want)
				}
			})
		})
	}
}
