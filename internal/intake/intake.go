// Package intake is the door that every text goes through in the transaction that saves it. It declares the
// port; crisis implements it and app wires it. A service that saves what people write cannot be built without
// a Port, so nothing is saved unassessed.
package intake

import "context"

// Kind is the kind of text.
type Kind string

// The kinds of text that people write. A topic's title is assessed with its first post.
const (
	Post    Kind = "post"
	Report  Kind = "report"
	Concern Kind = "concern"
	Plan    Kind = "plan"
	Message Kind = "message" // to those on duty
)

// Submission is a text that is about to be saved, with who wrote it and where. Exactly one of Account and
// Concern is set.
type Submission struct {
	Kind       Kind
	ID         string  // of the row that holds the text
	Revision   int     // 1 for a new text, then counting up with each edit
	Account    string  // whose crisis it would be
	Concern    string  // the guest's concern that it is
	Membership string  // may be empty
	Space      string  // may be empty
	SpaceKind  string  // relatives, young, aftercare, or empty
	Text       string  // title and body as typed
	Lang       string  // the writer's language, da or en
	ReplyTo    string  // the post that a post answers; may be empty
	About      *Person // of a report: who wrote what it is about; nil otherwise
}

// Opening is the text of a topic's first post as it is assessed.
func Opening(title, body string) string { return title + "\n\n" + body }

// Person is somebody whom a text is about.
type Person struct {
	Account    string
	Membership string
	Worried    bool // the writer says that they are worried about this person
}

// Hold is why a human reads a text before others see it.
type Hold string

// The reasons, the most telling first.
const (
	HoldFarewell Hold = "farewell" // it says goodbye
	HoldMethod   Hold = "method"   // it tells of a way to die or to be hurt
	HoldDose     Hold = "dose"     // it tells of an amount
	HoldPlace    Hold = "place"    // it tells where
	HoldYoung    Hold = "young"    // young people read and write there, and it is urgent
)

// Verdict says what the assessment means for the text. It never refuses a text.
type Verdict struct {
	Urgent     bool   // red or crisis: the writer's own case is open, and they should see the card
	Case       string // the open case, empty if none; of a report it may be the case of whom it is about
	HoldFirst  bool   // a human releases it before others see it
	Hold       Hold   // why; empty unless HoldFirst
	CalmBanner bool   // others see the calm banner on how to answer well; replies are approved first
}

// Port receives texts. It must be called inside the transaction that saves the text; if it fails, the
// transaction fails.
type Port interface {
	Receive(ctx context.Context, s Submission) (Verdict, error)
}
