// Package vault keeps the data keys under which texts are sealed: one for each account, one for the house, and the
// root from which other keys are derived. The database holds them wrapped under the operator's secret. What is a
// member's own is sealed under their account's key, so that destroying the key destroys it everywhere, in backups
// too. It must never keep an account's key in memory, where it would outlive the account, nor write a key anywhere
// unwrapped.
package vault

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"samhold/internal/clock"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/seal"
	"samhold/internal/tx"
)

// The kinds of data keys.
const (
	Root    = "root"
	House   = "house"
	Account = "account"
)

// Owner is whose a key is.
type Owner struct {
	Kind    string
	Account string // of an account's key, else empty
}

func (o Owner) accountID() *string {
	if o.Account == "" {
		return nil
	}
	return &o.Account
}

// DataKey is a key as the database keeps it.
type DataKey struct {
	ID         string `gorm:"primaryKey"`
	Kind       string
	AccountID  *string
	Generation int    // counts rotations
	SecretID   string // of the secret that wraps it
	Wrapped    []byte
	CreatedAt  time.Time
	RetiredAt  *time.Time // since when it opens and no longer seals
}

// Owner is whose the key is.
func (k *DataKey) Owner() Owner {
	o := Owner{Kind: k.Kind}
	if k.AccountID != nil {
		o.Account = *k.AccountID
	}
	return o
}

// whose binds a wrapped key to its row and its owner.
func (k *DataKey) whose() []string { return []string{"data_key", k.ID, k.Kind, k.Owner().Account} }

// Store keeps wrapped keys.
type Store interface {
	// CurrentKey returns the key that seals for the owner now, NotFound if there is none. It must be called in a
	// transaction, and until that ends nobody can retire or destroy the key.
	CurrentKey(ctx context.Context, o Owner) (*DataKey, error)
	// AddKey adds the key, unless its owner has one or is an account that is gone.
	AddKey(ctx context.Context, k *DataKey) error
	// Key returns a key that may be retired, NotFound if it is not there.
	Key(ctx context.Context, keyID string) (*DataKey, error)
	// RootKey returns the root, NotFound before the first start.
	RootKey(ctx context.Context) (*DataKey, error)
	// LockAccount keeps the account's row as it is until the transaction ends.
	LockAccount(ctx context.Context, accountID string) error
	// RowsOf returns the rows that stand under the account's keys, locked.
	RowsOf(ctx context.Context, t Text, accountID string) ([]Row, error)
	// DestroyKeys deletes every key of the account.
	DestroyKeys(ctx context.Context, accountID string) error
	// SecretIDs names every secret under which a key is wrapped.
	SecretIDs(ctx context.Context) ([]string, error)
	// Used reports whether the database was in use before it had keys.
	Used(ctx context.Context) (bool, error)

	rotationStore
}

// Deps are what the vault stands on. All are needed.
type Deps struct {
	Store   Store
	Tx      tx.Runner
	Clock   clock.Clock
	Keyring *seal.Keyring
}

// Vault seals and opens. It is safe for concurrent use.
type Vault struct {
	store   Store
	tx      tx.Runner
	clock   clock.Clock
	keyring *seal.Keyring
	root    seal.Root

	mu    sync.Mutex
	house map[string]*seal.Key // opened keys of the house: nobody's erasure depends on them
}

// maxHouse bounds the opened keys of the house; there is one, and one more while keys are rotated.
const maxHouse = 8

// ErrSecret says that the secret is not the one under which the database's keys are wrapped.
var ErrSecret = errors.New("does not fit this database, whose keys are wrapped under another secret; " +
	"give the secret that the database was made with, or name it in SAMHOLD_OLD_SECRET_KEYS if it was changed")

// ErrFirst says that a secret was changed in a database from before there were keys: what must outlive the change is
// derived from the old secret itself, and nothing knows it yet.
var ErrFirst = errors.New("was changed too early: start this version once with the old secret alone, and change it then")

