package triage

import "fmt"

// Level says how soon a human should read a text.
type Level int

const (
	// Green needs nothing.
	Green Level = iota
	// Amber should be read by a moderator today.
	Amber
	// Red is a serious risk, to be read very soon.
	Red
	// Crisis is an imminent risk: a human within minutes.
	Crisis
)

var levelNames = [...]string{"green", "amber", "red", "crisis"}

// String gives the level's lower-case English name, as stored and exchanged.
func (l Level) String() string {
	if l < Green || l > Crisis {
		return fmt.Sprintf("level(%d)", int(l))
	}
	return levelNames[l]
}

// Urgent says whether a human must be called rather than wait for a routine round.
func (l Level) Urgent() bool { return l >= Red }

// ParseLevel is the inverse of String.
func ParseLevel(name string) (Level, error) {
	for i, n := range levelNames {
		if n == name {
			return Level(i), nil
		}
	}
	return Green, fmt.Errorf("unknown level %q: want green, amber, red or crisis", name)
}

// Category is the main concern of a text; empty when there is none.
type Category string

// The concerns that the rules tell apart. ThirdParty is worry about somebody
// else's state of mind; an overdose, violence or a child in danger keeps its
// own category whoever it is about.
const (
	Suicide      Category = "suicide"
	SelfHarm     Category = "self_harm"
	Overdose     Category = "overdose"
	Withdrawal   Category = "withdrawal"
	Violence     Category = "violence"
	ChildAtRisk  Category = "child_at_risk"
	Relapse      Category = "relapse"
	Hopelessness Category = "hopelessness"
	ThirdParty   Category = "third_party"
)

// categories in the order in which one wins over another of the same level: the
// one whose help must come from outside stands first.
var categories = []Category{
	ChildAtRisk, Overdose, Violence, Withdrawal, Suicide, ThirdParty, SelfHarm, Relapse, Hopelessness,
}

// Subject is whom the risk concerns.
type Subject string

// The subjects that can be told from a text.
const (
	Author     Subject = "author"
	OtherAdult Subject = "other_adult"
	Child      Subject = "child"
	Unknown    Subject = "unknown"
)

// Mark names a detail that makes a text be held until a human has read it.
type Mark string

// The details that others could copy, find, or be hurt by.
const (
	Method   Mark = "method"
	Dose     Mark = "dose"
	Place    Mark = "place"
	Farewell Mark = "farewell"
)
