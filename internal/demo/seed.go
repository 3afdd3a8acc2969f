package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/care"
	"samhold/internal/checkin"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/directory"
	"samhold/internal/fault"
	"samhold/internal/message"
	"samhold/internal/moderation"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/rota"
	"samhold/internal/safeguarding"
	"samhold/internal/space"
	"samhold/internal/support"
	"samhold/internal/topic"
	"samhold/internal/tx"
)

// Areas are the services that the demo is lived through. They run on Clock, which the seeding moves: everything
// happens in the order and at the time that the files say, through the same doors as in the real thing.
type Areas struct {
	Account    *account.Service
	Space      *space.Service
	Topic      *topic.Service
	Crisis     *crisis.Service
	Message    *message.Service
	CheckIn    *checkin.Service
	Playbook   *playbook.Service
	Plan       *plan.Service
	Support    *support.Service
	Guarding   *safeguarding.Service
	Admin      *admin.Service
	Moderation *moderation.Service
	Directory  *directory.Service
	Rota       *rota.Service
	Care       *care.Service
	Tx         tx.Runner
	Clock      *clock.Fixed
}

// SignIn is a way into the demo.
type SignIn struct {
	Role string // a role, as the command line prints it
	Name string // to sign in with
}

// Seeded is a community that was lived through.
type Seeded struct {
	SignIns []SignIn
	Spaces  map[string]string // ids by key
	Posts   map[string]string // ids by reference, "fredag-aften#3"
}

// seeder lives a community through.
type seeder struct {
	Areas
	c        *Community
	now      time.Time
	hash     string
	accounts map[string]account.Account // by key of the person
	spaces   map[string]space.Space
	topics   map[string]string
	posts    map[*Post]string
	cases    map[*Post]string
	steps    []step // what has not happened yet, the earliest first
}

// step is something that happens at a time.
type step struct {
	at time.Time
	do func(ctx context.Context) error
}

// Seed fills an empty database with the community as it would be at now, which is in Denmark's zone. Hash is that
// of the passphrase that everybody has.
func Seed(ctx context.Context, a Areas, c *Community, now time.Time, hash string) (*Seeded, error) {
	s := &seeder{
		Areas: a, c: c, now: now, hash: hash, accounts: map[string]account.Account{}, spaces: map[string]space.Space{},
		topics: map[string]string{}, posts: map[*Post]string{}, cases: map[*Post]string{},
	}
	if err := s.people(ctx); err != nil {
		return nil, err
	}
	if err := s.rooms(ctx); err != nil {
		return nil, err
	}
	s.then(slices.Concat(s.past(), s.entrances(), s.conversations(), s.concerns(), s.talks())...)
	for len(s.steps) > 0 {
		st := s.steps[0]
		s.steps = s.steps[1:]
		a.Clock.Set(st.at)
		if _, err := s.Crisis.Sweep(ctx); err != nil {
			return nil, fmt.Errorf("timers of the desk: %w", err)
		}
		if err := st.do(ctx); err != nil {
			return nil, err
		}
	}
	if err := s.catchUp(ctx); err != nil {
		return nil, err
	}
	a.Clock.Set(now)
	if err := s.keptUp(ctx); err != nil {
		return nil, err
	}
	if err := s.coming(ctx); err != nil {
		return nil, err
	}
	if err := s.offer(ctx); err != nil {
		return nil, err
	}
	if _, err := s.Crisis.Sweep(ctx); err != nil {
		return nil, fmt.Errorf("timers of the desk: %w", err)
	}
	if err := s.desk(ctx); err != nil {
		return nil, err
	}
	if err := s.lookAfter(ctx); err != nil {
		return nil, err
	}
	return s.seeded(), nil
}

// then adds what happens later; what is before now has its turn after what is at the same time already.
func (s *seeder) then(more ...step) {
	s.steps = append(s.steps, more...)
	slices.SortStableFunc(s.steps, func(a, b step) int { return a.at.Compare(b.at) })
}

// people makes the accounts and the roles, in one transaction.
func (s *seeder) people(ctx context.Context) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, p := range s.c.People {
			joined := p.Joined.At(s.now)
			s.Clock.Set(joined)
			a, err := s.Account.CreateMember(ctx, account.NewMember{
				BirthYear: p.BirthYear(s.now.Year()), Locale: "da", StaffName: p.StaffName, Hash: s.hash, JoinedAt: joined,
			})
			if err != nil {
				return fmt.Errorf("person %s: %w", p.Key, err)
			}
			s.accounts[p.Key] = a
			if len(p.Staff) == 0 {
				continue
			}
			if err := s.Account.EnrolAuthenticator(ctx, a.ID); err != nil {
				return fmt.Errorf("authenticator of %s: %w", p.Key, err)
			}
		}
		return nil
	})
}

