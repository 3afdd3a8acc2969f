package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net"
	"path/filepath"
	"time"

	"samhold/internal/clock"
	"samhold/internal/config"
	"samhold/internal/demo"
	"samhold/internal/passphrase"
	"samhold/internal/web/view"
)

// DemoPassphrase is everybody's in the demo. It is for invented people on an own machine, and nothing else.
const DemoPassphrase = "hyggelig demo ved havnen" //nolint:gosec // known to all, on purpose

// DemoConfig is the configuration of a demo that keeps its data in dir and is reached at address.
func DemoConfig(dir, address string) (config.Config, error) {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // crypto/rand.Read never returns an error
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return config.Config{}, fmt.Errorf("--listen: %w", err)
	}
	return config.Load(map[string]string{
		"SAMHOLD_LISTEN":       address,
		"SAMHOLD_BASE_URL":     "http://localhost:" + port,
		"SAMHOLD_DATABASE_URL": "sqlite:" + filepath.Join(dir, "samhold.db"),
		"SAMHOLD_SEARCH_URL":   "bleve:" + filepath.Join(dir, "search"),
		"SAMHOLD_SECRET_KEY":   base64.StdEncoding.EncodeToString(secret),
	})
}

// SeedDemo fills an empty installation with the invented community as it is at this moment, and indexes it.
func (a *App) SeedDemo(ctx context.Context) (*demo.Seeded, error) {
	community, err := demo.Load()
	if err != nil {
		return nil, fmt.Errorf("demo content: %w", err)
	}
	zone, err := time.LoadLocation(view.Zone)
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	hash, err := passphrase.NewHasher().Hash(ctx, DemoPassphrase)
	if err != nil {
		return nil, fmt.Errorf("hash passphrase: %w", err)
	}
	now := a.clock.Now().In(zone)
	past := clock.NewFixed(now)
	areas, err := a.areas(ctx, past)
	if err != nil {
		return nil, err
	}
	seeded, err := demo.Seed(ctx, demo.Areas{
		Account: areas.Account, Space: areas.Space, Topic: areas.Topic, Crisis: areas.Crisis, Message: areas.Message, CheckIn: areas.CheckIn, Playbook: areas.Playbook, Plan: areas.Plan, Support: areas.Support, Guarding: areas.Guarding, Admin: areas.Admin,
		Moderation: areas.Moderation, Rota: areas.Rota, Directory: areas.Directory, Care: areas.Care, Tx: a.Store, Clock: past,
	}, community, now, hash)
	if err != nil {
		return nil, fmt.Errorf("live the demo through: %w", err)
	}
	if err := a.Area.Indexer.Rebuild(ctx, nil); err != nil {
		return nil, fmt.Errorf("index the demo: %w", err)
	}
	return seeded, nil
}