// Open returns the vault of a database; the first start makes the root and the house's key. Processes that start at
// once agree on them.
func Open(ctx context.Context, d Deps) (*Vault, error) {
	v := &Vault{store: d.Store, tx: d.Tx, clock: d.Clock, keyring: d.Keyring, house: map[string]*seal.Key{}}
	ids, err := v.store.SecretIDs(ctx)
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	known := v.keyring.Known()
	var missing []string
	for _, secretID := range ids {
		if !slices.Contains(known, secretID) {
			missing = append(missing, secretID)
		}
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("%w (missing: %s)", ErrSecret, strings.Join(missing, ", "))
	}
	kept, err := v.store.RootKey(ctx)
	if fault.Is(err, fault.NotFound) {
		kept, err = v.firstRoot(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	bytes, err := v.unwrap(kept)
	if err != nil {
		return nil, ErrSecret
	}
	v.root = seal.NewRoot(bytes)
	return v, nil
}

// firstRoot makes the root. In a database that was in use before there were keys it is the secret itself, so that
// the audit log, recovery codes and receipts still fit.
func (v *Vault) firstRoot(ctx context.Context) (root *DataKey, err error) {
	err = v.tx.InTx(ctx, func(ctx context.Context) error {
		used, err := v.store.Used(ctx)
		if err != nil {
			return err
		}
		bytes := seal.NewKeyBytes()
		if used && len(v.keyring.Known()) > 1 {
			return ErrFirst
		}
		if used {
			bytes = v.keyring.FirstRoot()
		}
		if _, err := v.current(ctx, Owner{Kind: House}); err != nil {
			return err
		}
		root, err = v.ensure(ctx, Owner{Kind: Root}, bytes, 1)
		return err
	})
	return root, err
}

// ensure returns the owner's current key, and makes it of the bytes if there is none.
func (v *Vault) ensure(ctx context.Context, o Owner, bytes []byte, generation int) (*DataKey, error) {
	kept, err := v.store.CurrentKey(ctx, o)
	if !fault.Is(err, fault.NotFound) {
		return kept, err
	}
	fresh := v.wrap(o, bytes, generation)
	if err := v.store.AddKey(ctx, fresh); err != nil {
		return nil, err
	}
	// Another process may have been first.
	return v.store.CurrentKey(ctx, o)
}

func (v *Vault) wrap(o Owner, bytes []byte, generation int) *DataKey {
	k := &DataKey{ID: id.New(), Kind: o.Kind, AccountID: o.accountID(), Generation: generation, CreatedAt: v.clock.Now()}
	v.rewrap(k, bytes)
	return k
}

func (v *Vault) rewrap(k *DataKey, bytes []byte) {
	w := v.keyring.Wrap(bytes, k.whose()...)
	k.SecretID, k.Wrapped = w.SecretID, w.Ciphertext
}

func (v *Vault) unwrap(k *DataKey) ([]byte, error) {
	return v.keyring.Unwrap(seal.Wrapped{SecretID: k.SecretID, Ciphertext: k.Wrapped}, k.whose()...)
}

// current returns the owner's key for sealing, in the caller's transaction. An account gets its key when the first
// text of its own is sealed.
func (v *Vault) current(ctx context.Context, o Owner) (*DataKey, error) {
	kept, err := v.store.CurrentKey(ctx, o)
	if !fault.Is(err, fault.NotFound) {
		return kept, err
	}
	generation := 1
	if o.Kind == Account {
		house, err := v.current(ctx, Owner{Kind: House})
		if err != nil {
			return nil, err
		}
		generation = house.Generation
	}
	return v.ensure(ctx, o, seal.NewKeyBytes(), generation)
}

// open makes a key ready for use.
func (v *Vault) open(k *DataKey) (*seal.Key, error) {
	if ready := v.opened(k.ID); ready != nil {
		return ready, nil
	}
	bytes, err := v.unwrap(k)
	if err != nil {
		return nil, err
	}
	if len(bytes) != seal.KeySize {
		return nil, seal.ErrBroken
	}
	ready := seal.NewKey(k.ID, [seal.KeySize]byte(bytes))
	if k.Kind == House {
		v.mu.Lock()
		if len(v.house) >= maxHouse {
			clear(v.house)
		}
		v.house[k.ID] = ready
		v.mu.Unlock()
	}
	return ready, nil
}

// opened returns a key of the house that is ready for use already, or nil.
func (v *Vault) opened(keyID string) *seal.Key {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.house[keyID]
}

// Derive returns the key for a purpose that must outlive every change of keys: the audit chain, the hashes of
// codes, tokens of forms, cookies. Different labels give unrelated keys.
func (v *Vault) Derive(label string) [32]byte { return v.root.Derive(label) }

// DestroyAccount destroys the account's keys: what was sealed for it opens nowhere any more, in no backup either once
// the destruction is replayed there. It is called in the transaction that sets the account's state to erased, which
// keeps a new key from being made, and after what must go has been deleted: what others still need of the person's
// own (ThePersons) and has not been deleted is left to the house. It cannot be undone.
func (v *Vault) DestroyAccount(ctx context.Context, accountID string) error {
	return v.tx.InTx(ctx, func(ctx context.Context) error {
		if err := v.store.LockAccount(ctx, accountID); err != nil {
			return fmt.Errorf("destroy keys: %w", err)
		}
		for _, t := range Texts {
			if t.Whose != ThePersons {
				continue
			}
			if err := v.leave(ctx, t, accountID); err != nil {
				return fmt.Errorf("leave %s to the house: %w", t.Table, err)
			}
		}
		if err := v.store.DestroyKeys(ctx, accountID); err != nil {
			return fmt.Errorf("destroy keys: %w", err)
		}
		return nil
	})
}

// leave seals the account's rows again under the house's key.
func (v *Vault) leave(ctx context.Context, t Text, accountID string) error {
	rows, err := v.store.RowsOf(ctx, t, accountID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		err := v.reseal(ctx, t, row, v.ForAccount(accountID), v.ForHouse())
		if errors.Is(err, seal.ErrUnknownKey) || errors.Is(err, seal.ErrBroken) {
			continue // nobody can read it already
		}
		if err != nil {
			return err
		}
	}
	return nil
}
