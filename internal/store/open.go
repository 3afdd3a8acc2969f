package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"

	"samhold/internal/clock"
	"samhold/migrations"
)

// Options are what Open needs beside the address. The zero value is right for the real thing.
type Options struct {
	// Clock sets the times that GORM fills in; nil is the system's.
	Clock clock.Clock
	// Logger hears of slow and failed statements, without values; nil is slog's default.
	Logger *slog.Logger
	// MaxConns bounds the connections to PostgreSQL; 0 means 16. SQLite has one that writes and eight that read.
	MaxConns int
	// SlowQuery is the time from which a statement is logged; 0 means 500 ms.
	SlowQuery time.Duration
	// Volatile lets SQLite answer before the disk has the data. It is for tests and throw-away demos.
	Volatile bool
}

const (
	defaultMaxConns  = 16
	defaultSlowQuery = 500 * time.Millisecond
	connMaxIdle      = 5 * time.Minute
	connMaxLifetime  = time.Hour
	// statementsKept bounds the prepared statements; lists of ids of every length make new ones.
	statementsKept = 500
)

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.MaxConns <= 0 {
		o.MaxConns = defaultMaxConns
	}
	if o.SlowQuery <= 0 {
		o.SlowQuery = defaultSlowQuery
	}
	return o
}

// Open connects to the database at url: "sqlite:PATH" or "postgres://…". It does not change the schema; see
// Migrations. The error names no password.
func Open(ctx context.Context, url string, opts Options) (*Store, error) {
	opts = opts.withDefaults()
	d, err := dialectOf(url)
	if err != nil {
		return nil, err
	}
	pools, err := d.pools(url, opts)
	if err != nil {
		return nil, err
	}
	s := &Store{dialect: d, clock: opts.Clock, pools: pools}
	if d == sqliteDialect {
		s.file = strings.TrimPrefix(url, sqlitePrefix)
	}
	if err := s.connect(ctx, opts); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context, opts Options) error {
	if err := s.Ping(ctx); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	var err error
	if s.writer, err = s.gorm(s.pools[0], opts, false); err != nil {
		return err
	}
	s.reader = s.writer
	if len(s.pools) > 1 {
		// Statements prepared inside a transaction die with it, so keeping them pays for the readers alone;
		// pgx keeps its own.
		if s.reader, err = s.gorm(s.pools[1], opts, true); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) gorm(pool *sql.DB, opts Options, prepare bool) (*gorm.DB, error) {
	tables, err := tableNames(migrations.Files)
	if err != nil {
		return nil, err
	}
	db, err := gorm.Open(s.dialect.gorm(pool), &gorm.Config{
		SkipDefaultTransaction: true,
		NamingStrategy:         schema.NamingStrategy{SingularTable: true},
		Logger:                 &queryLog{logger: opts.Logger, slow: opts.SlowQuery, tables: tables},
		NowFunc:                opts.Clock.Now,
		PrepareStmt:            prepare,
		PrepareStmtMaxSize:     statementsKept,
		DisableAutomaticPing:   true,
		QueryFields:            true,
		TranslateError:         true,
	})
	if err != nil {
		return nil, fmt.Errorf("open database: %w", s.dialect.translate(err))
	}
	if err := errors.Join(registerCounter(db), s.dialect.registerTranslation(db)); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

// registerTranslation translates the error of a statement that returns rows: GORM does so for all others.
func (d dialect) registerTranslation(db *gorm.DB) error {
	return db.Callback().Row().After("gorm:row").Register("samhold:translate", func(db *gorm.DB) { //nolint:wrapcheck // the caller wraps it
		db.Error = d.translate(db.Error)
	})
}
