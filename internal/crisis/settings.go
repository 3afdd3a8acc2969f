package crisis

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"samhold/internal/account"
	"samhold/internal/audit"
	"samhold/internal/fault"
	"samhold/internal/id"
	"samhold/internal/markup"
)

// Named is something with a name.
type Named struct {
	ID   string
	Name string
}

// Rules are the times and ladders that hold now, without the hours of duty of any space.
func (s *Service) Rules(ctx context.Context) (Rules, error) {
	found, err := s.store.Settings(ctx)
	if err != nil {
		return Rules{}, fmt.Errorf("times and ladders: %w", err)
	}
	return Rules{settings: found}, nil
}

// rulesFor are what holds now, with the hours of duty in the spaces, or anywhere for a guest's case, without the account
// that it is about.
func (s *Service) rulesFor(ctx context.Context, spaces []string, guest bool, about string, from time.Time) (Rules, error) {
	r, err := s.Rules(ctx)
	if err != nil {
		return r, err
	}
	r.hours, err = s.hours(ctx, spaces, guest, about, from, s.clock.Now().Add(lookAhead+maxGap))
	return r, err
}

// rulesOf are what holds now for a case, with the hours of duty from a moment on.
func (s *Service) rulesOf(ctx context.Context, c *Case, from time.Time) (Rules, error) {
	where, err := s.where(ctx, c, from)
	if err != nil {
		return Rules{}, err
	}
	return s.rulesFor(ctx, where.Spaces, where.Guests, where.Not, from)
}

// MaySet reports whether the actor sets times and ladders of a space, or of all when it is empty.
func MaySet(a account.Actor, spaceID string) bool { return a.CanIn(account.SetDesk, spaceID) }

// Settings are the times and the ladder of one place, before whoever may set them. They hold no word of any case.
type Settings struct {
	Place   string // a space; empty for all
	Name    string
	May     bool    // the actor may set them: what is for all spaces takes a role for all
	Spaces  []Named // the others that the actor may look at
	Times   []LevelTimes
	Ladder  Ladder
	Own     bool // the ladder is this place's own
	Shared  bool // or that for all spaces
	Empty   []bool
	People  []Named // who can stand on a rung by name
	Names   map[string]string
	History []Version
}

// LevelTimes are the times of a level, and where they come from.
type LevelTimes struct {
	Level  string
	Times  Times
	Own    bool // set for this very place
	Shared bool // set for all spaces
}

// Version is one change, as the history shows it.
type Version struct {
	Setting
	Name   string // who
	Times  *TimesValue
	Before TimesValue
	Ladder *LadderValue
}

