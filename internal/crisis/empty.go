package crisis

import (
	"context"
	"strings"

	"samhold/internal/account"
)

// EmptyRung is a rung of the ladder on which nobody stands.
type EmptyRung struct {
	Number int      // from 1
	Spaces []string // names
}

// EmptyRungs finds the rungs on which nobody stands in the spaces whose rota the actor sees: a call goes past them.
func (s *Service) EmptyRungs(ctx context.Context, a account.Actor) ([]EmptyRung, error) {
	if !a.Can(account.SeeRota) {
		return nil, nil
	}
	everywhere, spaces := a.Reach(account.SeeRota)
	names, err := s.store.SpaceNames(ctx, everywhere, spaces)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	var found []EmptyRung
	for _, space := range names {
		for i, r := range rules.Ladder(space.ID).Rungs {
			people, err := s.onRung(ctx, space.ID, r, a.At)
			if err != nil {
				return nil, err
			}
			if len(people) == 0 {
				found = addRung(found, i+1, space.Name)
			}
		}
	}
	return found, nil
}

func addRung(found []EmptyRung, number int, space string) []EmptyRung {
	for i := range found {
		if found[i].Number == number {
			found[i].Spaces = append(found[i].Spaces, space)
			return found
		}
	}
	return append(found, EmptyRung{Number: number, Spaces: []string{space}})
}

// Where names the spaces.
func (e EmptyRung) Where() string { return strings.Join(e.Spaces, ", ") }
