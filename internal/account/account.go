// Package account is identity: issued sign-in names, credentials, sessions, consent, notices, and the Actor that
// every call carries. Nothing in it is ever shown to another member, and no answer of it may tell whether a
// sign-in name exists.
package account

import (
	"time"

	"samhold/internal/audit"
	"samhold/internal/clock"
	"samhold/internal/limit"
	"samhold/internal/passkey"
	"samhold/internal/passphrase"
	"samhold/internal/seal"
	"samhold/internal/tx"
	"samhold/internal/vault"
)

// The states of an account. A paused one reads and does not write; an erased one is an empty shell, and so will be a
// closed one, which an earlier version left behind.
const (
	Active = "active"
	Paused = "paused"
	Closed = "closed"
	Erased = "erased"
)

// Account is one person's private sign-in. Only its owner sees any of it.
type Account struct {
	ID           string `gorm:"primaryKey"`
	Name         string // issued
	BirthYear    int    // 0 for staff who were added by staff
	Locale       string // da, en, or empty for the browser's
	StaffName    string // what a member of staff is called among staff, empty for members
	State        string
	SessionEpoch int
	CreatedAt    time.Time
	ErasedAt     *time.Time
}

// Store is what the service needs of the database. Reads answer fault.NotFound for what is not there; writes
// happen inside a transaction.
type Store interface {
	sessionStore
	signInStore
	joinStore
	consentStore
	noticeStore
	staffStore
	factorStore
	passkeyStore
	assistStore
	openingStore
	sweepStore
}

// Deps are what the service is made of. All but Passkeys are needed.
type Deps struct {
	Store      Store
	Tx         tx.Runner
	Clock      clock.Clock
	Limiter    *limit.Limiter // over a store that every process shares
	Vault      *vault.Vault
	Passphrase *passphrase.Hasher
	Audit      *audit.Log
	Passkeys   *passkey.Site // nil where the address cannot have passkeys
}

// Service does everything with accounts. It is safe for concurrent use.
type Service struct {
	store      Store
	tx         tx.Runner
	clock      clock.Clock
	limiter    *limit.Limiter
	vault      *vault.Vault
	slipKey    *seal.Key
	passphrase *passphrase.Hasher
	audit      *audit.Log
	passkeys   *passkey.Site
	codeKey    [32]byte
}

// New returns the service.
func New(d Deps) *Service {
	return &Service{
		store: d.Store, tx: d.Tx, clock: d.Clock, limiter: d.Limiter, passphrase: d.Passphrase, audit: d.Audit,
		vault: d.Vault, passkeys: d.Passkeys,
		slipKey: seal.NewKey("slip", d.Vault.Derive("slip")), codeKey: d.Vault.Derive("recovery code"),
	}
}
