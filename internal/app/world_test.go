package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"samhold/internal/account"
	"samhold/internal/admin"
	"samhold/internal/app"
	"samhold/internal/care"
	"samhold/internal/checkin"
	"samhold/internal/crisis"
	"samhold/internal/id"
	"samhold/internal/message"
	"samhold/internal/moderation"
	"samhold/internal/plan"
	"samhold/internal/playbook"
	"samhold/internal/safeguarding"
	"samhold/internal/space"
	"samhold/internal/store"
	"samhold/internal/support"
	"samhold/internal/testkit"
	"samhold/internal/testkit/browse"
	"samhold/internal/testkit/mailbox"
	"samhold/internal/topic"
)

const secret = "fire grå svaner over en stille fjord"

// actors are everybody who asks for every page, in the order of the table. The writer's texts are what most pages
// are about; the author's only post waits; former, paused, listener, member and minor say what they are in "home".
var actors = []string{
	"guest", "stranger", "elsewhere", "former", "paused", "listener", "member", "minor", "author", "writer",
	"facilitator", "moderator elsewhere", "moderator", "duty lead", "safeguarding lead", "admin",
}

// Sets of actors who may see the same.
var (
	signedIn   = actors[1:]
	moderators = []string{"moderator", "duty lead", "safeguarding lead"}
	homeStaff  = append([]string{"facilitator"}, moderators...)
	insiders   = append([]string{"paused", "listener", "member", "minor", "author", "writer"}, homeStaff...)
	awayPeople = []string{"elsewhere", "writer", "moderator elsewhere", "duty lead", "safeguarding lead"}
	hiddenOnes = []string{"elsewhere", "duty lead", "safeguarding lead"}
	caseStaff  = []string{"moderator", "duty lead", "safeguarding lead"}
	guestStaff = []string{"moderator elsewhere", "moderator", "duty lead", "safeguarding lead"}
	allStaff   = []string{"facilitator", "moderator elsewhere", "moderator", "duty lead", "safeguarding lead", "admin"}
	nobody     = []string{}
)

// writtenTo are those to whom somebody of the team wrote, under the name that they have in the team.
var writtenTo = map[string][]string{"moderator": {"writer", "member"}}

func with(set []string, more ...string) []string { return append(slices.Clone(set), more...) }

// world is a whole community, made through the services, in which every text is a canary.
type world struct {
	*testkit.Database
	t        testing.TB
	app      *app.App
	log      *buffer
	canaries []canary
	accounts map[string]account.Account
	grants   map[string][]account.Grant
	member   map[string]string // membership ids by "actor space"
	clients  map[string]*browse.Client
	ids      map[string]string // of spaces, topics, posts and the rest, by name
	hash     string
	queries  func() int // how many statements requests have made
	post     *mailbox.Box
}

