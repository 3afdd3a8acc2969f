package topic

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/markup"
	"samhold/internal/space"
)

// The lengths of what people write, in characters.
const (
	MinTitle = 3
	MaxTitle = 120
	MaxBody  = 12_000
)

// Text is what somebody sends. Key is the id that the form got when it was made and that becomes the post's id:
// the same form sent twice is one post.
type Text struct {
	Key     string
	Title   string // of a new topic
	Body    string // Markdown
	ReplyTo string // id of the post that is answered, or empty
	Lang    string // the writer's language
}

// Saved says what became of a text.
type Saved struct {
	Topic      string
	Post       string
	Visibility string
	Shown      bool // others can read it: neither it nor its topic waits
	HeldReason string
	SpaceKind  space.Kind
	Verdict    intake.Verdict
	Replayed   bool // it had been saved before; nothing was saved now
}

// NewKey makes the key of a form.
func NewKey() string { return id.New() }

// clean returns the text as it is stored, with its HTML, or a fault with the fields title and body.
func (t Text) clean(titled bool) (Text, string, error) {
	var check fault.Check
	if titled {
		title, err := markup.Clean(t.Title)
		if err := check.AddError("title", err); err != nil {
			return t, "", err
		}
		if err == nil {
			t.Title = strings.Join(strings.Fields(title), " ")
			n := utf8.RuneCountInString(t.Title)
			check.Require(n >= MinTitle, "title", "topic.title_short")
			check.Require(n <= MaxTitle, "title", "topic.title_long", "Max", MaxTitle)
		}
	}
	body, html, err := cleanBody(t.Body)
	if err := check.AddError("body", err); err != nil {
		return t, "", err
	}
	t.Body = body
	return t, html, check.Err()
}

func cleanBody(typed string) (body, html string, err error) {
	if body, err = markup.Clean(typed); err != nil {
		return "", "", err
	}
	body = strings.TrimSpace(body)
	var check fault.Check
	n := utf8.RuneCountInString(body)
	check.Require(strings.TrimSpace(markup.Plain(body)) != "", "body", "topic.body_empty")
	check.Require(n <= MaxBody, "body", "topic.body_long", "Max", MaxBody, "Now", n)
	if err := check.Err(); err != nil {
		return "", "", err
	}
	html, err = markup.Render(body)
	return body, html, err
}

// Preview returns the HTML of a text that is not sent yet, or the fault of field body.
func (s *Service) Preview(body string) (string, error) {
	_, html, err := cleanBody(body)
	return html, err
}

// MayStart returns the space for writing a new topic in it, or the fault that says why the actor may not.
func (s *Service) MayStart(ctx context.Context, a account.Actor, spaceID string) (space.View, error) {
	v, err := s.Spaces.Show(ctx, a, spaceID)
	if err != nil {
		return v, err
	}
	return v, hindered(space.MayWrite(a, &v.Space, v.Standing))
}

// MayReply returns the topic for replying in it, or the fault that says why the actor may not.
func (s *Service) MayReply(ctx context.Context, a account.Actor, topicID string) (Opened, error) {
	o, err := s.open(ctx, a, topicID)
	if err != nil {
		return o, err
	}
	return o, hindered(o.Hindrance)
}

func hindered(h space.Hindrance) error {
	if h == "" {
		return nil
	}
	return fault.New(fault.Forbidden, "space.hindered_"+string(h))
}

// Quote returns the Markdown that quotes a post of the topic which the actor may read, empty if they may not.
func (s *Service) Quote(ctx context.Context, a account.Actor, topicID, postID string) (string, error) {
	if !id.Valid(postID) {
		return "", nil
	}
	w, err := s.Store.Written(ctx, a, postID)
	if fault.Is(err, fault.NotFound) || err == nil && (w.Topic.ID != topicID || w.Post.Visibility != Visible) {
		return "", nil
	}
	return markup.Quote(w.Post.ShownAlias, w.Post.Body), err
}

// Start saves a new topic with its first post. Faults name the fields title and body.
func (s *Service) Start(ctx context.Context, a account.Actor, spaceID string, t Text) (Saved, error) {
	t, html, err := t.clean(true)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		v, err := s.MayStart(ctx, a, spaceID)
		if err != nil {
			return err
		}
		var done bool
		if saved, done, err = s.replayed(ctx, t.Key, v.Standing, ""); done || err != nil {
			return err
		}
		now := s.Clock.Now()
		o := Opened{Space: v.Space, Standing: v.Standing, Mine: true, Topic: Topic{
			ID: id.New(), SpaceID: spaceID, MembershipID: &v.Standing.Membership, Kind: Conversation, Title: t.Title,
			State: Open, Visibility: Held, Promotable: true, LastPostAt: now, Version: 1, CreatedAt: now,
		}}
		if err := s.Store.AddTopic(ctx, &o.Topic); err != nil {
			return err
		}
		if saved, err = s.add(ctx, a, &o, t, html, now); err != nil {
			return err
		}
		o.Topic.Visibility = saved.Visibility
		saved.Shown = saved.Visibility == Visible
		o.Topic.Promotable = !saved.Verdict.CalmBanner
		if err := s.Store.ChangeTopic(ctx, &o.Topic); err != nil {
			return err
		}
		return s.dropDraft(ctx, a.Account, "/s/"+spaceID+"/new")
	})
	return saved, err
}

