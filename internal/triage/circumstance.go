package triage

import "slices"

// Context is what a caller may know about a text beside its words. All of it is
// optional, and none of it can raise a calm text or clear one: it tips the
// balance where the words already weigh something, and stands among the reasons.
type Context struct {
	Minor   bool    // the author is said to be under 18
	Night   bool    // written between midnight and six, where the author lives
	Earlier []Level // what the author's latest texts were given
	ReplyTo Level   // what the text that it answers was given, when that is somebody else's

	// Answered is that text itself. What is copied from it word for word is not the writer's own: it counts little,
	// and never nothing.
	Answered string
}

// circumstance is one part of the context and how much it weighs on the scores.
type circumstance struct {
	reason string
	weight float64
}

// The weights are small beside what parts two levels (4 points of the rules, a
// score of 1 or more of the model). They follow judgement, not measurement: no
// corpus at hand has such facts.
const (
	reasonMinor   = "kontekst.ung"
	reasonNight   = "kontekst.nat"
	reasonEarlier = "kontekst.tidligere"
	reasonReply   = "kontekst.svar"

	weightMinor   = 0.1
	weightNight   = 0.1
	weightEarlier = 0.3
	weightReply   = -0.2

	pointsForWeight = 2 // of the rules
)

func (c Context) circumstances() []circumstance {
	var out []circumstance
	if c.Minor {
		out = append(out, circumstance{reasonMinor, weightMinor})
	}
	if c.Night {
		out = append(out, circumstance{reasonNight, weightNight})
	}
	if slices.ContainsFunc(c.Earlier, Level.Urgent) {
		out = append(out, circumstance{reasonEarlier, weightEarlier})
	}
	if c.ReplyTo.Urgent() {
		out = append(out, circumstance{reasonReply, weightReply})
	}
	return out
}

func weigh(of []circumstance) float64 {
	sum := 0.0
	for _, c := range of {
		sum += c.weight
	}
	return sum
}

// show puts the circumstances among the reasons of a text that is not green.
func (a *Assessment) show(of []circumstance) {
	if a.Level == Green {
		return
	}
	for _, c := range of {
		a.Reasons = append(a.Reasons, Reason{Rule: c.reason, Raises: c.weight > 0, Level: a.Level})
	}
}