// Settings returns what holds in a space, or for all when it is empty; NotFound when the actor sets nothing there.
func (s *Service) Settings(ctx context.Context, a account.Actor, place string) (*Settings, error) {
	if !a.Can(account.SetDesk) {
		return nil, fault.Missing()
	}
	everywhere, spaces := a.Reach(account.SetDesk)
	names, err := s.store.SpaceNames(ctx, everywhere, spaces)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(names, func(n Named) bool { return n.ID == place })
	if place != "" && at < 0 {
		return nil, fault.Missing()
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	found := &Settings{Place: place, May: MaySet(a, place), Spaces: names, Ladder: rules.Ladder(place)}
	if at >= 0 {
		found.Name = names[at].Name
	}
	for _, level := range SettingKinds[:3] {
		from, set := rules.From(level, place)
		found.Times = append(found.Times, LevelTimes{
			Level: level, Times: rules.Times(level, place), Own: set && from == place, Shared: set && from != place,
		})
	}
	from, set := rules.From(LadderKind, place)
	found.Own, found.Shared = set && from == place, set && from != place
	if err := s.addPeople(ctx, found, a.At); err != nil {
		return nil, err
	}
	return found, s.addHistory(ctx, found)
}

// addPeople finds who could stand on a rung, and the rungs on which nobody does.
func (s *Service) addPeople(ctx context.Context, f *Settings, now time.Time) error {
	people, err := s.onRung(ctx, f.Place, Rung{Roles: account.RolesWith(account.WorkCases)}, now)
	if err != nil {
		return err
	}
	named := slices.Clone(people)
	for _, r := range f.Ladder.Rungs {
		named = append(named, r.People...)
		who, err := s.onRung(ctx, f.Place, r, now)
		if err != nil {
			return err
		}
		f.Empty = append(f.Empty, len(who) == 0)
	}
	if f.Names, err = s.store.StaffNames(ctx, named); err != nil {
		return err
	}
	for _, p := range people {
		f.People = append(f.People, Named{p, f.Names[p]})
	}
	slices.SortFunc(f.People, func(a, b Named) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// onRung is who stands on a rung, on duty or not.
func (s *Service) onRung(ctx context.Context, place string, r Rung, now time.Time) ([]string, error) {
	who := Callees{Roles: r.Roles, People: r.People, Guests: place == "", At: now}
	if place != "" {
		who.Spaces = []string{place}
	}
	return s.store.Callees(ctx, who)
}

func (s *Service) addHistory(ctx context.Context, f *Settings) error {
	past, err := s.store.SettingHistory(ctx, f.Place)
	if err != nil {
		return err
	}
	by := make([]string, len(past))
	for i, p := range past {
		by[i] = deref(p.SetBy)
	}
	names, err := s.store.StaffNames(ctx, by)
	if err != nil {
		return err
	}
	maps.Copy(f.Names, names)
	for i, p := range past {
		v := Version{Setting: p, Name: names[deref(p.SetBy)]}
		switch {
		case p.Value == "":
		case p.Kind == LadderKind:
			v.Ladder = &LadderValue{}
			_ = json.Unmarshal([]byte(p.Value), v.Ladder) // a row that cannot be read shows nothing
		default:
			v.Times, v.Before = &TimesValue{}, Rules{settings: past[i+1:]}.Times(p.Kind, f.Place).Value()
			_ = json.Unmarshal([]byte(p.Value), v.Times)
		}
		f.History = append(f.History, v)
	}
	return nil
}

// SetTimes sets the times of a level in a space, or in all when it is empty. A crisis may be slower than is safe only
// with a reason in words. They hold from each case's next deadline on. It is audited.
func (s *Service) SetTimes(ctx context.Context, a account.Actor, place, level string, v TimesValue, reason string) error {
	if _, ok := DefaultTimes[level]; !ok {
		return fault.Missing()
	}
	reason, err := markup.Clean(reason)
	if err != nil {
		return err
	}
	reason = strings.TrimSpace(reason)
	if err := checkTimes(level, v, reason); err != nil {
		return err
	}
	return s.set(ctx, a, Setting{Place: place, Kind: level, Reason: reason}, v)
}

// SetLadder sets the ladder of a space, or of all when it is empty. A rung on which nobody stands is refused. It is
// audited.
func (s *Service) SetLadder(ctx context.Context, a account.Actor, place string, v LadderValue) error {
	if err := checkLadder(v); err != nil {
		return err
	}
	var check fault.Check
	for i, r := range v.ladder().Rungs {
		people, err := s.onRung(ctx, place, r, a.At)
		if err != nil {
			return err
		}
		unknown := slices.ContainsFunc(r.People, func(p string) bool { return !slices.Contains(people, p) })
		check.Require(len(people) > 0 && !unknown, RungField(i), "times.rung_nobody")
	}
	if err := check.Err(); err != nil {
		return err
	}
	return s.set(ctx, a, Setting{Place: place, Kind: LadderKind}, v)
}

// Unset takes a setting of a place back: what is set for all spaces holds again, or the default. It is audited.
func (s *Service) Unset(ctx context.Context, a account.Actor, place, kind string) error {
	if !slices.Contains(SettingKinds, kind) {
		return fault.Missing()
	}
	return s.set(ctx, a, Setting{Place: place, Kind: kind}, nil)
}

// set saves the next version of a setting.
func (s *Service) set(ctx context.Context, a account.Actor, next Setting, value any) error {
	if !MaySet(a, next.Place) {
		return fault.Missing()
	}
	if value != nil {
		b, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("write down a setting: %w", err)
		}
		next.Value = string(b)
	}
	return s.tx.InTx(ctx, func(ctx context.Context) error {
		past, err := s.store.SettingHistory(ctx, next.Place)
		if err != nil {
			return err
		}
		next.ID, next.Version, next.SetBy, next.SetAt = id.New(), 1, &a.Account, s.clock.Now()
		for _, p := range past {
			if p.Kind == next.Kind {
				next.Version = max(next.Version, p.Version+1)
			}
		}
		if err := s.store.AddSetting(ctx, &next); err != nil {
			return err
		}
		action := audit.Action("times_set")
		if next.Kind == LadderKind {
			action = "ladder_set"
		}
		return s.audit.Append(ctx, audit.Event{
			At: next.SetAt, Actor: a.Account, Action: action, ObjectKind: "desk_setting", ObjectID: next.ID,
			SpaceID: next.Place, Code: next.Kind,
		})
	})
}
