package moderation_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/moderation"
	"samhold/internal/space"
	"samhold/internal/testkit"
	"samhold/internal/topic"
	"samhold/internal/triage"
)

// world is two spaces with a writer and a reader each, posts of every visibility, and staff.
type world struct {
	*testkit.Database
	t       *testing.T
	service *moderation.Service
	intake  *ear
	notices *notices
	correct *corrections
	callers *callers
	spaces  map[string]string // by name: home, away
	posts   map[string]string // "home visible" and so on, by "writer"; "mod home visible" by the moderator
	actors  map[string]account.Actor
	members map[string]string // membership by "actor space"
}

// ear hears what intake is given and answers with verdict.
type ear struct {
	mu      sync.Mutex
	heard   []intake.Submission
	verdict intake.Verdict
}

func (e *ear) Receive(_ context.Context, s intake.Submission) (intake.Verdict, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = append(e.heard, s)
	return e.verdict, nil
}

// notices remembers who was told what.
type notices struct {
	mu   sync.Mutex
	told []string
}

func (n *notices) Notify(_ context.Context, accountID, kind, ref string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	about := ""
	if ref != "" {
		about = " ref"
	}
	n.told = append(n.told, accountID+" "+kind+about)
	return nil
}

type corrections struct {
	mu   sync.Mutex
	made []string
}

func (c *corrections) Correct(_ context.Context, _ account.Actor, s intake.Submission, level, reason string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.made = append(c.made, s.ID+" "+level+" "+reason)
	return nil
}

func (*corrections) Explain(_, text, _ string) triage.Told {
	return triage.Told{Raised: []triage.Because{{Words: "taler om i aften", Found: []string{text}}}}
}

// callers remembers whom those who are called were called about.
type callers struct{ about []string }

func (c *callers) Callable(_ context.Context, _, about string) ([]string, error) {
	c.about = append(c.about, about)
	return []string{"on duty"}, nil
}

type noJobs struct{}

func (noJobs) IndexPost(context.Context, string) error { return nil }

func newWorld(t *testing.T, db *testkit.Database) *world {
	t.Helper()
	keys := testkit.Vault(t, db)
	log := audit.New(db.Store, db.Store.Audit(), keys.Derive("audit"))
	w := &world{
		Database: db, t: t, intake: &ear{}, notices: &notices{}, correct: &corrections{}, callers: &callers{},
		spaces: map[string]string{}, posts: map[string]string{}, actors: map[string]account.Actor{}, members: map[string]string{},
	}
	spaces := space.New(space.Deps{Store: db.Store.Spaces(), Tx: db.Store, Clock: db.Clock})
	topics := topic.New(topic.Deps{
		Store: db.Store.Topics(), Spaces: spaces, Tx: db.Store, Clock: db.Clock, Intake: w.intake, Jobs: noJobs{},
		Audit: log, Vault: keys,
	})
	w.service = moderation.New(moderation.Deps{
		Store: db.Store.Moderation(), Tx: db.Store, Clock: db.Clock, Intake: w.intake, Posts: topics,
		Assessments: w.correct, Callers: w.callers, Audit: log, Notifier: w.notices, Vault: keys,
	})
	for _, name := range []string{"home", "away"} {
		sp, err := spaces.Create(t.Context(), space.Space{
			Kind: space.Relatives, Name: name, Purpose: "p", Description: "d", Audience: "a", Team: "t",
			AgeBand: space.BandAll, SeePolicy: space.ForAccount, ReadPolicy: space.ForMember, WritePolicy: space.ForMember,
			JoinPolicy: space.JoinOpen, Hours: "h", Colour: "moss", Sign: "hearth",
		}, "Vi taler pænt.")
		if err != nil {
			t.Fatal(err)
		}
		w.spaces[name] = sp.ID
	}
	for _, name := range []string{"writer", "reader", "outsider"} {
		w.addActor(name)
	}
	home, away := w.spaces["home"], w.spaces["away"]
	w.addActor("moderator", account.Grant{Role: account.Moderator, Space: home})
	w.addActor("colleague", account.Grant{Role: account.Moderator, Space: home})
	w.addActor("elsewhere", account.Grant{Role: account.Moderator, Space: away})
	w.addActor("facilitator", account.Grant{Role: account.Facilitator, Space: home})
	w.addActor("duty_lead", account.Grant{Role: account.DutyLead})
	w.addActor("safeguarding", account.Grant{Role: account.SafeguardingLead})
	w.addActor("admin", account.Grant{Role: account.Admin})
	for _, place := range []string{"home", "away"} {
		for _, who := range []string{"writer", "reader", "moderator"} {
			w.join(who, place)
		}
		for _, visibility := range []string{topic.Visible, topic.Held, topic.Removed, topic.Deleted} {
			w.post("writer", place, visibility)
			w.post("moderator", place, visibility)
		}
	}
	return w
}

