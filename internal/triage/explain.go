package triage

import (
	"fmt"
	"strings"
)

// builtin words what the engine itself knows. It stands here rather than in the
// rule files because no pattern finds it.
var builtin = map[string][2]string{
	reasonNegated: {"det er benægtet", "it is negated"},
	reasonModel:   {"ordene ligner dem i tekster, der hastede", "the words are like those in texts that were urgent"},
	reasonCalm:    {"ordene ligner dem i rolige tekster", "the words are like those in calm texts"},
	reasonMinor:   {"forfatteren er under 18", "the author is under 18"},
	reasonNight:   {"det er skrevet om natten", "it was written at night"},
	reasonEarlier: {"noget, forfatteren skrev for nylig, hastede", "something that the author wrote lately was urgent"},
	reasonReply:   {"det svarer på en andens tekst, der hastede", "it answers somebody else's text that was urgent"},
	reasonCopied:  {"det er gentaget fra det indlæg, der svares på", "it is repeated from the post that it answers"},
	reasonQuoted:  {"det står i citationstegn", "it stands in quotation marks"},
}

// Explain says in words what a reason means, for staff. lang is "da" or "en";
// anything else reads Danish. It is empty for a rule that this version does not have.
func (a *Assessor) Explain(reason Reason, lang string) string {
	pick := func(da, en string) string {
		if lang == "en" {
			return en
		}
		return da
	}
	if b, ok := builtin[reason.Rule]; ok {
		return pick(b[0], b[1])
	}
	for i := range a.rules.rules {
		if r := &a.rules.rules[i]; r.ID == reason.Rule {
			return pick(r.DA, r.EN)
		}
	}
	for i := range a.rules.softeners {
		if s := &a.rules.softeners[i]; s.ID == reason.Rule {
			return pick(s.DA, s.EN)
		}
	}
	return ""
}

// Words puts an assessment into lines for staff: the level first, then each
// reason with the words of the text that gave it, "+" where it raised and "-"
// where it lowered.
func (a *Assessor) Words(text string, as Assessment, lang string) string {
	var b strings.Builder
	b.WriteString(as.Level.String())
	if as.Category != "" {
		b.WriteString(" " + string(as.Category))
	}
	b.WriteString(" " + string(as.Subject) + "\n")
	for _, r := range as.Reasons {
		sign := "-"
		if r.Raises {
			sign = "+"
		}
		fmt.Fprintf(&b, "  %s %-24s %q: %s\n", sign, r.Rule, text[r.Start:r.End], a.Explain(r, lang))
	}
	return b.String()
}
