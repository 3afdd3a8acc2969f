package crisis

import (
	"slices"

	"samhold/internal/fault"
)

// Action is something that a named person does with a case.
type Action string

// The actions. Note and Raise leave the state as it is.
const (
	Take     Action = "take"      // take it into one's hands
	Note     Action = "note"      // write something down
	Reach    Action = "reach"     // a human has written to the person, or spoken with them
	Escalate Action = "escalate"  // more help is needed: the next rung of the ladder
	HandBack Action = "hand_back" // nobody has it: call again
	HandOver Action = "hand_over" // to a named colleague, who must receive it
	Receive  Action = "receive"   // what was handed over is in one's hands now
	Raise    Action = "raise"     // give it a higher or lower level
	Close    Action = "close"
	Sign     Action = "sign"   // the second person agrees to the closing
	Resume   Action = "resume" // the second person does not agree, or something happened
	Reopen   Action = "reopen" // it was closed too early
)

// Lapse is something that happens to a case when nobody does anything: a timer that fires.
type Lapse string

// The lapses.
const (
	Paged     Lapse = "page"      // somebody is called
	Exhausted Lapse = "exhaust"   // the ladder has no rung left
	FollowUp  Lapse = "follow_up" // it is time to ask again how it goes
	Lapsed    Lapse = "lapse"     // who took it did not write to the person, or did not receive it
)

// transitions is the one table of what people can do where. A state that is missing for an action refuses it.
var transitions = map[Action]map[State]State{
	Take: {
		New: Acknowledged, Called: Acknowledged, Unstaffed: Acknowledged, Reopened: Acknowledged, HandedOver: Acknowledged,
		FollowUpDue: Acknowledged, Escalated: Acknowledged, Acknowledged: Acknowledged, InContact: InContact,
	},
	Note:  everyOpen(),
	Raise: everyOpen(),
	Reach: {Acknowledged: InContact, InContact: InContact, Escalated: InContact, FollowUpDue: InContact},
	Escalate: {
		New: Escalated, Called: Escalated, Unstaffed: Escalated, Reopened: Escalated, Acknowledged: Escalated, InContact: Escalated,
		Escalated: Escalated, HandedOver: Escalated, FollowUpDue: Escalated, Monitoring: Escalated,
	},
	HandBack: {Acknowledged: New, InContact: New, Escalated: New},
	HandOver: {Acknowledged: HandedOver, InContact: HandedOver, Escalated: HandedOver},
	Receive:  {HandedOver: Acknowledged},
	Close:    {Acknowledged: Closed, InContact: Closed, Escalated: Closed},
	Sign:     {Monitoring: Closed},
	Resume:   {Monitoring: Acknowledged},
	Reopen:   {Closed: Reopened, FalseAlarm: Reopened},
}

// lapses is the table of what time does where.
var lapses = map[Lapse]map[State]State{
	Paged: {
		New: Called, Reopened: Called, Called: Called, Unstaffed: Unstaffed, Escalated: Escalated, FollowUpDue: FollowUpDue,
		Monitoring: Monitoring,
	},
	Exhausted: {New: Unstaffed, Reopened: Unstaffed, Called: Unstaffed, Unstaffed: Unstaffed, FollowUpDue: Unstaffed, Escalated: Unstaffed},
	FollowUp:  {InContact: FollowUpDue},
	Lapsed:    {Acknowledged: Called, HandedOver: Called},
}

// heard is what a new text of the person does to a case that somebody has in their hands: it is to be answered like the
// first, or the ladder is climbed anew. Where people are called already the calling goes on.
var heard = map[State]State{InContact: Acknowledged}

func everyOpen() map[State]State {
	same := map[State]State{}
	for _, s := range States {
		if s.Open() {
			same[s] = s
		}
	}
	return same
}

// Actions are all actions, in the order in which a page offers them.
var Actions = []Action{Take, Receive, Reach, Escalate, Note, Raise, HandOver, HandBack, Close, Sign, Resume, Reopen}

// next gives the state after an action, or a Conflict fault when the case does not allow it.
func next(a Action, from State) (State, error) {
	to, ok := transitions[a][from]
	if !ok {
		return "", fault.New(fault.Conflict, "crisis.not_now")
	}
	return to, nil
}

// Outcomes are how a case can end, as codes; the texts are crisis.outcome_CODE.
var Outcomes = []string{"contact_made", "referred", "emergency_called", "no_answer", falseAlarm}

const falseAlarm = "false_alarm"

func knownOutcome(code string) bool { return slices.Contains(Outcomes, code) }

// ended is the state of a case that is over with that outcome.
func ended(outcome string) State {
	if outcome == falseAlarm {
		return FalseAlarm
	}
	return Closed
}

// allowed says what a person who may work the case can do with it now. Only who has it in their hands moves it;
// whoever closed it cannot sign it.
func allowed(c *Case, v viewer) []Action {
	var can []Action
	for _, a := range Actions {
		if _, ok := transitions[a][c.State]; ok && permitted(a, c, v) {
			can = append(can, a)
		}
	}
	return can
}

// viewer is a member of staff before a case.
type viewer struct {
	account string
	works   bool // work_cases where the case is
	signs   bool // sign_cases where the case is
	owns    bool // has it in their hands now
	owned   bool // somebody has it in their hands now
}

// permitted is the policy of the table's actions.
func permitted(a Action, c *Case, v viewer) bool {
	if !v.works {
		return false
	}
	switch a {
	case Take:
		return !v.owned && !c.HandedTo(v.account)
	case Receive:
		return c.HandedTo(v.account)
	case Note, Escalate, Reopen:
		return true
	case Sign, Resume:
		return v.signs && c.ClosingBy != nil && *c.ClosingBy != v.account
	default:
		return v.owns
	}
}
