package demo

import (
	"context"
	"fmt"

	"samhold/internal/account"
	"samhold/internal/care"
	"samhold/internal/triage"
)

// lookAfter lets one of the team leave something out that they do not take, and one who worked on a crisis say that
// they want to talk.
func (s *seeder) lookAfter(ctx context.Context) error {
	refused, wants := false, false
	for _, p := range s.c.People {
		if !p.Can(account.WorkCases, s.c.Spaces[0].Key) {
			continue
		}
		a := s.actor(p.Key)
		if !refused && !care.Leads(a) {
			refused = true
			if err := s.Care.Refuse(ctx, a, []string{string(triage.Violence)}, nil); err != nil {
				return fmt.Errorf("what %s does not take: %w", p.Key, err)
			}
		}
		asked, err := s.Care.Asked(ctx, a)
		if err != nil {
			return fmt.Errorf("whether %s wants to talk: %w", p.Key, err)
		}
		if len(asked) > 0 && !wants {
			wants = true
			if err := s.Care.Answer(ctx, a, asked[0].ID, care.Want); err != nil {
				return fmt.Errorf("%s wants to talk: %w", p.Key, err)
			}
		}
	}
	return nil
}
