package crisis

import (
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// TestWhoWritesToThePerson holds what a human message does to a case in every state, for whoever has it, for a colleague
// while somebody has it, and for anybody while nobody does.
func TestWhoWritesToThePerson(t *testing.T) {
	steps := func(actions ...Action) []string {
		var kinds []string
		for _, a := range actions {
			kinds = append(kinds, string(a))
		}
		return kinds
	}
	taken := steps(Take, Reach)
	tests := []struct {
		state        State
		mine, nobody []string
	}{
		{New, nil, taken},
		{Called, nil, taken},
		{Unstaffed, nil, taken},
		{Reopened, nil, taken},
		{FollowUpDue, nil, taken},
		{HandedOver, nil, taken},
		{Acknowledged, steps(Reach), taken},
		{InContact, steps(Reach), taken},
		{Escalated, steps(Reach), taken},
	}
	for _, test := range tests {
		for _, who := range []struct {
			name, owner string
			want        []string
		}{{"mine", "me", test.mine}, {"a colleague's", "you", nil}, {"nobody's", "", test.nobody}} {
			if who.owner != "" && test.mine == nil {
				continue // nobody has a case in their hands in that state
			}
			t.Run(string(test.state)+" "+who.name, func(t *testing.T) {
				c := caseIn(test.state, "crisis", who.owner, "")
				actor := account.Actor{Account: "me", At: at}
				v := viewer{account: "me", works: true, owns: c.OwnedBy("me", at), owned: c.Owner(at) != ""}
				events, err := reach(c, v, actor, Rules{})
				if who.want == nil {
					if !fault.Is(err, fault.Conflict) || c.State != test.state || c.ContactedAt != nil {
						t.Fatalf("got %v in state %s", err, c.State)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, e := range events {
					got = append(got, e.Kind)
				}
				end := InContact
				if test.state == Escalated && who.owner == "me" {
					end = Escalated // who has called for help goes on being helped
				}
				if !slices.Equal(got, who.want) || c.State != end || c.ContactedAt == nil || deref(c.OwnerID) != "me" {
					t.Errorf("%v, then %s of %q in contact since %v", got, c.State, deref(c.OwnerID), c.ContactedAt)
				}
				first, later := *c.ContactedAt, account.Actor{Account: "me", At: at.Add(time.Minute)}
				v.owns, v.owned = true, true
				if again, err := reach(c, v, later, Rules{}); err != nil || len(again) != 1 || !c.ContactedAt.Equal(first) || c.State != end {
					t.Errorf("the second message: %v, %v, %s in contact since %v", again, err, c.State, c.ContactedAt)
				}
			})
		}
	}
}

// TestWhatIsHandedOverIsReceivedByWriting holds that the colleague whom it was handed to receives it.
func TestWhatIsHandedOverIsReceivedByWriting(t *testing.T) {
	c, me := caseIn(HandedOver, "crisis", "", ""), "me"
	c.HandedToID = &me
	events, err := reach(c, viewer{account: me, works: true}, account.Actor{Account: me, At: at}, Rules{})
	if err != nil || len(events) != 2 || events[0].Kind != string(Receive) || c.State != InContact || c.HandedToID != nil {
		t.Errorf("%v, %v, %s", events, err, c.State)
	}
}