// buffer is a log that many goroutines write.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func openApp(t testing.TB, db *testkit.Database, log *buffer, smtp string) (*app.App, func() int) {
	t.Helper()
	requests, queries := store.CountQueries(context.Background())
	c := settings(t, db)
	c.SMTPURL, c.SMTPFrom = smtp, "besked@example.org"
	a, err := app.Open(t.Context(), c, app.Options{
		Clock: db.Clock, Volatile: true, MaxPosts: 1_000_000, Requests: requests,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a, queries
}

// newPlace is an empty world: the application over the database, and nobody there.
func newPlace(t testing.TB, db *testkit.Database) *world {
	t.Helper()
	w := &world{
		Database: db, t: t, log: &buffer{}, accounts: map[string]account.Account{}, grants: map[string][]account.Grant{},
		member: map[string]string{}, clients: map[string]*browse.Client{}, ids: map[string]string{},
	}
	w.post = mailbox.Open(t, nil, false)
	w.app, w.queries = openApp(t, db, w.log, w.post.URL())
	w.hash = testkit.Hash(t, secret)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// plant makes a word and notes who may see it.
func (w *world) plant(name, kind string, may []string) string {
	text := word(name)
	w.canaries = append(w.canaries, canary{name, kind, text, may})
	return text
}

// guard notes who may see something that exists already.
func (w *world) guard(name, kind, text string, may []string) {
	w.canaries = append(w.canaries, canary{name, kind, text, may})
}

// person makes an account and the browser in which it is signed in.
func (w *world) person(name string, born int, grants ...account.Grant) {
	w.t.Helper()
	w.settle(name, born, grants...)
	w.clients[name] = w.signedIn(name)
}

// settle makes an account that asks for no page.
func (w *world) settle(name string, born int, grants ...account.Grant) {
	w.t.Helper()
	ctx := w.t.Context()
	var a account.Account
	var err error
	if len(grants) == 0 {
		a, err = w.app.Area.Account.CreateMember(ctx, account.NewMember{BirthYear: born, Locale: "da", Hash: w.hash, JoinedAt: w.Clock.Now()})
		w.must(err)
	} else {
		invited, err := w.app.Area.Account.AddStaff(ctx, account.NewStaff{
			StaffName: w.plant("staff name of "+name, "staff name", with(allStaff, writtenTo[name]...)), Role: grants[0].Role, SpaceID: grants[0].Space, Locale: "da",
		})
		w.must(err)
		_, err = w.app.Area.Account.UseLink(ctx, invited.Token, secret)
		w.must(err)
		a = account.Account{ID: invited.AccountID, Name: invited.Name}
	}
	w.accounts[name], w.grants[name] = a, grants
	w.guard("sign-in name of "+name, "sign-in name", a.Name, []string{name})
	if len(grants) == 0 {
		w.guard("account of "+name, "account", a.ID, nobody)
	} else {
		w.guard("account of "+name, "staff account", a.ID, []string{"duty lead", "safeguarding lead", "admin"}) // who plans, or sets the ladder
	}
}

func (w *world) signedIn(name string) *browse.Client {
	w.t.Helper()
	c := browse.New(w.t, w.app.Web.App())
	if name != "guest" {
		c.SignIn(w.accounts[name].Name, secret)
		w.ProveAll(w.t)
	}
	return c
}

// actor is the person as services meet them.
func (w *world) actor(name string) account.Actor {
	a := w.accounts[name]
	return account.Actor{Account: a.ID, BirthYear: a.BirthYear, Grants: w.grants[name], ConfirmedAt: w.Clock.Now(), At: w.Clock.Now()}
}

func (w *world) room(name, see string, may []string, change ...func(*space.Space)) {
	w.t.Helper()
	kind := func(what string) string { return w.plant(name+" "+what, "space", may) }
	s := space.Space{
		Kind: space.Relatives, Name: kind("name"), Purpose: kind("purpose"), Description: kind("description"),
		Audience: kind("audience"), Team: kind("team"), AgeBand: space.BandAll, SeePolicy: see, ReadPolicy: space.ForMember,
		WritePolicy: space.ForMember, JoinPolicy: space.JoinOpen, Hours: "Hver aften", Colour: "wheat", Sign: "house", ApproveFirstN: 1,
	}
	for _, c := range change {
		c(&s)
	}
	made, err := w.app.Area.Space.Create(w.t.Context(), s, kind("agreement"))
	w.must(err)
	w.ids[name] = made.ID
}

// enrol makes a person a member. Others meet the alias only where the person has written what they may read.
func (w *world) enrol(who, where, role string, may []string, approved int) {
	w.t.Helper()
	e := space.Enrolment{
		Account: w.accounts[who].ID, Space: w.ids[where], Role: role, At: w.Clock.Now(), Accepts: true, Approved: approved,
		Alias: w.plant("alias of "+who+" in "+where, "alias", with(may, who)),
	}
	if who == "former" {
		e.Left = w.Clock.Now()
	}
	m, err := w.app.Area.Space.Enrol(w.t.Context(), e)
	w.must(err)
	w.member[who+" "+where] = m.ID
	w.guard("membership of "+who+" in "+where, "membership", m.ID, nobody)
}

func (w *world) start(who, where, name string, may []string, more ...string) topic.Saved {
	w.t.Helper()
	body := w.plant(name+" body", "body", may)
	for _, m := range more {
		body += " " + m
	}
	saved, err := w.app.Area.Topic.Start(w.t.Context(), w.actor(who), w.ids[where], topic.Text{
		Key: topic.NewKey(), Title: w.plant(name+" title", "title", may), Body: body, Lang: "da",
	})
	w.must(err)
	w.ids[name+" topic"], w.ids[name+" post"] = saved.Topic, saved.Post
	return saved
}

func (w *world) reply(who, to, name string, may []string) topic.Saved {
	w.t.Helper()
	saved, err := w.app.Area.Topic.Reply(w.t.Context(), w.actor(who), w.ids[to+" topic"], topic.Text{
		Key: topic.NewKey(), Body: w.plant(name+" body", "body", may), Lang: "da",
	})
	w.must(err)
	w.ids[name+" post"] = saved.Post
	return saved
}

func (w *world) version(table, row string) int {
	w.t.Helper()
	return w.Int(w.t, "SELECT version FROM "+table+" WHERE id = ?", row)
}

// newWorld builds the community.
func newWorld(t testing.TB, db *testkit.Database) *world {
	t.Helper()
	w := newPlace(t, db)
	w.room("home", space.ForAccount, signedIn)
	w.room("away", space.ForAccount, signedIn)
	// An admin plans shifts in every space, and reads the ids in the audit log; both are settings, not content.
	w.room("hidden", space.ForStaff, with(hiddenOnes, "admin"), func(s *space.Space) { s.JoinPolicy = space.JoinByInvite })
	w.people()
	w.reachable("moderator")
	w.reachable("duty lead")
	w.conversations()
	w.app.Runner.Drain(t.Context())
	w.desk()
	w.app.Runner.Drain(t.Context())
	if waiting := w.Int(t, "SELECT COUNT(*) FROM job WHERE parked_at IS NOT NULL OR attempts > 0"); waiting > 0 {
		t.Fatalf("%d jobs failed: %s", waiting, w.log)
	}
	w.ids["job"] = id.New()
	w.Exec(t, `INSERT INTO job (id, kind, payload, due_at, attempts, parked_at, last_error, created_at)
		VALUES (?, 'unheard_of', '{}', ?, 9, ?, 'internal', ?)`, w.ids["job"], w.Clock.Now(), w.Clock.Now(), w.Clock.Now())
	w.ids["line"] = w.Text(t, "SELECT id FROM help_line WHERE line_key = 'livslinien'")
	w.ids["synonyms"] = id.New()
	// What new rules would raise: every calm post, in every space.
	w.Exec(t, `INSERT INTO reassessment (id, number, rules_version, after_post, looked, started_at, done_at)
		VALUES ('reassessment', 1, (SELECT MAX(rules_version) FROM assessment), '', 1, ?, ?)`, w.Clock.Now(), w.Clock.Now())
	w.Exec(t, `INSERT INTO reassessment_item (reassessment_id, post_id, revision, was, level, category, rules, state)
		SELECT 'reassessment', post.id, post.revision, 'green', 'amber', '', '', 'waiting' FROM post
		JOIN assessment ON assessment.source_kind = 'post' AND assessment.source_id = post.id AND assessment.revision = post.revision
		WHERE assessment.level = 'green' AND assessment.correction IS NULL`)
	w.Exec(t, `INSERT INTO search_synonym (id, words, version, created_at, updated_at) VALUES (?, 'lattergas, smarties', 1, ?, ?)`,
		w.ids["synonyms"], w.Clock.Now(), w.Clock.Now())
	return w
}

func (w *world) people() {
	home, away := w.ids["home"], w.ids["away"]
	w.clients["guest"] = w.signedIn("guest")
	for _, name := range []string{"stranger", "elsewhere", "former", "paused", "listener", "member", "author", "writer"} {
		w.person(name, 1980)
	}
	w.person("minor", 2010)
	w.person("facilitator", 0, account.Grant{Role: account.Facilitator, Space: home})
	w.person("moderator elsewhere", 0, account.Grant{Role: account.Moderator, Space: away})
	w.person("moderator", 0, account.Grant{Role: account.Moderator, Space: home})
	w.person("duty lead", 0, account.Grant{Role: account.DutyLead})
	w.person("safeguarding lead", 0, account.Grant{Role: account.SafeguardingLead})
	w.person("admin", 0, account.Grant{Role: account.Admin})

	for _, quiet := range []string{"former", "paused", "listener"} {
		w.enrol(quiet, "home", "", nobody, 9)
	}
	w.enrol("member", "home", "", caseStaff, 9) // writes to those on duty alone
	w.enrol("author", "home", "", moderators, 0)
	w.enrol("minor", "home", "", moderators, 9)
	w.enrol("writer", "home", "", insiders, 9)
	w.enrol("writer", "away", "", awayPeople, 9)
	w.enrol("elsewhere", "away", "", awayPeople, 9)
	w.enrol("elsewhere", "hidden", "", hiddenOnes, 9)
	// Staff stand by their alias on the pages that say who is there.
	w.enrol("moderator", "home", space.RoleStaff, signedIn, 0)
	w.Exec(w.t, "UPDATE membership SET state = 'paused' WHERE id = ?", w.member["paused home"])
}

func (w *world) conversations() {
	ctx, topics := w.t.Context(), w.app.Area.Topic
	w.start("writer", "home", "visible", insiders)
	w.reply("moderator", "visible", "staff reply", insiders)
	w.reply("minor", "visible", "waiting reply", with(moderators, "minor"))
	w.start("author", "home", "held", with(moderators, "author"))

	// Edited: what it said first is for its author and moderators.
	w.reply("writer", "visible", "first", with(moderators, "writer"))
	_, err := topics.Edit(ctx, w.actor("writer"), w.ids["first post"], 1, topic.Text{Body: w.plant("second body", "body", insiders), Lang: "da"})
	w.must(err)

	w.reply("writer", "visible", "deleted reply", moderators)
	_, err = topics.Delete(ctx, w.actor("writer"), w.ids["deleted reply post"])
	w.must(err)
	w.start("writer", "home", "deleted", moderators)
	_, err = topics.Delete(ctx, w.actor("writer"), w.ids["deleted post"])
	w.must(err)

	w.start("writer", "home", "removed", moderators)
	w.reply("writer", "visible", "removed reply", moderators)
	for _, post := range []string{w.ids["removed post"], w.ids["removed reply post"]} {
		w.must(w.app.Area.Moderation.DecidePost(ctx, w.actor("moderator"), post, moderation.Step{
			Kind: moderation.Remove, Version: w.version("post", post), Reason: "harsh",
			Statement: w.plant("statement "+map[bool]string{true: "one", false: "two"}[post == w.ids["removed post"]], "statement", with(moderators, "writer")),
		}))
	}
	w.ids["decision"] = w.Text(w.t, "SELECT id FROM decision WHERE target_id = ?", w.ids["removed post"])

	w.start("writer", "away", "away", awayPeople)
	w.start("elsewhere", "hidden", "hidden", hiddenOnes)
	saved := w.start("writer", "home", "urgent", insiders, "Jeg tager mit eget liv i aften.")
	if !saved.Verdict.Urgent {
		w.t.Fatal("the urgent post opens no case")
	}
	w.must(topics.KeepDraft(ctx, w.accounts["writer"].ID, "/t/"+w.ids["visible topic"]+"/reply",
		map[string]string{"body": w.plant("draft", "draft", []string{"writer"})}))

	parts := map[string]string{}
	for _, part := range plan.Parts {
		parts[part] = w.plant("plan "+part, "plan", []string{"writer", "moderator"}) // who has the writer's case
	}
	_, err = w.app.Area.Plan.Save(ctx, w.actor("writer"), 0, parts, "da")
	w.must(err)
	w.must(w.app.Area.Plan.Share(ctx, w.actor("writer")))

	for _, name := range []string{"held", "deleted", "removed", "urgent"} {
		w.guard("id of the "+name+" topic", "topic id", w.ids[name+" topic"], knows[name+" topic"])
	}
	for _, name := range []string{"held", "deleted", "removed", "waiting reply"} {
		w.guard("id of the "+name+" post", "post id", w.ids[name+" post"], with(knows[name+" post"], "admin"))
	}
}

// talks are conversations with those on duty: one in a case, and one without.
func (w *world) talks() {
	ctx, talk := w.t.Context(), w.app.Area.Message
	for _, who := range []string{"writer", "member"} {
		_, err := talk.Send(ctx, w.actor(who), message.Text{
			Body: w.plant("message of "+who, "talk", with(caseStaff, who)), Space: w.ids["home"], Lang: "da",
		})
		w.must(err)
	}
	w.must(talk.Answer(ctx, w.actor("moderator"), message.Door{Case: w.ids["case"]}, message.Text{
		Body: w.plant("answer to writer", "talk", with(caseStaff, "writer")),
	}))
	// The writer has said yes to a time; the member is asked.
	for who, door := range map[string]message.Door{
		"writer": {Case: w.ids["case"]}, "member": {Thread: w.Text(w.t, "SELECT id FROM thread WHERE account_id = ?", w.accounts["member"].ID)},
	} {
		name := map[string]string{"writer": "check-in", "member": "other check-in"}[who]
		day, at := w.app.Area.CheckIn.Wall(w.Clock.Now().Add(20 * time.Hour))
		wish := checkin.Wish{Day: day, At: at, Grace: 60, Days: 2, Note: w.plant("note of the "+name, "check-in", with(caseStaff, who))}
		made, err := w.app.Area.CheckIn.Propose(ctx, w.actor("moderator"), door, wish)
		w.must(err)
		w.ids[name] = made
		w.guard("id of the "+name, "check-in id", made, with(caseStaff, who, "admin"))
		if who == "writer" {
			w.must(w.app.Area.CheckIn.Agree(ctx, w.actor(who), made, wish))
		}
	}
	w.ids["thread"] = w.Text(w.t, "SELECT id FROM thread WHERE account_id = ?", w.accounts["member"].ID)
	for _, who := range []string{"writer", "member"} {
		thread := w.Text(w.t, "SELECT id FROM thread WHERE account_id = ?", w.accounts[who].ID)
		w.guard("id of the thread of "+who, "thread id", thread, with(caseStaff, "admin"))
	}
}

// support is the support plan of the writer and the team: a suggestion, and the writer's own words on it.
func (w *world) support(worker account.Actor) {
	ctx, plans := w.t.Context(), w.app.Area.Support
	words := func(name string) support.Words {
		say := func(part string) string { return w.plant(part+" in "+name, "support", with(caseStaff, "writer")) }
		return support.Words{Before: say("before"), Helps: say("helps"), Agreed: say("agreed"), Answers: say("answers"), Outside: say("outside")}
	}
	w.must(plans.Propose(ctx, worker, w.ids["case"], support.Draft{Words: words("the suggestion")}))
	w.must(plans.Accept(ctx, w.actor("writer"), 1))
	_, err := plans.Edit(ctx, w.actor("writer"), support.Draft{Version: 1, Words: words("the answer")}, "da")
	w.must(err)
}

// desk is what staff have before them: a case with its note and contact, a report, a guest's concern.
func (w *world) desk() {
	ctx := w.t.Context()
	w.must(w.app.Area.Crisis.GiveContact(ctx, w.actor("writer"), crisis.GivenContact{
		Name: w.plant("contact name", "contact", caseStaff), Phone: w.plant("contact phone", "contact", caseStaff),
		Address: w.plant("contact address", "contact", caseStaff),
	}))
	w.ids["case"] = w.Text(w.t, "SELECT id FROM crisis_case WHERE account_id = ?", w.accounts["writer"].ID)
	w.guard("id of the case", "case id", w.ids["case"], with(caseStaff, "admin"))
	for _, step := range []crisis.Step{{Action: crisis.Take}, {Action: crisis.Note, Note: w.plant("note", "note", caseStaff)}} {
		step.Version = w.version("crisis_case", w.ids["case"])
		w.must(w.app.Area.Crisis.Do(ctx, w.actor("moderator"), w.ids["case"], step))
	}

	w.must(w.app.Area.Crisis.Trust(ctx, w.actor("writer"), crisis.TrustedPerson{
		Name: w.plant("trusted name", "trusted", with(caseStaff, "writer")), Phone: w.plant("trusted phone", "trusted", with(caseStaff, "writer")),
		Relation: w.plant("trusted relation", "trusted", with(caseStaff, "writer")),
	}))
	proven := w.actor("duty lead")
	proven.ProvenAt = w.Clock.Now()
	_, err := w.app.Area.Crisis.BreakGlass(ctx, proven, w.ids["case"], crisis.Break{
		Field: crisis.GlassKinRelation, Reason: "check_safety", Words: w.plant("why it was opened", "note", caseStaff),
		Unsafe: w.plant("why they are not told", "note", caseStaff),
	})
	w.must(err)
	w.ids["opening"] = w.Text(w.t, "SELECT id FROM glass_opening")
	w.guard("id of the opening", "opening id", w.ids["opening"], caseStaff)
	// A playbook that somebody edited, and a step that is done with a word to it.
	key := playbook.For("suicide", "author", "da")
	w.ids["playbook"] = key.Path()
	w.must(w.app.Area.Playbook.Edit(ctx, w.actor("duty lead"), key, playbook.Edit{
		Steps: w.plant("a step", "playbook", caseStaff), FirstMessage: w.plant("a first message", "playbook", caseStaff), FollowUp: "Hej igen. [[dit navn]]",
	}))
	list, err := w.app.Area.Playbook.Checklist(ctx, w.actor("moderator"), w.ids["case"], "da")
	w.must(err)
	w.must(w.app.Area.Playbook.Check(ctx, w.actor("moderator"), w.ids["case"], "da", playbook.StepHash(list.Open[0]), w.plant("word to a step", "note", caseStaff)))
	// Two looks back at earlier endings of the case: one is written, one waits.
	lookBack := func(name string) {
		w.ids[name] = id.New()
		w.Exec(w.t, "INSERT INTO case_review (id, case_id, ended_at, due_at, key_id) VALUES (?, ?, ?, ?, '')",
			w.ids[name], w.ids["case"], w.Clock.Now(), w.Clock.Now().Add(72*time.Hour))
		w.guard("id of the "+name, "review id", w.ids[name], caseStaff)
	}
	lookBack("written review")
	w.must(w.app.Area.Crisis.WriteReview(ctx, w.actor("moderator"), w.ids["written review"], crisis.Lookback{
		Seen: w.plant("what was seen", "note", caseStaff), Late: w.plant("what was late", "note", caseStaff), Changed: w.plant("what changed", "note", caseStaff),
	}))
	lookBack("review")
	w.must(w.app.Area.Crisis.CallEmergency(ctx, w.actor("moderator"), w.ids["case"], crisis.NewEmergency{
		Line: "112", Told: w.plant("told to 112", "emergency", caseStaff), Reference: w.plant("reference of 112", "emergency", caseStaff), Result: "sent",
	}))
	w.ids["call"] = w.Text(w.t, "SELECT id FROM emergency_call")
	w.must(w.app.Area.Admin.SetDuty(ctx, w.actor("admin"), w.accounts["moderator"].ID, admin.DutyYes, w.Clock.Now()))
	w.must(w.app.Area.Admin.Declare(ctx, w.actor("admin"), w.accounts["moderator"].ID, w.Clock.Now(), "2026-1"))
	guard := w.actor("moderator")
	guard.ProvenAt = w.Clock.Now()
	w.support(guard)
	// An underretning that was sent, and a draft.
	write := func(version int, name string) {
		w.must(w.app.Area.Guarding.Save(ctx, guard, w.ids["case"], version, safeguarding.Words{
			Municipality: w.plant("municipality of "+name, "referral", caseStaff), Child: w.plant("child of "+name, "referral", caseStaff),
			Said: w.plant("child's words in "+name, "referral", caseStaff), Told: w.plant("what the child knows of "+name, "referral", caseStaff),
			Writer: w.plant("writer of "+name, "referral", caseStaff), Capacity: w.plant("capacity of "+name, "referral", caseStaff), Danger: "no",
		}))
	}
	drafted := func(name string) {
		w.ids[name] = w.Text(w.t, "SELECT id FROM referral WHERE state = 'draft'")
		w.guard("id of "+name, "referral id", w.ids[name], caseStaff)
	}
	write(0, "sent underretning")
	drafted("sent underretning")
	w.must(w.app.Area.Guarding.Send(ctx, guard, w.ids["case"], w.ids["sent underretning"], safeguarding.SentForm{
		Way: "phone", Received: w.Clock.Now(), Sending: safeguarding.Sending{
			Who: w.plant("who sent it", "referral", caseStaff), Reference: w.plant("reference of the municipality", "referral", caseStaff),
		},
	}))
	write(0, "underretning")
	drafted("underretning")

	// A crisis was over: everybody who worked on it was asked, and one of them wants to talk.
	w.must(w.app.Store.InTx(ctx, func(ctx context.Context) error {
		return w.app.Area.Care.Ended(ctx, w.ids["case"], w.accounts["moderator"].ID)
	}))
	asked := func(who string) string {
		return w.Text(w.t, "SELECT id FROM debrief WHERE account_id = ?", w.accounts[who].ID)
	}
	w.ids["question"], w.ids["wish"] = asked("duty lead"), asked("moderator")
	w.must(w.app.Area.Care.Answer(ctx, w.actor("moderator"), w.ids["wish"], care.Want))

	w.talks()
	_, err = w.app.Area.Moderation.Report(ctx, w.actor("member"), w.ids["visible post"], moderation.NewReport{
		Reason: "harsh", Body: w.plant("report body", "report", moderators), Lang: "da",
	})
	w.must(err)
	w.ids["report"] = w.Text(w.t, "SELECT id FROM report")
	w.guard("id of the report", "report id", w.ids["report"], with(moderators, "admin"))

	receipt, _, err := w.app.Area.Crisis.RaiseConcern(ctx, crisis.NewConcern{
		About: "person", Body: w.plant("concern body", "concern", guestStaff), Lang: "da",
	})
	w.must(err)
	w.ids["receipt"] = receipt
	w.guard("receipt", "receipt", receipt, nobody)
	w.ids["concern"] = w.Text(w.t, "SELECT id FROM concern")
	w.guard("id of the concern", "concern id", w.ids["concern"], with(guestStaff, "admin"))
	w.must(w.app.Area.Crisis.AnswerConcern(ctx, w.actor("duty lead"), w.ids["concern"], crisis.Reply{
		Version: 1, Text: w.plant("concern answer", "answer", guestStaff),
	}))

	invited, err := w.app.Area.Account.AddStaff(ctx, account.NewStaff{
		StaffName: w.plant("staff name of newcomer", "staff name", allStaff), Role: account.Admin, Locale: "da",
	})
	w.must(err)
	w.ids["link"] = invited.Token
	w.ids["newcomer"] = invited.AccountID
	w.ids["grant"] = w.Text(w.t, "SELECT id FROM staff_grant WHERE account_id = ?", invited.AccountID)
	w.guard("sign-in name of newcomer", "newcomer", invited.Name, nobody)

	// A result that belongs to the member, a session of the writer's, a job that failed.
	page := w.clients["member"].Post("/search", "q", word("visible body"))
	if page.Status != http.StatusSeeOther {
		w.t.Fatalf("search: %d", page.Status)
	}
	w.ids["result"] = page.Location[len("/search/"):]
	w.guard("id of the member's result", "result id", w.ids["result"], []string{"member"})
	w.ids["session"] = w.Text(w.t, "SELECT id FROM session WHERE account_id = ?", w.accounts["writer"].ID)
	w.guard("session of writer", "session", w.ids["session"], []string{"writer"})
	w.ids["shift"] = id.New()
	w.Exec(w.t, "INSERT INTO shift (id, account_id, space_id, starts_at, ends_at, created_at) VALUES (?, ?, ?, ?, ?, ?)", w.ids["shift"],
		w.accounts["moderator"].ID, w.ids["home"], w.Clock.Now().Add(-time.Hour), w.Clock.Now().Add(time.Hour), w.Clock.Now())
	w.ids["none"] = id.New()
}
