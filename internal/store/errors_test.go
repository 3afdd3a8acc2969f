package store_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"samhold/internal/fault"
	"samhold/internal/store"
	"samhold/internal/testkit"
)

// TestWhatTheDriversSay: what says that the database is away is Unavailable, and nothing else is. Everything is tried
// bare and wrapped, as pgx and GORM do.
func TestWhatTheDriversSay(t *testing.T) {
	_, refused := pgconn.Connect(t.Context(), "postgres://samhold@127.0.0.1:1/samhold?sslmode=disable")
	says := func(code string) error { return &pgconn.PgError{Code: code, Message: "hemmeligt"} }
	tests := []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"a connection that the pool cannot use", driver.ErrBadConn, fault.Unavailable},
		{"a connection that was given back", sql.ErrConnDone, fault.Unavailable},
		{"a transaction that its connection ended", sql.ErrTxDone, fault.Unavailable},
		{"the end of the line", io.EOF, fault.Unavailable},
		{"the end of the line within an answer", io.ErrUnexpectedEOF, fault.Unavailable},
		{"a line that was closed", net.ErrClosed, fault.Unavailable},
		{"a line that pgx closed", pgconn.ErrConnClosed, fault.Unavailable},
		{"nobody listens", refused, fault.Unavailable},
		{"a broken pipe", &net.OpError{Op: "write", Err: os.NewSyscallError("write", syscall.EPIPE)}, fault.Unavailable},
		{"a line that was cut", &net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, fault.Unavailable},
		{"a host that nobody knows", &net.DNSError{Err: "no such host", Name: "db"}, fault.Unavailable},
		{"an answer that takes too long", os.ErrDeadlineExceeded, fault.Unavailable},
		{"connection_failure", says("08006"), fault.Unavailable},
		{"protocol_violation", says("08P01"), fault.Unavailable},
		{"idle_in_transaction_session_timeout", says("25P03"), fault.Unavailable},
		{"serialization_failure", says("40001"), fault.Unavailable},
		{"deadlock_detected", says("40P01"), fault.Unavailable},
		{"out_of_memory", says("53200"), fault.Unavailable},
		{"too_many_connections", says("53300"), fault.Unavailable},
		{"disk_full", says("53100"), fault.Unavailable},
		{"lock_not_available", says("55P03"), fault.Unavailable},
		{"query_canceled by an operator or a limit of the server", says("57014"), fault.Unavailable},
		{"admin_shutdown", says("57P01"), fault.Unavailable},
		{"internal_error", says("XX000"), fault.Unavailable},
		{"crash_shutdown", says("57P02"), fault.Unavailable},
		{"cannot_connect_now", says("57P03"), fault.Unavailable},
		{"database_dropped", says("57P04"), fault.Unavailable},
		{"io_error", says("58030"), fault.Unavailable},
		{"system_error", says("58000"), fault.Unavailable},

		{"no row", sql.ErrNoRows, fault.NotFound},
		{"unique_violation", says("23505"), fault.Internal},
		{"check_violation", says("23514"), fault.Internal},
		{"syntax_error", says("42601"), fault.Internal},
		{"in_failed_sql_transaction", says("25P02"), fault.Internal},
		{"data_corrupted", says("XX001"), fault.Internal},
		{"a commit that rolled back", pgx.ErrTxCommitRollback, fault.Internal},
		{"a query that GORM does not understand", gorm.ErrInvalidData, fault.Internal},
	}
	for _, test := range tests {
		for how, err := range map[string]error{
			"bare": test.err, "wrapped": fmt.Errorf("set up connection: %w", test.err), "after another": errors.Join(errors.New("x"), test.err),
		} {
			if got := fault.KindOf(store.Translate(err)); got != test.want {
				t.Errorf("%s, %s: got %s, want %s", test.name, how, got, test.want)
			}
		}
	}
	for _, err := range []error{context.Canceled, context.DeadlineExceeded} {
		if got := store.Translate(fmt.Errorf("timeout: %w", err)); !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// TestEveryWayToAskIsTranslated: whatever GORM is asked in, its error is one of ours and repeats no value.
func TestEveryWayToAskIsTranslated(t *testing.T) {
	testkit.EachDatabase(t, func(t *testing.T, db *testkit.Database) {
		id, now := "", db.Clock.Now()
		const insert = "INSERT INTO job (id, kind, payload, due_at, attempts, last_error, created_at) VALUES ('a', 'hemmeligt', '{}', ?, 0, '', ?)"
		for name, ask := range map[string]func(*gorm.DB) error{
			"exec": func(g *gorm.DB) error { return g.Exec(insert, now, now).Error },
			"create": func(g *gorm.DB) error {
				return g.Table("job").Create(map[string]any{"id": "a", "kind": "b", "payload": "{}", "due_at": now, "attempts": 0, "last_error": "", "created_at": now}).Error
			},
			"scan": func(g *gorm.DB) error { return g.Raw(insert+" RETURNING id", now, now).Scan(&id).Error },
		} {
			err := db.Store.InTx(t.Context(), func(ctx context.Context) error {
				if err := db.Store.DB(ctx).Exec(insert, now, now).Error; err != nil {
					t.Fatal(err)
				}
				return ask(db.Store.DB(ctx))
			})
			if !store.IsUnique(err, "job", "id") {
				t.Errorf("%s: got %v, want a broken constraint of ours", name, err)
			}
		}
	})
}
