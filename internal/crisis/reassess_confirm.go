package crisis

import (
	"context"
	"fmt"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/triage"
)

// WaitingRaise is a post that the rules in force would raise, as a list shows it: no text.
type WaitingRaise struct {
	PostID    string
	Alias     string
	SpaceName string
	Was       string
	Level     string
	Category  string
	Rules     string // ids with spaces between
	At        time.Time
	Words     []string `gorm:"-"` // what the rules mean, in the reader's language
}

// CategoryKey names the category for a text; "none" when there is none.
func (w *WaitingRaise) CategoryKey() string { return orNone(w.Category) }

// LevelCount is how many posts would come to a level.
type LevelCount struct {
	Level string
	N     int
}

// Raises is what the rules in force would raise where the reader moderates.
type Raises struct {
	Reassessment
	Counts []LevelCount // the most serious first
	Shown  []WaitingRaise
}

// Total is how many posts wait for the reader.
func (r *Raises) Total() int {
	n := 0
	for _, c := range r.Counts {
		n += c.N
	}
	return n
}

// Posts are the ids of the posts that are shown, with spaces between.
func (r *Raises) Posts() string {
	ids := make([]string, len(r.Shown))
	for i, w := range r.Shown {
		ids[i] = w.PostID
	}
	return strings.Join(ids, " ")
}

// raisesShown is how many posts one looks at, and confirms, at a time.
const raisesShown = 50

// RaiseCounts says how many posts wait for the actor to confirm a higher level; nothing where rules have not changed.
func (s *Service) RaiseCounts(ctx context.Context, actor account.Actor) ([]LevelCount, error) {
	r, err := s.standing(ctx, actor)
	if err != nil || r == nil {
		return nil, err
	}
	return s.store.RaiseCounts(ctx, actor, r.ID)
}

// Raises returns what the rules in force would raise in the spaces that the actor moderates, without what the actor wrote.
func (s *Service) Raises(ctx context.Context, actor account.Actor, lang string) (*Raises, error) {
	r, err := s.standing(ctx, actor)
	if err != nil {
		return nil, err
	}
	found := &Raises{Reassessment: Reassessment{RulesVersion: s.assessor.Version()}}
	if r == nil {
		return found, nil
	}
	found.Reassessment = *r
	if found.Counts, err = s.store.RaiseCounts(ctx, actor, r.ID); err != nil {
		return nil, err
	}
	if found.Shown, err = s.store.Raises(ctx, actor, r.ID, raisesShown); err != nil {
		return nil, err
	}
	for i := range found.Shown {
		w := &found.Shown[i]
		for rule := range strings.FieldsSeq(w.Rules) {
			if words := s.assessor.Explain(triage.Reason{Rule: rule}, lang); words != "" {
				w.Words = append(w.Words, words)
			}
		}
	}
	return found, nil
}

// standing returns the newest reassessment if it was made by the rules in force; else nil: an older one says nothing
// any more.
func (s *Service) standing(ctx context.Context, actor account.Actor) (*Reassessment, error) {
	if !actor.Can(account.Moderate) {
		return nil, fault.Missing()
	}
	r, err := s.store.NewestReassessment(ctx)
	if fault.Is(err, fault.NotFound) || err == nil && r.RulesVersion != s.assessor.Version() {
		return nil, nil
	}
	return r, err
}

// ConfirmRaises raises those of the posts that still wait for it, each in a transaction of its own, and says how many
// were raised. What was edited, deleted or judged by a person meanwhile is left alone. A Conflict when the rules are
// others than the actor saw.
func (s *Service) ConfirmRaises(ctx context.Context, actor account.Actor, reassessment string, posts []string) (int, error) {
	return s.decideRaises(ctx, actor, reassessment, posts, Raised)
}

// LeaveOut lets posts stay at the level that stands for them. It says how many still waited.
func (s *Service) LeaveOut(ctx context.Context, actor account.Actor, reassessment string, posts []string) (int, error) {
	return s.decideRaises(ctx, actor, reassessment, posts, LeftOut)
}

func (s *Service) decideRaises(
	ctx context.Context, actor account.Actor, reassessment string, posts []string, state RaiseState,
) (decided int, err error) {
	r, err := s.standing(ctx, actor)
	if err != nil {
		return 0, err
	}
	if r == nil || r.ID != reassessment {
		return 0, fault.Stale()
	}
	for _, post := range posts[:min(len(posts), raisesShown)] {
		err := s.tx.InTx(ctx, func(ctx context.Context) error { return s.decideRaise(ctx, actor, r.ID, post, state) })
		switch {
		case err == nil:
			decided++
		case !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict):
			return decided, fmt.Errorf("decide what would be higher: %w", err)
		}
	}
	return decided, nil
}

// decideRaise must run in a transaction. Of two people who decide at once the first does; for the second nothing waits,
// which is NotFound.
func (s *Service) decideRaise(ctx context.Context, actor account.Actor, reassessment, postID string, state RaiseState) error {
	raise, space, err := s.store.DecideRaise(ctx, actor, reassessment, postID, state)
	if err != nil {
		return err
	}
	action := audit.Action("raise_left")
	if state == Raised {
		action = "raise_confirmed"
		if err := s.raiseOne(ctx, raise, actor.At); err != nil {
			return err
		}
	}
	return s.audit.Append(ctx, audit.Event{
		At: actor.At, Actor: actor.Account, Action: action, ObjectKind: "post", ObjectID: postID, SpaceID: space, Code: raise.Level,
	})
}