// rooms opens the spaces and gives staff their roles in them.
func (s *seeder) rooms(ctx context.Context) error {
	opened := s.now.AddDate(-3, 0, 0)
	s.Clock.Set(opened)
	for i, r := range s.c.Spaces {
		team := make([]string, 0, len(r.Team))
		for _, key := range r.Team {
			team = append(team, s.person(key).StaffName)
		}
		made, err := s.Space.Create(ctx, space.Space{
			Kind: r.Kind, Name: r.Name, Purpose: r.Purpose, Description: r.Description, Audience: r.Audience,
			Team: strings.Join(team, ", "), AgeBand: r.AgeBand, SeePolicy: space.ForAccount, ReadPolicy: space.ForMember,
			WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen, ApproveFirstN: r.ApproveFirst, Hours: r.Hours.Text,
			Colour: r.Colour, Sign: r.Sign, Position: i + 1, CreatedAt: opened,
		}, r.Agreement)
		if err != nil {
			return fmt.Errorf("space %s: %w", r.Key, err)
		}
		s.spaces[r.Key] = made
	}
	for _, p := range s.c.People {
		for _, g := range p.Staff {
			spaces := g.Spaces
			if len(spaces) == 0 {
				spaces = []string{""}
			}
			for _, key := range spaces {
				if err := s.Account.Grant(ctx, s.accounts[p.Key].ID, g.Role, s.spaces[key].ID, ""); err != nil {
					return fmt.Errorf("role of %s: %w", p.Key, err)
				}
			}
		}
	}
	return nil
}

// entrances are the memberships. Whoever has a post that waits as one of the first is new; others are known.
func (s *seeder) entrances() []step {
	var steps []step
	for _, p := range s.c.People {
		for _, m := range p.Memberships {
			joined := p.Joined
			if !m.Joined.IsZero() {
				joined = m.Joined
			}
			at := joined.At(s.now)
			steps = append(steps, step{at, func(ctx context.Context) error {
				e := space.Enrolment{
					Account: s.accounts[p.Key].ID, Space: s.spaces[m.Space].ID, Alias: m.Alias, Role: p.RoleIn(m.Space), At: at,
					Accepts: !m.Listener, Approved: s.spaces[m.Space].ApproveFirstN,
				}
				if s.isNew(p.Key, m.Space) {
					e.Approved = 0
				}
				if _, err := s.Space.Enrol(ctx, e); err != nil {
					return fmt.Errorf("%s in %s: %w", p.Key, m.Space, err)
				}
				return nil
			}})
			if !m.Left.IsZero() {
				steps = append(steps, step{m.Left.At(s.now), func(ctx context.Context) error {
					return s.Space.Leave(ctx, s.actor(p.Key), s.spaces[m.Space].ID)
				}})
			}
		}
	}
	return steps
}

func (s *seeder) isNew(person, room string) bool {
	for _, t := range s.c.Topics {
		for _, p := range t.Posts {
			if t.Space == room && p.By == person && p.Held == topic.HeldFirstPosts {
				return true
			}
		}
	}
	return false
}

func (s *seeder) person(key string) *Person {
	i := slices.IndexFunc(s.c.People, func(p *Person) bool { return p.Key == key })
	return s.c.People[i]
}

// actor is the person as they ask at this moment.
func (s *seeder) actor(key string) account.Actor {
	p, a := s.person(key), s.accounts[key]
	actor := account.Actor{Account: a.ID, BirthYear: a.BirthYear, At: s.Clock.Now()}
	for _, g := range p.Staff {
		spaces := g.Spaces
		if len(spaces) == 0 {
			spaces = []string{""}
		}
		for _, room := range spaces {
			actor.Grants = append(actor.Grants, account.Grant{Role: g.Role, Space: s.spaces[room].ID})
		}
	}
	return actor
}

// colleague is somebody else who has the capability in the space; not is who it must not be.
func (s *seeder) colleague(c account.Capability, room string, not ...string) (string, error) {
	for _, p := range s.c.People {
		if !slices.Contains(not, p.Key) && p.Can(c, room) {
			return p.Key, nil
		}
	}
	return "", fmt.Errorf("nobody but %v has %s in %s", not, c, room)
}

// concerns are the guests'.
func (s *seeder) concerns() []step {
	var steps []step
	for _, c := range s.c.Concerns {
		steps = append(steps, step{c.At.At(s.now), func(ctx context.Context) error {
			_, card, err := s.Crisis.RaiseConcern(ctx, crisis.NewConcern{About: c.About, Body: c.Text, Lang: "da"})
			if err != nil || card == nil {
				return err
			}
			return s.takeNew(ctx, s.c.Spaces[0].Key)
		}})
		if c.Answer == nil {
			continue
		}
		steps = append(steps, step{c.Answer.At.At(s.now), func(ctx context.Context) error { return s.answer(ctx, c) }})
	}
	return steps
}

