package space

import "samhold/internal/account"

// Hindrance says why somebody may not do something in a space, as a code that the pages put into words. The
// empty Hindrance is none.
type Hindrance string

// The hindrances to entering and to writing.
const (
	HinderedGuest      Hindrance = "guest"      // nobody is signed in
	HinderedAge        Hindrance = "age"        // the space is for another age
	HinderedRemoved    Hindrance = "removed"    // the person has been removed from the space
	HinderedClosed     Hindrance = "closed"     // nobody enters or writes any more
	HinderedInvitation Hindrance = "invitation" // one enters by invitation
	HinderedInside     Hindrance = "inside"     // the person is a member already
	HinderedOutside    Hindrance = "outside"    // the person is no member
	HinderedPaused     Hindrance = "paused"     // the account is paused by its owner
	HinderedSilenced   Hindrance = "silenced"   // the membership is paused by staff
	HinderedAgreement  Hindrance = "agreement"  // the newest agreement is not accepted
	HinderedStaff      Hindrance = "staff"      // only staff write here
	HinderedLocked     Hindrance = "locked"     // the conversation is closed
)

// MaySee reports whether the actor may know the space: its name, purpose and agreement.
func MaySee(a account.Actor, s *Space, st Standing) bool { return let(a, s, st, s.SeePolicy) }

// MayRead reports whether the actor may read the conversations in the space.
func MayRead(a account.Actor, s *Space, st Standing) bool { return let(a, s, st, s.ReadPolicy) }

func let(a account.Actor, s *Space, st Standing, policy string) bool {
	switch {
	case policy == ForPublic, st.Inside(), a.CanIn(account.ReadSpace, s.ID):
		return true
	case policy == ForAccount:
		return !a.Guest() && st.State != Removed && account.AgeBand(s.AgeBand, a.BirthYear, a.At)
	}
	return false
}

// MayEnter says what hinders the actor from becoming a member, if anything. Somebody who left may come back
// also where others need an invitation.
func MayEnter(a account.Actor, s *Space, st Standing) Hindrance {
	switch {
	case a.Guest():
		return HinderedGuest
	case st.Inside():
		return HinderedInside
	case st.State == Removed:
		return HinderedRemoved
	case s.State != StateOpen || s.JoinPolicy == JoinClosed:
		return HinderedClosed
	case !account.AgeBand(s.AgeBand, a.BirthYear, a.At):
		return HinderedAge
	case s.JoinPolicy == JoinByInvite && st.State != Left:
		return HinderedInvitation
	}
	return ""
}

// MayWrite says what hinders the actor from writing in the space, if anything.
func MayWrite(a account.Actor, s *Space, st Standing) Hindrance {
	switch {
	case a.Guest():
		return HinderedGuest
	case !st.Inside():
		return HinderedOutside
	case s.State != StateOpen:
		return HinderedClosed
	case a.Paused:
		return HinderedPaused
	case st.State == Paused:
		return HinderedSilenced
	case s.WritePolicy == ForStaff && !a.CanIn(account.LeadSpace, s.ID):
		return HinderedStaff
	case !st.Accepted:
		return HinderedAgreement
	}
	return ""
}
