package plan

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/markup"
)

// MaxWhy is the longest reason for opening a plan, in characters.
const MaxWhy = 500

// Share is that a plan's owner lets those who help them in a crisis read it. It ends with the row.
type Share struct {
	AccountID string `gorm:"primaryKey"`
	SharedAt  time.Time
}

// TableName implements GORM's Tabler.
func (Share) TableName() string { return "plan_share" }

// Desk is what the crisis desk does for shared plans.
type Desk interface {
	// Holder returns whose open case it is, and whether the actor has it in their hands now; NotFound beyond the actor's
	// scope, of a guest's case and of one that is closed.
	Holder(ctx context.Context, actor account.Actor, caseID string) (accountID string, holds bool, err error)
	// PlanOpened records in the case and in the log that the actor opened the plan of its person, with the reason sealed,
	// and lets that person know. It joins the transaction of ctx.
	PlanOpened(ctx context.Context, actor account.Actor, caseID, why string) error
}

type shareStore interface {
	// SharedPlan is the account's plan if its owner shares it; else NotFound.
	SharedPlan(ctx context.Context, accountID string) (*Kept, error)
	// Shared says since when the account shares its plan, or NotFound.
	Shared(ctx context.Context, accountID string) (*Share, error)
	// SharePlan keeps that the account's plan is shared; one that is shared already stays so.
	SharePlan(ctx context.Context, share *Share) error
	UnsharePlan(ctx context.Context, accountID string) error
}

// SharedSince says since when the actor shares their plan; the zero time if they do not.
func (s *Service) SharedSince(ctx context.Context, a account.Actor) (time.Time, error) {
	share, err := s.Store.Shared(ctx, a.Account)
	if fault.Is(err, fault.NotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	return share.SharedAt, nil
}

// Share lets whoever has a case of the actor's in their hands read the plan, until it is taken back; NotFound without a
// plan.
func (s *Service) Share(ctx context.Context, a account.Actor) error {
	if a.Guest() {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.Store.SafetyPlan(ctx, a.Account); err != nil {
			return err
		}
		return s.Store.SharePlan(ctx, &Share{AccountID: a.Account, SharedAt: s.Clock.Now()})
	})
}

// Unshare takes that back, at once.
func (s *Service) Unshare(ctx context.Context, a account.Actor) error {
	if a.Guest() {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.UnsharePlan(ctx, a.Account) })
}

// Offer is what a case's page says of its person's plan, without a word of it.
type Offer struct {
	Shared bool // somebody who has not shared theirs looks like somebody who has none
	Mine   bool // the actor has the case in their hands, and may open it
}

// Offer returns that for the case's staff; NotFound where there can be no plan: of a guest, and of a closed case.
func (s *Service) Offer(ctx context.Context, a account.Actor, caseID string) (*Offer, error) {
	accountID, holds, err := s.Desk.Holder(ctx, a, caseID)
	if err != nil {
		return nil, err
	}
	_, err = s.Store.SharedPlan(ctx, accountID)
	if fault.Is(err, fault.NotFound) {
		return &Offer{}, nil
	}
	return &Offer{Shared: err == nil, Mine: holds}, err
}

// Open opens the shared plan of a case's person for whoever has the case in their hands and has just shown who they are.
// It takes a reason in words, which stands sealed in the case; it is audited, and the person is told. Somebody else, and a
// plan that is not shared, is NotFound.
func (s *Service) Open(ctx context.Context, a account.Actor, caseID, why string) (*Plan, error) {
	if !a.Fresh() {
		return nil, fault.New(fault.Forbidden, "fault.confirm")
	}
	why, wrong := markup.Clean(why)
	why = strings.TrimSpace(why)
	var p *Plan
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		accountID, holds, err := s.Desk.Holder(ctx, a, caseID)
		if err != nil {
			return err
		}
		if !holds {
			return fault.Missing()
		}
		k, err := s.Store.SharedPlan(ctx, accountID)
		if err != nil {
			return err
		}
		var check fault.Check
		if err := check.AddError("plan_why", wrong); err != nil {
			return err
		}
		check.Require(why != "", "plan_why", "plan.why_missing")
		check.Require(utf8.RuneCountInString(why) <= MaxWhy, "plan_why", "crisis.contact_long", "Max", MaxWhy)
		if err := check.Err(); err != nil {
			return err
		}
		if p, err = s.open(ctx, k); err != nil {
			return err
		}
		return s.Desk.PlanOpened(ctx, a, caseID, why)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}
