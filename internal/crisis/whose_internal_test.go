package crisis

import (
	"testing"

	"samhold/internal/intake"
	"samhold/internal/triage"
)

func TestWhoseCaseItIs(t *testing.T) {
	author := &intake.Person{Account: "author", Membership: "author in the room"}
	worried := &intake.Person{Account: "author", Membership: "author in the room", Worried: true}
	for name, tc := range map[string]struct {
		about   *intake.Person
		subject triage.Subject
		want    string
	}{
		"no report, of oneself":         {nil, triage.Author, "writer"},
		"no report, of another":         {nil, triage.OtherAdult, "writer"},
		"report, of oneself":            {author, triage.Author, "writer"},
		"worried report, of oneself":    {worried, triage.Author, "writer"},
		"report, of another":            {author, triage.OtherAdult, "author"},
		"report, of a child":            {author, triage.Child, "author"},
		"report, nobody knows":          {author, triage.Unknown, "writer"},
		"worried report, nobody knows":  {worried, triage.Unknown, "author"},
		"worried report, nothing found": {worried, "", "author"},
	} {
		t.Run(name, func(t *testing.T) {
			got, own := whose(intake.Submission{Account: "writer", Membership: "writer in the room", About: tc.about}, tc.subject)
			if got.Account != tc.want || got.Membership != tc.want+" in the room" || own != (tc.want == "writer") {
				t.Errorf("got %s (%s), own %v, want %s", got.Account, got.Membership, own, tc.want)
			}
		})
	}
}
