package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// dialect is what differs between the databases. This file alone knows which one is open.
type dialect int

const (
	sqliteDialect dialect = iota + 1
	postgresDialect
)

const (
	sqlitePrefix  = "sqlite:"
	sqliteReaders = 8
	// sqliteBusy is how long a writer waits for a writer of another process, in milliseconds.
	sqliteBusy = "10000"
)

// ErrAddress is returned by Open for an address that it does not understand.
var ErrAddress = errors.New(`a database address looks like "sqlite:/var/lib/samhold/samhold.db" or "postgres://user:password@host/name"`)

func dialectOf(address string) (dialect, error) {
	switch {
	case strings.HasPrefix(address, sqlitePrefix):
		return sqliteDialect, nil
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		return postgresDialect, nil
	}
	return 0, ErrAddress
}

// String is the name used in the names of migrations and in logs.
func (d dialect) String() string {
	if d == sqliteDialect {
		return "sqlite"
	}
	return "postgres"
}

// skipLocked ends the sub-query that picks rows to claim, so that claimers pass each other by. SQLite has one
// writer at a time and needs nothing.
func (d dialect) skipLocked() string {
	if d == postgresDialect {
		return "FOR UPDATE SKIP LOCKED"
	}
	return ""
}

// forUpdateOf ends a query whose rows of the table stay locked until the transaction ends. SQLite has one writer at a
// time and needs nothing.
func (d dialect) forUpdateOf(table string) string {
	if d == postgresDialect {
		return " FOR UPDATE OF " + table
	}
	return ""
}

// oneOf is met where the column is one of the ids. They go as one value, so that a list of any length is the same
// statement: PostgreSQL plans it once and SQLite takes more of them than it takes values.
func (d dialect) oneOf(column string, ids []string) clause.Expr {
	list, err := json.Marshal(ids)
	if err != nil { // strings always can
		list = []byte("[]")
	}
	if d == postgresDialect {
		return clause.Expr{SQL: column + " = ANY (ARRAY(SELECT json_array_elements_text(?)))", Vars: []any{string(list)}}
	}
	return clause.Expr{SQL: column + " IN (SELECT value FROM json_each(?))", Vars: []any{string(list)}}
}

// pools returns the pool for writing and, where it differs, the one for reading.
func (d dialect) pools(address string, opts Options) ([]*sql.DB, error) {
	if d == sqliteDialect {
		return sqlitePools(strings.TrimPrefix(address, sqlitePrefix), opts)
	}
	return postgresPools(address, opts)
}

func sqlitePools(path string, opts Options) ([]*sql.DB, error) {
	if path == "" || strings.HasPrefix(path, ":") || strings.HasPrefix(path, "file:") {
		return nil, ErrAddress
	}
	// SQLite gives its journal files the mode of the database, and would make that readable to everybody.
	file, err := os.OpenFile(filepath.Clean(path), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if err := file.Close(); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	writer, err := sql.Open("sqlite", sqliteDSN(path, opts, true))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	// One writer: SQLite has no more, and waiting for it in Go is fair and ends with the context.
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", sqliteDSN(path, opts, false))
	if err != nil {
		_ = writer.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	reader.SetMaxOpenConns(sqliteReaders)
	reader.SetMaxIdleConns(sqliteReaders)
	return []*sql.DB{writer, reader}, nil
}

func sqliteDSN(path string, opts Options, write bool) string {
	q := url.Values{
		"_busy_timeout": {sqliteBusy},
		"_foreign_keys": {"1"},
		"_time_format":  {"sqlite"},
		"_timezone":     {"UTC"},
		"_texttotime":   {"1"},
		"_dqs":          {"0"},
		"_defensive":    {"1"},
		// Sorting must not spill what people wrote into files of its own.
		"_pragma": {"temp_store(MEMORY)"},
	}
	if write {
		// Without an immediate lock a transaction that reads before it writes fails when another wrote meanwhile.
		q.Set("_txlock", "immediate")
		q.Set("_journal_mode", "WAL")
		q.Set("_synchronous", "FULL")
		if opts.Volatile {
			q.Set("_synchronous", "OFF")
		}
		// What is erased is overwritten, not only forgotten.
		q.Add("_pragma", "secure_delete(ON)")
	} else {
		q.Set("_query_only", "1")
	}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

func postgresPools(address string, opts Options) ([]*sql.DB, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, ErrAddress // pgx's own error repeats the address
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "samhold"
	}
	config.RuntimeParams["timezone"] = "UTC"
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(prepareConnection))
	pool.SetMaxOpenConns(opts.MaxConns)
	pool.SetMaxIdleConns(opts.MaxConns)
	pool.SetConnMaxIdleTime(connMaxIdle)
	pool.SetConnMaxLifetime(connMaxLifetime)
	return []*sql.DB{pool}, nil
}

// cheapPages tells the planner that a page out of order costs little more than the next one, unless whoever runs the
// server has said what it costs. A forum's database lies in memory or on a disk without moving parts; with PostgreSQL's
// own 4.0 it read all topics to check the 300 that a search had found, and all read marks for 25 rows of a list.
const cheapPages = `SELECT set_config(name, '1.1', false) FROM pg_settings WHERE name = 'random_page_cost' AND source = 'default'`

// prepareConnection says how a new connection plans and keeps times.
func prepareConnection(ctx context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "timestamp", OID: pgtype.TimestampOID, Codec: &utcTimestamp{}})
	if _, err := conn.Exec(ctx, cheapPages); err != nil {
		return fmt.Errorf("set up connection: %w", err)
	}
	return nil
}

// utcTimestamp makes a TIMESTAMP column keep the moment: pgx would drop the zone and keep the wall clock.
type utcTimestamp struct{ pgtype.TimestampCodec }

func (c *utcTimestamp) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if plan := c.TimestampCodec.PlanEncode(m, oid, format, value); plan != nil {
		return utcPlan{plan}
	}
	return nil
}

type utcPlan struct{ next pgtype.EncodePlan }

func (p utcPlan) Encode(value any, buf []byte) ([]byte, error) {
	if v, ok := value.(pgtype.TimestampValuer); ok {
		t, err := v.TimestampValue()
		if err != nil {
			return nil, fmt.Errorf("encode timestamp: %w", err)
		}
		t.Time = t.Time.UTC().Truncate(time.Microsecond)
		value = t
	}
	return p.next.Encode(value, buf) //nolint:wrapcheck // pgx adds the place itself
}

// gorm is GORM's view of the dialect over pool, with our own translation of errors.
func (d dialect) gorm(pool *sql.DB) gorm.Dialector {
	if d == sqliteDialect {
		return sqliteDialector{&sqlite.Dialector{DriverName: "sqlite", Conn: pool}}
	}
	return postgresDialector{&postgres.Dialector{Config: &postgres.Config{Conn: pool}}}
}

type sqliteDialector struct{ *sqlite.Dialector }

func (sqliteDialector) Translate(err error) error { return sqliteDialect.translate(err) }

type postgresDialector struct{ *postgres.Dialector }

func (postgresDialector) Translate(err error) error { return postgresDialect.translate(err) }

// migrationOptions are goose's name for the dialect and what it needs there.
func (d dialect) migrationOptions() (goose.Dialect, []goose.ProviderOption, error) {
	if d == sqliteDialect {
		return goose.DialectSQLite3, nil, nil
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return "", nil, fmt.Errorf("migrate: %w", err)
	}
	return goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}, nil
}
