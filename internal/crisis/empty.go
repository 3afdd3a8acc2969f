package crisis

import (
	"context"
	"slices"
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
	standing, err := s.store.Standing(ctx, a.At)
	if err != nil {
		return nil, err
	}
	var found []EmptyRung
	for _, space := range names {
		for i, r := range rules.Ladder(space.ID).Rungs {
			if !slices.ContainsFunc(standing, func(on Standing) bool { return on.stands(r, space.ID) }) {
				found = addRung(found, i+1, space.Name)
			}
		}
	}
	return found, nil
}

// Standing is a role that somebody has now.
type Standing struct {
	AccountID string
	Role      account.Role
	SpaceID   string // empty for every space
}

// stands reports whether the role lets its owner be called on the rung in the space, on duty or not, as Store.Callees
// finds them; a test compares.
func (on Standing) stands(r Rung, spaceID string) bool {
	if on.SpaceID != "" && on.SpaceID != spaceID {
		return false
	}
	return slices.Contains(r.Roles, on.Role) || slices.Contains(r.People, on.AccountID) && on.Role.Can(account.WorkCases)
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
