package topic

import (
	"samhold/internal/account"
	"samhold/internal/intake"
	"samhold/internal/space"
)

// MayRead reports whether the actor may open the topic: in a space that they may read, when others see its first
// post, when it is their own and waits, or as a moderator of the space.
func MayRead(a account.Actor, s *space.Space, st space.Standing, t *Topic) bool {
	if !space.MayRead(a, s, st) {
		return false
	}
	return t.Visibility == Visible ||
		t.Visibility == Held && wrote(st, t.MembershipID) ||
		a.CanIn(account.Moderate, s.ID)
}

// MayReadPost reports whether the actor may read the post's text, in a topic that they may open.
func MayReadPost(a account.Actor, s *space.Space, st space.Standing, t *Topic, p *Post) bool {
	if !MayRead(a, s, st, t) {
		return false
	}
	return p.Visibility == Visible ||
		p.Visibility == Held && wrote(st, p.MembershipID) ||
		a.CanIn(account.Moderate, s.ID)
}

// HasPlace reports whether the actor meets the post in its topic, as a text or as a placeholder. What others have
// never seen leaves no trace for them.
func HasPlace(a account.Actor, s *space.Space, st space.Standing, p *Post) bool {
	switch {
	case p.Visibility == Visible, a.CanIn(account.Moderate, s.ID):
		return true
	case p.Visibility != Held && p.ShownAt != nil:
		return true
	}
	return p.Visibility != Deleted && wrote(st, p.MembershipID)
}

// MayWrite says what hinders the actor from replying, if anything. Those who lead the space write in a closed
// conversation too.
func MayWrite(a account.Actor, s *space.Space, st space.Standing, t *Topic) space.Hindrance {
	if h := space.MayWrite(a, s, st); h != "" {
		return h
	}
	if t.State == Locked && !a.CanIn(account.LeadSpace, s.ID) {
		return space.HinderedLocked
	}
	return ""
}

// MayEdit says what hinders the actor from changing the post, if anything. Only its author changes a post.
func MayEdit(a account.Actor, w *Written) space.Hindrance {
	if !w.Mine || w.Post.Visibility != Visible && w.Post.Visibility != Held {
		return space.HinderedOutside
	}
	return MayWrite(a, &w.Space, w.Standing, &w.Topic)
}

// MayDelete reports whether the actor may take the post back. Its author always may, also when they may no
// longer write.
func MayDelete(w *Written) bool {
	return w.Mine && w.Standing.Inside() && (w.Post.Visibility == Visible || w.Post.Visibility == Held)
}

// Staffed reports whether the actor writes as staff of the space: such posts are not held.
func Staffed(a account.Actor, spaceID string) bool {
	return a.CanIn(account.Moderate, spaceID) || a.CanIn(account.LeadSpace, spaceID)
}

// holdReason says why the text must be read by a human before others see it; empty when it need not.
func holdReason(a account.Actor, o *Opened, v intake.Verdict) string {
	switch {
	case Staffed(a, o.Space.ID):
		return ""
	case v.HoldFirst:
		return careful(v.Hold)
	case a.Minor():
		return HeldMinor
	case o.Standing.Approved < o.Space.ApproveFirstN:
		return HeldFirstPosts
	case o.Calm && !o.Mine:
		return HeldReplies
	}
	return ""
}

func careful(why intake.Hold) string {
	switch why {
	case intake.HoldFarewell:
		return HeldFarewell
	case intake.HoldMethod:
		return HeldMethod
	case intake.HoldDose:
		return HeldDose
	case intake.HoldPlace:
		return HeldPlace
	case intake.HoldYoung:
		return HeldYoung
	}
	return HeldCareful
}

// badge is the role that others see on the post. A role that the actor's grants no longer carry is not shown.
func badge(a account.Actor, st space.Standing, spaceID string) string {
	switch {
	case st.Role == space.RoleStaff && a.CanIn(account.Moderate, spaceID):
		return space.RoleStaff
	case st.Role == space.RoleFacilitator && a.CanIn(account.LeadSpace, spaceID):
		return space.RoleFacilitator
	}
	return space.RoleMember
}

func wrote(st space.Standing, membership *string) bool {
	return st.Inside() && membership != nil && *membership == st.Membership
}
