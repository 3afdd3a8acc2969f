package plan_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/plan"
)

// Holder implements plan.Desk: the case called "case" is about whom it says, in the hands of whom it says.
func (d *desk) Holder(_ context.Context, a account.Actor, caseID string) (string, bool, error) {
	if caseID != "case" {
		return "", false, fault.Missing()
	}
	return d.about, a.Account == d.holder, nil
}

// PlanOpened implements plan.Desk.
func (d *desk) PlanOpened(_ context.Context, a account.Actor, _, why string) error {
	d.opened = append(d.opened, a.Account+": "+why)
	return d.broken
}

// shared is a member with a plan that is shared, whose case is in the hands of the other.
func (d *desk) shared(t *testing.T) (owner, holder account.Actor) {
	t.Helper()
	owner, holder = d.person(t, "ida"), d.person(t, "mette")
	if _, err := d.Save(t.Context(), owner, 0, parts("Jeg holder op med at svare."), "da"); err != nil {
		t.Fatal(err)
	}
	if err := d.Share(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	d.about, d.holder, holder.ProvenAt = owner.Account, holder.Account, d.Clock.Now()
	return owner, holder
}

func (d *desk) offer(t *testing.T, a account.Actor) plan.Offer {
	t.Helper()
	o, err := d.Offer(t.Context(), a, "case")
	if err != nil {
		t.Fatal(err)
	}
	return *o
}

func TestASharedPlanIsReadByWhoeverHasTheCase(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		owner, holder := d.shared(t)
		if got := d.offer(t, holder); got != (plan.Offer{Shared: true, Mine: true}) {
			t.Errorf("the case offers %+v", got)
		}
		p, err := d.Open(t.Context(), holder, "case", " Vi taler sammen nu. ")
		if err != nil || p.Parts[plan.Signs] != "Jeg holder op med at svare." {
			t.Fatalf("got %+v, %v", p, err)
		}
		if len(d.opened) != 1 || d.opened[0] != holder.Account+": Vi taler sammen nu." {
			t.Errorf("the desk heard %q", d.opened)
		}
		// What is written later is shared as well.
		if _, err := d.Save(t.Context(), owner, 1, parts("Jeg sover ikke."), "da"); err != nil {
			t.Fatal(err)
		}
		if p, err = d.Open(t.Context(), holder, "case", "Igen."); err != nil || p.Parts[plan.Signs] != "Jeg sover ikke." {
			t.Errorf("got %+v, %v", p, err)
		}
	})
}

func TestAPlanStaysClosedToEverybodyElse(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		_, holder := d.shared(t)
		other := d.person(t, "jonas")
		other.ProvenAt = d.Clock.Now()
		stale := holder
		stale.ProvenAt = d.Clock.Now().Add(-11 * time.Minute)
		if got := d.offer(t, other); got != (plan.Offer{Shared: true}) {
			t.Errorf("a colleague is offered %+v", got)
		}
		for name, c := range map[string]struct {
			actor     account.Actor
			id, words string
			kind      fault.Kind
		}{
			"a colleague without the case":    {other, "case", "Nu.", fault.NotFound},
			"another case":                    {holder, "another", "Nu.", fault.NotFound},
			"without having shown who one is": {stale, "case", "Nu.", fault.Forbidden},
			"without a reason":                {holder, "case", " ", fault.Invalid},
			"with too long a reason":          {holder, "case", strings.Repeat("å", plan.MaxWhy+1), fault.Invalid},
		} {
			if p, err := d.Open(t.Context(), c.actor, c.id, c.words); !fault.Is(err, c.kind) || p != nil {
				t.Errorf("%s: got %v, %v", name, p, err)
			}
		}
		if len(d.opened) != 0 {
			t.Errorf("the desk heard %q", d.opened)
		}
		d.broken = fault.New(fault.Unavailable, "fault.unavailable")
		if p, err := d.Open(t.Context(), holder, "case", "Nu."); err == nil || p != nil {
			t.Errorf("a plan is shown though nobody could be told: %v", err)
		}
	})
}

func TestSharingEndsAtOnceAndWithThePlan(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		owner, holder := d.shared(t)
		closed := func(after string) {
			t.Helper()
			if _, err := d.Open(t.Context(), holder, "case", "Nu."); !fault.Is(err, fault.NotFound) {
				t.Errorf("after %s: got %v, want NotFound", after, err)
			}
			// As of somebody who has no plan.
			if got := d.offer(t, holder); got != (plan.Offer{}) {
				t.Errorf("after %s the case offers %+v", after, got)
			}
			if since, err := d.SharedSince(t.Context(), owner); err != nil || !since.IsZero() {
				t.Errorf("after %s: shared since %s, %v", after, since, err)
			}
		}
		if err := d.Unshare(t.Context(), holder); err != nil {
			t.Fatal(err)
		}
		if since, err := d.SharedSince(t.Context(), owner); err != nil || since.IsZero() {
			t.Errorf("somebody else took it back: %s, %v", since, err)
		}
		if err := d.Unshare(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
		closed("taking it back")
		if err := d.Share(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
		if err := d.Drop(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
		closed("deleting the plan")
		if _, err := d.Save(t.Context(), owner, 0, parts("En ny."), "da"); err != nil {
			t.Fatal(err)
		}
		closed("writing a new plan")
		if err := d.Share(t.Context(), holder); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody without a plan shares: %v", err)
		}
		for _, do := range []func(context.Context, account.Actor) error{d.Share, d.Unshare} {
			if err := do(t.Context(), account.Actor{}); !fault.Is(err, fault.NotFound) {
				t.Errorf("a guest: got %v, want NotFound", err)
			}
		}
	})
}
