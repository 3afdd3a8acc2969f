package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/crisis"
	"samhold/internal/intake"
	"samhold/internal/moderation"
	"samhold/internal/topic"
)

// conversations are the topics, post by post, with what became of each.
func (s *seeder) conversations() []step {
	var steps []step
	for _, t := range s.c.Topics {
		for i, p := range t.Posts {
			steps = append(steps, step{p.At.At(s.now), func(ctx context.Context) error {
				if err := s.write(ctx, t, i, p); err != nil {
					return fmt.Errorf("%s#%d: %w", t.Slug, i+1, err)
				}
				return nil
			}})
			steps = append(steps, s.afterwards(t, p)...)
		}
		if t.Locked != nil {
			steps = append(steps, step{t.Locked.At.At(s.now), func(ctx context.Context) error {
				return s.Topic.Lock(ctx, s.actor(t.Locked.By), s.topics[t.Slug], true)
			}})
		}
	}
	return steps
}

// write sends a post as its author and brings it to the state that the file says.
func (s *seeder) write(ctx context.Context, t *Topic, i int, p *Post) error {
	text := topic.Text{Key: topic.NewKey(), Body: p.Text, Lang: "da"}
	if p.Edited != nil {
		text.Body = p.Edited.Before
	}
	if p.Quote != nil {
		text.Body = quoted(s.person(t.Posts[p.Quote.Post-1].By).In(t.Space).Alias, p.Quote.Text) + text.Body
		text.ReplyTo = s.posts[t.Posts[p.Quote.Post-1]]
	}
	author := s.actor(p.By)
	var saved topic.Saved
	var err error
	if i == 0 {
		text.Title = t.Title
		saved, err = s.Topic.Start(ctx, author, s.spaces[t.Space].ID, text)
		s.topics[t.Slug] = saved.Topic
	} else {
		saved, err = s.Topic.Reply(ctx, author, s.topics[t.Slug], text)
	}
	if err != nil {
		return err
	}
	s.posts[p] = saved.Post
	if err := s.settleCase(ctx, t, p, saved); err != nil {
		return err
	}
	if err := s.settlePost(ctx, t, p, saved); err != nil {
		return err
	}
	if i == 0 && t.Pinned {
		lead, err := s.colleague(account.LeadSpace, t.Space)
		if err != nil {
			return err
		}
		return s.Topic.Pin(ctx, s.actor(lead), saved.Topic, true)
	}
	return nil
}

// quoted is the Markdown of a quotation at the head of an answer.
func quoted(alias, text string) string {
	return "> **" + alias + "**\n> " + strings.ReplaceAll(text, "\n", "\n> ") + "\n\n"
}

// settlePost releases or holds the post where the file says otherwise than the rules.
func (s *seeder) settlePost(ctx context.Context, t *Topic, p *Post, saved topic.Saved) error {
	held := saved.Visibility == topic.Held
	if held == (p.Held != "") {
		return nil
	}
	by, err := s.colleague(account.Moderate, t.Space, p.By)
	if err != nil {
		return err
	}
	if !held {
		return s.decide(ctx, by, saved.Post, moderation.Step{Kind: moderation.Hold, Reason: "other", Statement: "Vi læser det lige sammen først."})
	}
	s.Clock.Advance(time.Second)
	return s.decide(ctx, by, saved.Post, moderation.Step{Kind: moderation.Release})
}

func (s *seeder) decide(ctx context.Context, by, post string, st moderation.Step) error {
	a := s.actor(by)
	w, err := s.Topic.PostForStaff(ctx, a, post)
	if err != nil {
		return err
	}
	st.Version = w.Post.Version
	if err := s.Moderation.DecidePost(ctx, a, post, st); err != nil {
		return fmt.Errorf("%s by %s: %w", st.Kind, by, err)
	}
	return nil
}

