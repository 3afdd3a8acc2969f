package store

import (
	"context"
	"errors"
	"sync/atomic"

	"gorm.io/gorm"
)

type counterKey struct{}

// CountQueries returns a context whose statements are counted, and the count so far. Begin and commit do not
// count. It serves tests and benchmarks that hold the number of queries of a page.
func CountQueries(ctx context.Context) (context.Context, func() int) {
	var n atomic.Int64
	return context.WithValue(ctx, counterKey{}, &n), func() int { return int(n.Load()) }
}

func registerCounter(db *gorm.DB) error {
	count := func(db *gorm.DB) {
		if db.DryRun { // a part of a larger statement
			return
		}
		if n, ok := db.Statement.Context.Value(counterKey{}).(*atomic.Int64); ok {
			n.Add(1)
		}
	}
	const name = "samhold:count"
	c := db.Callback()
	return errors.Join(
		c.Create().Before("gorm:create").Register(name, count),
		c.Query().Before("gorm:query").Register(name, count),
		c.Update().Before("gorm:update").Register(name, count),
		c.Delete().Before("gorm:delete").Register(name, count),
		c.Row().Before("gorm:row").Register(name, count),
		c.Raw().Before("gorm:raw").Register(name, count),
	)
}
