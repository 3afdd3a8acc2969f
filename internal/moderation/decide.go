package moderation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
	"samhold/internal/topic"
)

// maxStatement is the longest statement, in characters.
const maxStatement = 2000

// Step is a decision as its form says it.
type Step struct {
	Kind        Kind
	Version     int    // of the item as the person saw it
	PostVersion int    // of a report's post as the person saw it
	Reason      string // of Grounds
	Statement   string // the author reads it
}

// DecidePost carries out a decision about a post: the post changes, its author hears why, and open reports of a
// removed post are answered, all at once. Stale when the post is no longer the one that the actor read.
func (s *Service) DecidePost(ctx context.Context, a account.Actor, postID string, step Step) error {
	step, err := step.clean(step.Kind.Explained())
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Store.Post(ctx, a, postID)
		if err != nil {
			return err
		}
		if err := s.hold(ctx, a, PostItem, p.ID); err != nil {
			return err
		}
		if p.Version != step.Version || !step.Kind.allowed(p.Visibility) {
			return fault.Stale()
		}
		if err := s.carryOut(ctx, a, p, step); err != nil {
			return err
		}
		return s.Store.GiveBack(ctx, PostItem, p.ID, a.Account)
	})
}

// carryOut changes the post and tells those whom it concerns. The item is in the actor's hands.
func (s *Service) carryOut(ctx context.Context, a account.Actor, p Post, step Step) error {
	change := map[Kind]func(context.Context, account.Actor, string, int) error{
		Release: s.Posts.Release, Hold: s.Posts.Hold, Remove: s.Posts.Remove, Restore: s.Posts.Restore,
	}[step.Kind]
	if change == nil {
		return fault.Stale()
	}
	var reports []Report
	if step.Kind == Remove {
		var err error
		if reports, err = s.Store.OpenReports(ctx, p.ID); err != nil {
			return err
		}
	}
	if err := change(ctx, a, p.ID, p.Version); err != nil {
		return err
	}
	d := &Decision{
		ID: id.New(), SpaceID: p.SpaceID, ActorID: a.Account, Kind: step.Kind, TargetKind: "post", TargetID: p.ID,
		Reason: step.Reason, Statement: step.Statement, CreatedAt: s.Clock.Now(),
	}
	if err := s.decided(ctx, a, d); err != nil {
		return err
	}
	author, _, err := s.Store.Author(ctx, p.ID)
	if err != nil {
		return err
	}
	if author != "" {
		if err := s.Notifier.Notify(ctx, author, noticeOf[step.Kind], d.ID); err != nil {
			return fmt.Errorf("tell the author: %w", err)
		}
	}
	if p.Level == "amber" && p.Unread {
		// Whoever decided has read it: it need not be read once more.
		if err := s.correct(ctx, a, p, p.Level, Read); err != nil {
			return err
		}
	}
	return s.answerAll(ctx, reports)
}

var noticeOf = map[Kind]string{
	Release: NoticeReleased, Hold: NoticeHeld, Remove: NoticeRemoved, Restore: NoticeRestored,
}

func (s *Service) decided(ctx context.Context, a account.Actor, d *Decision) error {
	if err := s.Store.SaveDecision(ctx, d); err != nil {
		return fmt.Errorf("save decision: %w", err)
	}
	return s.record(ctx, a, audit.Action("decided_"+d.Kind), d.TargetKind, d.TargetID, d.SpaceID, d.Reason)
}

// answerAll closes the reports of a post that is gone; their reporters hear that something was done.
func (s *Service) answerAll(ctx context.Context, reports []Report) error {
	for i := range reports {
		if err := s.answer(ctx, &reports[i], Acted); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) answer(ctx context.Context, r *Report, state string) error {
	now := s.Clock.Now()
	version := r.Version
	r.State, r.DecidedAt = state, &now
	if err := s.Store.UpdateReport(ctx, r, version); err != nil {
		return err
	}
	if r.AccountID == nil || r.Reason == ReasonWorry {
		return nil // who was worried hears of it in one way, whatever was done: crisis.TellReporters
	}
	kind := NoticeActed
	if state == Dismissed {
		kind = NoticeDismissed
	}
	if err := s.Notifier.Notify(ctx, *r.AccountID, kind, ""); err != nil {
		return fmt.Errorf("tell the reporter: %w", err)
	}
	return nil
}

// DecideReport settles a report: Act removes its post with a reason and a statement, unless the post is gone
// already; Dismiss leaves the post as it is. The reporter hears that it was looked at, and nothing more.
func (s *Service) DecideReport(ctx context.Context, a account.Actor, reportID string, step Step) error {
	if step.Kind != Act && step.Kind != Dismiss {
		return fault.Stale()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		held, err := s.Store.HeldReport(ctx, a, reportID)
		if err != nil {
			return err
		}
		if step.Kind == Act {
			if err := s.hold(ctx, a, PostItem, held.Post.ID); err != nil {
				return err
			}
		}
		if err := s.hold(ctx, a, ReportItem, reportID); err != nil {
			return err
		}
		r, err := s.Store.Report(ctx, a, reportID)
		if err != nil {
			return err
		}
		if r.State != Open || r.Version != step.Version {
			return fault.Stale()
		}
		if step.Kind == Act {
			err = s.act(ctx, a, r, step)
		} else {
			err = s.answer(ctx, r, Dismissed)
		}
		if err != nil {
			return err
		}
		err = s.decided(ctx, a, &Decision{
			ID: id.New(), SpaceID: r.SpaceID, ActorID: a.Account, Kind: step.Kind, TargetKind: "report", TargetID: r.ID,
			CreatedAt: s.Clock.Now(),
		})
		if err != nil {
			return err
		}
		return s.Store.GiveBack(ctx, ReportItem, r.ID, a.Account)
	})
}

func (s *Service) act(ctx context.Context, a account.Actor, r *Report, step Step) error {
	p, err := s.Store.Post(ctx, a, r.TargetID)
	if err != nil {
		return err
	}
	if p.Visibility != topic.Visible && p.Visibility != topic.Held {
		reports, err := s.Store.OpenReports(ctx, p.ID)
		if err != nil {
			return err
		}
		if err := s.answerAll(ctx, reports); err != nil {
			return err
		}
		return s.Store.GiveBack(ctx, PostItem, p.ID, a.Account)
	}
	step.Kind = Remove
	if step, err = step.clean(true); err != nil {
		return err
	}
	if p.Version != step.PostVersion {
		return fault.Stale()
	}
	if err := s.carryOut(ctx, a, p, step); err != nil {
		return err
	}
	return s.Store.GiveBack(ctx, PostItem, p.ID, a.Account)
}

// clean checks the reason and the statement where the decision takes them, and drops them where not.
func (step Step) clean(explained bool) (Step, error) {
	if !explained {
		step.Reason, step.Statement = "", ""
		return step, nil
	}
	var check fault.Check
	statement, err := markup.Clean(step.Statement)
	if err := check.AddError("statement", err); err != nil {
		return step, err
	}
	step.Statement = strings.TrimSpace(statement)
	check.Require(slices.Contains(Grounds, step.Reason), "reason", "moderation.reason_missing")
	check.Require(step.Statement != "", "statement", "moderation.statement_missing")
	check.Require(utf8.RuneCountInString(step.Statement) <= maxStatement, "statement", "moderation.statement_long", "Max", maxStatement)
	return step, check.Err()
}
