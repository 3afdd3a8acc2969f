package crisis

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

var at = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

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

// Every action is tried in every state, for one person and for two, and for each way to end: a case never leaves the
// table, a crisis is never closed by one person, and nothing but Close and Sign ends a case.
func TestEveryStepOfTheTable(t *testing.T) {
	for _, state := range States {
		for _, action := range Actions {
			for _, peak := range []string{"red", "crisis"} {
				for _, outcome := range []string{"referred", falseAlarm} {
					t.Run(string(state)+" "+string(action)+" "+peak+" "+outcome, func(t *testing.T) {
						tryStep(t, state, action, peak, outcome)
					})
				}
			}
		}
	}
}

func tryStep(t *testing.T, state State, action Action, peak, outcome string) {
	t.Helper()
	c := caseIn(state, peak, "me", "somebody")
	c.Outcome = outcome
	if !state.Open() {
		c.ClosedAt = &at
	}
	code, err := Step{Action: action, Level: "red", Outcome: outcome, To: "you"}.apply(c, account.Actor{Account: "me", At: at}, Rules{})
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
	switch {
	case action == Close && peak == "crisis":
		to = Monitoring
	case to == Closed:
		to = ended(outcome)
	}
	if c.State != to {
		t.Errorf("got %s, want %s", c.State, to)
	}
	if closed := c.ClosedAt != nil; closed == c.State.Open() {
		t.Errorf("closed_at set: %v in state %s", closed, c.State)
	}
	if !c.State.Open() && action != Close && action != Sign {
		t.Errorf("%s closed the case", action)
	}
	if (action == Close || action == Sign) && c.State.Open() && c.State != Monitoring {
		t.Errorf("%s left the case in %s", action, c.State)
	}
	if action == Close && code != outcome {
		t.Errorf("the record has code %q", code)
	}
	if action == HandOver && (c.Owner(at) != "" || !c.HandedTo("you")) {
		t.Errorf("handed over to %v, and %q has it", c.HandedToID, c.Owner(at))
	}
}

// Nothing stops for good by a click: an open case always has a next deadline, the deadline leads somewhere by the table
// of lapses, and a closed case has none.
func TestEveryOpenCaseGoesOnByItself(t *testing.T) {
	leads := map[TimerKind][]Lapse{
		PageTimer: {Paged, Exhausted}, RungTimer: {Paged, Exhausted}, AgainTimer: {Paged}, SignatureTimer: {Paged},
		FollowUpTimer: {FollowUp}, FirstMessageTimer: {Lapsed}, ReceiveTimer: {Lapsed},
	}
	for _, state := range States {
		for _, level := range []string{"green", "amber", "red", "crisis"} {
			for _, turn := range []int{0, maxTurns} {
				c := caseIn(state, level, "", "")
				c.Turn, c.ContactedAt = turn, &at
				kind, wait, _ := deadline(c, Rules{}, at)
				if !state.Open() {
					if kind != "" {
						t.Errorf("%s has a timer", state)
					}
					continue
				}
				if len(leads[kind]) == 0 || wait < 0 || wait > 8*day {
					t.Errorf("%s %s: %q after %s", state, level, kind, wait)
				}
				for _, l := range leads[kind] {
					to, ok := lapses[l][state]
					if !ok || !to.Open() {
						t.Errorf("%s: the timer %s leads by %s to %q", state, kind, l, to)
					}
				}
			}
		}
	}
}

// Time itself never closes a case, and what lapses is called for again.
func TestTimeClosesNothing(t *testing.T) {
	for l, from := range lapses {
		for state, to := range from {
			if !state.Open() || !to.Open() {
				t.Errorf("%s takes %s to %s", l, state, to)
			}
		}
	}
	for _, state := range []State{Acknowledged, HandedOver} {
		if _, ok := lapses[Paged][lapses[Lapsed][state]]; !ok {
			t.Errorf("what lapses in %s is not called for", state)
		}
	}
	if _, ok := lapses[Paged][lapses[FollowUp][InContact]]; !ok {
		t.Error("a follow-up is not called for")
	}
}

func TestFollowUpsGoOn(t *testing.T) {
	steps := DefaultTimes["crisis"].FollowUps
	now := at
	var got []time.Duration
	for range 6 {
		now = followUp(at, steps, now)
		got = append(got, now.Sub(at))
	}
	want := []time.Duration{4 * time.Hour, day, 3 * day, 7 * day, 14 * day, 21 * day}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOnlyReopeningLeadsOutOfTheEnd(t *testing.T) {
	for _, a := range Actions {
		for _, end := range []State{Closed, FalseAlarm} {
			if to, ok := transitions[a][end]; ok && (a != Reopen || to != Reopened) {
				t.Errorf("%s leads out of %s to %s", a, end, to)
			}
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
			[]Action{Reach, Escalate, Note, Raise, HandOver, HandBack, Close},
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
	if _, err := (Step{Action: Raise, Level: "amber"}).apply(c, me, Rules{}); err != nil {
		t.Fatal(err)
	}
	if _, err := (Step{Action: Close, Outcome: "referred"}).apply(c, me, Rules{}); err != nil {
		t.Fatal(err)
	}
	if c.State != Monitoring || c.ClosedAt != nil {
		t.Errorf("a crisis lowered to amber was closed by one person: %s", c.State)
	}
}

func TestSignalsOnlyRaise(t *testing.T) {
	s := &Service{}
	c := caseIn(Monitoring, "red", "", "closer")
	s.raise(c, &Assessment{Level: "crisis", Category: "suicide"}, Rules{}, at)
	if c.Level != "crisis" || c.State != New || c.ClosingBy != nil {
		t.Errorf("got level %s, state %s", c.Level, c.State)
	}
	s.raise(c, &Assessment{Level: "red", Category: "relapse"}, Rules{}, at)
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
