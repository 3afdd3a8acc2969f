package crisis

import (
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

var at = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

func caseIn(state State, peak, owner, closer string) *Case {
	c := &Case{ID: "c", State: state, Level: peak, PeakLevel: peak, Version: 1, OpenedAt: at, DueAt: at}
	if owner != "" {
		until := at.Add(time.Minute)
		c.OwnerID, c.OwnerUntil = &owner, &until
	}
	if closer != "" {
		c.ClosingBy = &closer
	}
	return c
}

// Every action is tried in every state, for one person and for two: a case never leaves the table, a crisis is
// never closed by one person, and nothing but Close and Sign ends a case.
func TestEveryStepOfTheTable(t *testing.T) {
	for _, state := range States {
		for _, action := range Actions {
			for _, peak := range []string{"red", "crisis"} {
				t.Run(string(state)+" "+string(action)+" "+peak, func(t *testing.T) {
					c := caseIn(state, peak, "me", "somebody")
					step := Step{Action: action, Level: "red", Outcome: "referred"}
					code, err := step.apply(c, account.Actor{Account: "me", At: at})
					to, known := transitions[action][state]
					if !known {
						if !fault.Is(err, fault.Conflict) || c.State != state {
							t.Fatalf("got %v in state %s, want a conflict and no change", err, c.State)
						}
						return
					}
					if err != nil {
						t.Fatal(err)
					}
					want := to
					if action == Close && peak == "crisis" {
						want = Monitoring
					}
					if c.State != want {
						t.Errorf("got %s, want %s", c.State, want)
					}
					if closed := c.ClosedAt != nil; closed != (want == Closed) {
						t.Errorf("closed_at set: %v in state %s", closed, c.State)
					}
					if c.State == Closed && action != Close && action != Sign {
						t.Errorf("%s closed the case", action)
					}
					if (action == Close || action == Sign) && c.State != Closed && c.State != Monitoring {
						t.Errorf("%s left the case in %s", action, c.State)
					}
					if action == Close && code != "referred" {
						t.Errorf("the record has code %q", code)
					}
				})
			}
		}
	}
}

func TestClosedIsTheEnd(t *testing.T) {
	for _, a := range Actions {
		if to, ok := transitions[a][Closed]; ok {
			t.Errorf("%s leads out of closed to %s", a, to)
		}
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	for name, tc := range map[string]struct {
		c    *Case
		v    viewer
		want []Action
	}{
		"no capability": {caseIn(New, "crisis", "", ""), viewer{account: "me"}, nil},
		"new, nobody has it": {
			caseIn(New, "crisis", "", ""),
			viewer{account: "me", works: true, signs: true},
			[]Action{Take, Escalate, Note},
		},
		"somebody else has it": {
			caseIn(Acknowledged, "crisis", "other", ""),
			viewer{account: "me", works: true, signs: true, owned: true},
			[]Action{Escalate, Note},
		},
		"I have it": {
			caseIn(Acknowledged, "crisis", "me", ""),
			viewer{account: "me", works: true, owns: true, owned: true},
			[]Action{Reach, Escalate, Note, Raise, HandBack, Close},
		},
		"I closed it": {
			caseIn(Monitoring, "crisis", "", "me"),
			viewer{account: "me", works: true, signs: true},
			[]Action{Escalate, Note},
		},
		"another closed it": {
			caseIn(Monitoring, "crisis", "", "other"),
			viewer{account: "me", works: true, signs: true},
			[]Action{Escalate, Note, Sign, Resume},
		},
		"another closed it and I may not sign": {
			caseIn(Monitoring, "crisis", "", "other"),
			viewer{account: "me", works: true},
			[]Action{Escalate, Note},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := allowed(tc.c, tc.v)
			if len(got) != len(tc.want) {
				t.Fatalf("got %v, want %v", got, tc.want)
			}
			for i := range got {
				if got[i] != tc.want[i] {
					t.Fatalf("got %v, want %v", got, tc.want)
				}
			}
		})
	}
}

func TestLoweringDoesNotSpareTheSecondPerson(t *testing.T) {
	c := caseIn(Acknowledged, "crisis", "me", "")
	me := account.Actor{Account: "me", At: at}
	if _, err := (Step{Action: Raise, Level: "amber"}).apply(c, me); err != nil {
		t.Fatal(err)
	}
	if _, err := (Step{Action: Close, Outcome: "referred"}).apply(c, me); err != nil {
		t.Fatal(err)
	}
	if c.State != Monitoring || c.ClosedAt != nil {
		t.Errorf("a crisis lowered to amber was closed by one person: %s", c.State)
	}
}

func TestSignalsOnlyRaise(t *testing.T) {
	s := &Service{}
	c := caseIn(Monitoring, "red", "", "closer")
	s.raise(c, &Assessment{Level: "crisis", Category: "suicide"}, at)
	if c.Level != "crisis" || c.PeakLevel != "crisis" || c.State != New || c.ClosingBy != nil {
		t.Errorf("got level %s, peak %s, state %s", c.Level, c.PeakLevel, c.State)
	}
	s.raise(c, &Assessment{Level: "red", Category: "relapse"}, at)
	if c.Level != "crisis" || c.Category != "suicide" {
		t.Errorf("a lower signal changed the case to %s %s", c.Level, c.Category)
	}
}

func TestALeaseRunsOut(t *testing.T) {
	c := caseIn(Acknowledged, "crisis", "me", "")
	if !c.OwnedBy("me", at) {
		t.Error("I have taken it and do not have it")
	}
	if c.OwnedBy("me", at.Add(time.Minute)) {
		t.Error("the lease ran out and I still have it")
	}
}
