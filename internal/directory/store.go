package directory

import (
	"context"
	"time"
)

// Entry is a line as the database has it: what is shown, and what somebody proposes instead. Only staff see a proposal.
type Entry struct {
	ID          string  `gorm:"primaryKey"`
	LineKey     *string // of a shipped line
	Position    int
	Facts       string // JSON of Facts that are shown; empty while a new line waits
	Proposed    string // JSON of Facts that wait for a second person; empty if none do
	ProposedBy  *string
	ProposedAt  *time.Time
	ProposedFor *time.Time // until when they would count
	VerifiedBy  *string
	VerifiedOn  *time.Time
	ConfirmedBy *string
	ConfirmedAt *time.Time
	ExpiresOn   *time.Time
	ToldAt      *time.Time // when staff were told that it goes stale
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// TableName implements GORM's Tabler.
func (Entry) TableName() string { return "help_line" }

func (e *Entry) key() string {
	if e.LineKey == nil {
		return ""
	}
	return *e.LineKey
}

// Past is what a line said before.
type Past struct {
	ID          string `gorm:"primaryKey"`
	LineID      string
	Version     int // of the line, when it began to say this
	Facts       string
	VerifiedBy  *string
	ConfirmedBy *string
	CreatedAt   time.Time
}

// TableName implements GORM's Tabler.
func (Past) TableName() string { return "help_line_version" }

// Store is what the service needs of the database.
type Store interface {
	// SeedLine adds the entry unless one with its key is there.
	SeedLine(ctx context.Context, e *Entry) error
	// LinesMark is a number that changes whenever a line does.
	LinesMark(ctx context.Context) (int64, error)
	// HelpLines are all entries, in the order of their positions.
	HelpLines(ctx context.Context) ([]Entry, error)
	// HelpLine is an entry, locked inside a transaction; NotFound if there is none.
	HelpLine(ctx context.Context, lineID string) (*Entry, error)
	AddLine(ctx context.Context, e *Entry) error
	// ChangeLine saves the entry if its version is still the given one, and counts it up; Stale otherwise.
	ChangeLine(ctx context.Context, e *Entry, version int) error
	AddPast(ctx context.Context, p *Past) error
	// Pasts are what a line has said, the newest first.
	Pasts(ctx context.Context, lineID string) ([]Past, error)
	// LineEditors are the accounts that may change lines at that moment.
	LineEditors(ctx context.Context, at time.Time) ([]string, error)
	StaffNames(ctx context.Context, accountIDs []string) (map[string]string, error)
}
