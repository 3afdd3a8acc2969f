package topic

import (
	"context"
	"slices"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
)

// The decisions of moderators about a post, as the audit log names them.
const (
	postReleased audit.Action = "post_released"
	postHeld     audit.Action = "post_held"
	postRemoved  audit.Action = "post_removed"
	postRestored audit.Action = "post_restored"
	calmSet      audit.Action = "calm_set"
	calmLifted   audit.Action = "calm_lifted"
)

// PostForStaff returns a post, whatever its visibility, to a moderator of its space.
func (s *Service) PostForStaff(ctx context.Context, a account.Actor, postID string) (Written, error) {
	w, err := s.Store.Written(ctx, a, postID)
	if err == nil && !a.CanIn(account.Moderate, w.Space.ID) {
		err = fault.Missing()
	}
	return w, err
}

// Release shows a held post to everybody. version is the post's as the moderator read it: when it has changed
// since, nothing happens and the fault is Stale. A reply that others have never seen moves to the end of its
// topic, where those who have read that far will meet it.
func (s *Service) Release(ctx context.Context, a account.Actor, postID string, version int) error {
	return s.decide(ctx, a, postID, version, postReleased, []string{Held}, func(ctx context.Context, w *Written) error {
		now := s.Clock.Now()
		w.Post.Visibility, w.Post.HeldReason = Visible, ""
		if w.Post.ShownAt == nil {
			w.Post.ShownAt = &now
			if !w.First() {
				seq, err := s.Store.NextSeq(ctx, w.Topic.ID)
				if err != nil {
					return err
				}
				w.Post.Seq = seq
			}
		}
		if w.Post.MembershipID == nil {
			return nil
		}
		return s.Store.AddApproved(ctx, *w.Post.MembershipID)
	})
}

// Hold hides a visible post until a moderator has decided.
func (s *Service) Hold(ctx context.Context, a account.Actor, postID string, version int) error {
	return s.decide(ctx, a, postID, version, postHeld, []string{Visible}, func(_ context.Context, w *Written) error {
		w.Post.Visibility, w.Post.HeldReason = Held, HeldByStaff
		return nil
	})
}

// Remove takes a post away from everybody but staff.
func (s *Service) Remove(ctx context.Context, a account.Actor, postID string, version int) error {
	return s.decide(ctx, a, postID, version, postRemoved, []string{Visible, Held}, func(_ context.Context, w *Written) error {
		now := s.Clock.Now()
		w.Post.Visibility, w.Post.GoneAt = Removed, &now
		return nil
	})
}

// Restore brings a removed post back.
func (s *Service) Restore(ctx context.Context, a account.Actor, postID string, version int) error {
	return s.decide(ctx, a, postID, version, postRestored, []string{Removed}, func(_ context.Context, w *Written) error {
		if w.Post.Body == "" {
			return fault.Stale() // its text had its time, or its author is gone
		}
		now := s.Clock.Now()
		w.Post.Visibility, w.Post.HeldReason, w.Post.GoneAt = Visible, "", nil
		if w.Post.ShownAt == nil {
			w.Post.ShownAt = &now
		}
		return nil
	})
}

// SetCalm puts the calm banner on how to answer well on a post, or takes it away: replies in its topic are then approved
// first, and the topic is not shown as news. It takes no case and tells of none. version is the post's as the moderator
// read it.
func (s *Service) SetCalm(ctx context.Context, a account.Actor, postID string, version int, on bool) error {
	action := calmLifted
	if on {
		action = calmSet
	}
	return s.decide(ctx, a, postID, version, action, []string{Visible, Held}, func(ctx context.Context, w *Written) error {
		if w.Post.CalmBanner == on {
			return fault.Stale()
		}
		other, err := s.Store.OtherCalm(ctx, w.Topic.ID, postID)
		if err != nil {
			return err
		}
		w.Post.CalmBanner, w.Topic.Promotable = on, !on && !other
		return nil
	})
}

func (s *Service) decide(
	ctx context.Context, a account.Actor, postID string, version int, action audit.Action, from []string,
	change func(context.Context, *Written) error,
) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.LockTopicOf(ctx, postID); err != nil {
			return err
		}
		w, err := s.PostForStaff(ctx, a, postID)
		if err != nil {
			return err
		}
		if w.Post.Version != version || !oneOf(w.Post.Visibility, from) {
			return fault.Stale()
		}
		first := w.First()
		if err := change(ctx, &w); err != nil {
			return err
		}
		if err := s.Store.ChangePost(ctx, &w.Post, version); err != nil {
			return err
		}
		if first {
			w.Topic.Visibility = w.Post.Visibility
		}
		if err := s.settle(ctx, &w); err != nil {
			return err
		}
		return s.Audit.Append(ctx, audit.Event{
			At: s.Clock.Now(), Actor: a.Account, Action: action, ObjectKind: "post", ObjectID: postID,
			SpaceID: w.Space.ID,
		})
	})
}

func oneOf(v string, allowed []string) bool {
	return slices.Contains(allowed, v)
}
