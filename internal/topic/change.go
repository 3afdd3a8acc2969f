package topic

import (
	"context"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/markup"
)

// MayChange returns a post for its author to edit, or the fault that says why they may not.
func (s *Service) MayChange(ctx context.Context, a account.Actor, postID string) (Written, error) {
	w, err := s.written(ctx, a, postID)
	if err != nil {
		return w, err
	}
	return w, hindered(MayEdit(a, &w))
}

// written returns a post that the actor wrote or moderates; others' posts are not found.
func (s *Service) written(ctx context.Context, a account.Actor, postID string) (Written, error) {
	w, err := s.Store.Written(ctx, a, postID)
	if err != nil {
		return w, err
	}
	if !w.Mine {
		return w, fault.Missing()
	}
	return w, nil
}

// Edit changes the author's own post and keeps what it said before. The text passes the intake again, and a
// post that others see waits for a moderator where a new one would. version is the one that the form was made
// from; when the post has changed since, nothing is saved and the fault is Stale, unless it says the same already: then
// the button was pressed twice.
func (s *Service) Edit(ctx context.Context, a account.Actor, postID string, version int, t Text) (Saved, error) {
	var saved Saved
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.LockTopicOf(ctx, postID); err != nil {
			return err
		}
		w, err := s.MayChange(ctx, a, postID)
		if err != nil {
			return err
		}
		t, html, err := t.clean(w.First())
		if err != nil {
			return err
		}
		same := t.Body == w.Post.Body && (!w.First() || t.Title == w.Topic.Title)
		if w.Post.Version != version && !same {
			return fault.Stale()
		}
		saved = Saved{Topic: w.Topic.ID, Post: postID, SpaceKind: w.Space.Kind}
		if same {
			saved.Replayed = w.Post.Version != version
			saved.Visibility, saved.HeldReason, saved.Shown = w.Post.Visibility, w.Post.HeldReason, w.Shown()
			return s.dropDraft(ctx, a.Account, "/p/"+postID+"/edit")
		}
		if saved.Verdict, err = s.change(ctx, a, &w, t, html); err != nil {
			return err
		}
		saved.Visibility, saved.HeldReason, saved.Shown = w.Post.Visibility, w.Post.HeldReason, w.Shown()
		return s.dropDraft(ctx, a.Account, "/p/"+postID+"/edit")
	})
	return saved, err
}

// change saves the new text with what it replaces, after it has passed the intake.
func (s *Service) change(ctx context.Context, a account.Actor, w *Written, t Text, html string) (v intake.Verdict, err error) {
	now := s.Clock.Now()
	p := &w.Post
	before := &Revision{
		ID: NewKey(), PostID: p.ID, Revision: p.Revision, Body: p.Body, BodyHTML: p.BodyHTML, CreatedAt: p.CreatedAt,
	}
	if p.EditedAt != nil {
		before.CreatedAt = *p.EditedAt
	}
	if w.First() {
		before.Title = w.Topic.Title
	}
	if err := s.Store.AddRevision(ctx, before); err != nil {
		return v, err
	}
	if v, err = s.Intake.Receive(ctx, submission(a, &w.Opened, t, p.ID, p.Revision+1, p.ReplyTo)); err != nil {
		return v, err
	}
	version := p.Version
	p.Body, p.BodyHTML, p.PolicyVersion = t.Body, html, markup.PolicyVersion
	p.Revision++
	p.EditedAt = &now
	p.CalmBanner = p.CalmBanner || v.CalmBanner
	if reason := holdReason(a, &w.Opened, v); reason != "" && p.Visibility == Visible {
		p.Visibility, p.HeldReason = Held, reason
	}
	if err := s.Store.ChangePost(ctx, p, version); err != nil {
		return v, err
	}
	if w.First() {
		w.Topic.Title = t.Title
	}
	w.Topic.Promotable = w.Topic.Promotable && !v.CalmBanner
	return v, s.settle(ctx, w)
}

