package crisis

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// Receive implements intake.Port: it assesses the text, keeps the assessment, and opens or raises the person's
// case when it is red or crisis. It must run in the transaction that saves the text.
func (s *Service) Receive(ctx context.Context, in intake.Submission) (intake.Verdict, error) {
	now := s.clock.Now()
	known, err := s.written(ctx, in, now, "")
	if err != nil {
		return intake.Verdict{}, err
	}
	found := s.assessor.Assess(triage.Input{Text: in.Text, Lang: in.Lang, Space: in.SpaceKind, Context: known})
	a, err := newAssessment(in, found, now)
	if err != nil {
		return intake.Verdict{}, err
	}
	if err := s.store.SaveAssessment(ctx, a); err != nil {
		return intake.Verdict{}, fmt.Errorf("save assessment: %w", err)
	}
	verdict := intake.Verdict{HoldFirst: len(found.Marks) > 0, Hold: holdFor(found.Marks)}
	// A safety plan names one's worst hours on purpose, and for oneself alone: only a crisis in it calls anybody.
	if !found.Level.Urgent() || in.Kind == intake.Plan && found.Level != triage.Crisis {
		if in.Kind == intake.Message {
			verdict.Case, err = s.wrote(ctx, in, now)
		}
		return verdict, err
	}
	in, verdict.Urgent = whose(in, found.Subject)
	verdict.CalmBanner = in.Kind == intake.Post
	// What young people write in need is read by an adult before others see it.
	if in.SpaceKind == youngAudience && !verdict.HoldFirst {
		verdict.HoldFirst, verdict.Hold = true, intake.HoldYoung
	}
	verdict.Case, err = s.signal(ctx, in, a, now)
	if err != nil {
		return intake.Verdict{}, fmt.Errorf("open case: %w", err)
	}
	return verdict, nil
}

