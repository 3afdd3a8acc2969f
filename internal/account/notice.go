package account

import (
	"context"
	"time"

	"samhold/internal/id"
)

// The kinds of notice that this package makes; other areas have kinds of their own. The texts are notice.KIND.
const (
	NoticeRecovered = "recovered" // somebody came in with a recovery code
	NoticeCodeUsed  = "code_used" // a recovery code stood in for the second factor

	NoticePasskeyCopied = "passkey_copied" // a passkey answered as if there were two of it; it was refused
)

// Notice is something that happened to a person, as a kind and an id: never a text. Only its owner sees it.
type Notice struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	Kind      string
	RefID     string // what it is about, as the kind says; may be empty
	CreatedAt time.Time
	SeenAt    *time.Time
}

const noticesShown = 50

type noticeStore interface {
	AddNotice(ctx context.Context, n *Notice) error
	// Notices lists the account's notices, newest first.
	Notices(ctx context.Context, accountID string, limit int) ([]Notice, error)
	// SeeNotices marks the account's unseen notices made until then as seen.
	SeeNotices(ctx context.Context, accountID string, at time.Time) error
	// DropNotices deletes everybody's unseen notices of a kind about one thing.
	DropNotices(ctx context.Context, kind, refID string) error
}

// Notify leaves a notice for the account. It joins the transaction of ctx.
func (s *Service) Notify(ctx context.Context, accountID, kind, refID string) error {
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		return s.store.AddNotice(ctx, &Notice{
			ID: id.New(), AccountID: accountID, Kind: kind, RefID: refID, CreatedAt: s.clock.Now(),
		})
	})
}

// Withdraw takes back what asked people to see to something that is done by now, from all who have not seen it yet. It
// joins the transaction of ctx.
func (s *Service) Withdraw(ctx context.Context, kind, refID string) error {
	return s.store.DropNotices(ctx, kind, refID)
}

// Notices returns the actor's newest notices as they were, and marks them as seen.
func (s *Service) Notices(ctx context.Context, actor Actor) ([]Notice, error) {
	notices, err := s.store.Notices(ctx, actor.Account, noticesShown)
	if err != nil {
		return nil, err
	}
	for _, n := range notices {
		if n.SeenAt == nil {
			return notices, s.tx.InTx(ctx, func(ctx context.Context) error {
				return s.store.SeeNotices(ctx, actor.Account, s.clock.Now())
			})
		}
	}
	return notices, nil
}