// settle brings the topic and the search index in line with the post after it changed.
func (s *Service) settle(ctx context.Context, w *Written) error {
	if w.First() {
		w.Topic.Visibility = w.Post.Visibility
	}
	if err := s.Store.ChangeTopic(ctx, &w.Topic); err != nil {
		return err
	}
	if err := s.Store.Tally(ctx, w.Topic.ID); err != nil {
		return err
	}
	return s.Jobs.IndexPost(ctx, w.Post.ID)
}

// Mine returns a post that the actor may take back.
func (s *Service) Mine(ctx context.Context, a account.Actor, postID string) (Written, error) {
	w, err := s.written(ctx, a, postID)
	if err == nil && !MayDelete(&w) {
		err = fault.Missing()
	}
	return w, err
}

// Delete takes the author's own post back. A topic whose first post goes while replies remain stays, without its
// title; with nothing left it is gone.
func (s *Service) Delete(ctx context.Context, a account.Actor, postID string) (Saved, error) {
	var saved Saved
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.LockTopicOf(ctx, postID); err != nil {
			return err
		}
		w, err := s.Mine(ctx, a, postID)
		if err != nil {
			return err
		}
		version := w.Post.Version
		others := w.Topic.PostCount
		if w.Post.Visibility == Visible {
			others--
		}
		now := s.Clock.Now()
		w.Post.Visibility, w.Post.GoneAt = Deleted, &now
		if err := s.Store.ChangePost(ctx, &w.Post, version); err != nil {
			return err
		}
		saved = Saved{Topic: w.Topic.ID, Post: postID, Visibility: Deleted}
		if w.First() && others > 0 {
			w.Topic.Title = ""
			if err := s.Store.ChangeTopic(ctx, &w.Topic); err != nil {
				return err
			}
			if err := s.Store.Tally(ctx, w.Topic.ID); err != nil {
				return err
			}
			return s.Jobs.IndexPost(ctx, postID)
		}
		return s.settle(ctx, &w)
	})
	return saved, err
}

// React says, or no longer says, that the actor thinks of the author of a post by somebody else.
func (s *Service) React(ctx context.Context, a account.Actor, postID string, on bool) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		w, err := s.Store.Written(ctx, a, postID)
		if err != nil {
			return err
		}
		if w.Mine || w.Post.Visibility != Visible {
			return fault.Missing()
		}
		if err := hindered(MayWrite(a, &w.Space, w.Standing, &w.Topic)); err != nil {
			return err
		}
		return s.Store.SetReaction(ctx, postID, w.Standing.Membership, on, s.Clock.Now())
	})
}

// The actions of those who lead a space, as the audit log names them.
const (
	topicLocked   audit.Action = "topic_locked"
	topicUnlocked audit.Action = "topic_unlocked"
	topicPinned   audit.Action = "topic_pinned"
	topicUnpinned audit.Action = "topic_unpinned"
)

// Lock closes a topic for new replies, or opens it again. It takes LeadSpace.
func (s *Service) Lock(ctx context.Context, a account.Actor, topicID string, on bool) error {
	return s.lead(ctx, a, topicID, func(t *Topic) audit.Action {
		if on {
			t.State = Locked
			return topicLocked
		}
		t.State = Open
		return topicUnlocked
	})
}

// Pin keeps a topic at the top of its space's list, or lets it go. It takes LeadSpace.
func (s *Service) Pin(ctx context.Context, a account.Actor, topicID string, on bool) error {
	return s.lead(ctx, a, topicID, func(t *Topic) audit.Action {
		if on {
			now := s.Clock.Now()
			t.PinnedAt = &now
			return topicPinned
		}
		t.PinnedAt = nil
		return topicUnpinned
	})
}

func (s *Service) lead(ctx context.Context, a account.Actor, topicID string, change func(*Topic) audit.Action) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.LockTopic(ctx, topicID); err != nil {
			return err
		}
		o, err := s.Store.Opened(ctx, a, topicID)
		if err != nil {
			return err
		}
		if !a.CanIn(account.LeadSpace, o.Space.ID) {
			return fault.Missing()
		}
		action := change(&o.Topic)
		if err := s.Store.ChangeTopic(ctx, &o.Topic); err != nil {
			return err
		}
		return s.Audit.Append(ctx, audit.Event{
			At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: "topic", ObjectID: topicID, SpaceID: o.Space.ID,
		})
	})
}
