// Package tx lets services say which steps belong together. Services open transactions; stores join the one in
// the context. No call that leaves the database (network, mail, index) may happen inside one.
package tx

import "context"

// Runner runs steps in one transaction.
type Runner interface {
	// InTx runs fn in a transaction and commits when fn returns nil. A nested call joins the outer transaction.
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	// AfterCommit runs fn once the transaction of ctx has committed; without a transaction it runs at once.
	// It is for waking workers and for nothing that must not be lost.
	AfterCommit(ctx context.Context, fn func())
}
