// Package store holds every query of Samhold; it is the only package that imports GORM. Each area has a type of
// its own here, made by a method of Store, which implements the Store interface that the area declares. Rules do
// not belong here: a query answers what it is asked, within the scope it is given. Errors that leave this package
// are faults or carry codes only; they must never carry values, which are what people wrote.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"gorm.io/gorm"

	"samhold/internal/clock"
)

// Store is the open database. It is safe for concurrent use. It implements tx.Runner.
//
// Reads may happen anywhere; writes happen inside InTx only. A write outside a transaction is refused by SQLite,
// whose readers have connections of their own.
type Store struct {
	dialect dialect
	clock   clock.Clock
	writer  *gorm.DB
	reader  *gorm.DB
	pools   []*sql.DB
	file    string // of SQLite
	full    atomic.Bool
}

// db is the transaction of ctx, or the connections for reading when ctx has none. Every query begins here.
func (s *Store) db(ctx context.Context) *gorm.DB {
	if t := s.current(ctx); t != nil {
		return t.db.WithContext(ctx)
	}
	return s.reader.WithContext(ctx)
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	for _, pool := range s.pools {
		if err := pool.PingContext(ctx); err != nil {
			return s.dialect.translate(err)
		}
	}
	return nil
}

// Stats are the numbers of each connection pool by name, for the metrics.
func (s *Store) Stats() map[string]sql.DBStats {
	stats := map[string]sql.DBStats{"writer": s.pools[0].Stats()}
	if len(s.pools) > 1 {
		stats["reader"] = s.pools[1].Stats()
	}
	return stats
}

// Close closes every connection. Transactions that are open fail.
func (s *Store) Close() error {
	var errs []error
	for _, pool := range s.pools {
		errs = append(errs, pool.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}
