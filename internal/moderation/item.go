package moderation

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// PostFile is a post before its moderator, without its text.
type PostFile struct {
	Post
	Past    []Past
	Reports []HeldReport // open
	Choices []Kind
}

// PostFile returns a post that the actor may review, or NotFound.
func (s *Service) PostFile(ctx context.Context, a account.Actor, postID string) (*PostFile, error) {
	p, err := s.Store.Post(ctx, a, postID)
	if err != nil {
		return nil, err
	}
	f := &PostFile{Post: p, Choices: Choices(p.Visibility)}
	if f.Past, err = s.Store.Past(ctx, postID); err != nil {
		return nil, err
	}
	f.Reports, err = s.Store.ReportsOf(ctx, a, postID)
	return f, err
}

// ReportFile is a report before its moderator, without its text and the post's.
type ReportFile struct {
	HeldReport
	Past []Past // about the post
}

// ReportFile returns a report that the actor may review, or NotFound.
func (s *Service) ReportFile(ctx context.Context, a account.Actor, reportID string) (*ReportFile, error) {
	r, err := s.Store.HeldReport(ctx, a, reportID)
	if err != nil {
		return nil, err
	}
	f := &ReportFile{HeldReport: r}
	f.Past, err = s.Store.Past(ctx, r.Post.ID)
	return f, err
}

// Text is what a post says, opened by staff. BodyHTML was made by package markup.
type Text struct {
	Title    string // of the topic that the post opens, else empty
	BodyHTML string
	Body     string      // as it was typed
	Encoded  string      // the reasons as they are stored
	Told     triage.Told // in the reader's language
	Report   string      // the text of the report, when it was opened with one
}

// OpenPost returns the text of a post and takes the post for fifteen minutes, unless somebody else has it. It is
// audited.
func (s *Service) OpenPost(ctx context.Context, a account.Actor, postID, lang string) (*Text, error) {
	var text Text
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.Store.Post(ctx, a, postID)
		if err != nil {
			return err
		}
		if text, err = s.text(ctx, a, p.ID, lang); err != nil {
			return err
		}
		if _, err := s.take(ctx, a, PostItem, p.ID); err != nil {
			return err
		}
		return s.record(ctx, a, "post_opened", "post", p.ID, p.SpaceID, "")
	})
	if err != nil {
		return nil, err
	}
	return &text, nil
}

// OpenReport returns the text of a report and of its post, and takes the report for fifteen minutes, unless
// somebody else has it. It is audited.
func (s *Service) OpenReport(ctx context.Context, a account.Actor, reportID, lang string) (*Text, error) {
	var text Text
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		held, err := s.Store.HeldReport(ctx, a, reportID)
		if err != nil {
			return err
		}
		if held.State == Open {
			if _, err := s.take(ctx, a, ReportItem, reportID); err != nil {
				return err
			}
		}
		r, err := s.Store.Report(ctx, a, reportID)
		if err != nil {
			return err
		}
		if text, err = s.text(ctx, a, r.TargetID, lang); err != nil {
			return err
		}
		if text.Report, err = s.unseal(ctx, r); err != nil {
			return err
		}
		return s.record(ctx, a, "report_opened", "report", r.ID, r.SpaceID, "")
	})
	if err != nil {
		return nil, err
	}
	return &text, nil
}

func (s *Service) text(ctx context.Context, a account.Actor, postID, lang string) (Text, error) {
	text, err := s.Store.Text(ctx, a, postID)
	if err != nil {
		return Text{}, err
	}
	if text.Encoded != "" {
		assessed := text.Body
		if text.Title != "" {
			assessed = intake.Opening(text.Title, text.Body)
		}
		text.Told = s.Assessments.Explain(text.Encoded, assessed, lang)
	}
	return text, nil
}

func (s *Service) take(ctx context.Context, a account.Actor, item Item, itemID string) (bool, error) {
	now := s.Clock.Now()
	return s.Store.Take(ctx, item, itemID, a.Account, now, now.Add(leaseLasts))
}

// hold takes the item, or fails with a Conflict when somebody else has it.
//
// What changes an item holds it first, so that two of a team wait for each other there and nowhere else: items come
// before reports, reports before topics, and the audit log last.
func (s *Service) hold(ctx context.Context, a account.Actor, item Item, itemID string) error {
	free, err := s.take(ctx, a, item, itemID)
	if err == nil && !free {
		return fault.New(fault.Conflict, "moderation.taken")
	}
	return err
}

// GiveBack lets others have the item that the actor has taken.
func (s *Service) GiveBack(ctx context.Context, a account.Actor, item Item, itemID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.visible(ctx, a, item, itemID); err != nil {
			return err
		}
		return s.Store.GiveBack(ctx, item, itemID, a.Account)
	})
}

func (s *Service) visible(ctx context.Context, a account.Actor, item Item, itemID string) error {
	if item == PostItem {
		_, err := s.Store.Post(ctx, a, itemID)
		return err
	}
	_, err := s.Store.HeldReport(ctx, a, itemID)
	return err
}

// Correct gives a post the level that the actor found in it, or says that its level is right. The version is the
// post's as the actor read it.
func (s *Service) Correct(ctx context.Context, a account.Actor, postID string, version int, level, reason string) error {
	var check fault.Check
	check.Require(knownLevel(level), "level", "moderation.level_missing")
	check.Require(slices.Contains(Corrections, reason), "correction", "moderation.correction_missing")
	if err := check.Err(); err != nil {
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
		if p.Version != version || p.Level == "" {
			return fault.Stale()
		}
		return s.correct(ctx, a, p, level, reason)
	})
}

// MarkRead says that the actor has read a post and found its level right.
func (s *Service) MarkRead(ctx context.Context, a account.Actor, postID string, version int) error {
	p, err := s.Store.Post(ctx, a, postID)
	if err != nil {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Correct(ctx, a, postID, version, p.Level, Read); err != nil {
			return err
		}
		return s.Store.GiveBack(ctx, PostItem, postID, a.Account)
	})
}

func (s *Service) correct(ctx context.Context, a account.Actor, p Post, level, reason string) error {
	author, membership, err := s.Store.Author(ctx, p.ID)
	if err != nil {
		return err
	}
	return s.Assessments.Correct(ctx, a, intake.Submission{
		Kind: intake.Post, ID: p.ID, Revision: p.Revision, Account: author, Membership: membership,
		Space: p.SpaceID, SpaceKind: p.SpaceKind,
	}, level, reason)
}

func knownLevel(level string) bool {
	return slices.Contains([]string{"green", "amber", "red", "crisis"}, level)
}

// Judgement is a decision as the author of the post reads it. It does not say who decided.
type Judgement struct {
	Kind      Kind
	Reason    string
	Statement string
	SpaceName string
	TopicID   string
	PostID    string
	Readable  bool // the author can still see the post where it stood
	At        time.Time
}

// Judgement returns a decision about a post of the actor's own, or NotFound.
func (s *Service) Judgement(ctx context.Context, a account.Actor, decisionID string) (Judgement, error) {
	if a.Guest() {
		return Judgement{}, fault.Missing()
	}
	return s.Store.DecisionFor(ctx, a.Account, decisionID)
}
