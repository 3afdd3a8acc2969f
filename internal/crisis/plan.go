package crisis

import (
	"context"

	"samhold/internal/account"
	"samhold/internal/fault"
)

// A member's safety plan is package plan's. This file is what the desk does for one that its owner shares.

// Holder implements plan.Desk.
func (s *Service) Holder(ctx context.Context, actor account.Actor, caseID string) (accountID string, holds bool, err error) {
	c, err := s.workable(ctx, actor, caseID)
	if err != nil {
		return "", false, err
	}
	if c.AccountID == nil || !c.State.Open() {
		return "", false, fault.Missing()
	}
	return *c.AccountID, c.OwnedBy(actor.Account, actor.At), nil
}

// PlanOpened implements plan.Desk.
func (s *Service) PlanOpened(ctx context.Context, actor account.Actor, caseID, why string) error {
	c, err := s.workable(ctx, actor, caseID)
	if err != nil {
		return err
	}
	if c.AccountID == nil {
		return fault.Missing()
	}
	if err := s.notifier.NoteOpening(ctx, *c.AccountID, account.OpenedPlan, actor.RoleFor(account.WorkCases), actor.At); err != nil {
		return err
	}
	if err := s.notifier.Notify(ctx, *c.AccountID, NoticeOpened, ""); err != nil {
		return err
	}
	return s.RecordNote(ctx, actor, c, "plan_opened", why)
}
