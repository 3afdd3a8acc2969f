package privacy

// Class is what a table holds, in the terms of the GDPR. Its words stand under class.CLASS: what it is, why we keep it
// and who sees it.
type Class string

// The classes.
const (
	Identity   Class = "identity"   // the account itself
	Access     Class = "access"     // what lets somebody in
	Consent    Class = "consent"    // what somebody said yes to
	Belonging  Class = "belonging"  // memberships, aliases, what somebody has read and thought of
	Words      Class = "words"      // what somebody wrote for others
	Plan       Class = "plan"       // what somebody wrote for themselves alone
	Talk       Class = "talk"       // what somebody and those on duty write to one another
	Unsent     Class = "unsent"     // what somebody typed and did not send, or searched for
	Assessment Class = "assessment" // what the rules found in a text
	Danger     Class = "danger"     // cases and all that belongs to them
	Concern    Class = "concern"    // what guests told us
	Report     Class = "report"     // reports and the decisions on them
	Notices    Class = "notices"    // what somebody should hear
	Staff      Class = "staff"      // roles, shifts and invitations of the team
	Log        Class = "log"        // who of the team did what
	Machine    Class = "machine"    // what keeps Samhold running; about nobody
	House      Class = "house"      // the spaces and their rules; about nobody
)

// Classes are all classes, in the order of the register.
var Classes = []Class{
	Identity, Access, Consent, Belonging, Words, Talk, Plan, Unsent, Assessment, Danger, Concern, Report, Notices, Staff, Log, Machine, House,
}

// Personal reports whether the class is about people.
func (c Class) Personal() bool { return c != Machine && c != House }

// Kind is what a column holds.
type Kind string

// The kinds of column.
const (
	ID     Kind = "number" // of a row
	Code   Kind = "code"   // one of a list, a number or a yes
	Time   Kind = "time"
	Text   Kind = "text"
	Hash   Kind = "print"  // a print that cannot be turned back
	Sealed Kind = "sealed" // readable with a key that is not in the database
	Key    Kind = "key"    // the name of that key
)

// Fate is what erasure does with something.
type Fate string

// The fates.
const (
	Gone     Fate = "gone"     // the row is deleted
	Kept     Fate = "kept"     // it stays as it is
	Emptied  Fate = "emptied"  // it becomes empty, zero or null
	Replaced Fate = "replaced" // something that is the same for everybody, or random, takes its place
	Chosen   Fate = "chosen"   // it stays or is emptied, as the person chooses; emptied where others cannot see it
	Settled  Fate = "settled"  // it stays while a case or report is open, and is gone when that is over
)
