package crisis

import (
	"context"
	"time"
)

// CallMade is one call of one person by one way, as the case's staff see it.
type CallMade struct {
	Name  string // among staff; empty when the account is gone
	Way   string
	State string // waiting, sent, carried, failed
	Tries int
	At    time.Time // when it was asked for
	Until time.Time // when the state was reached
}

// callsShown is how many calls a case's page shows, the newest first.
const callsShown = 40

// called returns the newest calls of a case, and how many there were.
func (s *Service) called(ctx context.Context, caseID string) ([]CallMade, int, error) {
	attempts, all, err := s.store.Attempts(ctx, caseID, callsShown)
	if err != nil {
		return nil, 0, err
	}
	people := make([]string, len(attempts))
	for i, a := range attempts {
		people[i] = deref(a.AccountID)
	}
	names, err := s.store.StaffNames(ctx, people)
	if err != nil {
		return nil, 0, err
	}
	calls := make([]CallMade, len(attempts))
	for i, a := range attempts {
		calls[i] = CallMade{Name: names[people[i]], Way: a.Way, State: a.State, Tries: a.Tries, At: a.CreatedAt, Until: a.UpdatedAt}
		if a.Code == Carried {
			calls[i].State = Carried
		}
	}
	return calls, all, nil
}
