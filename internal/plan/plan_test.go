package plan_test

import (
	"context"
	"strings"
	"testing"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/plan"
	"samhold/internal/testkit"
)

// desk is the plans of one database. Its Intake answers with verdict.
type desk struct {
	*testkit.Database
	*plan.Service
	verdict intake.Verdict
	broken  error
	seen    []intake.Submission
	about   string   // whose case "case" is
	holder  string   // who has it in their hands
	opened  []string // who opened the plan of its person, and why
}

func (d *desk) Receive(_ context.Context, s intake.Submission) (intake.Verdict, error) {
	d.seen = append(d.seen, s)
	return d.verdict, d.broken
}

func each(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		d := &desk{Database: db}
		d.Service = plan.New(plan.Deps{Store: db.Store.Plans(), Tx: db.Store, Clock: db.Clock, Vault: testkit.Vault(t, db), Intake: d, Desk: d})
		test(t, d)
	})
}

func (d *desk) person(t *testing.T, name string) account.Actor {
	t.Helper()
	a := account.Actor{Account: id.New(), BirthYear: 1980, At: d.Clock.Now()}
	d.Exec(t, "INSERT INTO account (id, name, birth_year, locale, state, created_at) VALUES (?, ?, 1980, 'da', 'active', ?)", a.Account, name, d.Clock.Now())
	return a
}

func (d *desk) mine(t *testing.T, a account.Actor) *plan.Plan {
	t.Helper()
	p, err := d.Mine(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parts(signs string) map[string]string {
	return map[string]string{plan.Signs: signs, plan.Places: "Biblioteket ved havnen"}
}

func TestAPlanIsItsOwnersAlone(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ida, bo := d.person(t, "ida"), d.person(t, "bo")
		if _, err := d.Save(t.Context(), ida, 0, parts(" Jeg holder op med at svare. "), "da"); err != nil {
			t.Fatal(err)
		}
		got := d.mine(t, ida)
		if got.Parts[plan.Signs] != "Jeg holder op med at svare." || got.Parts[plan.Places] != "Biblioteket ved havnen" || got.Version != 1 {
			t.Errorf("got %+v", got)
		}
		if other := d.mine(t, bo); other.Written() || len(other.Parts) != 0 {
			t.Errorf("somebody else reads %+v", other)
		}
		if _, err := d.Mine(t.Context(), account.Actor{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a guest: got %v, want NotFound", err)
		}
		for _, row := range d.Rows(t, "SELECT signs_sealed FROM safety_plan") {
			if strings.Contains(row, "svare") {
				t.Error("the plan is not sealed")
			}
		}
		if err := d.Drop(t.Context(), bo); err != nil || !d.mine(t, ida).Written() {
			t.Errorf("somebody else drops the plan: %v", err)
		}
		if err := d.Drop(t.Context(), ida); err != nil || d.mine(t, ida).Written() {
			t.Errorf("the plan is still there: %v", err)
		}
	})
}

func TestAPlanIsAssessedInTheTransactionThatSavesIt(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ida := d.person(t, "ida")
		d.broken = fault.New(fault.Unavailable, "fault.unavailable")
		if _, err := d.Save(t.Context(), ida, 0, parts("Før."), "da"); err == nil || d.mine(t, ida).Written() {
			t.Errorf("a plan is saved that nobody assessed: %v", err)
		}
		d.broken, d.verdict = nil, intake.Verdict{Urgent: true}
		verdict, err := d.Save(t.Context(), ida, 0, parts("I aften."), "da")
		if err != nil || !verdict.Urgent {
			t.Errorf("got %+v, %v", verdict, err)
		}
		last := d.seen[len(d.seen)-1]
		if last.Kind != intake.Plan || last.Account != ida.Account || last.Revision != 1 || last.Text != "I aften.\n\nBiblioteket ved havnen" {
			t.Errorf("the intake saw %+v", last)
		}
	})
}

func TestAPlanThatChangedElsewhereIsNotOverwritten(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ida := d.person(t, "ida")
		save := func(version int, signs string) error {
			_, err := d.Save(t.Context(), ida, version, parts(signs), "da")
			return err
		}
		if err := save(0, "Den første."); err != nil {
			t.Fatal(err)
		}
		if err := save(0, "Den første."); err != nil {
			t.Errorf("a button pressed twice: %v", err)
		}
		if err := save(0, "En anden."); !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v, want Stale", err)
		}
		if err := save(1, "Den anden."); err != nil || d.mine(t, ida).Parts[plan.Signs] != "Den anden." {
			t.Errorf("got %+v, %v", d.mine(t, ida), err)
		}
		for name, wrong := range map[string]map[string]string{
			"nothing": {}, "too much": {plan.Helps: strings.Repeat("å", plan.MaxPart+1)},
		} {
			if _, err := d.Save(t.Context(), ida, 2, wrong, "da"); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: got %v, want Invalid", name, err)
			}
		}
	})
}
