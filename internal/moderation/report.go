package moderation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/markup"
	"samhold/internal/seal"
)

// maxReport is the longest text of a report, in characters.
const maxReport = 2000

// Target is a post for whom wants to report it. It repeats nothing of the text.
type Target struct {
	ID         string
	TopicID    string
	SpaceID    string
	SpaceKind  string
	SpaceName  string
	Colour     string
	Alias      string
	Membership string // the reporter's own in the space, or empty
}

// Target returns the post that the actor may report, or NotFound.
func (s *Service) Target(ctx context.Context, a account.Actor, postID string) (Target, error) {
	if a.Guest() {
		return Target{}, fault.Missing()
	}
	return s.Store.Target(ctx, a, postID)
}

// NewReport is a report as typed.
type NewReport struct {
	Reason string
	Body   string // may be empty
	Lang   string
}

// Reported is what became of a report. Verdict is about the reporter's own words.
type Reported struct {
	Target  Target
	Verdict intake.Verdict
	Again   bool // it took the place of what the person had reported about the post before
}

// Report keeps what a member says about a post, sealed, and has its words assessed. There is one open report for
// each person and post: what is said again takes its place.
//
// Whose case urgent words are: the reporter's own when they speak of themselves. When they speak of somebody else,
// or when the reporter is worried and it cannot be told of whom, it is the case of the post's author, because that
// is the one person whom staff can reach from here.
func (s *Service) Report(ctx context.Context, a account.Actor, postID string, n NewReport) (*Reported, error) {
	body, err := n.clean()
	if err != nil {
		return nil, err
	}
	var done Reported
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if done.Target, err = s.Target(ctx, a, postID); err != nil {
			return err
		}
		now := s.Clock.Now()
		r, created, err := s.Store.SaveReport(ctx, &Report{
			ID: id.New(), SpaceID: done.Target.SpaceID, AccountID: &a.Account, TargetKind: "post", TargetID: postID,
			Reason: n.Reason, State: Open, Version: 1, CreatedAt: now,
		})
		if err != nil {
			return fmt.Errorf("save report: %w", err)
		}
		done.Again = !created
		version, worried := r.Version, n.Reason == ReasonWorry && (created || r.Reason != ReasonWorry)
		r.Reason = n.Reason
		if err := s.seal(ctx, r, body); err != nil {
			return err
		}
		if err := s.Store.UpdateReport(ctx, r, version); err != nil {
			return fmt.Errorf("save report: %w", err)
		}
		if body != "" {
			if done.Verdict, err = s.receive(ctx, a, r, done.Target, n, body); err != nil {
				return err
			}
		}
		if worried && done.Verdict.Case == "" { // a case calls people itself
			return s.call(ctx, r)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &done, nil
}

// call tells staff of a worry that opened no case. Whoever wrote the post is not told of what is said about it.
func (s *Service) call(ctx context.Context, r *Report) error {
	author, _, err := s.Store.Author(ctx, r.TargetID)
	if err != nil {
		return err
	}
	accounts, err := s.Callers.Callable(ctx, r.SpaceID, author)
	if err != nil {
		return fmt.Errorf("whom to call: %w", err)
	}
	for _, account := range accounts {
		if err := s.Notifier.Notify(ctx, account, NoticeWorry, r.ID); err != nil {
			return err
		}
	}
	return nil
}

func (n NewReport) clean() (string, error) {
	var check fault.Check
	body, err := markup.Clean(n.Body)
	if err := check.AddError("body", err); err != nil {
		return "", err
	}
	body = strings.TrimSpace(body)
	check.Require(slices.Contains(ReportReasons, n.Reason), "reason", "report.reason_missing")
	check.Require(utf8.RuneCountInString(body) <= maxReport, "body", "report.body_long", "Max", maxReport)
	return body, check.Err()
}

func (s *Service) seal(ctx context.Context, r *Report, body string) error {
	r.BodySealed, r.KeyID = nil, ""
	if body == "" {
		return nil
	}
	r.SealedVersion++
	sealed, err := s.Vault.ForHouse().Seal(ctx, []byte(body), r.place())
	if err != nil {
		return fmt.Errorf("seal report: %w", err)
	}
	r.BodySealed, r.KeyID = sealed.Ciphertext, sealed.KeyID
	return nil
}

func (r *Report) place() seal.Place {
	return seal.Place{Table: "report", Column: "body_sealed", Row: r.ID, Version: r.SealedVersion}
}

func (s *Service) unseal(ctx context.Context, r *Report) (string, error) {
	if len(r.BodySealed) == 0 {
		return "", nil
	}
	plain, err := s.Vault.ForHouse().Open(ctx, seal.Sealed{KeyID: r.KeyID, Ciphertext: r.BodySealed}, r.place())
	if err != nil {
		return "", fmt.Errorf("open report: %w", err)
	}
	return string(plain), nil
}

func (s *Service) receive(
	ctx context.Context, a account.Actor, r *Report, t Target, n NewReport, body string,
) (intake.Verdict, error) {
	in := intake.Submission{
		Kind: intake.Report, ID: r.ID, Revision: r.Version, Account: a.Account, Membership: t.Membership,
		Space: t.SpaceID, SpaceKind: t.SpaceKind, Text: body, Lang: n.Lang,
	}
	author, membership, err := s.Store.Author(ctx, t.ID)
	if err != nil {
		return intake.Verdict{}, err
	}
	if author != "" {
		in.About = &intake.Person{Account: author, Membership: membership, Worried: n.Reason == ReasonWorry}
	}
	return s.Intake.Receive(ctx, in)
}
