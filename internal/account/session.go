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
// life end it, half an hour for staff, who see what others wrote. Who says that the device is theirs alone stays for
// thirty days; after a pause, what is sealed asks who is there.
const (
	maxSession   = 12 * time.Hour
	idleMember   = 2 * time.Hour
	idleStaff    = 30 * time.Minute
	restAfter    = 30 * time.Minute
	touchEvery   = 5 * time.Minute // how often a sign of life is written down
	rescueWindow = time.Hour       // how long after its end a session still tells whose text to keep
)

// OwnSession is how long a session lasts at most on a device that is its owner's alone.
const OwnSession = 30 * 24 * time.Hour

// Session is one signed-in browser. It holds nothing about the browser, the device or the address.
type Session struct {
	ID          string `gorm:"primaryKey"`
	AccountID   string
	TokenHash   []byte
	Epoch       int // of the account when the session began; another epoch ends it
	CreatedAt   time.Time
	SeenAt      time.Time
	ExpiresAt   time.Time
	OwnDevice   bool       // its owner says that nobody else uses the device
	SteppedUpAt *time.Time // when its second factor was last proven
	ConfirmedAt *time.Time // when its owner last showed who they are, by signing in or again later
	RestedAt    *time.Time // since when nobody has done so after a pause
}

// endsAt is the moment when the session ends by itself.
func (s Session) endsAt(staff bool) time.Time {
	end, idle := s.ExpiresAt, idleMember
	switch {
	case staff:
		idle = idleStaff
		end = earlier(end, s.CreatedAt.Add(maxSession))
	case s.OwnDevice:
		return end
	}
	return earlier(end, s.SeenAt.Add(idle))
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
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

	// Grants are those that hold now, whether or not the second factor was proven.
	Grants []Grant
	Rested bool // nobody has shown who they are since a pause: what is sealed stays closed
}

// Staff reports whether the person has a role now, proven or not.
func (i Identity) Staff() bool { return len(i.Grants) > 0 }

// Can reports whether the person will have the capability somewhere when the second factor is proven.
func (i Identity) Can(c Capability) bool { return Actor{Grants: i.Grants}.Can(c) }

// Unproven reports whether the person has a role and has not proven the second factor in this session.
func (i Identity) Unproven() bool { return i.Staff() && i.Actor.ProvenAt.IsZero() }

type sessionStore interface {
	// Holder returns the session with this token hash, if its epoch is the account's and the account is active or
	// paused, in one query: it is on every request's way.
	Holder(ctx context.Context, tokenHash []byte, now time.Time) (Holder, error)
	AddSession(ctx context.Context, s *Session) error
	TouchSession(ctx context.Context, id string, at time.Time) error
	// RestSession notes that the session was used again after a pause.
	RestSession(ctx context.Context, id string, at time.Time) error
	// ConfirmSession notes that its owner has shown who they are; proven is for the second factor.
	ConfirmSession(ctx context.Context, id string, at time.Time, proven bool) error
	// EndSession deletes the session with this token hash, if there is one.
	EndSession(ctx context.Context, tokenHash []byte) error
	// EndSessionOf deletes one of the account's sessions, if there is such a one.
	EndSessionOf(ctx context.Context, accountID, sessionID string) error
	// ProveSession carries the proof of the second factor over to the session with this token hash.
	ProveSession(ctx context.Context, tokenHash []byte, at time.Time) error
	// EndSessionsBut deletes the account's other sessions.
	EndSessionsBut(ctx context.Context, accountID, sessionID string) error
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
	pause := now.Sub(h.Session.SeenAt)
	rested := pause >= restAfter || h.Session.RestedAt != nil
	if renew && pause >= touchEvery {
		err := s.tx.InTx(ctx, func(ctx context.Context) error {
			if rested && h.Session.RestedAt == nil {
				if err := s.store.RestSession(ctx, h.Session.ID, now); err != nil {
					return err
				}
			}
			return s.store.TouchSession(ctx, h.Session.ID, now)
		})
		// A disk that takes no more must not keep people from reading. What is not written down ends the session earlier.
		if err != nil && !fault.Is(err, fault.Unavailable) {
			return Identity{}, err
		}
	}
	who := Identity{
		Actor: Actor{
			Account: h.Account.ID, Session: h.Session.ID, Paused: h.Account.State == Paused,
			BirthYear: h.Account.BirthYear, ProvenAt: moment(h.Session.SteppedUpAt),
			ConfirmedAt: moment(h.Session.ConfirmedAt), At: now,
		},
		Name: h.Account.Name, StaffName: h.Account.StaffName, Locale: h.Account.Locale, Notices: h.Notices,
		Grants: h.Grants, Rested: rested,
	}
	if !who.Actor.ProvenAt.IsZero() {
		who.Actor.Grants = h.Grants
	}
	return who, nil
}

// moment is the time that may be missing, as the zero time.
func moment(at *time.Time) time.Time {
	if at == nil {
		return time.Time{}
	}
	return *at
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
	staff, err := s.store.HoldsGrant(ctx, actor.Account, actor.At)
	if err != nil {
		return nil, err
	}
	live := all[:0]
	for _, one := range all {
		if actor.At.Before(one.endsAt(staff)) {
			live = append(live, one)
		}
	}
	return live, nil
}

// opening says what a new session is like.
type opening struct {
	own    bool // on a device that is its owner's alone
	proven bool // the second factor was part of signing in
}

// open begins a session of the account and returns its token. It joins the transaction of ctx.
func (s *Service) open(ctx context.Context, a Account, now time.Time, o opening) (string, error) {
	token := newToken()
	one := &Session{
		ID: id.New(), AccountID: a.ID, TokenHash: hashToken(token), Epoch: a.SessionEpoch, OwnDevice: o.own,
		CreatedAt: now, SeenAt: now, ConfirmedAt: &now, ExpiresAt: now.Add(maxSession),
	}
	if o.own {
		one.ExpiresAt = now.Add(OwnSession)
	}
	if o.proven {
		one.SteppedUpAt = &now
	}
	return token, s.store.AddSession(ctx, one)
}

// newToken returns 130 random bits; the database knows only their hash.
func newToken() string { return rand.Text() }

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
