package store_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/id"
	"samhold/internal/space"
	"samhold/internal/store"
	"samhold/internal/testkit"
	"samhold/internal/topic"
)

// scopeActor is a kind of person: how old, with which grants, and with which membership in every space.
type scopeActor struct {
	name     string
	guest    bool
	born     int
	paused   bool
	state    string // of the memberships; empty: none
	accepted bool
	role     account.Role
	reach    string // "here": the first space; "everywhere"; "elsewhere"
}

var scopeActors = []scopeActor{
	{name: "guest", guest: true},
	{name: "stranger", born: 1980},
	{name: "stranger under 18", born: 2009},
	{name: "young stranger", born: 2004},
	{name: "member", born: 1980, state: space.Active, accepted: true},
	{name: "member under 18", born: 2009, state: space.Active, accepted: true},
	{name: "member before the agreement", born: 1980, state: space.Active},
	{name: "paused member", born: 1980, state: space.Paused, accepted: true},
	{name: "member whose account is paused", born: 1980, state: space.Active, accepted: true, paused: true},
	{name: "former member", born: 1980, state: space.Left, accepted: true},
	{name: "removed member", born: 1980, state: space.Removed, accepted: true},
	{name: "facilitator here", born: 1980, state: space.Active, accepted: true, role: account.Facilitator, reach: "here"},
	{name: "moderator here", born: 1980, role: account.Moderator, reach: "here"},
	{name: "moderator elsewhere", born: 1980, role: account.Moderator, reach: "elsewhere"},
	{name: "removed moderator here", born: 1980, state: space.Removed, role: account.Moderator, reach: "here"},
	{name: "duty lead", born: 1980, state: space.Active, accepted: true, role: account.DutyLead, reach: "everywhere"},
	{name: "safeguarding lead", born: 1980, role: account.SafeguardingLead, reach: "everywhere"},
	{name: "admin", born: 1980, role: account.Admin, reach: "everywhere"},
}

// scopeHouse is every kind of space, with every kind of topic and post in some of them.
type scopeHouse struct {
	actors   map[string]account.Actor
	standing map[string]map[string]space.Standing // by actor and space
	spaces   []space.Space
	topics   []topic.Topic
	posts    []topic.Post
}

func TestScopesAgreeWithPolicy(t *testing.T) {
	t.Parallel()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		h := layOut(t, db)
		for _, kind := range scopeActors {
			a := h.actors[kind.name]
			for name, scope := range store.Scopes {
				got := found(t, db.Store, scope.Table, name, a)
				want := h.permitted(name, kind.name, a)
				slices.Sort(want)
				if slices.Equal(got, want) {
					continue
				}
				for _, x := range want {
					if !slices.Contains(got, x) {
						t.Errorf("%s may %s %s by policy, not in SQL", kind.name, name, h.describe(x))
					}
				}
				for _, x := range got {
					if !slices.Contains(want, x) {
						t.Errorf("%s may %s %s in SQL, not by policy", kind.name, name, h.describe(x))
					}
				}
			}
		}
	})
}

func found(t *testing.T, s *store.Store, table, name string, a account.Actor) []string {
	t.Helper()
	q := s.DB(t.Context()).Table(table).Where(store.Scopes[name].Where(a))
	if table == "post" {
		q = q.Joins("JOIN topic ON topic.id = post.topic_id")
	}
	if table != "space" {
		q = q.Joins("JOIN space ON space.id = topic.space_id")
	}
	var ids []string
	if err := q.Order(table+".id").Pluck(table+".id", &ids).Error; err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	slices.Sort(ids)
	return ids
}

