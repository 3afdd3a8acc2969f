package crisis

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// Signals that are no text: what a member does instead of writing.
const (
	ButtonSignal intake.Kind = "button" // "Jeg har brug for hjælp nu"
)

// Danger is what somebody who pressed the button says about it.
type Danger string

// What somebody can say; the texts are press.danger_CODE.
const (
	DangerNow     Danger = "now"     // they are in danger
	DangerHard    Danger = "hard"    // not at this moment
	DangerOther   Danger = "other"   // somebody else is
	DangerMistake Danger = "mistake" // they did not mean to press it
)

// Dangers are all of them, as the page offers them.
var Dangers = []Danger{DangerNow, DangerHard, DangerOther}

// pressedAgain is how long another press says nothing new.
const pressedAgain = 10 * time.Minute

// Where is from where a member asks for help; empty without a space.
type Where struct {
	Space      string
	Membership string
}

// Press opens the actor's case because they asked for help, or adds to the one that is open; it is serious until they
// say more. Pressed twice within some minutes it is one press.
func (s *Service) Press(ctx context.Context, actor account.Actor, where Where) error {
	if actor.Guest() {
		return fault.Missing()
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		pressed, err := s.pressed(ctx, actor, triage.Red, s.clock.Now().Add(-pressedAgain))
		if err != nil || pressed {
			return err
		}
		in := intake.Submission{
			Kind: ButtonSignal, ID: id.New(), Account: actor.Account, Membership: where.Membership, Space: where.Space,
		}
		_, err = s.signal(ctx, in, unread(in, triage.Red), s.clock.Now())
		return err
	})
}

// pressed reports whether the actor's open case has a press of at least that level since the given time.
func (s *Service) pressed(ctx context.Context, actor account.Actor, level triage.Level, since time.Time) (bool, error) {
	c, own, err := s.ownCase(ctx, actor)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err == nil && (c.State == InContact || c.State == Monitoring) {
		return false, nil // the press was answered: another says something new
	}
	return slices.ContainsFunc(own, func(signal Signal) bool {
		return signal.SourceKind == string(ButtonSignal) && rank(signal.Level) >= level && signal.CreatedAt.After(since)
	}), err
}

// unread is the assessment of a signal that is no text.
func unread(in intake.Submission, level triage.Level) *Assessment {
	return &Assessment{
		SourceKind: string(in.Kind), SourceID: in.ID, SpaceID: optional(in.Space), Level: level.String(), Subject: string(triage.Author),
	}
}

// Say adds what somebody who pressed the button says about it. Danger raises the case; nothing that they say lowers or
// closes it, and a mistake is told to staff. It is NotFound without a press, and Invalid for what is none of the answers.
func (s *Service) Say(ctx context.Context, actor account.Actor, danger Danger) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		now := s.clock.Now()
		c, own, err := s.ownCase(ctx, actor)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(own, func(signal Signal) bool { return signal.SourceKind == string(ButtonSignal) })
		if i < 0 {
			return fault.Missing()
		}
		switch danger {
		case DangerNow, DangerOther:
			return s.sayDanger(ctx, actor, own[i], danger, now)
		case DangerHard, DangerMistake:
			return s.sayMore(ctx, c, danger, now)
		default:
			var check fault.Check
			check.Add("danger", "press.missing")
			return check.Err()
		}
	})
}

func (s *Service) sayDanger(ctx context.Context, actor account.Actor, press Signal, danger Danger, now time.Time) error {
	said, err := s.pressed(ctx, actor, triage.Crisis, now.Add(-pressedAgain))
	if err != nil || said {
		return err
	}
	in := intake.Submission{
		Kind: ButtonSignal, ID: id.New(), Account: actor.Account, Membership: deref(press.MembershipID), Space: deref(press.SpaceID),
	}
	a := unread(in, triage.Crisis)
	if danger == DangerOther {
		a.Category, a.Subject = string(triage.ThirdParty), string(triage.OtherAdult)
	}
	_, err = s.signal(ctx, in, a, now)
	return err
}

// sayMore writes down what changes nothing, and tells whoever has the case.
func (s *Service) sayMore(ctx context.Context, c *Case, danger Danger, now time.Time) error {
	if err := s.tellHolder(ctx, c, now); err != nil {
		return err
	}
	return s.happened(ctx, c, "said_"+string(danger), now)
}
