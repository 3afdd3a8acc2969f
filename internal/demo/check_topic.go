package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"samhold/internal/account"
	"samhold/internal/space"
	"samhold/internal/topic"
)

func (c *checker) topic(f *file, t *Topic) {
	if c.spaces[t.Space] == nil {
		f.wrong("$", "the folder %q is no space", t.Space)
		return
	}
	text(f, "$.title", t.Title, maxTitle)
	if len(t.Posts) == 0 {
		f.wrong("$", "a topic needs a first post")
		return
	}
	if t.Posts[0].Held != "" && slices.ContainsFunc(t.Posts[1:], (*Post).Visible) {
		f.wrong("$.posts[0]", "others cannot have answered a first post that they do not see")
	}
	if l := t.Locked; l != nil {
		c.can(f, "$.locked.by", l.By, account.LeadSpace, t.Space)
		text(f, "$.locked.reason", l.Reason, maxLine)
		after(f, "$.locked", l.At, t.Posts[0].At)
	}
	for i, p := range t.Posts {
		at := fmt.Sprintf("$.posts[%d]", i)
		if i > 0 {
			after(f, at+".at", p.At, t.Posts[i-1].At)
		}
		c.post(f, at, t, i, p)
	}
}

func (c *checker) post(f *file, at string, t *Topic, i int, p *Post) {
	text(f, at+".text", p.Text, maxPost)
	if p.At.IsZero() {
		f.wrong(at, "no time")
		return
	}
	author := c.people[p.By]
	if author == nil {
		f.wrong(at+".by", "no person %q", p.By)
		return
	}
	m := author.In(t.Space)
	switch {
	case m == nil:
		f.wrong(at+".by", "%q is not in %q", p.By, t.Space)
		return
	case m.Listener:
		f.wrong(at+".by", "%q only listens in %q", p.By, t.Space)
	case p.At.Before(m.Joined):
		f.wrong(at+".at", "%q writes before joining %q", p.By, t.Space)
	case !m.Left.IsZero() && !p.At.Before(m.Left):
		f.wrong(at+".at", "%q writes after leaving %q", p.By, t.Space)
	case t.Locked != nil && !p.At.Before(t.Locked.At) && author.RoleIn(t.Space) == space.RoleMember:
		f.wrong(at+".at", "%q writes in a locked topic", p.By)
	}
	c.state(f, at, t, p, author)
	if q := p.Quote; q != nil {
		if q.Post < 1 || q.Post > i {
			f.wrong(at+".quote.post", "post %d is no earlier post", q.Post)
		} else if quoted := t.Posts[q.Post-1]; q.Text == "" || !strings.Contains(quoted.Text, q.Text) {
			f.wrong(at+".quote.text", "post %d does not say %q", q.Post, q.Text)
		}
	}
	if p.Edited != nil {
		after(f, at+".edited", p.Edited.At, p.At)
		text(f, at+".edited.before", p.Edited.Before, maxPost)
	}
	reacted := map[string]bool{}
	for _, reaction := range slices.Sorted(maps.Keys(p.Reactions)) {
		place := at + ".reactions." + string(reaction)
		oneOf(f, place, reaction, reactions)
		for j, key := range p.Reactions[reaction] {
			c.other(f, fmt.Sprintf("%s[%d]", place, j), key, p.By, t.Space)
			if reacted[key] {
				f.wrong(place, "%q reacts twice", key)
			}
			reacted[key] = true
		}
	}
	for j, r := range p.Reports {
		place := fmt.Sprintf("%s.reports[%d]", at, j)
		c.other(f, place+".by", r.By, p.By, t.Space)
		oneOf(f, place+".reason", r.Reason, reports)
		text(f, place+".text", r.Text, maxPost)
		after(f, place, r.At, p.At)
	}
	if p.Case != nil {
		c.crisisCase(f, at+".case", t, p)
	}
}

func (c *checker) state(f *file, at string, t *Topic, p *Post, author *Person) {
	states := 0
	if !p.Deleted.IsZero() {
		states++
		after(f, at+".deleted", p.Deleted, p.At)
	}
	if r := p.Removed; r != nil {
		states++
		c.can(f, at+".removed.by", r.By, account.Moderate, t.Space)
		oneOf(f, at+".removed.reason", r.Reason, removals)
		text(f, at+".removed.statement", r.Statement, maxPost)
		after(f, at+".removed", r.At, p.At)
	}
	if p.Held != "" {
		states++
		oneOf(f, at+".held", p.Held, heldReasons)
		if p.Held == topic.HeldFirstPosts && c.written[p.By+" "+t.Space] >= c.spaces[t.Space].ApproveFirst {
			f.wrong(at+".held", "%q has had enough posts approved in %q already", p.By, t.Space)
		}
		if p.Held == topic.HeldMinor && !author.Minor() {
			f.wrong(at+".held", "%q does not count as under 18", p.By)
		}
	}
	if states > 1 {
		f.wrong(at, "a post is deleted, removed or held, not several of these")
	}
	if p.Held != "" && len(p.Reactions) > 0 {
		f.wrong(at+".reactions", "nobody can have seen a post that waits")
	}
}

func (c *checker) crisisCase(f *file, at string, t *Topic, p *Post) {
	k := p.Case
	oneOf(f, at+".level", k.Level, levels)
	oneOf(f, at+".category", k.Category, caseConcerns)
	if c.cases[p.By] {
		f.wrong(at, "%q has an open case already", p.By)
	}
	c.cases[p.By] = true
	if (k.Owner == "") != k.Acknowledged.IsZero() {
		f.wrong(at, "a case that is taken has both owner and acknowledged")
	}
	if k.Owner != "" {
		c.can(f, at+".owner", k.Owner, account.WorkCases, t.Space)
		after(f, at+".acknowledged", k.Acknowledged, p.At)
	}
	for j, n := range k.Notes {
		c.note(f, fmt.Sprintf("%s.notes[%d]", at, j), n, account.WorkCases, t.Space, p.At)
	}
}

func (c *checker) note(f *file, at string, n Note, needs account.Capability, space string, since When) {
	c.can(f, at+".by", n.By, needs, space)
	text(f, at+".text", n.Text, maxPost)
	after(f, at, n.At, since)
}

// can checks that the person may do something in the space; where no space is named, in any.
func (c *checker) can(f *file, place, key string, needs account.Capability, space string) {
	p := c.people[key]
	if p == nil {
		f.wrong(place, "no person %q", key)
		return
	}
	anywhere := slices.ContainsFunc(p.Staff, func(g Grant) bool { return g.Role.Can(needs) })
	if space == "" && !anywhere || space != "" && !p.Can(needs, space) {
		f.wrong(place, "%q has no grant to %s in %q", key, needs, space)
	}
}

// other checks that the person is in the space and is not the author.
func (c *checker) other(f *file, place, key, author, space string) {
	p := c.people[key]
	switch {
	case p == nil:
		f.wrong(place, "no person %q", key)
	case p.In(space) == nil:
		f.wrong(place, "%q is not in %q", key, space)
	case key == author:
		f.wrong(place, "%q answers their own post", key)
	}
}

func after(f *file, place string, at, since When) {
	if at.IsZero() {
		f.wrong(place, "no time")
	} else if !since.Before(at) {
		f.wrong(place, "not surely after what it follows: choose a later time")
	}
}
