package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"samhold/internal/backup"
)

// This file is the part of the dialect that backups need.

// bookkeeping is goose's own table, which a backup leaves out: the restored database makes its own.
const bookkeeping = "goose_db_version"

// snapshot begins a transaction that sees the database as it is at its first statement.
func (s *Store) snapshot(ctx context.Context) (*sql.Tx, error) {
	if s.dialect == sqliteDialect {
		return s.pools[len(s.pools)-1].BeginTx(ctx, nil)
	}
	return s.pools[0].BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// columnsQuery lists table, column and declared type of all tables, in order.
func (d dialect) columnsQuery() string {
	if d == sqliteDialect {
		return `SELECT t.name, c.name, lower(c.type) FROM sqlite_schema t, pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY t.name, c.cid`
	}
	return `SELECT table_name, column_name, data_type FROM information_schema.columns
		JOIN information_schema.tables USING (table_schema, table_name)
		WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position`
}

// kind is what a column of the declared type holds.
func kind(declared string) (backup.Kind, error) {
	switch declared {
	case "text":
		return backup.Text, nil
	case "integer", "bigint", "smallint":
		return backup.Integer, nil
	case "boolean":
		return backup.Boolean, nil
	case "bytea", "blob":
		return backup.Bytes, nil
	case "timestamp", "timestamp without time zone":
		return backup.Time, nil
	}
	return "", fmt.Errorf("a backup does not know the type %q", declared)
}

// insert is the statement that adds rows to a table.
func (d dialect) insert(t backup.Table, rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + quoted(t.Name) + " (")
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoted(c.Name))
	}
	b.WriteString(") VALUES ")
	for n := range rows * len(t.Columns) {
		switch {
		case n == 0:
			b.WriteByte('(')
		case n%len(t.Columns) == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteByte('?')
		if d == postgresDialect {
			b.WriteString(strconv.Itoa(n + 1))
		}
	}
	b.WriteByte(')')
	if d == postgresDialect {
		return strings.ReplaceAll(b.String(), "?", "$")
	}
	return b.String()
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// looseConn is a connection on which a transaction may load rows in any order. The returned function gives it back.
func (s *Store) looseConn(ctx context.Context) (conn *sql.Conn, done func(), err error) {
	if conn, err = s.pools[0].Conn(ctx); err != nil {
		return nil, nil, err
	}
	if s.dialect != sqliteDialect {
		return conn, func() { _ = conn.Close() }, nil
	}
	// Not deferred: for every row that is referred to, SQLite would look through all that already refer to something.
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return nil, nil, errors.Join(err, conn.Close())
	}
	return conn, func() {
		if _, err := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = ON"); err != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // nobody gets it again
		}
		_ = conn.Close()
	}, nil
}

var errNoParent = errors.New("a row refers to one that is not there")

// looseKeys lets rows come in any order, on a loose connection. The returned function checks every foreign key, before
// the commit.
func (d dialect) looseKeys(ctx context.Context, tx *sql.Tx) (tighten func() error, err error) {
	if d == sqliteDialect {
		return func() error {
			var table, parent string
			var row sql.NullInt64
			var key int
			err := tx.QueryRowContext(ctx, "PRAGMA foreign_key_check").Scan(&table, &row, &parent, &key)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				return nil
			case err != nil:
				return err
			}
			return fmt.Errorf("table %s: %w (of %s)", table, errNoParent, parent)
		}, nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
		WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type key struct{ table, name, text string }
	var keys []key
	for rows.Next() {
		var k key
		if err := rows.Scan(&k.table, &k.name, &k.text); err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, k := range keys {
		if _, err := tx.ExecContext(ctx, "ALTER TABLE "+k.table+" DROP CONSTRAINT "+k.name); err != nil {
			return nil, err
		}
	}
	return func() error {
		for _, k := range keys {
			if _, err := tx.ExecContext(ctx, "ALTER TABLE "+k.table+" ADD CONSTRAINT "+k.name+" "+k.text); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// ErrNoCopy says that only a backup can copy this database.
var ErrNoCopy = errors.New("this database is not a file that can be copied")

// Path is the file of an SQLite database.
func (s *Store) Path() (string, bool) { return s.file, s.file != "" }

// Copy makes a second file of an SQLite database as it is at that moment, named like it with the ending added, for its
// owner alone. Other databases give ErrNoCopy.
func (s *Store) Copy(ctx context.Context, ending string) (string, error) {
	if s.file == "" {
		return "", ErrNoCopy
	}
	path := s.file + ending
	// SQLite fills an empty file as readily as it makes one, and would make one for everybody to read.
	f, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("copy database: %w", err)
	}
	if err := f.Close(); err != nil {
		return "", fmt.Errorf("copy database: %w", err)
	}
	if _, err := s.pools[0].ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return "", errors.Join(fmt.Errorf("copy database: %w", s.dialect.translate(err)), os.Remove(path))
	}
	return path, nil
}

// epoch is the database's own clock in seconds since 1970.
func (d dialect) epoch() string {
	if d == postgresDialect {
		return "EXTRACT(EPOCH FROM clock_timestamp())::float8"
	}
	return "(julianday('now') - 2440587.5) * 86400.0"
}
