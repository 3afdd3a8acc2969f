package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"samhold/internal/tx"
)

var _ tx.Runner = (*Store)(nil)

// errBrokenStep is returned when an inner InTx failed and the outer one wanted to commit all the same.
var errBrokenStep = errors.New("a step of the transaction failed, so nothing of it was saved")

// errOutside is returned by what makes sense only in the transaction that saves what follows from it.
var errOutside = errors.New("this must be called in a transaction")

// transaction is the state of one InTx. Like the database's own, it belongs to one goroutine.
type transaction struct {
	db          *gorm.DB
	afterCommit []func()
	broken      bool
	done        bool
}

type transactionKey struct{ store *Store }

func (s *Store) current(ctx context.Context) *transaction {
	t, ok := ctx.Value(transactionKey{s}).(*transaction)
	if !ok || t.done {
		return nil
	}
	return t
}

// InTx implements tx.Runner. When fn panics the transaction is rolled back and the panic goes on. When a nested
// call fails the whole transaction is rolled back, even if the outer fn returns nil: half of it would be wrong.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if t := s.current(ctx); t != nil {
		err := fn(ctx)
		if err != nil {
			t.broken = true
		}
		return err
	}
	err := s.transact(ctx, fn)
	if full := IsFull(err); full || err == nil {
		s.full.Store(full)
	}
	return err
}

// Full reports whether the disk took no more when this process last wrote.
func (s *Store) Full() bool { return s.full.Load() }

func (s *Store) transact(ctx context.Context, fn func(ctx context.Context) error) error {
	t := &transaction{db: s.writer.WithContext(ctx).Begin()}
	if err := t.db.Error; err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if !t.done { // fn panicked
			t.done = true
			t.db.Rollback()
		}
	}()

	err := fn(context.WithValue(ctx, transactionKey{s}, t))
	if err == nil && t.broken {
		err = errBrokenStep
	}
	t.done = true
	if err != nil {
		// The error of fn says more than that of a rollback, which the end of the connection does in any case.
		t.db.Rollback()
		return err
	}
	if err := t.db.Commit().Error; err != nil {
		t.db.Rollback()
		return fmt.Errorf("commit: %w", err)
	}
	for _, hook := range t.afterCommit {
		hook()
	}
	return nil
}

// AfterCommit implements tx.Runner. Hooks run in the order in which they were added, after the whole transaction.
func (s *Store) AfterCommit(ctx context.Context, fn func()) {
	if t := s.current(ctx); t != nil {
		t.afterCommit = append(t.afterCommit, fn)
		return
	}
	fn()
}
