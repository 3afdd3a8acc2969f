package view_test

import (
	"time"

	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/space"
	"samhold/internal/topic"
	"samhold/internal/web/view"
)

var (
	exampleNow   = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	exampleSpace = space.Space{
		ID: "aaaaaaaaaaaaaaaaaaaa", Name: "Køkkenbordet", Purpose: "Et sted at sætte sig.", Audience: "For dig.",
		AgeBand: "adult", ReadPolicy: "member", JoinPolicy: "invitation", Team: "To moderatorer", Hours: "Hver aften",
		ApproveFirstN: 2, Colour: "wheat", Sign: "house", State: "open",
	}
	exampleMember = space.Standing{Membership: "m", Alias: "Havrefnug", Role: "member", State: "active", Accepted: true}
	exampleRows   = []topic.Row{
		{ID: "t1", Title: "Velkommen", Alias: "Mette", Pinned: true, State: "locked", Visibility: "visible", Replies: 3, Unread: 2, LastPostAt: exampleNow.Add(-time.Hour)},
		{ID: "t4", Alias: "Tang", State: "open", Visibility: "visible", Unseen: true, LastPostAt: exampleNow},
		{ID: "t2", Title: "", State: "open", Visibility: "held", LastPostAt: exampleNow.Add(-400 * time.Hour)},
		{ID: "t3", Title: "Langt", State: "open", Visibility: "visible", Unread: 51, LastPostAt: exampleNow},
	}
)

func exampleForm(faults ...fault.Field) view.Form {
	return view.Form{Values: map[string]string{
		"title": "Nat", "body": "Kære <alle>\n", "key": "k", "reply_to": "p", "version": "1", "alias": "Ida", "code": "", "accept": "1",
	}, Faults: faults}
}

func topicExamples() []view.Page {
	opened := topic.Opened{
		Topic: topic.Topic{ID: "t1", Title: "Han lover det", State: "open", Visibility: "visible"},
		Space: exampleSpace, Standing: exampleMember, ReadSeq: 1, Calm: true,
	}
	locked := opened
	locked.Topic.State, locked.Topic.PinnedAt, locked.Topic.Title = "locked", &exampleNow, ""
	locked.Hindrance = space.HinderedAgreement
	posts := []topic.Shown{
		{ID: "p1", Alias: "Havrefnug", Role: "member", Seq: 1, BodyHTML: "<p>Nat</p>", Visibility: "visible", Mine: true, Thinking: 2, CreatedAt: exampleNow, EditedAt: &exampleNow},
		{ID: "p2", Alias: "Mette", Role: "staff", Seq: 2, BodyHTML: "<p>Dag</p>", Visibility: "visible", Thinking: 1, IThink: true, CreatedAt: exampleNow},
		{ID: "u", Alias: "Tang", Role: "member", Seq: 3, Visibility: "visible", Unseen: true, CreatedAt: exampleNow},
		{ID: "v", Alias: "Siv", Role: "member", Seq: 3, Visibility: "visible", BodyHTML: "<p>Nat</p>", CreatedAt: exampleNow},
		{ID: "p3", Seq: 3, Visibility: "deleted", CreatedAt: exampleNow},
		{ID: "p4", Seq: 4, Visibility: "removed", CreatedAt: exampleNow},
		{ID: "p5", Alias: "Ål", Role: "facilitator", Seq: 5, BodyHTML: "<p>Aften</p>", Visibility: "visible", CreatedAt: exampleNow, EditedAt: &exampleNow},
	}
	for i, reason := range topic.HeldReasons {
		posts = append(posts, topic.Shown{
			ID: "h" + reason, Alias: "Havrefnug", Role: "member", Seq: 6 + i, Mine: i < 9, Visibility: "held",
			HeldReason: reason, CreatedAt: exampleNow,
		})
	}
	signed := view.Base{Kind: "topic.show_kind", Signed: true, Accent: "wheat"}
	written := topic.Written{Opened: opened, Post: topic.Post{ID: "p1", Seq: 1, BodyHTML: "<p>Nat</p>", EditedAt: &exampleNow}, Mine: true}
	framed := written
	framed.Post.CalmBanner = true
	compose := func(what string, page view.ComposePage) *view.ComposePage {
		page.Base = view.Base{Kind: "topic." + what + "_kind", Signed: true}
		page.What, page.Action, page.Back, page.Place, page.Alias = what, "/t/t1/reply", "/t/t1", "Han lover det", "Havrefnug"
		return &page
	}
	return []view.Page{
		&view.TopicPage{Base: signed, Reading: topic.Reading{Opened: opened, Posts: posts, Page: 1, Pages: 1}, Now: exampleNow, Key: "k", Leads: true, Guard: true},
		&view.TopicPage{Base: signed, Reading: topic.Reading{Opened: locked, Posts: posts, Page: 1, Pages: 3}, Now: exampleNow, Leads: true, Duty: crisis.Duty{Next: exampleNow}},
		compose("new", view.ComposePage{Titled: true, Form: exampleForm(
			fault.Field{Name: "title", Key: "topic.title_long", Args: map[string]any{"Max": 120}},
			fault.Field{Name: "body", Key: "topic.body_long", Args: map[string]any{"Max": 12000, "Now": 13000}})}),
		compose("reply", view.ComposePage{Form: exampleForm(), Preview: "<p>Nat</p>", Calm: true, Kept: true}),
		compose("edit", view.ComposePage{Titled: true, Form: exampleForm(), Stale: &view.Stale{Title: "Dag", HTML: "<p>Dag</p>"}}),
		&view.BlockPage{Base: view.Base{Kind: "block.kind", Signed: true}, Written: written},
		&view.CalmPage{Base: view.Base{Kind: "calm.kind", Signed: true}, Written: written, Changed: true},
		&view.CalmPage{Base: view.Base{Kind: "calm.kind", Signed: true}, Written: framed},
		&view.BlocksPage{Base: view.Base{Kind: "block.list_kind", Signed: true}},
		&view.BlocksPage{Base: view.Base{Kind: "block.list_kind", Signed: true}, Blocked: []topic.Blocked{{SpaceID: "s", SpaceName: "Køkkenbordet", Alias: "Ål"}}},
		&view.DeletePage{Base: view.Base{Kind: "topic.delete_kind", Signed: true}, Written: written},
		&view.HistoryPage{
			Base: view.Base{Kind: "topic.history_kind", Signed: true}, Now: exampleNow,
			History: topic.History{Written: written, Revisions: []topic.Revision{{Title: "Før", BodyHTML: "<p>Før</p>", CreatedAt: exampleNow}}},
		},
	}
}
