package moderation

import (
	"slices"

	"samhold/internal/account"
	"samhold/internal/topic"
)

// MayReview reports whether the actor may see a post of the space in the queue, open it and decide about it. Nobody
// judges what they wrote, and nobody sees what was reported about them. author is the account of the post's
// author, empty when it is gone. The store says the same in SQL.
func MayReview(a account.Actor, spaceID, author string) bool {
	return !a.Guest() && a.CanIn(account.Moderate, spaceID) && a.Account != author
}

// InQueue reports whether a post waits to be read before others see it.
func InQueue(visibility string) bool { return visibility == topic.Held }

// Unread reports whether a post that others can see is to be read by a human today: amber, and nobody has said
// anything to it.
func Unread(visibility, level string, corrected bool) bool {
	return visibility == topic.Visible && level == "amber" && !corrected
}

// MayReport reports whether the actor, who can read the post, may report it: one that others see and that is not
// their own.
func MayReport(a account.Actor, visibility, author string) bool {
	return !a.Guest() && visibility == topic.Visible && a.Account != author
}

// Choices are the decisions that a post of the given visibility allows, the likeliest first. What its author took
// back needs none.
func Choices(visibility string) []Kind {
	switch visibility {
	case topic.Held:
		return []Kind{Release, Remove}
	case topic.Visible:
		return []Kind{Hold, Remove}
	case topic.Removed:
		return []Kind{Restore}
	}
	return nil
}

// Explained reports whether the decision takes a reason and a statement for the author.
func (k Kind) Explained() bool { return k == Hold || k == Remove }

func (k Kind) allowed(visibility string) bool { return slices.Contains(Choices(visibility), k) }
