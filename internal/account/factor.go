package account

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/limit"
	"samhold/internal/recovery"
	"samhold/internal/seal"
	"samhold/internal/totp"
)

// factorByAccount bounds guessing at six digits. Whoever meets it knows the passphrase already; a passkey is not
// counted.
var factorByAccount = limit.Rule{Kind: "factor", Max: 10, Window: 15 * time.Minute}

// enrolmentLasts is how long a new secret waits for its first code.
const enrolmentLasts = 30 * time.Minute

// issuer is what an authenticator app shows.
const issuer = "Samhold"

// Authenticator is an app that shows six digits, as it is stored.
type Authenticator struct {
	ID           string `gorm:"primaryKey"`
	AccountID    string
	SecretSealed []byte
	KeyID        string
	LastStep     int64 // the newest half minute whose digits were used
	CreatedAt    time.Time
}

func (a Authenticator) place() seal.Place {
	return seal.Place{Table: "authenticator", Column: "secret_sealed", Row: a.ID}
}

// Factors are the second factors that an account has.
type Factors struct {
	Authenticator bool
	Passkeys      int
}

// Any reports whether there is one.
func (f Factors) Any() bool { return f.Authenticator || f.Passkeys > 0 }

type factorStore interface {
	// HoldsGrant reports whether the account has a role at that moment.
	HoldsGrant(ctx context.Context, accountID string, at time.Time) (bool, error)
	// Factors counts the account's second factors.
	Factors(ctx context.Context, accountID string) (Factors, error)
	// SetAuthenticator adds the account's app or replaces it.
	SetAuthenticator(ctx context.Context, a *Authenticator) error
	Authenticator(ctx context.Context, accountID string) (Authenticator, error)
	// UseStep notes that the digits of the half minute were used, and reports false if they or newer ones were before.
	UseStep(ctx context.Context, accountID string, step int64) (bool, error)
	DeleteAuthenticator(ctx context.Context, accountID string) error
	// UseCodeOf marks the account's unused recovery code as used, and reports whether there was one.
	UseCodeOf(ctx context.Context, accountID string, hash []byte, at time.Time) (bool, error)
}

// Factors returns the second factors that the actor has set up.
func (s *Service) Factors(ctx context.Context, actor Actor) (Factors, error) {
	return s.store.Factors(ctx, actor.Account)
}

// Enrolment is a new app before its first code. Slip is for the form: it opens for this session alone.
type Enrolment struct {
	Text string // the secret, for typing
	URI  string // the same, for a camera
	Slip string
}

type enrolment struct {
	Secret []byte
	Until  time.Time
}

// BeginAuthenticator returns a new secret. Nothing is kept until AddAuthenticator. It is for staff: for members it is
// NotFound.
func (s *Service) BeginAuthenticator(who Identity) (Enrolment, error) {
	if !who.Staff() {
		return Enrolment{}, fault.Missing()
	}
	return s.showEnrolment(who, enrolment{Secret: totp.NewSecret(), Until: s.clock.Now().Add(enrolmentLasts)})
}

// ResumeAuthenticator returns the enrolment of a slip, to be shown again, or a new one.
func (s *Service) ResumeAuthenticator(who Identity, slip string) (Enrolment, error) {
	if e, ok := s.openEnrolment(who.Actor, slip); ok {
		return s.showEnrolment(who, e)
	}
	return s.BeginAuthenticator(who)
}

func (s *Service) showEnrolment(who Identity, e enrolment) (Enrolment, error) {
	slip, err := s.sealSlip("authenticator", who.Actor.Session, e)
	return Enrolment{Text: totp.Text(e.Secret), URI: totp.URI(e.Secret, issuer, who.Name), Slip: slip}, err
}

func (s *Service) openEnrolment(actor Actor, slip string) (enrolment, bool) {
	var e enrolment
	ok := s.openSlip("authenticator", actor.Session, slip, &e) && s.clock.Now().Before(e.Until)
	return e, ok
}

// AddAuthenticator keeps the secret of the slip when the code proves that the app has it. The session's second factor
// is then proven, and the account's other sessions end. A wrong code is a fault on the field "code".
func (s *Service) AddAuthenticator(ctx context.Context, actor Actor, slip, code string) error {
	e, ok := s.openEnrolment(actor, slip)
	var check fault.Check
	check.Require(ok, "code", "factor.again")
	if err := check.Err(); err != nil {
		return err
	}
	now := s.clock.Now()
	step, ok := totp.Match(e.Secret, code, now)
	check.Require(ok, "code", "factor.code_new_wrong")
	if err := check.Err(); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.keepAuthenticator(ctx, actor.Account, e.Secret, step, now); err != nil {
			return err
		}
		return s.changed(ctx, actor, now, byApp)
	})
}

func (s *Service) keepAuthenticator(ctx context.Context, accountID string, secret []byte, step int64, now time.Time) error {
	a := &Authenticator{ID: id.New(), AccountID: accountID, LastStep: step, CreatedAt: now}
	sealed, err := s.vault.ForAccount(accountID).Seal(ctx, secret, a.place())
	if err != nil {
		return fmt.Errorf("seal authenticator: %w", err)
	}
	a.SecretSealed, a.KeyID = sealed.Ciphertext, sealed.KeyID
	return s.store.SetAuthenticator(ctx, a)
}

