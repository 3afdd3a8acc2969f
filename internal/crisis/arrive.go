package crisis

import (
	"context"
	"fmt"
)

// Arrived calls whoever has just signed in, and shown their second factor, to every case there that everybody was called
// to and nobody has taken. It returns how many such cases wait, so that the person can be shown them at once.
func (s *Service) Arrived(ctx context.Context, accountID string) (waiting int, err error) {
	err = s.tx.InTx(ctx, func(ctx context.Context) error {
		waiting = 0
		cases, err := s.store.UnstaffedCases(ctx)
		if err != nil {
			return fmt.Errorf("cases that nobody answers: %w", err)
		}
		now := s.clock.Now()
		for _, c := range cases {
			where, err := s.where(ctx, &c, now)
			if err != nil {
				return err
			}
			// Asked as the ladder asks: by the roles that hold now, and never about their own case.
			where.People, where.Roles = []string{accountID}, nil
			who, err := s.store.Callees(ctx, where)
			if err != nil {
				return err
			}
			if len(who) == 0 {
				continue
			}
			waiting++
			// Nothing else is tried than the workbench: they are in front of it.
			if err := s.notice(ctx, &c, accountID, NoticeCase, now); err != nil {
				return err
			}
		}
		return nil
	})
	return waiting, err
}
