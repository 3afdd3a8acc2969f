package account

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/limit"
	"samhold/internal/recovery"
	"samhold/internal/signname"
)

var joinByAddress = limit.Rule{Kind: "join", Max: 60, Window: time.Hour}

// joiningLasts is how long one may take to join; then the steps begin anew.
const joiningLasts = 2 * time.Hour

// Joining is how far somebody has come in joining. It lives in their browser, sealed, until the account exists:
// who stops half-way leaves nothing with us.
type Joining struct {
	BirthYear int       // 0 until given and admitted
	Consent   int       // the version they said yes to, 0 until then
	Name      string    // issued by us, empty until then
	Until     time.Time // when it stops counting
}

// SealJoining writes j down for this browser alone. browser is a secret that the browser keeps.
func (s *Service) SealJoining(browser string, j Joining) (string, error) {
	j.Until = s.clock.Now().Add(joiningLasts)
	return s.sealSlip("joining", browser, j)
}

// OpenJoining reads what SealJoining wrote; anything else is a new beginning.
func (s *Service) OpenJoining(browser, sealed string) Joining {
	var j Joining
	if !s.openSlip("joining", browser, sealed, &j) || s.clock.Now().After(j.Until) {
		return Joining{}
	}
	return j
}

type joinStore interface {
	NameTaken(ctx context.Context, name string) (bool, error)
	// AddAccount adds the account and reports false if its name is taken.
	AddAccount(ctx context.Context, a *Account) (bool, error)
	// SetCodes replaces the account's recovery codes.
	SetCodes(ctx context.Context, accountID string, hashes [][]byte, at time.Time) error
	// UseCode marks the unused code of the active or paused account of this name as used, and returns the account.
	UseCode(ctx context.Context, name string, hash []byte, at time.Time) (Account, error)
	CodesLeft(ctx context.Context, accountID string) (int, error)
}

// IssueName returns a free sign-in name. It is the person's once they have joined with it.
func (s *Service) IssueName(ctx context.Context) (string, error) {
	const tries = 20
	for range tries {
		name, err := signname.New(rand.Reader)
		if err != nil {
			return "", err
		}
		taken, err := s.store.NameTaken(ctx, name)
		if err != nil {
			return "", err
		}
		if !taken {
			return name, nil
		}
	}
	return "", errors.New("no free sign-in name found")
}

// Application is the last step of joining: an opened Joining, and what the person chose.
type Application struct {
	Joining    Joining
	Passphrase string
	Locale     string // da, en, or empty for the browser's
	Address    string // only ever counted under a daily key
}

// Joined is a new account with its first session. Codes are shown once; we keep their hashes.
type Joined struct {
	AccountID string
	Token     string
	Codes     []string
}

// Join makes the account. A passphrase that will not do is an Invalid fault on the field "passphrase"; a name that
// was taken meanwhile is a Conflict, and another one must be issued.
func (s *Service) Join(ctx context.Context, app Application) (Joined, error) {
	j := app.Joining
	if j.BirthYear == 0 || j.Consent != ConsentVersion || j.Name == "" {
		return Joined{}, fault.New(fault.Conflict, "join.again")
	}
	if err := checkPassphrase("passphrase", app.Passphrase, j.Name); err != nil {
		return Joined{}, err
	}
	if err := s.limiter.Take(ctx, joinByAddress, app.Address); err != nil {
		return Joined{}, err
	}
	hash, err := s.passphrase.Hash(ctx, app.Passphrase)
	if err != nil {
		return Joined{}, err
	}
	codes, err := recovery.New(rand.Reader)
	if err != nil {
		return Joined{}, err
	}
	now := s.clock.Now()
	a := Account{ID: id.New(), Name: j.Name, BirthYear: j.BirthYear, Locale: app.Locale, State: Active, CreatedAt: now}
	joined := Joined{AccountID: a.ID, Codes: codes}
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.create(ctx, a, hash); err != nil {
			return err
		}
		if err := s.store.SetCodes(ctx, a.ID, s.hashCodes(codes), now); err != nil {
			return err
		}
		joined.Token, err = s.open(ctx, a, now, opening{})
		return err
	})
	return joined, err
}

// create adds an account of a member who has consented. It joins the transaction of ctx.
func (s *Service) create(ctx context.Context, a Account, hash string) error {
	added, err := s.store.AddAccount(ctx, &a)
	if err != nil {
		return err
	}
	if !added {
		return fault.New(fault.Conflict, "join.name_taken")
	}
	if err := s.store.SetPassphrase(ctx, a.ID, hash, a.CreatedAt); err != nil {
		return err
	}
	return s.store.AddConsent(ctx, newConsent(a.ID, a.CreatedAt))
}

// NewMember is a member that the demo and the load tests make.
type NewMember struct {
	Name      string // issued; a new one when empty
	BirthYear int
	Locale    string
	StaffName string // for those who also work here; Grant gives the role
	Hash      string // of the passphrase, made once for many
	JoinedAt  time.Time
}

// CreateMember makes an account without the steps of joining, for invented people only. It joins the transaction
// of ctx.
func (s *Service) CreateMember(ctx context.Context, m NewMember) (Account, error) {
	if m.Name == "" {
		name, err := s.IssueName(ctx)
		if err != nil {
			return Account{}, err
		}
		m.Name = name
	}
	a := Account{
		ID: id.New(), Name: signname.Fold(m.Name), BirthYear: m.BirthYear, Locale: m.Locale,
		StaffName: m.StaffName, State: Active, CreatedAt: m.JoinedAt,
	}
	return a, s.tx.InTx(ctx, func(ctx context.Context) error { return s.create(ctx, a, m.Hash) })
}