// changed ends the account's other sessions after a change of how it is entered; this one is proven. It joins the
// transaction of ctx.
func (s *Service) changed(ctx context.Context, actor Actor, now time.Time, what string) error {
	if err := s.store.EndSessionsBut(ctx, actor.Account, actor.Session); err != nil {
		return err
	}
	if err := s.store.ConfirmSession(ctx, actor.Session, now, true); err != nil {
		return err
	}
	return s.trace(ctx, actor.Account, StaffAccessChanged, what)
}

// EnrolAuthenticator gives an invented person an app without a telephone, for the demo and tests alone.
func (s *Service) EnrolAuthenticator(ctx context.Context, accountID string) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.keepAuthenticator(ctx, accountID, totp.NewSecret(), 0, s.clock.Now())
	})
}

// PresentCode returns digits that the actor's app would show, or nothing until it shows new ones. It is for the demo
// alone, whose people have no telephones; elsewhere it is never called.
func (s *Service) PresentCode(ctx context.Context, actor Actor) (string, error) {
	a, err := s.store.Authenticator(ctx, actor.Account)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	secret, err := s.openAuthenticator(ctx, a)
	if err != nil {
		return "", err
	}
	return totp.Next(secret, a.LastStep, s.clock.Now()), nil
}

func (s *Service) openAuthenticator(ctx context.Context, a Authenticator) ([]byte, error) {
	sealed := seal.Sealed{KeyID: a.KeyID, Ciphertext: a.SecretSealed}
	secret, err := s.vault.ForAccount(a.AccountID).Open(ctx, sealed, a.place())
	if err != nil {
		return nil, fmt.Errorf("open authenticator: %w", err)
	}
	return secret, nil
}

// RemoveAuthenticator forgets the actor's app and ends their other sessions. Who has a role keeps one second factor: if
// it is the last one, the fault is a Conflict.
func (s *Service) RemoveAuthenticator(ctx context.Context, who Identity) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.store.DeleteAuthenticator(ctx, who.Actor.Account); err != nil {
			return err
		}
		return s.afterRemoval(ctx, who, appRemoved)
	})
}

// Prove proves the session's second factor with the digits of the actor's app, or with one of their recovery codes,
// which is used up, ends the other sessions and leaves a notice. Digits that were used before are refused. A wrong code
// is a fault on the field "code"; too many are a RateLimited fault.
func (s *Service) Prove(ctx context.Context, actor Actor, code string) error {
	counted := []count{{factorByAccount, actor.Account}}
	if err := s.take(ctx, counted); err != nil {
		return err
	}
	proof, by, key := s.proveByApp, byApp, "factor.code_wrong"
	if recovery.Fold(code) != "" {
		proof, by, key = s.proveByRecoveryCode, byCode, "factor.recovery_wrong"
	}
	var wrong error
	err := s.tx.InTx(ctx, func(ctx context.Context) error {
		ok, err := proof(ctx, actor, code)
		if err != nil {
			return err
		}
		if !ok {
			var check fault.Check
			check.Add("code", key)
			wrong = check.Err()
			return s.trace(ctx, actor.Account, StaffProofFailed, by)
		}
		if err := s.store.ConfirmSession(ctx, actor.Session, s.clock.Now(), true); err != nil {
			return err
		}
		return s.trace(ctx, actor.Account, StaffProven, by)
	})
	if err := cmp.Or(err, wrong); err != nil {
		return err
	}
	return s.give(ctx, counted)
}

func (s *Service) proveByApp(ctx context.Context, actor Actor, code string) (bool, error) {
	a, err := s.store.Authenticator(ctx, actor.Account)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	secret, err := s.openAuthenticator(ctx, a)
	if err != nil {
		return false, err
	}
	step, ok := totp.Match(secret, code, s.clock.Now())
	if !ok {
		return false, nil
	}
	return s.store.UseStep(ctx, actor.Account, step)
}

func (s *Service) proveByRecoveryCode(ctx context.Context, actor Actor, code string) (bool, error) {
	ok, err := s.store.UseCodeOf(ctx, actor.Account, recovery.Hash(s.codeKey, code), s.clock.Now())
	if err != nil || !ok {
		return false, err
	}
	if err := s.Notify(ctx, actor.Account, NoticeCodeUsed, ""); err != nil {
		return false, err
	}
	return true, s.store.EndSessionsBut(ctx, actor.Account, actor.Session)
}

// Confirm makes sure that the person at the keyboard is the actor: it wants the passphrase; a wrong one is an Invalid
// fault on the field "passphrase". It proves no second factor.
func (s *Service) Confirm(ctx context.Context, actor Actor, plain string) error {
	if _, err := s.confirm(ctx, actor.Account, plain, "passphrase"); err != nil {
		return err
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.store.ConfirmSession(ctx, actor.Session, s.clock.Now(), false)
	})
}