func (w *world) addActor(name string, grants ...account.Grant) {
	w.t.Helper()
	a := account.Actor{Account: id.New(), BirthYear: 1980, Grants: grants, At: w.Clock.Now()}
	w.Exec(w.t, `INSERT INTO account (id, name, birth_year, locale, staff_name, state, created_at)
		VALUES (?, ?, 1980, 'da', ?, 'active', ?)`, a.Account, name, name, w.Clock.Now())
	for _, g := range grants {
		var in any
		if g.Space != "" {
			in = g.Space
		}
		w.Exec(w.t, `INSERT INTO staff_grant (id, account_id, role, space_id, starts_at, created_at)
			VALUES (?, ?, ?, ?, ?, ?)`, id.New(), a.Account, string(g.Role), in, w.Clock.Now().Add(-time.Hour), w.Clock.Now())
	}
	w.actors[name] = a
}

func (w *world) join(who, place string) {
	w.t.Helper()
	m := id.New()
	w.Exec(w.t, `INSERT INTO membership (id, account_id, space_id, alias, alias_skeleton, role, state, approved_count, created_at)
		VALUES (?, ?, ?, ?, ?, 'member', 'active', 9, ?)`, m, w.actors[who].Account, w.spaces[place], who+place, who+place, w.Clock.Now())
	w.members[who+" "+place] = m
}

// post writes a topic of one post with an amber assessment.
func (w *world) post(who, place, visibility string) string {
	w.t.Helper()
	now := w.Clock.Now()
	topicID, postID := id.New(), id.New()
	space, member := w.spaces[place], w.members[who+" "+place]
	w.Exec(w.t, `INSERT INTO topic (id, space_id, membership_id, kind, title, state, visibility, promotable, last_seq,
		shown_seq, post_count, last_post_at, version, created_at)
		VALUES (?, ?, ?, 'conversation', 'Overskrift', 'open', ?, ?, 1, 1, 1, ?, 1, ?)`,
		topicID, space, member, visibility, false, now, now)
	held := ""
	if visibility == topic.Held {
		held = topic.HeldFirstPosts
	}
	w.Exec(w.t, `INSERT INTO post (id, topic_id, space_id, membership_id, shown_alias, shown_role, seq, body, body_html,
		policy_version, visibility, held_reason, calm_banner, revision, version, created_at)
		VALUES (?, ?, ?, ?, ?, 'member', 1, 'Teksten', '<p>Teksten</p>', 1, ?, ?, ?, 1, 1, ?)`,
		postID, topicID, space, member, who+place, visibility, held, false, now)
	w.Exec(w.t, `INSERT INTO assessment (id, source_kind, source_id, revision, space_id, rules_version, level, category,
		subject, reasons, created_at) VALUES (?, 'post', ?, 1, ?, '1', 'amber', '', '', '[]', ?)`,
		id.New(), postID, space, now)
	w.posts[fmt.Sprintf("%s %s %s", who, place, visibility)] = postID
	return postID
}

func (w *world) report(who, post, reason, body string) *moderation.Reported {
	w.t.Helper()
	done, err := w.service.Report(w.t.Context(), w.actors[who], w.posts[post], moderation.NewReport{Reason: reason, Body: body, Lang: "da"})
	if err != nil {
		w.t.Fatalf("%s reports %s: %v", who, post, err)
	}
	return done
}

// onlyReport is the one open report that the actor sees.
func (w *world) onlyReport(who string) moderation.HeldReport {
	w.t.Helper()
	desk, err := w.service.Desk(w.t.Context(), w.actors[who])
	if err != nil {
		w.t.Fatal(err)
	}
	if len(desk.Reports) != 1 {
		w.t.Fatalf("%s sees %d reports, want 1", who, len(desk.Reports))
	}
	return desk.Reports[0]
}

func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) { test(t, newWorld(t, db)) })
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Notify(context.Context, string, string, string) error { return errBroken }

// decisionOf is the only decision about the post.
func (w *world) decisionOf(postID string) string {
	w.t.Helper()
	return w.Text(w.t, "SELECT id FROM decision WHERE target_id = ?", postID)
}
