package web_test

import (
	"context"
	"net/http"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/intake"
	"samhold/internal/space"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
	"samhold/internal/topic"
	"samhold/internal/vault"
)

// forum is the services of spaces and topics, with a judge in place of the crisis desk.
type forum struct {
	space *space.Service
	topic *topic.Service
	judge *judge
}

func openForum(db *testkit.Database, ring *vault.Vault) forum {
	f, log := forum{judge: &judge{}}, audit.New(db.Store, db.Store.Audit(), ring.Derive("audit"))
	f.space = space.New(space.Deps{Store: db.Store.Spaces(), Tx: db.Store, Clock: db.Clock, Audit: log})
	f.topic = topic.New(topic.Deps{
		Store: db.Store.Topics(), Spaces: f.space, Tx: db.Store, Clock: db.Clock, Intake: f.judge, Jobs: noJobs{},
		Audit: log, Vault: ring,
	})
	return f
}

// judge finds what a text says of itself.
type judge struct{ seen []intake.Submission }

func (j *judge) Receive(_ context.Context, s intake.Submission) (intake.Verdict, error) {
	j.seen = append(j.seen, s)
	return intake.Verdict{
		HoldFirst:  strings.Contains(s.Text, "HOLD"),
		CalmBanner: strings.Contains(s.Text, "CALM"),
	}, nil
}

type noJobs struct{}

func (noJobs) IndexPost(context.Context, string) error { return nil }

func (noJobs) Renew(context.Context, time.Time) error { return nil }

// room makes a space that all accounts may enter.
func (f *front) room(change ...func(*space.Space)) space.Space {
	f.t.Helper()
	s := space.Space{
		Kind: space.Relatives, Name: "Køkkenbordet", Purpose: "Et sted at sætte sig.", Description: "Vi *lytter*.",
		Audience: "For dig, der er pårørende.", Team: "To moderatorer", AgeBand: space.BandAll,
		SeePolicy: space.ForAccount, ReadPolicy: space.ForMember, WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen,
		Hours: "Hver aften", Colour: "wheat", Sign: "house",
	}
	for _, c := range change {
		c(&s)
	}
	made, err := f.forum.space.Create(f.t.Context(), s, "Det bliver **her**.")
	if err != nil {
		f.t.Fatal(err)
	}
	return made
}

// insider is a browser of a new member of the space, and who they are.
func (f *front) insider(s space.Space, alias string) (*browse.Client, account.Account) {
	f.t.Helper()
	b, a := f.member()
	want(f.t, f.enter(b, s, alias), http.StatusSeeOther, "/s/"+s.ID)
	return b, a
}

// enter goes into the space through the form.
func (f *front) enter(b *browse.Client, s space.Space, alias string) *browse.Page {
	f.t.Helper()
	return b.Get("/s/"+s.ID+"/join").Submit("/s/"+s.ID+"/join", "alias", alias, "accept", "1")
}

// moderator is a browser of a moderator of the space who is also its member.
func (f *front) moderator(s space.Space, alias string) (*browse.Client, account.Actor) {
	f.t.Helper()
	b, a := f.member()
	f.Exec(f.t, "INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at) VALUES (?, ?, 'moderator', ?, ?, ?)",
		topic.NewKey(), a.ID, s.ID, f.Clock.Now(), f.Clock.Now())
	want(f.t, f.enter(b, s, alias), http.StatusSeeOther, "/s/"+s.ID)
	return b, account.Actor{
		Account: a.ID, BirthYear: a.BirthYear, At: f.Clock.Now(),
		Grants: []account.Grant{{Role: account.Moderator, Space: s.ID}},
	}
}

// start writes a topic through the form and returns the page that the writer lands on.
func (f *front) start(b *browse.Client, s space.Space, title, body string) *browse.Page {
	f.t.Helper()
	p := b.Get("/s/"+s.ID+"/new").Submit("/s/"+s.ID+"/new", "title", title, "body", body)
	if p.Status != http.StatusSeeOther {
		f.t.Fatalf("new topic: got %d: %s", p.Status, p.Text("main"))
	}
	return p.Follow()
}
