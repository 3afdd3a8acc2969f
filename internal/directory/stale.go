package directory

import (
	"context"
	"time"
)

// NoticeStale is the notice that a line must be checked again; it refers to the line.
const NoticeStale = "line_stale"

// staleBefore is how long before a line expires staff are told.
const staleBefore = 14 * 24 * time.Hour

// stale reports whether a line that was confirmed must be checked again, now or soon.
func stale(e Entry, at time.Time) bool {
	return e.ExpiresOn != nil && e.Facts != "" && !at.Before(e.ExpiresOn.Add(-staleBefore))
}

// Remind tells those who may change lines, once, of each line that goes stale. It may run as often as one likes.
func (s *Service) Remind(ctx context.Context) error {
	now := s.Clock.Now()
	entries, err := s.Store.HelpLines(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !stale(e, now) || e.ToldAt != nil {
			continue
		}
		err := s.Tx.InTx(ctx, func(ctx context.Context) error {
			fresh, err := s.Store.HelpLine(ctx, e.ID)
			if err != nil || fresh.ToldAt != nil {
				return err
			}
			editors, err := s.Store.LineEditors(ctx, now)
			if err != nil {
				return err
			}
			for _, account := range editors {
				if err := s.Notify.Notify(ctx, account, NoticeStale, e.ID); err != nil {
					return err
				}
			}
			fresh.ToldAt = &now
			return s.Store.ChangeLine(ctx, fresh, fresh.Version)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Count is how the lines stand.
type Count struct {
	Lines       int
	Unconfirmed int // nobody has confirmed them, or they have gone stale
	Stale       int // of those that were confirmed: must be checked again, now or soon
	Waiting     int // somebody proposes a change, and nobody has agreed yet
}

// Count counts the lines for those who run Samhold.
func (s *Service) Count(ctx context.Context) (Count, error) {
	entries, err := s.Store.HelpLines(ctx)
	if err != nil {
		return Count{}, err
	}
	lines, err := s.shown(entries)
	if err != nil {
		return Count{}, err
	}
	now := s.Clock.Now()
	c := Count{Lines: len(lines)}
	for _, l := range lines {
		if !l.Confirmed(now) {
			c.Unconfirmed++
		}
	}
	for _, e := range entries {
		if stale(e, now) {
			c.Stale++
		}
		if e.Proposed != "" {
			c.Waiting++
		}
	}
	return c, nil
}
