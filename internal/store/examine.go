package store

import (
	"context"
	"time"
)

// Faults are what the database finds wrong with its own file. PostgreSQL checks its pages as it reads them, and gives
// none.
func (s *Store) Faults(ctx context.Context) ([]string, error) {
	if s.file == "" {
		return nil, nil
	}
	var faults []string
	if err := s.db(ctx).Raw("PRAGMA quick_check(20)").Scan(&faults).Error; err != nil {
		return nil, err
	}
	if len(faults) == 1 && faults[0] == "ok" {
		return nil, nil
	}
	return faults, nil
}

// room is 28 MB that nobody needs.
const room = "CREATE TEMP TABLE room ON COMMIT DROP AS SELECT repeat('x', 1000) AS filling FROM generate_series(1, 24000)"

// Room reports whether the disk of PostgreSQL takes something more, which nobody else can look at from here; IsFull
// tells that error. It leaves nothing. SQLite's file lies in a folder that can be looked at.
func (s *Store) Room(ctx context.Context) error {
	if s.file != "" {
		return nil
	}
	err := s.InTx(ctx, func(ctx context.Context) error { return s.db(ctx).Exec(room).Error })
	if IsFull(err) {
		return err
	}
	return nil // a role that may make no temporary tables learns nothing
}

// Now is the time by the database's own clock.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	var seconds float64
	err := s.db(ctx).Raw("SELECT " + s.dialect.epoch()).Scan(&seconds).Error
	return time.UnixMicro(int64(seconds * 1e6)).UTC(), err
}

// NewestEvent is when the audit log was last written to, zero if never.
func (s *Store) NewestEvent(ctx context.Context) (time.Time, error) {
	var at []time.Time
	err := s.db(ctx).Raw("SELECT at FROM audit_event ORDER BY seq DESC LIMIT 1").Scan(&at).Error
	if err != nil || len(at) == 0 {
		return time.Time{}, err
	}
	return at[0].UTC(), nil
}

// CaseCount counts the open cases of one level.
type CaseCount struct {
	Open    int
	Unseen  int // that nobody has acknowledged
	Overdue int // of these, those whose time is up
	Oldest  time.Time
}

// OpenCases counts the open cases by level: numbers alone, for whoever watches over the machine.
func (s *Store) OpenCases(ctx context.Context, now time.Time) (map[string]CaseCount, error) {
	var rows []struct {
		Level    string
		Unseen   bool
		DueAt    time.Time
		OpenedAt time.Time
	}
	err := s.db(ctx).Table("crisis_case").Select("level, acknowledged_at IS NULL AS unseen, due_at, opened_at").
		Where("closed_at IS NULL").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	counts := map[string]CaseCount{}
	for _, r := range rows {
		c := counts[r.Level]
		c.Open++
		if r.Unseen {
			c.Unseen++
			if r.DueAt.Before(now) {
				c.Overdue++
			}
		}
		if c.Oldest.IsZero() || r.OpenedAt.Before(c.Oldest) {
			c.Oldest = r.OpenedAt
		}
		counts[r.Level] = c
	}
	return counts, nil
}