// settleCase opens the case that the file asks for if the rules did not, and closes one that they opened for
// nothing, as staff would.
func (s *seeder) settleCase(ctx context.Context, t *Topic, p *Post, saved topic.Saved) error {
	switch {
	case p.Case == nil && saved.Verdict.Urgent:
		return s.falseAlarm(ctx, t, p, saved.Verdict.Case)
	case p.Case == nil:
		return nil
	case !saved.Verdict.Urgent:
		if err := s.raise(ctx, t, p, saved); err != nil {
			return err
		}
	default:
		s.cases[p] = saved.Verdict.Case
	}
	return nil
}

// raise lets a moderator find what the rules did not.
func (s *seeder) raise(ctx context.Context, t *Topic, p *Post, saved topic.Saved) error {
	by, err := s.colleague(account.WorkCases, t.Space, p.By)
	if err != nil {
		return err
	}
	err = s.Crisis.Correct(ctx, s.actor(by), intake.Submission{
		Kind: intake.Post, ID: saved.Post, Revision: 1, Account: s.accounts[p.By].ID, Space: s.spaces[t.Space].ID,
		SpaceKind: string(s.spaces[t.Space].Kind),
	}, string(p.Case.Level), "missed")
	if err != nil {
		return err
	}
	rows, err := s.Crisis.Cases(ctx, s.actor(by))
	for _, row := range rows {
		if row.AccountID != nil && *row.AccountID == s.accounts[p.By].ID {
			s.cases[p] = row.ID
		}
	}
	return err
}

// falseAlarm closes a case as staff who have read the text and found no danger; a crisis takes two.
func (s *seeder) falseAlarm(ctx context.Context, t *Topic, p *Post, caseID string) error {
	first, err := s.colleague(account.WorkCases, t.Space, p.By)
	if err != nil {
		return err
	}
	second, err := s.colleague(account.SignCases, t.Space, p.By, first)
	if err != nil {
		return err
	}
	if err := s.work(ctx, first, caseID, crisis.Step{Action: crisis.Take}); err != nil {
		return err
	}
	if err := s.work(ctx, first, caseID, crisis.Step{Action: crisis.Close, Outcome: "false_alarm"}); err != nil {
		return err
	}
	file, err := s.Crisis.File(ctx, s.actor(second), caseID)
	if err != nil || !file.State.Open() {
		return err
	}
	return s.work(ctx, second, caseID, crisis.Step{Action: crisis.Sign})
}

func (s *seeder) work(ctx context.Context, by, caseID string, st crisis.Step) error {
	s.Clock.Advance(time.Second)
	a := s.actor(by)
	file, err := s.Crisis.File(ctx, a, caseID)
	if err != nil {
		return fmt.Errorf("case for %s: %w", by, err)
	}
	st.Version, st.Also = file.Version, true
	if err := s.Crisis.Do(ctx, a, caseID, st); err != nil {
		return fmt.Errorf("%s by %s: %w", st.Action, by, err)
	}
	return nil
}

// afterwards is what happens to a post later.
func (s *seeder) afterwards(t *Topic, p *Post) []step {
	var steps []step
	then := func(at When, do func(ctx context.Context) error) {
		steps = append(steps, step{at.At(s.now), do})
	}
	if p.Edited != nil {
		then(p.Edited.At, func(ctx context.Context) error { return s.edit(ctx, t, p) })
	}
	if !p.Deleted.IsZero() {
		then(p.Deleted, func(ctx context.Context) error {
			_, err := s.Topic.Delete(ctx, s.actor(p.By), s.posts[p])
			return err
		})
	}
	if p.Removed != nil {
		then(p.Removed.At, func(ctx context.Context) error {
			return s.decide(ctx, p.Removed.By, s.posts[p], moderation.Step{
				Kind: moderation.Remove, Reason: grounds[p.Removed.Reason], Statement: p.Removed.Statement,
			})
		})
	}
	for _, r := range p.Reports {
		then(r.At, func(ctx context.Context) error {
			_, err := s.Moderation.Report(ctx, s.actor(r.By), s.posts[p], moderation.NewReport{
				Reason: grounds[r.Reason], Body: r.Text, Lang: "da",
			})
			if err != nil || r.At.At(s.now).Add(5*time.Minute).After(s.now) {
				return err
			}
			return s.takeNew(ctx, t.Space)
		})
	}
	lastMoment := s.now.Add(-time.Second)
	if t.Locked != nil {
		lastMoment = t.Locked.At.At(s.now).Add(-time.Second)
	}
	for _, people := range p.Reactions {
		for _, who := range people {
			steps = append(steps, step{lastMoment, func(ctx context.Context) error {
				return s.react(ctx, who, t, p)
			}})
		}
	}
	if p.Case != nil && p.Case.Owner != "" {
		then(p.Case.Acknowledged, func(ctx context.Context) error {
			return s.work(ctx, p.Case.Owner, s.cases[p], crisis.Step{Action: crisis.Take})
		})
		for _, at := range s.answers(p.Case.Acknowledged.At(s.now), string(p.Case.Level)) {
			steps = append(steps, step{at, func(ctx context.Context) error { return s.answerCase(ctx, p.Case.Owner, s.cases[p]) }})
		}
		for _, n := range p.Case.Notes {
			then(n.At, func(ctx context.Context) error {
				return s.work(ctx, n.By, s.cases[p], crisis.Step{Action: crisis.Note, Note: n.Text})
			})
		}
	}
	return steps
}