// Reply saves a reply. Faults name the field body.
func (s *Service) Reply(ctx context.Context, a account.Actor, topicID string, t Text) (Saved, error) {
	t, html, err := t.clean(false)
	if err != nil {
		return Saved{}, err
	}
	var saved Saved
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.LockTopic(ctx, topicID); err != nil {
			return err
		}
		o, err := s.open(ctx, a, topicID)
		if err != nil {
			return err
		}
		var done bool
		if saved, done, err = s.replayed(ctx, t.Key, o.Standing, topicID); done || err != nil {
			return err
		}
		if err := hindered(o.Hindrance); err != nil {
			return err
		}
		if saved, err = s.add(ctx, a, &o, t, html, s.Clock.Now()); err != nil {
			return err
		}
		if saved.Verdict.CalmBanner && o.Topic.Promotable {
			o.Topic.Promotable = false
			if err := s.Store.ChangeTopic(ctx, &o.Topic); err != nil {
				return err
			}
		}
		return s.dropDraft(ctx, a.Account, "/t/"+topicID+"/reply")
	})
	return saved, err
}

// replayed recognises a form that was sent before, also a moment ago by a second press of the button: texts of one
// author are saved one after another. A key of somebody else's post, or none of ours, is refused.
func (s *Service) replayed(ctx context.Context, key string, st space.Standing, topicID string) (Saved, bool, error) {
	forged := fault.New(fault.Conflict, "topic.key_forged")
	if !id.Valid(key) {
		return Saved{}, false, forged
	}
	if st.Membership == "" {
		return Saved{}, false, nil
	}
	if err := s.Store.LockAuthor(ctx, st.Membership); err != nil {
		return Saved{}, false, err
	}
	inTopic, membership, found, err := s.Store.Sent(ctx, key)
	switch {
	case err != nil || !found:
		return Saved{}, false, err
	case membership != st.Membership || topicID != "" && inTopic != topicID:
		return Saved{}, false, forged
	}
	return Saved{Topic: inTopic, Post: key, Replayed: true}, true, nil
}

// add assesses the text and saves it as the topic's next post, visible or held.
func (s *Service) add(ctx context.Context, a account.Actor, o *Opened, t Text, html string, now time.Time) (Saved, error) {
	replyTo, err := s.answers(ctx, a, o.Topic.ID, t.ReplyTo)
	if err != nil {
		return Saved{}, err
	}
	verdict, err := s.Intake.Receive(ctx, submission(a, o, t, t.Key, 1, replyTo))
	if err != nil {
		return Saved{}, err
	}
	seq, err := s.Store.NextSeq(ctx, o.Topic.ID)
	if err != nil {
		return Saved{}, err
	}
	p := &Post{
		ID: t.Key, TopicID: o.Topic.ID, SpaceID: o.Space.ID, MembershipID: &o.Standing.Membership,
		ShownAlias: o.Standing.Alias, ShownRole: badge(a, o.Standing, o.Space.ID), Seq: seq,
		Body: t.Body, BodyHTML: html, PolicyVersion: markup.PolicyVersion,
		Visibility: Visible, HeldReason: holdReason(a, o, verdict), CalmBanner: verdict.CalmBanner,
		Revision: 1, Version: 1, CreatedAt: now, ShownAt: &now, ReplyTo: replyTo,
	}
	if p.HeldReason != "" {
		p.Visibility, p.ShownAt = Held, nil
	}
	ok, err := s.Store.AddPost(ctx, p)
	if err != nil {
		return Saved{}, err
	}
	if !ok {
		return Saved{}, fault.New(fault.Conflict, "topic.key_forged")
	}
	if err := s.Store.Tally(ctx, o.Topic.ID); err != nil {
		return Saved{}, err
	}
	if err := s.Store.MarkRead(ctx, o.Standing.Membership, o.Topic.ID, seq, now); err != nil {
		return Saved{}, err
	}
	return Saved{
		Topic: o.Topic.ID, Post: p.ID, Visibility: p.Visibility, HeldReason: p.HeldReason, SpaceKind: o.Space.Kind,
		Shown: p.Visibility == Visible && o.Topic.Visibility == Visible, Verdict: verdict,
	}, s.Jobs.IndexPost(ctx, p.ID)
}

// answers says which post is answered, if the author may read it in this topic; else nil.
func (s *Service) answers(ctx context.Context, a account.Actor, inTopic, replyTo string) (*string, error) {
	if !id.Valid(replyTo) {
		return nil, nil
	}
	topicID, _, err := s.Store.Place(ctx, a, replyTo)
	if fault.Is(err, fault.NotFound) || err == nil && topicID != inTopic {
		return nil, nil
	}
	return &replyTo, err
}

func submission(a account.Actor, o *Opened, t Text, postID string, revision int, replyTo *string) intake.Submission {
	text := t.Body
	if t.Title != "" {
		text = intake.Opening(t.Title, t.Body)
	}
	in := intake.Submission{
		Kind: intake.Post, ID: postID, Revision: revision, Account: a.Account, Membership: o.Standing.Membership,
		Space: o.Space.ID, SpaceKind: string(o.Space.Kind), Text: text, Lang: t.Lang,
	}
	if replyTo != nil {
		in.ReplyTo = *replyTo
	}
	return in
}
