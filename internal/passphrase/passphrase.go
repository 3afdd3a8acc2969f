// Package passphrase hashes passphrases and says which are too easy to guess, without asking anybody outside. It must
// never keep, log or return a passphrase.
package passphrase

import (
	"context"
	"fmt"
	"sync/atomic"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"samhold/internal/fault"
)

const (
	// MinRunes and MaxRunes are the bounds that Check sets, in characters of NFC.
	MinRunes = 12
	MaxRunes = 256

	atOnce = 2 // hashes: each takes 19 MiB and one core for some 30 ms
)

// params are OWASP's first choice for argon2id without more than 19 MiB.
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// dummy is the hash of a random passphrase that nobody knows, made with params.
const dummy = "$argon2id$v=19$m=19456,t=2,p=1$DhZNfsAg+QlCdKjXQiJ92A$O71E6pmmSvNQgcnzxPAxgZkH43asF6MXabmT6NFzEN4"

// Hasher hashes at most two passphrases at a time, so that a crowd at the door cannot take all memory. It is safe
// for concurrent use.
type Hasher struct {
	slots chan struct{}
	runs  atomic.Int64
}

// NewHasher returns a hasher. One serves the whole process.
func NewHasher() *Hasher { return &Hasher{slots: make(chan struct{}, atOnce)} }

// Hash returns what is stored of a passphrase that Check has let through. When ctx ends before a slot is free, the
// fault is Unavailable.
func (h *Hasher) Hash(ctx context.Context, plain string) (string, error) {
	var hash string
	err := h.inSlot(ctx, func() (err error) {
		hash, err = argon2id.CreateHash(norm.NFC.String(plain), params)
		return err
	})
	return hash, err
}

// Verify reports whether plain is the passphrase of hash. When ctx ends before a slot is free, the fault is
// Unavailable.
func (h *Hasher) Verify(ctx context.Context, plain, hash string) (bool, error) {
	if utf8.RuneCountInString(plain) > MaxRunes {
		return false, h.VerifyDummy(ctx, "") // no passphrase is this long; the answer still takes as long
	}
	var ok bool
	err := h.inSlot(ctx, func() (err error) {
		ok, err = argon2id.ComparePasswordAndHash(norm.NFC.String(plain), hash)
		return err
	})
	return ok, err
}

// VerifyDummy takes as long as Verify. It is called for a name that does not exist, so that the time of the answer
// does not tell.
func (h *Hasher) VerifyDummy(ctx context.Context, plain string) error {
	if utf8.RuneCountInString(plain) > MaxRunes {
		plain = ""
	}
	_, err := h.Verify(ctx, plain, dummy)
	return err
}

// Runs is how many hashes were made or checked since the start.
func (h *Hasher) Runs() int64 { return h.runs.Load() }

func (h *Hasher) inSlot(ctx context.Context, work func() error) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(fault.Unavailable, "passphrase.rule.busy", err)
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, "passphrase.rule.busy", ctx.Err())
	}
	defer func() { <-h.slots }()
	h.runs.Add(1)
	if err := work(); err != nil {
		return fmt.Errorf("passphrase: %w", err)
	}
	return nil
}
