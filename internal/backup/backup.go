// Package backup writes everything that a database holds into one encrypted file, and reads it back into a database of
// either kind. A file holds what people wrote and is readable by whoever has its identity, so it must never be written
// without encryption, nor for others to read, nor under its final name before it is whole.
package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
)

// Kind is what a column holds, apart from how a database calls it.
type Kind string

// The kinds. In Go a value is nil, string, int64, bool, []byte or time.Time.
const (
	Text    Kind = "text"
	Integer Kind = "integer"
	Boolean Kind = "boolean"
	Bytes   Kind = "bytes"
	Time    Kind = "time"
)

// Column is one column of a table.
type Column struct {
	Name string `json:"name"`
	Kind Kind   `json:"kind"`
}

// Table is one table and how many rows it has.
type Table struct {
	Name    string   `json:"name"`
	Columns []Column `json:"columns"`
	Rows    int64    `json:"rows"`
}

// Snapshot is the database as it was at one moment, whatever is written meanwhile.
type Snapshot interface {
	// Schema is the newest step of the schema.
	Schema() int64
	// Tables are all tables, without the schema's own bookkeeping.
	Tables() []Table
	// Each hands every row of the table over, in the order of its columns. The row is the callee's only until it returns.
	Each(ctx context.Context, t Table, row func(values []any) error) error
}

// Source is a database that is backed up.
type Source interface {
	// Snapshot calls fn with the database as it is now. Everything that was committed before is in it.
	Snapshot(ctx context.Context, fn func(ctx context.Context, s Snapshot) error) error
}

// Target is a database that a backup is put back into.
type Target interface {
	// Blank reports whether nobody has an account, a space or a concern there.
	Blank(ctx context.Context) (bool, error)
	// Load empties the database, gives it the schema of that step, and calls fn to put rows in. All of them come, or,
	// when fn or a foreign key fails, none.
	Load(ctx context.Context, schema int64, fn func(ctx context.Context, put Put) error) error
}

// Put adds rows to a table whose columns must be those of the schema.
type Put func(ctx context.Context, t Table, rows [][]any) error

// passing are the tables whose rows a backup leaves out: sessions and links that may have been ended since, and a yes to
// share one's plan that may have been taken back, must not live again, and what was promised to be gone within the hour must not lie in a vault for weeks.
var passing = []string{"assisted_recovery", "brake", "draft", "plan_share", "rate_limit", "search_result", "session", "signin_link"}

// Passing reports whether a backup holds none of the table's rows.
func Passing(table string) bool { return slices.Contains(passing, table) }

var (
	// ErrNoRecipient says that a backup would stand open to everybody.
	ErrNoRecipient = errors.New("a backup is made for a recipient alone: set SAMHOLD_BACKUP_RECIPIENT, whose key pair samhold backup-key makes")
	// ErrBroken says that a backup is not whole, or was changed.
	ErrBroken = errors.New("the backup is not whole")
	// ErrNewer says that a backup was made by a newer Samhold.
	ErrNewer = errors.New("the backup was made by a newer version of Samhold; restore it with that version")
	// ErrNotBlank says that a restore would mix two communities.
	ErrNotBlank = errors.New("this installation is not empty: restore into an empty database")
)

// Summary says what is in a backup.
type Summary struct {
	Schema int64     `json:"schema"`
	MadeAt time.Time `json:"made_at"` // the moment that it shows
	Rows   int64     `json:"rows"`
	Bytes  int64     `json:"bytes"` // of the file
}

// Progress is told how many of how many rows are done. It may be nil.
type Progress func(done, total int)

// Recipients reads public keys, age1…, with commas or white space between.
func Recipients(text string) ([]age.Recipient, error) {
	lines := strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\t' }), "\n")
	found, err := age.ParseRecipients(strings.NewReader(lines))
	if err != nil {
		return nil, fmt.Errorf("read recipients: %w", err)
	}
	return found, nil
}
