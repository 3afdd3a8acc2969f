package support

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/crisis"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/plan"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// Store is what the service keeps. Every method runs in the transaction of ctx if there is one.
type Store interface {
	// Support returns the account's plan, or NotFound; inside a transaction it is locked.
	Support(ctx context.Context, accountID string) (*Plan, error)
	// AddSupport saves a new plan; Stale when the account has one.
	AddSupport(ctx context.Context, p *Plan) error
	UpdateSupport(ctx context.Context, p *Plan) error
	// DropSupport deletes the account's plan with all its versions.
	DropSupport(ctx context.Context, accountID string) error
	AddRevision(ctx context.Context, v *Revision) error
	// Revisions returns the newest versions of a plan, the newest first.
	Revisions(ctx context.Context, planID string, limit int) ([]Revision, error)
	// DueSupports returns the plans whose time to ask has come.
	DueSupports(ctx context.Context, now time.Time, limit int) ([]Plan, error)
	// WaitingSupports returns the plans of cases within the scope that the team must look at: the day has come, or the
	// member wrote the newest version.
	WaitingSupports(ctx context.Context, scope crisis.Scope, now time.Time) ([]Plan, error)
	// Returned reports whether the case was reopened, or its person had another one within the scope that was closed after
	// the given time.
	Returned(ctx context.Context, scope crisis.Scope, c *crisis.Case, after time.Time) (bool, error)
	// Home is where those serve whom a cry for help in a plan reaches.
	Home(ctx context.Context, accountID string) (plan.Home, error)
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
}

// Cases is what the crisis desk does for this area.
type Cases interface {
	// Known returns the case if the actor works it, else NotFound.
	Known(ctx context.Context, actor account.Actor, caseID string) (*crisis.Case, error)
	// Record writes into the case and the log what the actor did. It joins the transaction of ctx.
	Record(ctx context.Context, actor account.Actor, c *crisis.Case, kind string) error
	// Tell lets whoever has the case in their hands know of something at the workbench, else those who lead there, and
	// writes it into the case.
	Tell(ctx context.Context, caseID, notice, kind string) error
}

// Notifier leaves a notice for an account.
type Notifier interface {
	Notify(ctx context.Context, accountID, kind, refID string) error
}

// The kinds of notice: to the member, that the team wrote in the plan; to the team, that it must look at one.
const (
	NoticeOffered = "support_offered"
	NoticeWaits   = "support_waits" // names the case
)

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store    Store
	Tx       tx.Runner
	Clock    clock.Clock
	Cases    Cases
	Intake   intake.Port
	Notifier Notifier
	Vault    *vault.Vault
	Audit    *audit.Log
}

// Service keeps support plans.
type Service struct{ Deps }

// New builds the service.
func New(d Deps) *Service { return &Service{d} }

// shown is how many versions are shown; older ones stand in the member's copy of their own data.
const shown = 20

func (s *Service) open(ctx context.Context, p *Plan) (*Open, error) {
	found, err := s.Store.Revisions(ctx, p.ID, shown)
	if err != nil {
		return nil, err
	}
	var people []string
	for _, v := range found {
		if v.StaffID != nil {
			people = append(people, *v.StaffID)
		}
	}
	names, err := s.Store.StaffNames(ctx, people)
	if err != nil {
		return nil, err
	}
	o := &Open{Plan: *p}
	for i, v := range found {
		plain, err := s.Vault.ForAccount(p.AccountID).Open(ctx, seal.Sealed{KeyID: v.KeyID, Ciphertext: v.BodySealed}, v.place())
		if err != nil {
			return nil, fmt.Errorf("open support plan: %w", err)
		}
		opened := Version{Number: v.Version, Staff: v.StaffID != nil, At: v.CreatedAt}
		if err := json.Unmarshal(plain, &opened.Words); err != nil {
			return nil, fmt.Errorf("read support plan: %w", err)
		}
		if opened.Staff {
			opened.Name = names[*v.StaffID]
		}
		if i == 0 {
			o.Newest = opened
		} else {
			o.Past = append(o.Past, opened)
		}
	}
	return o, nil
}

// write saves a new version of p and lets p stand as proposed.
func (s *Service) write(ctx context.Context, p *Plan, d Draft, staff *string, now time.Time) error {
	p.State, p.Version, p.ChangedAt, p.ReviewOn, p.RemindAt = Proposed, d.Version+1, now, nil, nil
	if !d.ReviewOn.IsZero() {
		p.ReviewOn, p.RemindAt = &d.ReviewOn, &d.ReviewOn
	}
	save := s.Store.UpdateSupport
	if d.Version == 0 {
		save = s.Store.AddSupport
	}
	if err := save(ctx, p); err != nil {
		return err
	}
	v := &Revision{ID: id.New(), PlanID: p.ID, AccountID: p.AccountID, Version: p.Version, StaffID: staff, CreatedAt: now}
	body, err := json.Marshal(d.Words)
	if err != nil {
		return fmt.Errorf("write support plan: %w", err)
	}
	sealed, err := s.Vault.ForAccount(p.AccountID).Seal(ctx, body, v.place())
	if err != nil {
		return fmt.Errorf("seal support plan: %w", err)
	}
	v.BodySealed, v.KeyID = sealed.Ciphertext, sealed.KeyID
	return s.Store.AddRevision(ctx, v)
}

// agree is a side's yes to the newest version, which the other side wrote.
func (s *Service) agree(ctx context.Context, p *Plan, version int, team bool) error {
	o, err := s.open(ctx, p)
	if err != nil {
		return err
	}
	if p.Version != version || !o.Waits(team) {
		return fault.Stale()
	}
	now := s.Clock.Now()
	p.State, p.AgreedVersion, p.AgreedAt, p.ChangedAt = Agreed, version, &now, now
	return s.Store.UpdateSupport(ctx, p)
}
