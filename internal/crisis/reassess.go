package crisis

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/job"
	"samhold/internal/triage"
)

// ReassessJob reads a page of posts again by the rules in force. It raises nothing.
const ReassessJob = "reassess"

// Reassessed posts are at most reassessAge old; one job reads at most reassessPage of them.
const (
	reassessAge  = 30 * day
	reassessPage = 50
)

// reassessLater is after how long a process that has other rules leaves the work to one that may have the right ones.
const reassessLater = 5 * time.Minute

// ReassessPayload names the work of a ReassessJob.
type ReassessPayload struct {
	Reassessment string `json:"reassessment"`
}

// Reassessment is one reading of recent posts by another version of the rules than the one that they were written under.
type Reassessment struct {
	ID           string `gorm:"primaryKey"`
	Number       int    // counts up: the newest is the one that stands
	RulesVersion string
	AfterPost    string // the last post that was read
	Looked       int    // how many posts were read
	StartedAt    time.Time
	DoneAt       *time.Time
}

// RaiseState is what became of a post that the rules would raise.
type RaiseState string

// The states of a proposal.
const (
	RaiseWaits RaiseState = "waiting" // for a person
	Raised     RaiseState = "raised"
	LeftOut    RaiseState = "left"
)

// Proposal is a post that the rules in force put higher than what stands for it. It holds no text.
type Proposal struct {
	ReassessmentID string `gorm:"primaryKey"`
	PostID         string `gorm:"primaryKey"`
	Revision       int
	Was            string
	Level          string
	Category       string
	Rules          string // the ids of those that raise it, with spaces between
	State          RaiseState
	DecidedAt      *time.Time
}

// TableName implements GORM's naming.
func (Proposal) TableName() string { return "reassessment_item" }

// Reread is a post with what it takes to assess it again.
type Reread struct {
	Submission intake.Submission
	Level      string // what stands for it
	At         time.Time
}

// reassessStore keeps what another version of the rules would raise.
type reassessStore interface {
	// NewestReassessment is the one that stands, or NotFound.
	NewestReassessment(ctx context.Context) (*Reassessment, error)
	// AddReassessment saves r unless there is one with its number.
	AddReassessment(ctx context.Context, r *Reassessment) (fresh bool, err error)
	// MoveReassessment saves how far r has come, if it still stood after that post.
	MoveReassessment(ctx context.Context, r *Reassessment, after string) (moved bool, err error)
	// Rereadable returns posts in the order of ids, after one of them: those that are visible or held, written or edited
	// since then by somebody who has an account, assessed by another version, and not judged by a person.
	Rereadable(ctx context.Context, version, after string, since time.Time, limit int) ([]Reread, error)
	// Reread returns one such post, whatever its age and the version.
	Reread(ctx context.Context, postID string) (*Reread, error)
	AddRaises(ctx context.Context, raises []Proposal) error
	// RaiseCounts and Raises are of the posts that wait, in the spaces that the actor moderates and not written by the
	// actor, as long as they read, and are assessed, as they were.
	RaiseCounts(ctx context.Context, actor account.Actor, reassessment string) ([]LevelCount, error)
	Raises(ctx context.Context, actor account.Actor, reassessment string, limit int) ([]WaitingRaise, error)
	// DecideRaise writes the state of one of them, and returns it with its space; NotFound if it waits no more.
	DecideRaise(ctx context.Context, actor account.Actor, reassessment, postID string, state RaiseState) (*Proposal, string, error)
	// ReplaceAssessment writes the assessment of a revision anew if that level stands for it and no person has judged it.
	// It gives a the id.
	ReplaceAssessment(ctx context.Context, a *Assessment, was string) (replaced bool, err error)
}

// BeginReassessment leaves the work of reading recent posts again if the rules are others than the last time. Every
// start calls it; what was broken off goes on.
func (s *Service) BeginReassessment(ctx context.Context) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		r, err := s.store.NewestReassessment(ctx)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return fmt.Errorf("newest reassessment: %w", err)
		}
		if err != nil || r.RulesVersion != s.assessor.Version() {
			next := &Reassessment{ID: id.New(), Number: 1, RulesVersion: s.assessor.Version(), StartedAt: s.clock.Now()}
			if err == nil {
				next.Number = r.Number + 1
			}
			fresh, err := s.store.AddReassessment(ctx, next)
			if err != nil || !fresh {
				return err // another process began it
			}
			r = next
		}
		if r.DoneAt != nil {
			return nil
		}
		return s.jobs.Enqueue(ctx, ReassessJob, ReassessPayload{r.ID}, job.Once(r.ID))
	})
}

