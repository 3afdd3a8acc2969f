package view

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/crisis"
	"samhold/internal/space"
	"samhold/internal/topic"
)

// TopicPage is a page of a topic.
type TopicPage struct {
	Base
	topic.Reading
	Now   time.Time
	Key   string // of the reply form
	Leads bool   // the person may pin and lock here
	Staff bool   // the person writes as staff here
	Guard bool   // the person moderates here
	Duty  crisis.Duty
}

// MayBlock reports whether the person may choose not to see what the post's author writes; the service asks again.
func (p *TopicPage) MayBlock(post topic.Shown) bool {
	return p.Standing.Inside() && !p.Staff && !post.Mine && post.Role == space.RoleMember && post.Visibility == topic.Visible
}

// Template implements Page.
func (*TopicPage) Template() string { return "topic/show" }

// Waits reports whether a text of the person's own waits on this page.
func (p *TopicPage) Waits() bool {
	return slices.ContainsFunc(p.Posts, func(post topic.Shown) bool { return post.Mine && post.Visibility == topic.Held })
}

// Pager leads through the pages of the topic.
func (p *TopicPage) Pager() Pager {
	return Pager{Path: "/t/" + p.Topic.ID, Page: p.Page, Pages: p.Pages}
}

// Last reports whether this is the last page, where the reply form stands.
func (p *TopicPage) Last() bool { return p.Page >= p.Pages }

// NewFrom is the post on this page with which the unread ones begin, empty if there is none or if the person
// has not been here before.
func (p *TopicPage) NewFrom() string {
	if p.ReadSeq == 0 {
		return ""
	}
	for i, post := range p.Posts {
		if post.Seq <= p.ReadSeq || post.Mine || post.Gone() {
			continue
		}
		if i == 0 && p.Page == 1 {
			return ""
		}
		return post.ID
	}
	return ""
}

// ReplyForm is the empty form for a reply.
func (p *TopicPage) ReplyForm() Form { return Form{Values: map[string]string{"key": p.Key}} }

// Initial is the letter in the round mark beside a post: decoration.
func (*TopicPage) Initial(alias string) string {
	r, _ := utf8.DecodeRuneInString(alias)
	if r == utf8.RuneError {
		return ""
	}
	return strings.ToUpper(string(r))
}

// ComposePage is where one writes: a new topic, a reply or a changed post.
type ComposePage struct {
	Base
	What    string // new, reply, edit
	Action  string // the form's own address
	Back    string // where one comes from
	Place   string // the space's name or the topic's title, shown on the way back
	Titled  bool   // the form has a title
	Alias   string // under which the person writes
	Calm    bool   // the topic carries the calm banner
	Form    Form
	Preview string // HTML of the text, empty without a preview
	Kept    bool   // the text was kept when the session expired
	Stale   *Stale // the post changed while the person wrote
}

// Stale is a post as it stands now, beside what the person typed.
type Stale struct {
	Title string
	HTML  string
}

// Template implements Page.
func (*ComposePage) Template() string { return "topic/compose" }

// DeletePage asks whether the author wants to take a post back.
type DeletePage struct {
	Base
	topic.Written
}

// Template implements Page.
func (*DeletePage) Template() string { return "topic/delete" }

// BlockPage asks whether somebody wants not to see what the author of a post writes.
type BlockPage struct {
	Base
	topic.Written
}

// Template implements Page.
func (*BlockPage) Template() string { return "topic/block" }

// CalmPage asks a moderator whether the calm banner should stand on a post, or be lifted.
type CalmPage struct {
	Base
	topic.Written
	Changed bool // the post changed meanwhile
}

// Template implements Page.
func (*CalmPage) Template() string { return "topic/calm" }

// BlocksPage lists whom the person has chosen not to see.
type BlocksPage struct {
	Base
	Blocked []topic.Blocked
}

// Template implements Page.
func (*BlocksPage) Template() string { return "topic/blocks" }

// HistoryPage is a post with what it said before.
type HistoryPage struct {
	Base
	topic.History
	Now time.Time
}

// Template implements Page.
func (*HistoryPage) Template() string { return "topic/history" }