// answers is when somebody who took a case writes to its person: a few minutes after, and again at each follow-up.
func (s *seeder) answers(taken time.Time, level string) []time.Time {
	first := taken.Add(8 * time.Minute)
	if !first.Before(s.now) {
		return nil
	}
	return append([]time.Time{first}, s.followUps(first, level)...)
}

// followUps is when somebody who has answered asks again how it goes, as far as that has been.
func (s *seeder) followUps(answered time.Time, level string) []time.Time {
	var at []time.Time
	for _, after := range crisis.DefaultTimes[level].FollowUps {
		at = append(at, answered.Add(after+10*time.Minute))
	}
	return slices.DeleteFunc(at, func(t time.Time) bool { return !t.Before(s.now) })
}

// answerCase takes the case up if it is free, and writes to its person.
func (s *seeder) answerCase(ctx context.Context, by, caseID string) error {
	file, err := s.Crisis.File(ctx, s.actor(by), caseID)
	if err != nil || !file.State.Open() || file.State == crisis.Monitoring {
		return err
	}
	if slices.Contains(file.Actions, crisis.Take) {
		if err := s.work(ctx, by, caseID, crisis.Step{Action: crisis.Take}); err != nil {
			return err
		}
	}
	return s.work(ctx, by, caseID, crisis.Step{Action: crisis.Reach})
}

// grounds are the files' reasons in moderation's words.
var grounds = map[Reason]string{
	Worry: "worry", Harsh: "harsh", Identity: "personal", Advice: "unsafe", Selling: "spam", Other: "other",
}

func (s *seeder) edit(ctx context.Context, t *Topic, p *Post) error {
	a := s.actor(p.By)
	w, err := s.Topic.MayChange(ctx, a, s.posts[p])
	if err != nil {
		return err
	}
	text := topic.Text{Body: p.Text, Lang: "da"}
	if w.First() {
		text.Title = t.Title
	}
	if p.Quote != nil {
		text.Body = quoted(s.person(t.Posts[p.Quote.Post-1].By).In(t.Space).Alias, p.Quote.Text) + text.Body
	}
	saved, err := s.Topic.Edit(ctx, a, s.posts[p], w.Post.Version, text)
	if err != nil {
		return err
	}
	if err := s.settleCase(ctx, t, p, saved); err != nil {
		return err
	}
	return s.settlePost(ctx, t, p, saved)
}

// react is done at the last moment that it can be: the files say nothing of when.
func (s *seeder) react(ctx context.Context, who string, t *Topic, p *Post) error {
	if !p.Visible() || !s.person(who).In(t.Space).Left.IsZero() {
		return nil
	}
	if err := s.Topic.React(ctx, s.actor(who), s.posts[p], true); err != nil {
		return fmt.Errorf("%s reacts to %s: %w", who, t.Slug, err)
	}
	return nil
}
