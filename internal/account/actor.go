package account

import (
	"slices"
	"time"
)

// Role is a staff role: a name for a set of capabilities, never a rank.
type Role string

// The staff roles.
const (
	Facilitator      Role = "facilitator"
	Moderator        Role = "moderator"
	DutyLead         Role = "duty_lead"
	SafeguardingLead Role = "safeguarding_lead"
	Admin            Role = "admin"
)

// Roles are all staff roles.
var Roles = []Role{Facilitator, Moderator, DutyLead, SafeguardingLead, Admin}

// Capability is one thing that a member of staff may do.
type Capability string

// The capabilities.
const (
	ReadSpace     Capability = "read_space"     // read a space's content as its members do
	LeadSpace     Capability = "lead_space"     // pin and lock topics, write as facilitator
	Moderate      Capability = "moderate"       // the queue: held posts, reports, decisions
	WorkCases     Capability = "work_cases"     // see and work cases
	SignCases     Capability = "sign_cases"     // be the second person who signs the closing of a crisis
	OpenContact   Capability = "open_contact"   // open the sealed contact that the author gave
	AnswerGuests  Capability = "answer_guests"  // read and answer guests' concerns
	ReadAudit     Capability = "read_audit"     // the audit log: ids and codes
	ManageJobs    Capability = "manage_jobs"    // parked jobs
	ManageStaff   Capability = "manage_staff"   // grants and shifts
	SeeRota       Capability = "see_rota"       // who is on duty when
	SetDesk       Capability = "set_desk"       // the desk's times and ladder
	EditPlaybooks Capability = "edit_playbooks" // edit what staff lean on in a case, and approve it by name
	HelpSignIn    Capability = "help_sign_in"   // with a second person, let a member back in who has lost everything
	EditLines     Capability = "edit_lines"     // with a second person, change the help lines that everybody sees
	CallEmergency Capability = "call_emergency" // write down that 112 or 114 was called
	SeeFigures    Capability = "see_figures"    // how the desk does, in numbers without a word of what anybody wrote
)

// Capabilities are all capabilities.
var Capabilities = []Capability{
	ReadSpace, LeadSpace, Moderate, WorkCases, SignCases, OpenContact, CallEmergency, AnswerGuests, ReadAudit, EditPlaybooks, ManageJobs,
	ManageStaff, SeeRota, SetDesk, SeeFigures, HelpSignIn, EditLines,
}

// capabilities says what each role may do. An admin has settings and sees no content. A facilitator leads a
// group, may be a peer, and sees neither cases nor the queue.
var capabilities = map[Role][]Capability{
	Facilitator: {ReadSpace, LeadSpace},
	Moderator:   {ReadSpace, LeadSpace, Moderate, WorkCases, SignCases, OpenContact, CallEmergency, AnswerGuests, SeeRota},
	DutyLead: {
		ReadSpace, LeadSpace, Moderate, WorkCases, SignCases, OpenContact, CallEmergency, AnswerGuests, EditPlaybooks, ManageStaff, SeeRota,
		SetDesk, SeeFigures, HelpSignIn, EditLines,
	},
	SafeguardingLead: {
		ReadSpace, Moderate, WorkCases, SignCases, OpenContact, CallEmergency, AnswerGuests, EditPlaybooks, ReadAudit, SeeRota, SetDesk,
		SeeFigures, HelpSignIn, EditLines,
	},
	Admin: {ReadAudit, ManageJobs, ManageStaff, SeeRota, SetDesk, SeeFigures, HelpSignIn, EditLines},
}

// Can reports whether the role includes the capability.
func (r Role) Can(c Capability) bool { return slices.Contains(capabilities[r], c) }

// RolesWith are the roles that include the capability.
func RolesWith(c Capability) []Role {
	return slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return !r.Can(c) })
}

// Grant is a role given for a space, or for all spaces when Space is empty, for a time.
type Grant struct {
	Role     Role
	Space    string
	StartsAt time.Time
	EndsAt   time.Time // zero: until further notice
}

// Holds reports whether the grant is in force at the given moment.
func (g Grant) Holds(at time.Time) bool {
	return !at.Before(g.StartsAt) && (g.EndsAt.IsZero() || at.Before(g.EndsAt))
}

// Actor is who is asking, as every service call carries it. The zero Actor is a guest. It is made once a
// request, with the grants that hold at that moment.
type Actor struct {
	Account     string // empty for a guest
	Session     string
	Paused      bool // the account is paused by its owner: it reads and does not write
	BirthYear   int
	Grants      []Grant   // those that hold now; none before the session's second factor is proven
	ProvenAt    time.Time // when the session's second factor was last proven; zero for never
	ConfirmedAt time.Time // when the session's owner last showed who they are, by whatever they have
	At          time.Time
}

// Guest reports whether nobody is signed in.
func (a Actor) Guest() bool { return a.Account == "" }

// freshFor is how long a proof of who somebody is counts as fresh.
const freshFor = 10 * time.Minute

// Fresh reports whether the second factor was proven so lately that what members have sealed may be opened.
func (a Actor) Fresh() bool { return fresh(a.ProvenAt, a.At) }

// Confirmed reports whether somebody showed lately who they are.
func (a Actor) Confirmed() bool { return fresh(a.ConfirmedAt, a.At) }

func fresh(proof, at time.Time) bool { return !proof.IsZero() && at.Sub(proof) <= freshFor }

// Staff reports whether the actor holds any staff role now.
func (a Actor) Staff() bool { return len(a.Grants) > 0 }

// Can reports whether the actor has the capability anywhere.
func (a Actor) Can(c Capability) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Role.Can(c) })
}

// RoleFor is the first of the actor's roles that includes the capability, or nothing.
func (a Actor) RoleFor(c Capability) Role {
	for _, g := range a.Grants {
		if g.Role.Can(c) {
			return g.Role
		}
	}
	return ""
}

// CanIn reports whether the actor has the capability in the given space.
func (a Actor) CanIn(c Capability, space string) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		return g.Role.Can(c) && (g.Space == "" || g.Space == space)
	})
}

// Reach says where the actor has the capability: everywhere, or in the listed spaces. Stores put it into the
// WHERE clause.
func (a Actor) Reach(c Capability) (everywhere bool, spaces []string) {
	for _, g := range a.Grants {
		if !g.Role.Can(c) {
			continue
		}
		if g.Space == "" {
			return true, nil
		}
		spaces = append(spaces, g.Space)
	}
	return false, spaces
}

// Minor reports whether the actor counts as under 18: until the end of the year in which they turn 18.
func (a Actor) Minor() bool { return a.Account != "" && IsMinor(a.BirthYear, a.At) }

// IsMinor reports whether a person born in the given year counts as under 18 at the given moment.
func IsMinor(birthYear int, at time.Time) bool { return at.Year()-birthYear <= 18 }

// AgeBand reports whether a person born in birthYear may be in a space of the given band at that moment. The
// day of birth is not known, so the whole year counts.
func AgeBand(band string, birthYear int, at time.Time) bool {
	age := at.Year() - birthYear
	switch band {
	case "adult":
		return age > 18
	case "young":
		return age >= 15 && age <= 26
	default:
		return age >= 15
	}
}