// holdFor is the reason that the writer is told for holding a text with these marks.
func holdFor(marks []triage.Mark) intake.Hold {
	for _, reason := range []struct {
		mark triage.Mark
		hold intake.Hold
	}{
		{triage.Farewell, intake.HoldFarewell},
		{triage.Method, intake.HoldMethod},
		{triage.Dose, intake.HoldDose},
		{triage.Place, intake.HoldPlace},
	} {
		if slices.Contains(marks, reason.mark) {
			return reason.hold
		}
	}
	return ""
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

// reopenFor is how long after its closing a case is opened again by a new signal of the same person, rather than a new
// one begun: whoever reads it then sees what was done.
const reopenFor = 7 * day

// signal opens the person's case, or raises the one that is open, and has staff called.
func (s *Service) signal(ctx context.Context, in intake.Submission, a *Assessment, now time.Time) (string, error) {
	c, event, err := s.openFor(ctx, in, a, now)
	if err != nil {
		return "", err
	}
	err = s.store.AddSignal(ctx, &Signal{
		ID: id.New(), CaseID: c.ID, SpaceID: a.SpaceID, MembershipID: optional(in.Membership),
		SourceKind: a.SourceKind, SourceID: a.SourceID, AssessmentID: optional(a.ID),
		Level: a.Level, Category: a.Category, Subject: a.Subject, CreatedAt: now,
	})
	if err != nil {
		return "", err
	}
	if err := s.store.AddEvent(ctx, &event); err != nil {
		return "", err
	}
	if err := s.callOwner(ctx, c, now); err != nil {
		return "", err
	}
	return c.ID, s.audit.Append(ctx, audit.Event{
		At: now, Action: audit.Action("case_" + event.Kind), ObjectKind: "case", ObjectID: c.ID,
		SpaceID: in.Space, Code: a.Level,
	})
}

// openFor returns the person's open case with the new signal's weight in it, saved and with its timer set: a new one,
// the one that is open, or the one that was closed a short time ago.
func (s *Service) openFor(ctx context.Context, in intake.Submission, a *Assessment, now time.Time) (*Case, Event, error) {
	event := Event{Kind: "opened", Code: a.Level, CreatedAt: now}
	rules, err := s.rulesFor(ctx, []string{in.Space}, in.Concern != "" || in.Space == "", in.Account, now)
	if err != nil {
		return nil, event, err
	}
	c, created, err := s.caseFor(ctx, in, a, rules, now)
	if err != nil {
		return nil, event, err
	}
	event.CaseID, event.FromState = c.ID, c.State
	rearm := true
	switch {
	case created:
	case !c.State.Open():
		event.Kind = "reopen"
		c.reopen(rules, now)
		c.State, c.Level, c.Category, c.Subject = Reopened, a.Level, a.Category, a.Subject
	default:
		if in.Space == "" { // the hours are those of the spaces that the case is in
			if rules, err = s.rulesOf(ctx, c, now); err != nil {
				return nil, event, err
			}
		}
		event.Kind = "signal"
		rearm = s.raise(c, a, rules, now)
	}
	if higher(a.Level, c.PeakLevel) {
		c.PeakLevel = a.Level
	}
	event.ToState = c.State
	if rearm {
		if err := s.arm(ctx, c, rules, now); err != nil {
			return nil, event, err
		}
	}
	if created {
		return c, event, s.store.MoveCase(ctx, c)
	}
	return c, event, s.store.UpdateCase(ctx, c, c.Version)
}

// caseFor finds the case that the signal belongs to, locked, or makes one.
func (s *Service) caseFor(ctx context.Context, in intake.Submission, a *Assessment, r Rules, now time.Time) (*Case, bool, error) {
	if in.Account != "" {
		_, err := s.store.OpenCaseOf(ctx, in.Account)
		if fault.Is(err, fault.NotFound) {
			closed, err := s.store.LastClosed(ctx, in.Account, now.Add(-reopenFor))
			if err == nil || !fault.Is(err, fault.NotFound) {
				return closed, false, err
			}
		} else if err != nil {
			return nil, false, err
		}
	}
	return s.store.OpenCase(ctx, &Case{
		ID: id.New(), AccountID: optional(in.Account), ConcernID: optional(in.Concern),
		MembershipID: optional(in.Membership), SpaceID: optional(in.Space),
		Level: a.Level, PeakLevel: a.Level, Category: a.Category, Subject: a.Subject,
		State: New, Version: 1, OpenedAt: now, DueAt: r.after(a.Level, now, r.Times(a.Level, in.Space).Goal),
	})
}

// raise lets a new signal raise an open case: never lower it. It reports whether its timer begins anew: nobody has the
// case in their hands, it is worse than before, or whoever has it had answered what came before. One that only waited for its second signature is new again.
// While people are being called the calling goes on where it stands: whoever writes again and again must not keep it on
// its first rung. One that nobody answered is called from the first rung again.
func (s *Service) raise(c *Case, a *Assessment, r Rules, now time.Time) (call bool) {
	if higher(a.Level, c.Level) {
		c.Level, c.Category, c.Subject = a.Level, a.Category, a.Subject
		call = true
	}
	if to, ok := heard[c.State]; ok && c.Owner(now) != "" {
		c.State, call = to, true
	}
	if !call && (c.Owner(now) != "" || c.State.calling()) {
		return false
	}
	due := r.after(c.Level, now, r.of(c).Goal)
	if !c.State.Waits() || due.Before(c.DueAt) {
		c.DueAt = due
	}
	if c.Owner(now) == "" {
		c.State, c.ClosingBy, c.Outcome, c.HandedToID = New, nil, "", nil
	}
	return true
}

// callOwner calls whoever has the case in their hands by their ways out of the house, once a minute at most: they may
// have turned away from the screen.
func (s *Service) callOwner(ctx context.Context, c *Case, now time.Time) error {
	owner := c.Owner(now)
	if owner == "" {
		return nil
	}
	apart := *c
	apart.Generation = -int(now.Unix() / 60) // beside the calls of the ladder
	return s.page(ctx, &apart, NoticeCase, []string{owner}, now)
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
