package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
)

// ErrNotAlone says that another process has claimed the database for itself.
var ErrNotAlone = errors.New("another process serves this database")

// aloneKey is the number of the claim among PostgreSQL's advisory locks.
const aloneKey = 0x73616d68

// Alone claims the database for this process, as far as others ask too, until release is called or the process ends,
// however it ends. It is for what a process keeps beside the database and cannot share. ErrNotAlone if another has it.
func (s *Store) Alone(ctx context.Context) (release func(), err error) {
	if s.file != "" {
		return lockFile(s.file + "-serving")
	}
	conn, err := s.pools[0].Conn(ctx)
	if err != nil {
		return nil, s.dialect.translate(err)
	}
	var got bool
	if err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", aloneKey).Scan(&got); err == nil && !got {
		err = ErrNotAlone
	}
	if err != nil {
		_ = conn.Close()
		return nil, s.dialect.translate(err)
	}
	return func() {
		// The connection goes back to the pool, so the lock must not go with it.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", aloneKey)
		_ = conn.Close()
	}, nil
}

// lockFile takes the lock on a file of its own: closing SQLite's file would let go of SQLite's locks.
func lockFile(path string) (release func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("claim the database: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrNotAlone
		}
		return nil, fmt.Errorf("claim the database: %w", err)
	}
	return func() { _ = f.Close() }, nil
}
