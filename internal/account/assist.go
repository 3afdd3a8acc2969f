package account

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"

	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/limit"
	"samhold/internal/recovery"
	"samhold/internal/signname"
)

// The audited steps of letting somebody back in who has lost everything.
const (
	AssistAsked     audit.Action = "assist_asked"
	AssistConfirmed audit.Action = "assist_confirmed"
	AssistUsed      audit.Action = "assist_used"
)

// Notices about it; they lead to where the person can put a stop to it.
const (
	NoticeAssistAsked = "assist_asked" // two of the team are about to let somebody in
	NoticeAssisted    = "assisted"     // somebody came in that way
)

const (
	assistWaits = 24 * time.Hour   // for the second person
	assistLasts = 30 * time.Minute // from then on, for the member
)

// assistByActor bounds how many names one of the team can try.
var assistByActor = limit.Rule{Kind: "assist", Max: 10, Window: time.Hour}

// Assist is a member who is being let back in, as it is stored. Each of the two helpers has seen one half of the code,
// and neither can use it alone; only hashes are kept.
type Assist struct {
	ID          string `gorm:"primaryKey"`
	AccountID   string
	AskedBy     string
	ConfirmedBy *string
	FirstHash   []byte
	SecondHash  []byte
	CreatedAt   time.Time
	ExpiresAt   time.Time
	UsedAt      *time.Time
}

// OpenAssist is one that waits for its second person, as the team sees it: not whom it is about.
type OpenAssist struct {
	ID        string
	Asker     string // the account that asked
	AskedBy   string // what they are called among staff
	CreatedAt time.Time
	ExpiresAt time.Time
}

type assistStore interface {
	AddAssist(ctx context.Context, a *Assist) error
	// OpenAssists lists those that nobody has confirmed and that hold now, oldest first.
	OpenAssists(ctx context.Context, now time.Time) ([]OpenAssist, error)
	// ConfirmAssist adds the second half to one that somebody else asked for, and returns it.
	ConfirmAssist(ctx context.Context, assistID, by string, second []byte, now, until time.Time) (Assist, error)
	// ReadyAssist returns the one of the active or paused account of this name that two have confirmed and that holds now.
	ReadyAssist(ctx context.Context, name string, now time.Time) (Assist, error)
	UseAssist(ctx context.Context, assistID string, now time.Time) (bool, error)
	// DropAssists deletes what was not used of the account's.
	DropAssists(ctx context.Context, accountID string) error
	// DropFactors deletes the account's app and passkeys.
	DropFactors(ctx context.Context, accountID string) error
}

// AskAssist begins to let the member with this name back in, and returns the first half of the code, to be shown once.
// The actor has made sure, away from Samhold, that it is them. The member is told at the next sign-in. An unknown name is
// an Invalid fault on the field "name": the team has it from the member.
func (s *Service) AskAssist(ctx context.Context, actor Actor, name string) (string, error) {
	if !actor.Can(HelpSignIn) {
		return "", fault.Missing()
	}
	if err := s.limiter.Take(ctx, assistByActor, actor.Account); err != nil {
		return "", err
	}
	half, err := newHalf()
	if err != nil {
		return "", err
	}
	now := s.clock.Now()
	return half, s.tx.InTx(ctx, func(ctx context.Context) error {
		owner, _, err := s.store.Entrance(ctx, signname.Fold(name))
		var check fault.Check
		check.Require(err == nil || !fault.Is(err, fault.NotFound), "name", "assist.unknown")
		if wrong := check.Err(); wrong != nil {
			return wrong
		}
		if err != nil {
			return err
		}
		check.Require(owner.ID != actor.Account, "name", "assist.oneself")
		if err := check.Err(); err != nil {
			return err
		}
		if err := s.store.DropAssists(ctx, owner.ID); err != nil {
			return err
		}
		a := &Assist{
			ID: id.New(), AccountID: owner.ID, AskedBy: actor.Account, FirstHash: s.hashHalf(half), CreatedAt: now,
			ExpiresAt: now.Add(assistWaits),
		}
		if err := s.store.AddAssist(ctx, a); err != nil {
			return err
		}
		if err := s.Notify(ctx, owner.ID, NoticeAssistAsked, ""); err != nil {
			return err
		}
		return s.audit.Append(ctx, audit.Event{
			At: now, Actor: actor.Account, Action: AssistAsked, ObjectKind: "assist", ObjectID: a.ID,
		})
	})
}

