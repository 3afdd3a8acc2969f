package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"gorm.io/gorm/logger"

	"samhold/internal/clock"
	"samhold/internal/fault"
)

// queryLog tells of slow and failed statements. It names what a statement does and to which tables, and never the
// statement itself: GORM writes the values into the text of some (every Scan), whatever ParamsFilter says.
type queryLog struct {
	logger *slog.Logger
	slow   time.Duration
	tables map[string]bool
}

var createTable = regexp.MustCompile(`(?m)^CREATE TABLE ([a-z_]+) `)

// tableNames are the tables that the migrations make: the only words of a statement that are logged.
func tableNames(fsys fs.FS) (map[string]bool, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	tables := map[string]bool{}
	for _, name := range names {
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		for _, m := range createTable.FindAllSubmatch(body, -1) {
			tables[string(m[1])] = true
		}
	}
	return tables, nil
}

// LogMode implements logger.Interface; the level is slog's.
func (l *queryLog) LogMode(logger.LogLevel) logger.Interface { return l }

// Info implements logger.Interface. GORM's own messages may hold values, so they are dropped.
func (l *queryLog) Info(context.Context, string, ...any) {}

// Warn implements logger.Interface like Info.
func (l *queryLog) Warn(context.Context, string, ...any) {}

// Error implements logger.Interface like Info; the error itself is returned to the caller.
func (l *queryLog) Error(context.Context, string, ...any) {}

// ParamsFilter implements gorm.ParamsFilter, so that GORM does not format values that nobody reads.
func (l *queryLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

// Trace implements logger.Interface. GORM's begin is the system's time.
func (l *queryLog) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), err error) {
	took := clock.System{}.Now().Sub(begin)
	var broken *queryError
	switch {
	case errors.As(err, &broken) && broken.violation == otherViolation:
		sql, _ := statement()
		l.logger.ErrorContext(ctx, "statement failed", slog.String("code", broken.code), slog.String("statement", l.outline(sql)))
	case err != nil && fault.Is(err, fault.Unavailable):
		l.logger.WarnContext(ctx, "database unavailable", slog.String("kind", fault.Unavailable.String()))
	case took >= l.slow:
		sql, rows := statement()
		l.logger.WarnContext(ctx, "slow statement", slog.Duration("took", took), slog.Int64("rows", rows),
			slog.String("statement", l.outline(sql)))
	}
}

// tableWords are the words that a table's name follows. A value may hold such words too, so only names of tables
// are kept.
var tableWords = regexp.MustCompile("(?i)\\b(?:from|into|update|join)\\s+[`\"]?([a-z_]+)")

// outline is the verb of a statement and the first tables that it names.
func (l *queryLog) outline(sql string) string {
	verb, _, _ := strings.Cut(strings.TrimSpace(sql), " ")
	parts := []string{strings.ToUpper(verb)}
	for _, m := range tableWords.FindAllStringSubmatch(sql, 5) {
		if l.tables[m[1]] {
			parts = append(parts, m[1])
		}
	}
	return strings.Join(parts, " ")
}