// takeNew lets somebody on duty take the cases that the files do not tell of: those that a report or a guest's
// concern has just opened.
func (s *seeder) takeNew(ctx context.Context, room string) error {
	who, err := s.colleague(account.WorkCases, room)
	if err != nil {
		return err
	}
	s.Clock.Advance(4 * time.Minute)
	cases, err := s.Crisis.Cases(ctx, s.actor(who))
	if err != nil {
		return fmt.Errorf("cases for %s: %w", who, err)
	}
	told := slices.Collect(maps.Values(s.cases))
	for _, c := range cases {
		if !c.State.Waits() || slices.Contains(told, c.ID) {
			continue
		}
		if err := s.answerCase(ctx, who, c.ID); err != nil {
			return err
		}
		for _, at := range s.followUps(s.Clock.Now(), c.Level) {
			s.then(step{at, func(ctx context.Context) error { return s.answerCase(ctx, who, c.ID) }})
		}
	}
	return nil
}

// catchUp lets the team answer what waits in older cases, as on any evening, a while before now.
func (s *seeder) catchUp(ctx context.Context) error {
	s.Clock.Set(s.now.Add(-40 * time.Minute))
	if _, err := s.Crisis.Sweep(ctx); err != nil {
		return fmt.Errorf("timers of the desk: %w", err)
	}
	for _, p := range s.c.People {
		if !s.actor(p.Key).Can(account.WorkCases) {
			continue
		}
		cases, err := s.Crisis.Cases(ctx, s.actor(p.Key))
		if err != nil {
			return fmt.Errorf("cases for %s: %w", p.Key, err)
		}
		for _, c := range cases {
			if !c.State.Waits() || s.Clock.Now().Sub(c.OpenedAt) < time.Hour {
				continue
			}
			if err := s.answerCase(ctx, p.Key, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *seeder) answer(ctx context.Context, c *Concern) error {
	by := s.actor(c.Answer.By)
	all, err := s.Crisis.Concerns(ctx, by)
	if err != nil {
		return err
	}
	for _, open := range all {
		if open.CreatedAt.Equal(clock.Exact(c.At.At(s.now))) {
			reply := crisis.Reply{Version: open.Version, Text: c.Answer.Text, Close: true}
			err := s.Crisis.AnswerConcern(ctx, by, open.ID, reply)
			if fault.Is(err, fault.Invalid) { // the rules found it urgent, and its case is open: it is answered all the same
				reply.Close = false
				err = s.Crisis.AnswerConcern(ctx, by, open.ID, reply)
			}
			return err
		}
	}
	return errors.New("the concern that is answered is not there")
}

// keptUp lets the moderators have read what is older than two days, as in a team that keeps up.
func (s *seeder) keptUp(ctx context.Context) error {
	for _, p := range s.c.People {
		if !s.actor(p.Key).Can(account.Moderate) {
			continue
		}
		if err := s.readUp(ctx, p.Key, 48*time.Hour); err != nil {
			return err
		}
		if _, err := s.Account.Notices(ctx, s.actor(p.Key)); err != nil {
			return fmt.Errorf("notices of %s: %w", p.Key, err)
		}
	}
	return nil
}

// readUp lets a moderator read the worrying posts that have waited so long.
func (s *seeder) readUp(ctx context.Context, who string, waited time.Duration) error {
	a := s.actor(who)
	desk, err := s.Moderation.Desk(ctx, a)
	if err != nil {
		return fmt.Errorf("desk of %s: %w", who, err)
	}
	for _, post := range desk.Unread {
		if a.At.Sub(post.Since) < waited {
			continue
		}
		if err := s.Moderation.MarkRead(ctx, a, post.ID, post.Version); err != nil && !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("%s reads: %w", who, err)
		}
	}
	return nil
}

// seeded lists a member, a young member, and one of each staff role.
func (s *seeder) seeded() *Seeded {
	out := &Seeded{Spaces: map[string]string{}, Posts: map[string]string{}}
	for key, sp := range s.spaces {
		out.Spaces[key] = sp.ID
	}
	for _, t := range s.c.Topics {
		for i, p := range t.Posts {
			out.Posts[t.Slug+"#"+strconv.Itoa(i+1)] = s.posts[p]
		}
	}
	shown := map[string]bool{}
	add := func(role, person string) {
		if !shown[role] {
			shown[role] = true
			out.SignIns = append(out.SignIns, SignIn{Role: role, Name: s.accounts[person].Name})
		}
	}
	for _, p := range s.c.People {
		switch {
		case len(p.Staff) > 0:
			add(string(p.Staff[0].Role), p.Key)
		case len(p.Memberships) > 0 && p.Memberships[0].Left.IsZero() && p.Minor():
			add("young member", p.Key)
		case len(p.Memberships) > 0 && p.Memberships[0].Listener:
			add("listener", p.Key)
		case len(p.Memberships) > 1:
			add("member of several spaces", p.Key)
		case len(p.Memberships) == 1 && p.Memberships[0].Left.IsZero():
			add("member", p.Key)
		}
	}
	order := []string{"member", "member of several spaces", "young member", "listener"}
	slices.SortStableFunc(out.SignIns, func(a, b SignIn) int {
		return cmp.Compare(place(order, a.Role), place(order, b.Role))
	})
	return out
}

func place(order []string, role string) int {
	if i := slices.Index(order, role); i >= 0 {
		return i
	}
	return len(order)
}
