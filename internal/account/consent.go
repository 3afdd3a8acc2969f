package account

import (
	"context"
	"time"

	"samhold/internal/fault"
	"samhold/internal/id"
)

// ConsentVersion is the version of the text under consent.* that people say yes to now. It is raised whenever a word of
// the text changes; a test in package web holds that.
const ConsentVersion = 4

// consentHealth is consent to the handling of what people write about health, their own or others'.
const consentHealth = "health"

// Consent is one yes of a person, and when it was taken back.
type Consent struct {
	ID          string `gorm:"primaryKey"`
	AccountID   string
	Kind        string
	Version     int
	GivenAt     time.Time
	WithdrawnAt *time.Time
}

// Outdated reports whether the text has changed since the person said yes to it.
func (c Consent) Outdated() bool { return c.WithdrawnAt == nil && c.Version < ConsentVersion }

func newConsent(accountID string, at time.Time) *Consent {
	return &Consent{ID: id.New(), AccountID: accountID, Kind: consentHealth, Version: ConsentVersion, GivenAt: at}
}

type consentStore interface {
	AddConsent(ctx context.Context, c *Consent) error
	// LastConsent returns the newest consent of the kind.
	LastConsent(ctx context.Context, accountID, kind string) (Consent, error)
	WithdrawConsent(ctx context.Context, accountID, kind string, at time.Time) error
	SetState(ctx context.Context, accountID, state string) error
	SetLocale(ctx context.Context, accountID, locale string) error
}

// Consent returns the actor's newest consent; NotFound for staff who never gave any.
func (s *Service) Consent(ctx context.Context, actor Actor) (Consent, error) {
	return s.store.LastConsent(ctx, actor.Account, consentHealth)
}

// WithdrawConsent takes the actor's consent back. From then on the account reads and does not write, until its
// owner consents again or closes it.
func (s *Service) WithdrawConsent(ctx context.Context, actor Actor) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.WithdrawConsent(ctx, actor.Account, consentHealth, s.clock.Now()); err != nil {
			return err
		}
		return s.store.SetState(ctx, actor.Account, Paused)
	})
}

// GiveConsent lets a paused account write again.
func (s *Service) GiveConsent(ctx context.Context, actor Actor) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		last, err := s.store.LastConsent(ctx, actor.Account, consentHealth)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err == nil && last.WithdrawnAt == nil && last.Version == ConsentVersion {
			return nil
		}
		if err := s.store.AddConsent(ctx, newConsent(actor.Account, s.clock.Now())); err != nil {
			return err
		}
		return s.store.SetState(ctx, actor.Account, Active)
	})
}

// Withdrawn reports whether the actor's newest consent has been taken back.
func (s *Service) Withdrawn(ctx context.Context, actor Actor) (bool, error) {
	c, err := s.store.LastConsent(ctx, actor.Account, consentHealth)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil && c.WithdrawnAt != nil, err
}

// Pause lets the actor rest: from then on the account reads and does not write, and nobody else can tell.
func (s *Service) Pause(ctx context.Context, actor Actor) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error { return s.store.SetState(ctx, actor.Account, Paused) })
}

// Resume ends the actor's pause. Who has taken their consent back must give it again first: a Conflict fault.
func (s *Service) Resume(ctx context.Context, actor Actor) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		withdrawn, err := s.Withdrawn(ctx, actor)
		if err != nil {
			return err
		}
		if withdrawn {
			return fault.New(fault.Conflict, "pause.consent_first")
		}
		return s.store.SetState(ctx, actor.Account, Active)
	})
}

// SetLocale chooses the actor's language: da, en, or empty for the browser's.
func (s *Service) SetLocale(ctx context.Context, actor Actor, locale string) error {
	switch locale {
	case "", "da", "en":
	default:
		return fault.New(fault.Invalid, "fault.form")
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error { return s.store.SetLocale(ctx, actor.Account, locale) })
}
