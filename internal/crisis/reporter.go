package crisis

import (
	"context"
	"fmt"
	"time"
)

// NoticeHandled tells whoever was worried that something was done, in the same words whatever it was.
const NoticeHandled = "handled"

// hearsAfter is how long whoever was worried waits at least; then they hear at noon. A case that was opened and a report
// that was put aside are told of at the same moment, so that the moment tells nothing.
const hearsAfter = 24 * time.Hour

type reporterStore interface {
	// HearReports marks worried reports that were made before, and that somebody has acted on, as answered, and returns
	// whose they are.
	HearReports(ctx context.Context, madeBefore, at time.Time) (accounts []string, err error)
	// HearConcerns does the same with guests' concerns.
	HearConcerns(ctx context.Context, madeBefore, at time.Time) error
}

// TellReporters tells those who were worried about somebody that something was done, each once: at the first noon, by
// clocks in zone, that lies a day or more after they wrote and at which a person has decided the report, been in contact
// with whom it is about, or closed the case.
func (s *Service) TellReporters(ctx context.Context, zone *time.Location) error {
	now := s.clock.Now()
	local := now.In(zone)
	noon := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, zone)
	if noon.After(now) || now.Sub(noon) >= time.Hour {
		return nil // outside this hour it would be told when it happened
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		accounts, err := s.store.HearReports(ctx, noon.Add(-hearsAfter).UTC(), now)
		if err != nil {
			return fmt.Errorf("worried reports: %w", err)
		}
		for _, a := range accounts {
			if err := s.notifier.Notify(ctx, a, NoticeHandled, ""); err != nil {
				return err
			}
		}
		return s.store.HearConcerns(ctx, noon.Add(-hearsAfter).UTC(), now)
	})
}
