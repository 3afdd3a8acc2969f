package crisis

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"samhold/internal/audit"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/job"
	"samhold/internal/triage"
)

// CallJob is the kind of job that calls staff to a case.
const CallJob = "case_call"

// CallPayload names the case to call for. Key makes the call once, however often its job runs. Lease is the end of a
// lease: then staff are called only if it ran out and nobody has taken a step since.
type CallPayload struct {
	Case  string     `json:"case"`
	Key   string     `json:"key"`
	Lease *time.Time `json:"lease,omitempty"`
}

// callStaff has staff called to the case as soon as the transaction has committed.
func (s *Service) callStaff(ctx context.Context, c *Case) error {
	return s.jobs.Enqueue(ctx, CallJob, CallPayload{Case: c.ID, Key: id.New()})
}

// watchLease has staff called again when the lease that has just begun runs out.
func (s *Service) watchLease(ctx context.Context, c *Case) error {
	return s.jobs.Enqueue(ctx, CallJob, CallPayload{Case: c.ID, Key: id.New(), Lease: c.OwnerUntil}, job.At(*c.OwnerUntil))
}

// Receive implements intake.Port: it assesses the text, keeps the assessment, and opens or raises the person's
// case when it is red or crisis. It must run in the transaction that saves the text.
func (s *Service) Receive(ctx context.Context, in intake.Submission) (intake.Verdict, error) {
	found := s.assessor.Assess(triage.Input{Text: in.Text, Lang: in.Lang, Space: in.SpaceKind})
	now := s.clock.Now()
	a, err := newAssessment(in, found, now)
	if err != nil {
		return intake.Verdict{}, err
	}
	if err := s.store.SaveAssessment(ctx, a); err != nil {
		return intake.Verdict{}, fmt.Errorf("save assessment: %w", err)
	}
	verdict := intake.Verdict{HoldFirst: len(found.Marks) > 0}
	if !found.Level.Urgent() {
		return verdict, nil
	}
	in, verdict.Urgent = whose(in, found.Subject)
	verdict.CalmBanner = in.Kind == intake.Post
	// What young people write in need is read by an adult before others see it.
	verdict.HoldFirst = verdict.HoldFirst || in.SpaceKind == "young" || slices.Contains(found.Marks, triage.Farewell)
	verdict.Case, err = s.signal(ctx, in, a, now)
	if err != nil {
		return intake.Verdict{}, fmt.Errorf("open case: %w", err)
	}
	return verdict, nil
}

// whose says whose case the words of a text are, and whether that is their writer's own. A report about a post may
// be about its author: when the words speak of somebody else, or when the reporter is worried and it cannot be told
// of whom. The author is then the one person whom staff can reach. Words about oneself are one's own case, always.
func whose(in intake.Submission, subject triage.Subject) (intake.Submission, bool) {
	if in.About == nil || subject == triage.Author || subject != triage.OtherAdult && subject != triage.Child && !in.About.Worried {
		return in, true
	}
	in.Account, in.Membership = in.About.Account, in.About.Membership
	return in, false
}

func newAssessment(in intake.Submission, found triage.Assessment, now time.Time) (*Assessment, error) {
	reasons, err := json.Marshal(found.Reasons)
	if err != nil {
		return nil, fmt.Errorf("encode reasons: %w", err)
	}
	return &Assessment{
		ID: id.New(), SourceKind: string(in.Kind), SourceID: in.ID, Revision: in.Revision, SpaceID: optional(in.Space),
		RulesVersion: found.RulesVersion, Level: found.Level.String(), Category: string(found.Category),
		Subject: string(found.Subject), Reasons: string(reasons), CreatedAt: now,
	}, nil
}

// signal opens the person's case or raises the one that is open, and has staff called.
func (s *Service) signal(ctx context.Context, in intake.Submission, a *Assessment, now time.Time) (string, error) {
	c, created, err := s.store.OpenCase(ctx, &Case{
		ID: id.New(), AccountID: optional(in.Account), ConcernID: optional(in.Concern),
		MembershipID: optional(in.Membership), SpaceID: optional(in.Space),
		Level: a.Level, PeakLevel: a.Level, Category: a.Category, Subject: a.Subject,
		State: New, Version: 1, OpenedAt: now, DueAt: now.Add(goal(a.Level)),
	})
	if err != nil {
		return "", err
	}
	from := c.State
	event := Event{CaseID: c.ID, Kind: "opened", FromState: from, ToState: from, Code: a.Level, CreatedAt: now}
	if !created {
		event.Kind = "signal"
		event.ToState = s.raise(c, a, now)
		if err := s.store.UpdateCase(ctx, c, c.Version); err != nil {
			return "", err
		}
	}
	err = s.store.AddSignal(ctx, &Signal{
		ID: id.New(), CaseID: c.ID, SpaceID: a.SpaceID, MembershipID: optional(in.Membership),
		SourceKind: a.SourceKind, SourceID: a.SourceID, AssessmentID: &a.ID,
		Level: a.Level, Category: a.Category, Subject: a.Subject, CreatedAt: now,
	})
	if err != nil {
		return "", err
	}
	if err := s.store.AddEvent(ctx, &event); err != nil {
		return "", err
	}
	err = s.audit.Append(ctx, audit.Event{
		At: now, Action: audit.Action("case_" + event.Kind), ObjectKind: "case", ObjectID: c.ID,
		SpaceID: in.Space, Code: a.Level,
	})
	if err != nil {
		return "", err
	}
	return c.ID, s.callStaff(ctx, c)
}

// raise lets a new signal raise an open case: never lower it. One that only waited for its second signature is
// new again, so that somebody looks.
func (s *Service) raise(c *Case, a *Assessment, now time.Time) State {
	if higher(a.Level, c.Level) {
		c.Level, c.Category, c.Subject = a.Level, a.Category, a.Subject
	}
	if higher(a.Level, c.PeakLevel) {
		c.PeakLevel = a.Level
	}
	if c.State == Monitoring {
		c.State, c.OwnerID, c.OwnerUntil, c.ClosingBy, c.Outcome = New, nil, nil, nil, ""
	}
	if due := now.Add(goal(a.Level)); c.State == New && due.Before(c.DueAt) || c.DueAt.Before(now) {
		c.DueAt = due
	}
	return c.State
}

func higher(a, b string) bool { return rank(a) > rank(b) }

func rank(level string) triage.Level {
	l, err := triage.ParseLevel(level)
	if err != nil {
		return triage.Green
	}
	return l
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
