package crisis

import (
	"slices"

	"samhold/internal/fault"
)

// Action is something that a named person does with a case.
type Action string

// The actions. Note leaves the state as it is.
const (
	Take     Action = "take"     // take it into one's hands
	Note     Action = "note"     // write something down
	Reach    Action = "reach"    // the person has been reached
	Escalate Action = "escalate" // more help is needed: the next in line, or 112
	HandBack Action = "hand_back"
	Raise    Action = "raise" // give it a higher or lower level
	Close    Action = "close"
	Sign     Action = "sign"   // the second person agrees to the closing
	Resume   Action = "resume" // the second person does not agree, or something happened
)

// transitions is the one table of what can be done where. A state that is missing for an action refuses it.
var transitions = map[Action]map[State]State{
	Take: {New: Acknowledged, Acknowledged: Acknowledged, InContact: InContact, Escalated: Escalated},
	Note: {
		New: New, Acknowledged: Acknowledged, InContact: InContact, Escalated: Escalated, Monitoring: Monitoring,
	},
	Reach:    {Acknowledged: InContact, InContact: InContact, Escalated: InContact},
	Escalate: {New: Escalated, Acknowledged: Escalated, InContact: Escalated, Escalated: Escalated, Monitoring: Escalated},
	HandBack: {Acknowledged: New, InContact: New, Escalated: New},
	Raise: {
		New: New, Acknowledged: Acknowledged, InContact: InContact, Escalated: Escalated, Monitoring: Monitoring,
	},
	Close:  {Acknowledged: Closed, InContact: Closed, Escalated: Closed},
	Sign:   {Monitoring: Closed},
	Resume: {Monitoring: Acknowledged},
}

// Actions are all actions, in the order in which a page offers them.
var Actions = []Action{Take, Reach, Escalate, Note, Raise, HandBack, Close, Sign, Resume}

// States are all states.
var States = []State{New, Acknowledged, InContact, Escalated, Monitoring, Closed}

// next gives the state after an action, or a Conflict fault when the case does not allow it.
func next(a Action, from State) (State, error) {
	to, ok := transitions[a][from]
	if !ok {
		return "", fault.New(fault.Conflict, "crisis.not_now")
	}
	return to, nil
}

// Outcomes are how a case can end, as codes; the texts are crisis.outcome_CODE.
var Outcomes = []string{"contact_made", "referred", "emergency_called", "no_answer", "false_alarm"}

func knownOutcome(code string) bool { return slices.Contains(Outcomes, code) }

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
		return !v.owned
	case Note, Escalate:
		return true
	case Sign, Resume:
		return v.signs && c.ClosingBy != nil && *c.ClosingBy != v.account
	default:
		return v.owns
	}
}
