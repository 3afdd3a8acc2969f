package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"filippo.io/age"

	"samhold/internal/clock"
	"samhold/internal/fault"
)

// Notes are short texts that the database keeps, so that every process knows how the last backup went.
type Notes interface {
	// Note returns the text, or nothing.
	Note(ctx context.Context, key string) (string, error)
	SaveNote(ctx context.Context, key, value string) error
}

// Deps are what the keeper stands on. Dir is empty where no backups are made at night.
type Deps struct {
	Source Source
	Notes  Notes
	Clock  clock.Clock
	To     []age.Recipient
	Dir    string
	Keep   int // how many backups stay in Dir
	Zone   *time.Location
}

// Keeper makes the backups, keeps the newest, and knows when one is late.
type Keeper struct{ Deps }

// NewKeeper returns a keeper.
func NewKeeper(deps Deps) *Keeper { return &Keeper{deps} }

// Status is how the backups stand. It holds times and numbers only.
type Status struct {
	Nightly bool // one is made every night
	Last    *Summary
	Failed  *Failure // newer than Last
	Late    bool     // one is made every night, and the last is older than it should be
}

// Failure is an attempt that failed. Code is one of no_space, no_folder, unavailable and internal.
type Failure struct {
	At   time.Time `json:"at"`
	Code string    `json:"code"`
}

// LateAfter is how old the newest backup may be: a night, and time to mend what went wrong.
const LateAfter = 30 * time.Hour

// nightHour is when backups are made, on a clock on the wall.
const nightHour = 4

const (
	madeNote   = "backup_made"
	failedNote = "backup_failed"
	sinceNote  = "backup_since" // when nights with a backup began
)

// Make writes a backup to path and notes how it went.
func (k *Keeper) Make(ctx context.Context, path string, progress Progress) (Summary, error) {
	at := k.Clock.Now()
	summary, err := ToFile(ctx, path, k.To, k.Source, at, progress)
	if err != nil {
		// A full disk or a database that is gone may refuse this note too; the age of the last backup then tells.
		_ = k.note(context.WithoutCancel(ctx), failedNote, Failure{At: at, Code: code(err)})
		return Summary{}, err
	}
	return summary, k.note(ctx, madeNote, summary)
}

func (k *Keeper) note(ctx context.Context, key string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("note backup: %w", err)
	}
	if err := k.Notes.SaveNote(ctx, key, string(text)); err != nil {
		return fmt.Errorf("note backup: %w", err)
	}
	return nil
}

func code(err error) string {
	switch {
	case noSpace(err) != nil:
		return "no_space"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return "no_folder"
	case fault.Is(err, fault.Unavailable):
		return "unavailable"
	}
	return "internal"
}

// Names in Dir: samhold-20261122T030000.000000Z.age, which sort by time.
const (
	prefix  = "samhold-"
	suffix  = ".age"
	stamped = "20060102T150405.000000Z"
)

// Nightly makes a backup in Dir, removes those beyond the newest Keep, and returns its path. When it fails, none is
// removed.
func (k *Keeper) Nightly(ctx context.Context) (path string, made Summary, err error) {
	k.sweep()
	path = filepath.Join(k.Dir, prefix+k.Clock.Now().Format(stamped)+suffix)
	if made, err = k.Make(ctx, path, nil); err != nil {
		return "", Summary{}, err
	}
	kept, err := filepath.Glob(filepath.Join(k.Dir, prefix+"????????T??????.??????Z"+suffix))
	if err != nil {
		return path, made, fmt.Errorf("list backups: %w", err)
	}
	slices.Sort(kept)
	for _, old := range kept[:max(0, len(kept)-k.Keep)] {
		if err := os.Remove(old); err != nil {
			return path, made, fmt.Errorf("remove old backup: %w", err)
		}
	}
	return path, made, nil
}

// sweep removes what a killed process left unfinished long ago.
func (k *Keeper) sweep() {
	entries, err := os.ReadDir(k.Dir)
	if err != nil {
		return // making the backup fails with a better word
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), unfinished) && k.Clock.Now().Sub(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(k.Dir, e.Name())) // the next night tries again
		}
	}
}

// Overdue reports whether a backup should be made now rather than tonight.
func (k *Keeper) Overdue(ctx context.Context) (bool, error) {
	last, err := read[Summary](ctx, k.Notes, madeNote)
	// A night is an hour longer when the clocks go back.
	return err == nil && (last == nil || k.Clock.Now().Sub(last.MadeAt) > 25*time.Hour), err
}

// Tonight is when the next nightly backup is to be made.
func (k *Keeper) Tonight() time.Time {
	after := k.Clock.Now()
	local := after.In(k.Zone)
	at := time.Date(local.Year(), local.Month(), local.Day(), nightHour, 0, 0, 0, k.Zone)
	if !at.After(after) {
		at = time.Date(local.Year(), local.Month(), local.Day()+1, nightHour, 0, 0, 0, k.Zone)
	}
	return at.UTC()
}

// Begin notes that there is to be a backup every night from now on, unless that is so already.
func (k *Keeper) Begin(ctx context.Context) error {
	since, err := read[time.Time](ctx, k.Notes, sinceNote)
	if err != nil || since != nil {
		return err
	}
	return k.note(ctx, sinceNote, k.Clock.Now())
}

// Status says how the backups stand, whoever made them.
func (k *Keeper) Status(ctx context.Context) (Status, error) {
	s := Status{Nightly: k.Dir != ""}
	var err error
	if s.Last, err = read[Summary](ctx, k.Notes, madeNote); err != nil {
		return s, err
	}
	if s.Failed, err = read[Failure](ctx, k.Notes, failedNote); err != nil {
		return s, err
	}
	if s.Failed != nil && s.Last != nil && !s.Failed.At.After(s.Last.MadeAt) {
		s.Failed = nil
	}
	from, err := read[time.Time](ctx, k.Notes, sinceNote)
	if s.Last != nil {
		from = &s.Last.MadeAt
	}
	s.Late = s.Nightly && from != nil && k.Clock.Now().Sub(*from) > LateAfter
	return s, err
}

func read[T any](ctx context.Context, notes Notes, key string) (*T, error) {
	text, err := notes.Note(ctx, key)
	if err != nil || text == "" {
		return nil, err
	}
	v := new(T)
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return nil, fmt.Errorf("read note %s: %w", key, err)
	}
	return v, nil
}
