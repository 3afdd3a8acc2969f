package space

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
)

// Held is an alias that an account has in a space.
type Held struct {
	SpaceID       string
	AliasSkeleton string
}

type retireStore interface {
	// Held lists the aliases of the account.
	Held(ctx context.Context, accountID string) ([]Held, error)
	// RetireAlias keeps the print; one that is there already is no error.
	RetireAlias(ctx context.Context, spaceID string, print []byte) error
}

// RetireAliases sees to it that nobody else can take the account's aliases in their spaces: others would believe the
// former member had come back. What stays is a print that nobody can read and that belongs to nobody. It joins the
// transaction of ctx.
func (s *Service) RetireAliases(ctx context.Context, accountID string) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		held, err := s.Store.Held(ctx, accountID)
		if err != nil {
			return err
		}
		for _, h := range held {
			if err := s.Store.RetireAlias(ctx, h.SpaceID, s.print(h.SpaceID, h.AliasSkeleton)); err != nil {
				return err
			}
		}
		return nil
	})
}

// print is what stays of an alias. The space is part of it: the same alias in two spaces gives two prints.
func (s *Service) print(spaceID, skeleton string) []byte {
	h := hmac.New(sha256.New, s.AliasKey[:])
	h.Write([]byte(spaceID + "\x00" + skeleton))
	return h.Sum(nil)
}

// taken are those of the skeletons that nobody can have in the space any more.
func (s *Service) taken(ctx context.Context, spaceID string, skeletons []string) ([]string, error) {
	prints := make([][]byte, len(skeletons))
	for i, skeleton := range skeletons {
		prints[i] = s.print(spaceID, skeleton)
	}
	used, retired, err := s.Store.Taken(ctx, spaceID, skeletons, prints)
	if err != nil {
		return nil, err
	}
	for _, print := range retired {
		for i, skeleton := range skeletons {
			if hmac.Equal(prints[i], print) {
				used = append(used, skeleton)
			}
		}
	}
	return used, nil
}
