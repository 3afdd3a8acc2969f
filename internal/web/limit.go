package web

import (
	"crypto/rand"
	"time"

	"samhold/internal/clock"
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

// posts slows down whoever sends more forms than a person can. It counts in this process alone: nothing about it
// is worth a write to the database.
type posts struct {
	limiter                   *limit.Limiter
	account, address, concern limit.Rule
}

// newPosts returns the limits; max takes the place of both numbers unless it is 0.
func newPosts(c clock.Clock, maximum int) posts {
	var key [32]byte
	_, _ = rand.Read(key[:]) // crypto/rand.Read never returns an error
	p := posts{
		limiter: limit.New(limit.NewMemory(), c, key),
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
		return p.limiter.Take(r.Context(), p.address, r.Address())
	}
	return p.limiter.Take(r.Context(), p.account, r.Actor.Account)
}

// takeConcern counts a guest's concern.
func (p posts) takeConcern(r *Request) error {
	return p.limiter.Take(r.Context(), p.concern, r.Address())
}
