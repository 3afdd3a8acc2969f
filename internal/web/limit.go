package web

import (
	"crypto/rand"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/limit"
)

// How many forms may be sent in a minute: far more than a person can, few enough that a script is slowed down.
// Guests are counted by address, where many may sit behind one.
const (
	postsByAccount = 300
	postsByAddress = 600
	// concernsByAddress is in ten minutes: each may call people out, and a school may sit behind one address.
	concernsByAddress = 30
)

// posts slows down whoever sends more forms than a person can. Each process counts by itself first, so that a flood
// costs no write to the database; what gets past that is counted for all processes together, where there are several.
type posts struct {
	minute, long              *limit.Limiter // a Memory serves one length of window
	shared                    *limit.Limiter // nil where there is one process
	account, address, concern limit.Rule
}

// newPosts returns the limits; max takes the place of both numbers unless it is 0.
func newPosts(c clock.Clock, maximum int, shared *limit.Limiter) posts {
	var key [32]byte
	_, _ = rand.Read(key[:]) // crypto/rand.Read never returns an error
	p := posts{
		minute: limit.New(limit.NewMemory(), c, key), long: limit.New(limit.NewMemory(), c, key), shared: shared,
		account: limit.Rule{Kind: "account", Max: postsByAccount, Window: time.Minute},
		address: limit.Rule{Kind: "address", Max: postsByAddress, Window: time.Minute},
		concern: limit.Rule{Kind: "concern", Max: concernsByAddress, Window: 10 * time.Minute},
	}
	if maximum > 0 {
		p.account.Max, p.address.Max, p.concern.Max = maximum, maximum, maximum
	}
	return p
}

// take counts a form that r sends.
func (p posts) take(r *Request) error {
	if r.Actor.Guest() {
		return p.count(r, p.minute, p.address, r.Address())
	}
	return p.count(r, p.minute, p.account, r.Actor.Account)
}

// takeConcern counts a guest's concern.
func (p posts) takeConcern(r *Request) error {
	return p.count(r, p.long, p.concern, r.Address())
}

func (p posts) count(r *Request, here *limit.Limiter, rule limit.Rule, who string) error {
	if err := here.Take(r.Context(), rule, who); err != nil || p.shared == nil {
		return err
	}
	rule.Kind = "form_" + rule.Kind
	err := p.shared.Take(r.Context(), rule, who)
	if fault.Is(err, fault.Unavailable) {
		return nil // forms that need no database must get through without one
	}
	return err
}
