package app

import (
	"context"
	"fmt"

	"samhold/internal/fill"
	"samhold/internal/passphrase"
)

// Fill makes invented content for load tests and returns some names and topics of it.
func (a *App) Fill(ctx context.Context, size fill.Size, progress func(done, total int)) (*fill.Filled, error) {
	hash, err := passphrase.NewHasher().Hash(ctx, DemoPassphrase)
	if err != nil {
		return nil, fmt.Errorf("hash passphrase: %w", err)
	}
	f := &fill.Filler{
		Account: a.Area.Account, Space: a.Area.Space, Store: a.Store.Topics(), Tx: a.Store, Clock: a.clock, Progress: progress,
	}
	return f.Fill(ctx, size, hash)
}
