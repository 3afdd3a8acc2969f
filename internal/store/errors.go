package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"samhold/internal/fault"
)

// ErrNewer says that the database was made by a newer Samhold than this one.
var ErrNewer = errors.New("the database belongs to a newer version of Samhold; start that version, or restore a backup")

// violation is what a statement broke.
type violation int

const (
	otherViolation violation = iota
	uniqueViolation
	foreignKeyViolation
	busyViolation
	readOnlyViolation
	fullViolation
)

// queryError is an error of the database without its text, because that text may repeat what somebody wrote.
type queryError struct {
	violation violation
	code      string   // of the database: SQLSTATE, or SQLite's number
	name      string   // of the constraint, where the database tells
	table     string   // of a unique violation
	columns   []string // of a unique violation
}

func (e *queryError) Error() string {
	place := e.name
	if e.table != "" {
		place = strings.TrimSpace(place + " " + e.table + "(" + strings.Join(e.columns, ",") + ")")
	}
	return strings.TrimSpace(fmt.Sprintf("database error %s %s", e.code, place))
}

// IsUnique reports whether err comes from a row that exists already in table under the same columns. The
// order of the columns does not matter; without columns any unique constraint of the table fits.
//
// On PostgreSQL the transaction is lost after it; where a duplicate is expected, use ON CONFLICT.
func IsUnique(err error, table string, columns ...string) bool {
	e, ok := errors.AsType[*queryError](err)
	if !ok || e.violation != uniqueViolation || e.table != table {
		return false
	}
	if len(columns) == 0 {
		return true
	}
	got, want := slices.Clone(e.columns), slices.Clone(columns)
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}

// IsForeignKey reports whether err comes from a row that refers to one that does not exist, or the other way round.
func IsForeignKey(err error) bool { return isViolation(err, foreignKeyViolation) }

// IsBusy reports whether err comes from waiting for others in vain: the same call may succeed when tried again.
func IsBusy(err error) bool { return isViolation(err, busyViolation) }

// IsReadOnly reports whether err comes from a write outside a transaction.
func IsReadOnly(err error) bool { return isViolation(err, readOnlyViolation) }

// IsFull reports whether err comes from a disk that takes no more, or fails: what was read stays readable.
func IsFull(err error) bool { return isViolation(err, fullViolation) }

func isViolation(err error, v violation) bool {
	e, ok := errors.AsType[*queryError](err)
	return ok && e.violation == v
}

// translate turns an error of the driver into one that may be logged: a fault, the context's error, or a
// queryError. No row is fault.NotFound; a busy, full or unreachable database is fault.Unavailable.
func (d dialect) translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return context.DeadlineExceeded
	case fault.KindOf(err) != fault.Internal:
		return err
	case errors.Is(err, gorm.ErrRecordNotFound), errors.Is(err, sql.ErrNoRows):
		return fault.Wrap(fault.NotFound, "fault.not_found", gorm.ErrRecordNotFound)
	}
	if _, done := errors.AsType[*queryError](err); done {
		return err
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return d.sqliteError(e)
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		if isUnreachable(err) { // it refuses connections: the reason is for whoever reads the log
			return unavailable(&queryError{violation: busyViolation, code: e.Code})
		}
		return d.postgresError(e)
	}
	if isUnreachable(err) {
		return unavailable(&queryError{violation: busyViolation, code: "unreachable"})
	}
	return err
}

// cutOff is what the drivers and database/sql say when a connection ended before its answer came. A transaction that
// is over before our own commit was ended by its context or with its connection.
var cutOff = []error{driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, pgconn.ErrConnClosed}

// isUnreachable reports whether the server did not answer: nobody can tell whether it did what it was asked.
func isUnreachable(err error) bool {
	_, refused := errors.AsType[*pgconn.ConnectError](err)
	_, broken := errors.AsType[net.Error](err)
	return refused || broken || slices.ContainsFunc(cutOff, func(c error) bool { return errors.Is(err, c) })
}

func unavailable(cause error) error { return fault.Wrap(fault.Unavailable, "fault.unavailable", cause) }

func (dialect) sqliteError(err *sqlite.Error) error {
	e := &queryError{code: fmt.Sprintf("sqlite %d", err.Code())}
	switch err.Code() {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID:
		e.violation = uniqueViolation
		e.table, e.columns = sqliteColumns(err.Error())
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		e.violation = foreignKeyViolation
	}
	const primary = 0xff // the low byte of an extended code
	switch err.Code() & primary {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.violation = busyViolation
		return unavailable(e)
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR:
		e.violation = fullViolation
		return unavailable(e)
	case sqlite3.SQLITE_INTERRUPT:
		return context.Canceled
	case sqlite3.SQLITE_READONLY:
		e.violation = readOnlyViolation
	}
	return e
}

// sqliteColumns reads the place out of "constraint failed: UNIQUE constraint failed: table.column, table.column (2067)".
// SQLite tells it in no other way; the kind of error never depends on it.
func sqliteColumns(text string) (table string, columns []string) {
	parts := strings.Split(text, "failed: ")
	list, _, _ := strings.Cut(parts[len(parts)-1], " (")
	for place := range strings.SplitSeq(list, ", ") {
		t, column, ok := strings.Cut(place, ".")
		if !ok {
			return "", nil
		}
		table, columns = t, append(columns, column)
	}
	return table, columns
}

func (dialect) postgresError(err *pgconn.PgError) error {
	e := &queryError{code: err.Code, name: err.ConstraintName}
	switch err.Code {
	case "23505": // unique_violation
		e.violation = uniqueViolation
		e.table, e.columns = err.TableName, postgresColumns(err.Detail)
	case "23503": // foreign_key_violation
		e.violation = foreignKeyViolation
	// lock_not_available, a transaction that waited or took too long, and internal_error: some statements find a server whose
	// disk is full at odds with its own files for a moment.
	case "55P03", "25P03", "25P04", "XX000":
		e.violation = busyViolation
		return unavailable(e)
	case "53100", "58030": // disk_full, io_error
		e.violation = fullViolation
		return unavailable(e)
	case "25006": // read_only_sql_transaction
		e.violation = readOnlyViolation
	default:
		if len(err.Code) > 2 && slices.Contains(passingClasses, err.Code[:2]) {
			e.violation = busyViolation
			return unavailable(e)
		}
	}
	return e
}

// passingClasses are the classes of SQLSTATE that say nothing about the statement: broken connections, transactions that
// were rolled back for another's sake, too few resources, an operator who ended something, a failing system.
var passingClasses = []string{"08", "40", "53", "57", "58"}

// "Key (space_id, alias_skeleton)=(…) already exists.": the brackets stand in every language of the server.
var postgresKey = regexp.MustCompile(`\(([^()]*)\)=\(`)

func postgresColumns(detail string) []string {
	m := postgresKey.FindStringSubmatch(detail)
	if m == nil {
		return nil
	}
	return strings.Split(m[1], ", ")
}
