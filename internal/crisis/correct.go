package crisis

import (
	"context"
	"encoding/json"
	"fmt"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/intake"
	"samhold/internal/triage"
)

// Correct gives the newest assessment of a text the level that a person found, which may be the same: that says
// that a human has read it. A text that a person finds urgent opens its writer's case; correcting never closes one.
// The caller has checked that the actor moderates there, and has a transaction open.
func (s *Service) Correct(ctx context.Context, actor account.Actor, text intake.Submission, level, reason string) error {
	found, err := triage.ParseLevel(level)
	if err != nil {
		return fault.Wrap(fault.Invalid, "crisis.level_missing", err)
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		a, err := s.store.CorrectAssessment(ctx, Correction{
			Kind: string(text.Kind), ID: text.ID, Revision: text.Revision, Level: level, By: actor.Account, At: actor.At,
		})
		if err != nil {
			return err
		}
		was := rank(a.Level)
		if found.Urgent() && !was.Urgent() && (text.Account != "" || text.Concern != "") {
			a.Level = level
			if _, err := s.signal(ctx, text, a, actor.At); err != nil {
				return fmt.Errorf("open case: %w", err)
			}
		}
		return s.audit.Append(ctx, audit.Event{
			At: actor.At, Actor: actor.Account, Action: "assessment_corrected", ObjectKind: string(text.Kind), ObjectID: text.ID,
			SpaceID: text.Space, Code: reason,
		})
	})
}

// Explain turns stored reasons into words for staff, in the language "da" or "en", beside the text that they were found
// in; "" where that is not known any more.
func (s *Service) Explain(reasons, text, lang string) triage.Told {
	var found []triage.Reason
	if err := json.Unmarshal([]byte(reasons), &found); err != nil {
		return triage.Told{}
	}
	return s.assessor.Tell(text, found, lang)
}
