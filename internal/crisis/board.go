package crisis

import (
	"context"
	"time"

	"samhold/internal/account"
)

// Board is every open case that somebody may know of, with what happens to it next.
type Board struct {
	Rows  []BoardRow
	Steps []BoardStep
}

// BoardRow is a case with its next deadline.
type BoardRow struct {
	Row
	Next  TimerKind // empty when nothing happens by itself
	DueAt time.Time // of that
}

// BoardStep is how many cases of a level wait on a rung of the ladder, and since when the one that waits longest does.
type BoardStep struct {
	Level   string
	Rung    int // from 1
	Turn    int // for which time the ladder is climbed, from 1
	Cases   int
	Longest time.Time
}

// Board returns the open cases that the actor may know of: the highest level first, then the longest waiting.
func (s *Service) Board(ctx context.Context, a account.Actor) (*Board, error) {
	rows, err := s.Cases(ctx, a)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	timers, err := s.store.Timers(ctx, ids)
	if err != nil {
		return nil, err
	}
	b := &Board{}
	for _, r := range rows {
		row := BoardRow{Row: r}
		for _, t := range timers {
			if t.CaseID == r.ID && t.Generation == r.Generation {
				row.Next, row.DueAt = t.Kind, t.DueAt
			}
		}
		b.Rows = append(b.Rows, row)
		if r.State.Waits() {
			b.count(&r.Case)
		}
	}
	return b, nil
}

// count takes in a case that waits.
func (b *Board) count(c *Case) {
	for i := range b.Steps {
		if s := &b.Steps[i]; s.Level == c.Level && s.Rung == c.Rung+1 && s.Turn == c.Turn+1 {
			s.Cases++
			if c.OpenedAt.Before(s.Longest) {
				s.Longest = c.OpenedAt
			}
			return
		}
	}
	b.Steps = append(b.Steps, BoardStep{Level: c.Level, Rung: c.Rung + 1, Turn: c.Turn + 1, Cases: 1, Longest: c.OpenedAt})
}
