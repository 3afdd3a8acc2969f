package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"samhold/internal/fault"
	"samhold/internal/id"
)

// How long a session lasts. A shared phone is put down and picked up by somebody else: two hours without a sign of
// life end it, half an hour for staff, who see what others wrote.
const (
	maxSession   = 12 * time.Hour
	idleMember   = 2 * time.Hour
	idleStaff    = 30 * time.Minute
	touchEvery   = 5 * time.Minute // how often a sign of life is written down
	rescueWindow = time.Hour       // how long after its end a session still tells whose text to keep
)

// Session is one signed-in browser. It holds nothing about the browser, the device or the address.
type Session struct {
	ID          string `gorm:"primaryKey"`
	AccountID   string
	TokenHash   []byte
	Epoch       int // of the account when the session began; another epoch ends it
	CreatedAt   time.Time
	SeenAt      time.Time
	ExpiresAt   time.Time
	SteppedUpAt *time.Time
}

// endsAt is the moment when the session ends by itself.
func (s Session) endsAt(staff bool) time.Time {
	idle := idleMember
	if staff {
		idle = idleStaff
	}
	if end := s.SeenAt.Add(idle); end.Before(s.ExpiresAt) {
		return end
	}
	return s.ExpiresAt
}

// Holder is a session with what every request wants to know about its account.
type Holder struct {
	Session Session
	Account Account
	Grants  []Grant // those that hold now
	Notices int     // unseen
}

// Identity is a signed-in person as the pages know them.
type Identity struct {
	Actor     Actor
	Name      string // the issued sign-in name, shown to its owner only
	StaffName string // shown among staff, empty for members
	Locale    string // da, en, or empty for the browser's
	Notices   int    // unseen notices
}

type sessionStore interface {
	// Holder returns the session with this token hash, if its epoch is the account's and the account is active or
	// paused, in one query: it is on every request's way.
	Holder(ctx context.Context, tokenHash []byte, now time.Time) (Holder, error)
	AddSession(ctx context.Context, s *Session) error
	TouchSession(ctx context.Context, id string, at time.Time) error
	// EndSession deletes the session with this token hash, if there is one.
	EndSession(ctx context.Context, tokenHash []byte) error
	// EndSessionOf deletes one of the account's sessions, if there is such a one.
	EndSessionOf(ctx context.Context, accountID, sessionID string) error
	// EndSessions deletes all of the account's sessions and returns the account with its epoch moved on.
	EndSessions(ctx context.Context, accountID string) (Account, error)
	// Sessions lists the account's sessions of this epoch, last seen first.
	Sessions(ctx context.Context, accountID string) ([]Session, error)
}

// Identify returns who holds the session token, or an Unauthenticated fault when the session is unknown, ended
// or expired.
func (s *Service) Identify(ctx context.Context, token string) (Identity, error) {
	return s.identify(ctx, token, true)
}

// Glance is Identify for a page that asks again by itself: it does not keep the session alive, because nobody may be
// sitting there.
func (s *Service) Glance(ctx context.Context, token string) (Identity, error) {
	return s.identify(ctx, token, false)
}

func (s *Service) identify(ctx context.Context, token string, renew bool) (Identity, error) {
	now := s.clock.Now()
	h, err := s.store.Holder(ctx, hashToken(token), now)
	if fault.Is(err, fault.NotFound) {
		return Identity{}, errSignedOut()
	}
	if err != nil {
		return Identity{}, err
	}
	if !now.Before(h.Session.endsAt(len(h.Grants) > 0)) {
		return Identity{}, errSignedOut()
	}
	if renew && now.Sub(h.Session.SeenAt) >= touchEvery {
		err := s.tx.InTx(ctx, func(ctx context.Context) error { return s.store.TouchSession(ctx, h.Session.ID, now) })
		if err != nil {
			return Identity{}, err
		}
	}
	return Identity{
		Actor: Actor{
			Account: h.Account.ID, Session: h.Session.ID, Paused: h.Account.State == Paused,
			BirthYear: h.Account.BirthYear, Grants: h.Grants, At: now,
		},
		Name: h.Account.Name, StaffName: h.Account.StaffName, Locale: h.Account.Locale, Notices: h.Notices,
	}, nil
}

func errSignedOut() error { return fault.New(fault.Unauthenticated, "fault.signed_out") }

// ExpiredOwner returns the account whose session with this token has expired within the last hour and was not
// ended by hand; NotFound otherwise. It is for keeping what the person was typing, and signs nobody in.
func (s *Service) ExpiredOwner(ctx context.Context, token string) (string, error) {
	now := s.clock.Now()
	h, err := s.store.Holder(ctx, hashToken(token), now)
	if err != nil {
		return "", err
	}
	end := h.Session.endsAt(len(h.Grants) > 0)
	if now.Before(end) || now.Sub(end) > rescueWindow {
		return "", fault.Missing()
	}
	return h.Account.ID, nil
}

// SignOut ends the session with this token. A token that belongs to no session is no error.
func (s *Service) SignOut(ctx context.Context, token string) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error { return s.store.EndSession(ctx, hashToken(token)) })
}

// SignOutOther ends one of the actor's own sessions; one that is not theirs, or has ended, is no error.
func (s *Service) SignOutOther(ctx context.Context, actor Actor, sessionID string) error {
	if !id.Valid(sessionID) {
		return nil
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.store.EndSessionOf(ctx, actor.Account, sessionID)
	})
}

// SignOutEverywhere ends all of the actor's sessions, this one too.
func (s *Service) SignOutEverywhere(ctx context.Context, actor Actor) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		_, err := s.store.EndSessions(ctx, actor.Account)
		return err
	})
}

// Sessions lists the actor's own sessions that have not ended, last seen first.
func (s *Service) Sessions(ctx context.Context, actor Actor) ([]Session, error) {
	all, err := s.store.Sessions(ctx, actor.Account)
	if err != nil {
		return nil, err
	}
	live := all[:0]
	for _, one := range all {
		if actor.At.Before(one.endsAt(actor.Staff())) {
			live = append(live, one)
		}
	}
	return live, nil
}

// open begins a session of the account and returns its token. It joins the transaction of ctx.
func (s *Service) open(ctx context.Context, a Account, now time.Time) (string, error) {
	token := newToken()
	return token, s.store.AddSession(ctx, &Session{
		ID: id.New(), AccountID: a.ID, TokenHash: hashToken(token), Epoch: a.SessionEpoch,
		CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(maxSession),
	})
}

// newToken returns 130 random bits; the database knows only their hash.
func newToken() string { return rand.Text() }

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
