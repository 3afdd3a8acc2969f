package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm/logger"

	"samhold/internal/clock"
	"samhold/internal/fault"
)

// queryLog tells of slow and failed statements. It never sees a value: GORM asks ParamsFilter first.
type queryLog struct {
	logger *slog.Logger
	clock  clock.Clock
	slow   time.Duration
}

// LogMode implements logger.Interface; the level is slog's.
func (l *queryLog) LogMode(logger.LogLevel) logger.Interface { return l }

// Info implements logger.Interface. GORM's own messages may hold values, so they are dropped.
func (l *queryLog) Info(context.Context, string, ...any) {}

// Warn implements logger.Interface like Info.
func (l *queryLog) Warn(context.Context, string, ...any) {}

// Error implements logger.Interface like Info; the error itself is returned to the caller.
func (l *queryLog) Error(context.Context, string, ...any) {}

// ParamsFilter implements gorm.ParamsFilter: the statement keeps its question marks.
func (l *queryLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// Trace implements logger.Interface.
func (l *queryLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	took := l.clock.Now().Sub(begin)
	var broken *queryError
	switch {
	case errors.As(err, &broken) && broken.violation == otherViolation:
		sql, _ := statement()
		l.logger.ErrorContext(ctx, "statement failed", slog.String("code", broken.code), slog.String("sql", sql))
	case err != nil && fault.Is(err, fault.Unavailable):
		l.logger.WarnContext(ctx, "database unavailable", slog.String("kind", fault.Unavailable.String()))
	case took >= l.slow:
		sql, rows := statement()
		l.logger.WarnContext(ctx, "slow statement", slog.Duration("took", took), slog.Int64("rows", rows), slog.String("sql", sql))
	}
}
