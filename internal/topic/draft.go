package topic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"samhold/internal/account"
	"samhold/internal/id"
	"samhold/internal/seal"
)

// Draft is what somebody typed and could not send. What it says and where it was going is sealed.
type Draft struct {
	ID        string `gorm:"primaryKey"`
	AccountID string
	Sealed    []byte
	KeyID     string
	SavedAt   time.Time
	ExpiresAt time.Time
}

func (d *Draft) place() seal.Place { return seal.Place{Table: "draft", Column: "sealed", Row: d.ID} }

const (
	draftLasts = time.Hour
	// maxDrafts bounds what an account keeps; the newest stay.
	maxDrafts = 10
)

type draftContent struct {
	Path   string            `json:"path"`
	Values map[string]string `json:"values"`
}

// KeepDraft keeps what an account was sending to path when its session had expired: sealed, one hour.
func (s *Service) KeepDraft(ctx context.Context, accountID, path string, values map[string]string) error {
	plain, err := json.Marshal(draftContent{path, values})
	if err != nil {
		return fmt.Errorf("encode draft: %w", err)
	}
	now := s.Clock.Now()
	d := &Draft{ID: id.New(), AccountID: accountID, SavedAt: now, ExpiresAt: now.Add(draftLasts)}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		sealed, err := s.Vault.ForAccount(accountID).Seal(ctx, plain, d.place())
		if err != nil {
			return fmt.Errorf("seal draft: %w", err)
		}
		d.Sealed, d.KeyID = sealed.Ciphertext, sealed.KeyID
		if err := s.Store.DropOldDrafts(ctx, now); err != nil {
			return err
		}
		if err := s.dropDraft(ctx, accountID, path); err != nil {
			return err
		}
		kept, err := s.Store.Drafts(ctx, accountID, now)
		if err != nil {
			return err
		}
		if len(kept) >= maxDrafts {
			var old []string
			for _, k := range kept[maxDrafts-1:] {
				old = append(old, k.ID)
			}
			if err := s.Store.DropDrafts(ctx, old); err != nil {
				return err
			}
		}
		return s.Store.AddDraft(ctx, d)
	})
}

// TakeDraft returns what the actor was sending to path when their session expired, nil if there is nothing. It
// stays until the text is sent or the hour has passed, so that showing the page again loses nothing.
func (s *Service) TakeDraft(ctx context.Context, a account.Actor, path string) (map[string]string, error) {
	if a.Guest() {
		return nil, nil
	}
	_, values, err := s.findDraft(ctx, a.Account, path)
	return values, err
}

// dropDraft forgets what was kept for path, once it has been sent.
func (s *Service) dropDraft(ctx context.Context, accountID, path string) error {
	ids, _, err := s.findDraft(ctx, accountID, path)
	if err != nil || len(ids) == 0 {
		return err
	}
	return s.Store.DropDrafts(ctx, ids)
}

// DropDraft forgets what was kept for path. Areas with forms of their own call it in the transaction that saves.
func (s *Service) DropDraft(ctx context.Context, a account.Actor, path string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error { return s.dropDraft(ctx, a.Account, path) })
}

func (s *Service) findDraft(ctx context.Context, accountID, path string) (ids []string, newest map[string]string, err error) {
	drafts, err := s.Store.Drafts(ctx, accountID, s.Clock.Now())
	if err != nil {
		return nil, nil, err
	}
	sealer := s.Vault.ForAccount(accountID)
	for _, d := range drafts {
		plain, err := sealer.Open(ctx, seal.Sealed{KeyID: d.KeyID, Ciphertext: d.Sealed}, d.place())
		switch {
		case errors.Is(err, seal.ErrUnknownKey), errors.Is(err, seal.ErrBroken):
			continue // there is nothing to give back
		case err != nil:
			return nil, nil, fmt.Errorf("open draft: %w", err)
		}
		var c draftContent
		if err := json.Unmarshal(plain, &c); err != nil {
			return nil, nil, fmt.Errorf("decode draft: %w", err)
		}
		if c.Path != path {
			continue
		}
		ids = append(ids, d.ID)
		if newest == nil {
			newest = c.Values
		}
	}
	return ids, newest, nil
}
