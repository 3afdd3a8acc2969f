// Package plan keeps what a member writes for themselves: the safety plan. Its owner reads it, and, while they share it,
// whoever has a case of theirs in their hands: it must never be shown to anybody else, nor may one that is not shared be
// told apart from an empty one.
package plan

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"samhold/internal/account"
	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/intake"
	"samhold/internal/markup"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// The parts of a safety plan, in the order in which one goes through them. Texts: plan.PART and plan.PART_hint.
const (
	Signs  = "signs"  // how I notice that it gets worse
	Helps  = "helps"  // what I can do myself
	People = "people" // whom I can be with or call
	Places = "places" // where I can go
	Lines  = "lines"  // help lines and others who are paid to help
	Safe   = "safe"   // how I make the place safe
)

// Parts are all parts.
var Parts = []string{Signs, Helps, People, Places, Lines, Safe}

// MaxPart is the longest part, in characters.
const MaxPart = 2000

// Plan is a safety plan before its owner.
type Plan struct {
	Parts     map[string]string
	Version   int // 0 before it is written
	UpdatedAt time.Time
}

// Written reports whether there is a plan.
func (p *Plan) Written() bool { return p.Version > 0 }

// Kept is a safety plan as the database has it.
type Kept struct {
	ID           string `gorm:"primaryKey"`
	AccountID    string
	SignsSealed  []byte
	HelpsSealed  []byte
	PeopleSealed []byte
	PlacesSealed []byte
	LinesSealed  []byte
	SafeSealed   []byte
	KeyID        string
	Version      int
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// TableName implements GORM's Tabler.
func (Kept) TableName() string { return "safety_plan" }

func (k *Kept) part(name string) *[]byte {
	return map[string]*[]byte{
		Signs: &k.SignsSealed, Helps: &k.HelpsSealed, People: &k.PeopleSealed, Places: &k.PlacesSealed,
		Lines: &k.LinesSealed, Safe: &k.SafeSealed,
	}[name]
}

func (k *Kept) place(part string) seal.Place {
	return seal.Place{Table: "safety_plan", Column: part + "_sealed", Row: k.ID, Version: k.Version}
}

// Home is where those serve whom a cry for help in a plan reaches: the space that its owner entered last; empty if none.
type Home struct{ Space, Kind, Membership string }

// Store is what the service needs of the database.
type Store interface {
	// SafetyPlan is the account's plan, locked inside a transaction; NotFound if there is none.
	SafetyPlan(ctx context.Context, accountID string) (*Kept, error)
	// SavePlan saves a new plan, or one whose version is still the given one; Stale otherwise.
	SavePlan(ctx context.Context, k *Kept, version int) error
	// DropPlan deletes the account's plan, and with it that it is shared.
	DropPlan(ctx context.Context, accountID string) error
	shareStore
	Home(ctx context.Context, accountID string) (Home, error)
}

// Deps are what the service stands on. All are needed.
type Deps struct {
	Store  Store
	Tx     tx.Runner
	Clock  clock.Clock
	Vault  *vault.Vault
	Intake intake.Port
	Desk   Desk
}

// Service keeps safety plans.
type Service struct{ Deps }

// New returns the service.
func New(deps Deps) *Service { return &Service{deps} }

// Mine returns the actor's own plan; an empty one if there is none.
func (s *Service) Mine(ctx context.Context, a account.Actor) (*Plan, error) {
	if a.Guest() {
		return nil, fault.Missing()
	}
	k, err := s.Store.SafetyPlan(ctx, a.Account)
	if fault.Is(err, fault.NotFound) {
		return &Plan{Parts: map[string]string{}}, nil
	}
	if err != nil {
		return nil, err
	}
	return s.open(ctx, k)
}

func (s *Service) open(ctx context.Context, k *Kept) (*Plan, error) {
	p := &Plan{Parts: map[string]string{}, Version: k.Version, UpdatedAt: k.UpdatedAt}
	sealer := s.Vault.ForAccount(k.AccountID)
	for _, part := range Parts {
		plain, err := sealer.Open(ctx, seal.Sealed{KeyID: k.KeyID, Ciphertext: *k.part(part)}, k.place(part))
		if err != nil {
			return nil, fmt.Errorf("open plan: %w", err)
		}
		p.Parts[part] = string(plain)
	}
	return p, nil
}

// Has reports whether the actor has a plan.
func (s *Service) Has(ctx context.Context, a account.Actor) (bool, error) {
	_, err := s.Store.SafetyPlan(ctx, a.Account)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// Save keeps the actor's plan as it is now, sealed. version is the one that the form was made from; when the plan has
// changed since, nothing is saved and the fault is Stale, unless it says the same already: then the button was pressed
// twice. What somebody writes about dying tonight is a cry for help here too. Faults name the parts.
func (s *Service) Save(ctx context.Context, a account.Actor, version int, parts map[string]string, lang string) (intake.Verdict, error) {
	var verdict intake.Verdict
	clean, err := tidy(parts)
	if err != nil {
		return verdict, err
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		before, err := s.Mine(ctx, a)
		if err != nil {
			return err
		}
		if before.Version != version {
			if same(before.Parts, clean) {
				return nil
			}
			return fault.Stale()
		}
		now := s.Clock.Now()
		k := &Kept{ID: id.New(), AccountID: a.Account, Version: version + 1, CreatedAt: now, UpdatedAt: now}
		if before.Written() {
			kept, err := s.Store.SafetyPlan(ctx, a.Account)
			if err != nil {
				return err
			}
			k.ID, k.CreatedAt = kept.ID, kept.CreatedAt
		}
		home, err := s.Store.Home(ctx, a.Account)
		if err != nil {
			return err
		}
		verdict, err = s.Intake.Receive(ctx, intake.Submission{
			Kind: intake.Plan, ID: k.ID, Revision: k.Version, Account: a.Account, Membership: home.Membership, Space: home.Space,
			SpaceKind: home.Kind, Text: text(clean), Lang: lang,
		})
		if err != nil {
			return err
		}
		sealer := s.Vault.ForAccount(a.Account)
		for _, part := range Parts {
			sealed, err := sealer.Seal(ctx, []byte(clean[part]), k.place(part))
			if err != nil {
				return fmt.Errorf("seal plan: %w", err)
			}
			*k.part(part), k.KeyID = sealed.Ciphertext, sealed.KeyID
		}
		return s.Store.SavePlan(ctx, k, version)
	})
	return verdict, err
}

// Drop forgets the actor's plan.
func (s *Service) Drop(ctx context.Context, a account.Actor) error {
	if a.Guest() {
		return fault.Missing()
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.Store.DropPlan(ctx, a.Account) })
}

func tidy(parts map[string]string) (map[string]string, error) {
	var check fault.Check
	clean, any := map[string]string{}, false
	for _, part := range Parts {
		v, err := markup.Clean(parts[part])
		if err := check.AddError(part, err); err != nil {
			return nil, err
		}
		clean[part] = strings.TrimSpace(v)
		any = any || clean[part] != ""
		check.Require(utf8.RuneCountInString(clean[part]) <= MaxPart, part, "plan.long", "Max", MaxPart)
	}
	check.Require(any, Signs, "plan.empty")
	return clean, check.Err()
}

func same(a, b map[string]string) bool {
	for _, part := range Parts {
		if a[part] != b[part] {
			return false
		}
	}
	return true
}

func text(parts map[string]string) string {
	var all []string
	for _, part := range Parts {
		if parts[part] != "" {
			all = append(all, parts[part])
		}
	}
	return strings.Join(all, "\n\n")
}