// permitted is what the pure policies say.
func (h *scopeHouse) permitted(name, kind string, a account.Actor) []string {
	spaces := map[string]*space.Space{}
	topics := map[string]*topic.Topic{}
	var ids []string
	for i := range h.spaces {
		s := &h.spaces[i]
		spaces[s.ID] = s
		st := h.standing[kind][s.ID]
		if name == "see space" && space.MaySee(a, s, st) || name == "read space" && space.MayRead(a, s, st) {
			ids = append(ids, s.ID)
		}
	}
	for i := range h.topics {
		tp := &h.topics[i]
		topics[tp.ID] = tp
		if name == "read topic" && topic.MayRead(a, spaces[tp.SpaceID], h.standing[kind][tp.SpaceID], tp) {
			ids = append(ids, tp.ID)
		}
	}
	for i := range h.posts {
		p := &h.posts[i]
		s, tp, st := spaces[p.SpaceID], topics[p.TopicID], h.standing[kind][p.SpaceID]
		if name == "read post" && topic.MayReadPost(a, s, st, tp, p) ||
			name == "meet post" && topic.MayRead(a, s, st, tp) && topic.HasPlace(a, s, st, p) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

func (h *scopeHouse) describe(id string) string {
	for _, s := range h.spaces {
		if s.ID == id {
			return fmt.Sprintf("a space see=%s read=%s write=%s age=%s %s", s.SeePolicy, s.ReadPolicy, s.WritePolicy, s.AgeBand, s.State)
		}
	}
	for _, x := range h.topics {
		if x.ID == id {
			return "a topic that is " + x.Visibility
		}
	}
	for _, p := range h.posts {
		if p.ID == id {
			return fmt.Sprintf("a post that is %s, shown before: %t", p.Visibility, p.ShownAt != nil)
		}
	}
	return id
}

// layOut fills a database with the house.
func layOut(t *testing.T, db *testkit.Database) *scopeHouse {
	t.Helper()
	h := &scopeHouse{actors: map[string]account.Actor{}, standing: map[string]map[string]space.Standing{}}
	for _, see := range []string{space.ForPublic, space.ForAccount, space.ForStaff} {
		for _, read := range []string{space.ForPublic, space.ForAccount, space.ForMember} {
			for _, write := range []string{space.ForMember, space.ForStaff} {
				for _, age := range []string{space.BandAll, space.BandAdult, space.BandYoung} {
					for _, state := range []string{space.StateOpen, space.StateClosed} {
						h.spaces = append(h.spaces, space.Space{
							ID: id.New(), Kind: space.Relatives, Name: "Rum", SeePolicy: see, ReadPolicy: read,
							WritePolicy: write, AgeBand: age, State: state, JoinPolicy: space.JoinOpen, Colour: "moss",
							Sign: "tree", TimeZone: "UTC", Version: 1, CreatedAt: testkit.Noon,
						})
					}
				}
			}
		}
	}
	h.spaces[0].State = space.StateOpen
	var memberships []space.Membership
	var agreements []space.Agreement
	var accepted [][2]string
	newest := map[string]string{}
	for _, s := range h.spaces {
		for version := 1; version <= 2; version++ {
			a := space.Agreement{ID: id.New(), SpaceID: s.ID, Version: version, CreatedAt: testkit.Noon}
			agreements = append(agreements, a)
			newest[s.ID] = a.ID
		}
	}
	var accounts []account.Account
	for n, kind := range scopeActors {
		a := account.Actor{At: testkit.Noon}
		h.standing[kind.name] = map[string]space.Standing{}
		if !kind.guest {
			a.Account, a.BirthYear, a.Paused = id.New(), kind.born, kind.paused
			accounts = append(accounts, account.Account{
				ID: a.Account, Name: fmt.Sprintf("navn-%d", n), BirthYear: kind.born, State: "active", CreatedAt: testkit.Noon,
			})
		}
		switch kind.reach {
		case "here":
			a.Grants = []account.Grant{{Role: kind.role, Space: h.spaces[0].ID}}
		case "elsewhere":
			a.Grants = []account.Grant{{Role: kind.role, Space: id.New()}}
		case "everywhere":
			a.Grants = []account.Grant{{Role: kind.role}}
		}
		h.actors[kind.name] = a
		if kind.state == "" {
			continue
		}
		for _, s := range h.spaces {
			m := space.Membership{
				ID: id.New(), AccountID: a.Account, SpaceID: s.ID, Alias: kind.name, AliasSkeleton: kind.name,
				Role: space.RoleMember, State: kind.state, CreatedAt: testkit.Noon,
			}
			memberships = append(memberships, m)
			h.standing[kind.name][s.ID] = space.Standing{
				Membership: m.ID, Alias: m.Alias, Role: m.Role, State: m.State, Accepted: kind.accepted,
			}
			if kind.accepted {
				accepted = append(accepted, [2]string{m.ID, newest[s.ID]})
			}
		}
	}
	h.write(h.standing)
	err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
		for _, rows := range []any{accounts, h.spaces, agreements, memberships, h.topics, h.posts} {
			if err := db.Store.DB(ctx).CreateInBatches(rows, 200).Error; err != nil {
				return err
			}
		}
		for _, pair := range accepted {
			err := db.Store.DB(ctx).Exec("INSERT INTO agreement_acceptance (membership_id, agreement_id, accepted_at) VALUES (?, ?, ?)",
				pair[0], pair[1], testkit.Noon).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// write puts topics and posts of every visibility by every kind of author into a space of each read policy.
func (h *scopeHouse) write(standing map[string]map[string]space.Standing) {
	authors := slices.Sorted(maps.Keys(standing))
	visibilities := []string{topic.Visible, topic.Held, topic.Deleted, topic.Removed}
	chosen := map[string]bool{}
	at := testkit.Noon.Add(-time.Hour)
	for _, s := range h.spaces {
		if chosen[s.ReadPolicy] || s.AgeBand != space.BandAll || s.State != space.StateOpen {
			continue
		}
		chosen[s.ReadPolicy] = true
		for k, opener := range authors {
			by := standing[opener][s.ID].Membership
			if by == "" {
				continue
			}
			for _, tv := range visibilities {
				tp := topic.Topic{
					ID: id.New(), SpaceID: s.ID, MembershipID: &by, Kind: topic.Conversation, Title: "Emne", State: topic.Open,
					Visibility: tv, LastPostAt: at, Version: 1, CreatedAt: at,
				}
				h.topics = append(h.topics, tp)
				for i, pv := range visibilities {
					for j, shown := range []*time.Time{nil, &at} {
						by := by
						if other := standing[authors[(k+i+j)%len(authors)]][s.ID].Membership; other != "" {
							by = other
						}
						h.posts = append(h.posts, topic.Post{
							ID: id.New(), TopicID: tp.ID, SpaceID: s.ID, MembershipID: &by, ShownAlias: "A", ShownRole: "member",
							Seq: 1 + 2*i + j, Visibility: pv, Revision: 1, Version: 1, CreatedAt: at, ShownAt: shown,
						})
					}
				}
			}
		}
	}
}