// Reassess reads the next page of posts and keeps which of them would be higher. It raises nothing, and nothing happens
// when it runs twice.
func (s *Service) Reassess(ctx context.Context, p ReassessPayload) error {
	r, err := s.store.NewestReassessment(ctx)
	if fault.Is(err, fault.NotFound) {
		return nil // its time is over
	}
	if err != nil {
		return fmt.Errorf("newest reassessment: %w", err)
	}
	if r.ID != p.Reassessment || r.DoneAt != nil {
		return nil
	}
	if r.RulesVersion != s.assessor.Version() {
		return s.jobs.Enqueue(ctx, ReassessJob, p, job.Once(r.ID), job.At(s.clock.Now().Add(reassessLater)))
	}
	now := s.clock.Now()
	page, err := s.store.Rereadable(ctx, r.RulesVersion, r.AfterPost, now.Add(-reassessAge), reassessPage)
	if err != nil {
		return fmt.Errorf("posts to read again: %w", err)
	}
	var found []Proposal
	for _, post := range page {
		again, err := s.reread(ctx, &post)
		if err != nil {
			return err
		}
		if again.Level <= rank(post.Level) {
			continue
		}
		found = append(found, Proposal{
			ReassessmentID: r.ID, PostID: post.Submission.ID, Revision: post.Submission.Revision, Was: post.Level,
			Level: again.Level.String(), Category: string(again.Category), Rules: raisedBy(again.Reasons), State: RaiseWaits,
		})
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		next := *r
		next.Looked += len(page)
		if len(page) > 0 {
			next.AfterPost = page[len(page)-1].Submission.ID
		}
		if len(page) < reassessPage {
			next.DoneAt = &now
		}
		moved, err := s.store.MoveReassessment(ctx, &next, r.AfterPost)
		if err != nil || !moved {
			return err // another process read this page
		}
		if err := s.store.AddRaises(ctx, found); err != nil {
			return fmt.Errorf("keep what would be higher: %w", err)
		}
		if next.DoneAt != nil {
			return nil
		}
		return s.jobs.Enqueue(ctx, ReassessJob, p, job.Once(r.ID))
	})
}

// reread assesses a post by the rules in force, with what is known beside it as of when it was written.
func (s *Service) reread(ctx context.Context, post *Reread) (triage.Assessment, error) {
	in := post.Submission
	known, err := s.written(ctx, in, post.At, in.ID)
	if err != nil {
		return triage.Assessment{}, err
	}
	return s.assessor.Assess(triage.Input{Text: in.Text, Lang: in.Lang, Space: in.SpaceKind, Context: known}), nil
}

func raisedBy(reasons []triage.Reason) string {
	var rules []string
	for _, r := range reasons {
		if r.Raises && !slices.Contains(rules, r.Rule) {
			rules = append(rules, r.Rule)
		}
	}
	return strings.Join(rules, " ")
}

// raiseOne writes the level that a person has confirmed, with the reasons of today, and calls people if it is urgent. Stale
// when what stands for the post is no longer what the person saw.
func (s *Service) raiseOne(ctx context.Context, raise *Proposal, now time.Time) error {
	post, err := s.store.Reread(ctx, raise.PostID)
	if fault.Is(err, fault.NotFound) {
		return fault.Stale()
	}
	if err != nil {
		return fmt.Errorf("read a post again: %w", err)
	}
	again, err := s.reread(ctx, post)
	if err != nil {
		return err
	}
	reasons, err := json.Marshal(again.Reasons)
	if err != nil {
		return fmt.Errorf("encode reasons: %w", err)
	}
	in := post.Submission
	a := &Assessment{
		SourceKind: string(intake.Post), SourceID: in.ID, Revision: raise.Revision, SpaceID: optional(in.Space),
		RulesVersion: again.RulesVersion, Level: raise.Level, Category: raise.Category, Subject: string(again.Subject),
		Reasons: string(reasons), CreatedAt: now,
	}
	replaced, err := s.store.ReplaceAssessment(ctx, a, raise.Was)
	if err != nil {
		return fmt.Errorf("write the assessment anew: %w", err)
	}
	if !replaced {
		return fault.Stale()
	}
	if rank(a.Level).Urgent() {
		if _, err := s.signal(ctx, in, a, now); err != nil {
			return fmt.Errorf("open case: %w", err)
		}
	}
	return nil
}