// OpenAssists lists what waits for a second person.
func (s *Service) OpenAssists(ctx context.Context, actor Actor) ([]OpenAssist, error) {
	if !actor.Can(HelpSignIn) {
		return nil, fault.Missing()
	}
	return s.store.OpenAssists(ctx, actor.At)
}

// ConfirmAssist is the second person's yes. It returns the second half of the code, to be shown once; the whole works for
// half an hour. Who asked cannot confirm: for them it is NotFound.
func (s *Service) ConfirmAssist(ctx context.Context, actor Actor, assistID string) (string, error) {
	if !actor.Can(HelpSignIn) || !id.Valid(assistID) {
		return "", fault.Missing()
	}
	half, err := newHalf()
	if err != nil {
		return "", err
	}
	now := s.clock.Now()
	return half, s.tx.InTx(ctx, func(ctx context.Context) error {
		a, err := s.store.ConfirmAssist(ctx, assistID, actor.Account, s.hashHalf(half), now, now.Add(assistLasts))
		if err != nil {
			return err
		}
		return s.audit.Append(ctx, audit.Event{
			At: now, Actor: actor.Account, Action: AssistConfirmed, ObjectKind: "assist", ObjectID: a.ID,
		})
	})
}

// useAssist uses both halves up, forgets every other way in, and returns the account and what to audit; NotFound for what
// does not fit. It joins the transaction of ctx.
func (s *Service) useAssist(ctx context.Context, name, typed string, now time.Time) (Account, audit.Event, error) {
	var none audit.Event
	first, second, ok := halves(typed)
	a, err := s.store.ReadyAssist(ctx, name, now)
	if err != nil {
		return Account{}, none, err
	}
	if !ok || !hmac.Equal(s.hashHalf(first), a.FirstHash) || !hmac.Equal(s.hashHalf(second), a.SecondHash) {
		return Account{}, none, fault.Missing()
	}
	used, err := s.store.UseAssist(ctx, a.ID, now)
	if err != nil {
		return Account{}, none, err
	}
	if !used {
		return Account{}, none, fault.Missing()
	}
	if err := s.store.DropFactors(ctx, a.AccountID); err != nil {
		return Account{}, none, err
	}
	if err := s.store.SetCodes(ctx, a.AccountID, nil, now); err != nil {
		return Account{}, none, err
	}
	if err := s.Notify(ctx, a.AccountID, NoticeAssisted, ""); err != nil {
		return Account{}, none, err
	}
	owner, _, err := s.store.Entrance(ctx, name)
	return owner, audit.Event{At: now, Action: AssistUsed, ObjectKind: "assist", ObjectID: a.ID}, err
}

// newHalf is half of a recovery code: 60 random bits.
func newHalf() (string, error) {
	codes, err := recovery.New(rand.Reader)
	if err != nil {
		return "", err
	}
	half, _, _ := halves(codes[0])
	return half, nil
}

// halves parts a typed code into its two halves of three groups.
func halves(typed string) (first, second string, ok bool) {
	groups := strings.Split(recovery.Fold(typed), "-")
	if len(groups) != 6 {
		return "", "", false
	}
	return strings.Join(groups[:3], "-"), strings.Join(groups[3:], "-"), true
}

func (s *Service) hashHalf(half string) []byte {
	m := hmac.New(sha256.New, s.codeKey[:])
	m.Write([]byte("samhold half of a code 1 " + half))
	return m.Sum(nil)
}
