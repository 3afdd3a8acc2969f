package rota

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// longestShift keeps a typing error from putting somebody on duty for weeks: a day, and the hour that the clocks repeat.
const longestShift = 25 * time.Hour

// Board is the rota page.
type Board struct {
	Shifts    []Planned
	Patterns  []Repeated
	Absences  []Absence // one's own; a planner's: everybody's
	Vacancies []Vacancy
	Weeks     []Week
	Soon      []Gap
	People    []Person // who can be put on duty; nobody for whoever does not plan
	Spaces    []Space  // where the actor plans
	Plans     bool
	All       bool // the actor plans for all spaces
	Me        string
}

// Stray are the shifts whose people have no role there any more: nobody is on duty then.
func (b *Board) Stray() []Planned {
	return slices.DeleteFunc(slices.Clone(b.Shifts), func(p Planned) bool { return p.Serves })
}

// Offers are the open offers that the actor may accept.
func (b *Board) Offers() []Planned {
	return slices.DeleteFunc(slices.Clone(b.Shifts), func(p Planned) bool {
		return p.SwapID == "" || p.AccountID == b.Me || (p.SwapToID != "" && p.SwapToID != b.Me)
	})
}

// May reports whether the actor plans that shift.
func (b *Board) May(spaceID *string) bool {
	return b.Plans && (b.All || slices.ContainsFunc(b.Spaces, func(s Space) bool { return s.ID == deref(spaceID) }))
}

// Board returns the rota as the actor sees it: staff theirs, whoever plans everything where they do.
func (s *Service) Board(ctx context.Context, a account.Actor) (*Board, error) {
	if !a.Can(account.SeeRota) {
		return nil, missing()
	}
	sees, plans := reachOf(a, account.SeeRota), reachOf(a, account.ManageStaff)
	b := &Board{Plans: a.Can(account.ManageStaff), All: plans.Everywhere, Me: a.Account}
	found, err := s.Gaps(ctx, a, a.At, a.At.Add(gapsAhead))
	if err != nil {
		return nil, err
	}
	b.Weeks = weeks(found, a.At, s.Zone)
	b.Soon = slices.DeleteFunc(found, func(g Gap) bool { return !g.From.Before(a.At.Add(soonAhead)) })
	if b.Shifts, err = s.Store.Planned(ctx, sees, a.At); err != nil {
		return nil, err
	}
	if b.Vacancies, err = s.Store.Vacancies(ctx, sees, a.At); err != nil {
		return nil, err
	}
	whose := a.Account
	if b.Plans {
		whose = ""
		if b.People, err = s.Store.People(ctx, plans, a.At); err != nil {
			return nil, err
		}
		if b.Spaces, err = s.Store.Spaces(ctx, plans); err != nil {
			return nil, err
		}
		if b.Patterns, err = s.Store.Patterns(ctx, plans, DayOf(a.At, s.Zone)); err != nil {
			return nil, err
		}
	}
	if b.Absences, err = s.Store.Absences(ctx, whose, a.At); err != nil {
		return nil, err
	}
	if b.Plans {
		b.Absences = slices.DeleteFunc(b.Absences, func(x Absence) bool {
			return x.AccountID != a.Account && !slices.ContainsFunc(b.People, func(p Person) bool { return p.ID == x.AccountID })
		})
	}
	return b, nil
}

// Watches returns who is on duty for the next day, as the workbench shows it.
func (s *Service) Watches(ctx context.Context, a account.Actor) ([]Watch, error) {
	if !a.Can(account.SeeRota) {
		return nil, missing()
	}
	duties, err := s.Store.Duties(ctx, reachOf(a, account.SeeRota), a.At, a.At.Add(deskAhead))
	return Watches(duties, a.At, a.At.Add(deskAhead)), err
}

// Unreached are those on duty now or within a day, by what they are called among staff, whom nothing calls while they
// are not signed in. Staff who see the rota may know.
func (s *Service) Unreached(ctx context.Context, a account.Actor) ([]string, error) {
	if !a.Can(account.SeeRota) {
		return nil, missing()
	}
	duties, err := s.Store.Duties(ctx, reachOf(a, account.SeeRota), a.At, a.At.Add(deskAhead))
	if err != nil {
		return nil, err
	}
	people := make([]string, len(duties))
	for i, d := range duties {
		people[i] = d.AccountID
	}
	without, err := s.Unreachable(ctx, people)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range duties {
		if slices.Contains(without, d.AccountID) && !slices.Contains(names, d.Name) {
			names = append(names, d.Name)
		}
	}
	return names, nil
}

// Plan is a shift as typed: once, or with Weeks every so many weeks.
type Plan struct {
	AccountID string
	SpaceID   string // empty for all spaces that the person serves
	Day       Day
	Starts    Minute
	Ends      Minute // not after Starts: on the next day
	Weeks     int    // 0: once
	Last      Day    // of a weekly one; empty: until further notice
}

// Add puts somebody on duty, once or every week. The person must work cases where the shift is, or nobody would be
// called, and must not be on duty there at the same time already. It is audited.
func (s *Service) Add(ctx context.Context, a account.Actor, p Plan) error {
	if !a.Can(account.ManageStaff) || !reachOf(a, account.ManageStaff).covers(p.SpaceID) {
		return missing()
	}
	span := Between(p.Day, p.Starts, p.Ends, s.Zone)
	var check fault.Check
	check.Require(p.Weeks > 0 || span.To.After(a.At), "starts", "rota.time_past")
	check.Require(p.Weeks >= 0 && p.Weeks <= maxWeeks, "weeks", "rota.weeks_wrong")
	check.Require(p.Last == "" || p.Last >= p.Day, "last", "rota.last_early")
	if err := check.Err(); err != nil {
		return err
	}
	if err := s.checkSpace(ctx, a, p.SpaceID); err != nil {
		return err
	}
	if p.Weeks == 0 {
		return s.AddOnce(ctx, a, p.AccountID, p.SpaceID, span)
	}
	pattern := &Pattern{
		ID: id.New(), AccountID: p.AccountID, SpaceID: optional(p.SpaceID), FirstDay: p.Day, Starts: p.Starts, Ends: p.Ends, Weeks: p.Weeks,
		PlannedTo: max(p.Day, DayOf(a.At, s.Zone)).Add(-2), CreatedAt: s.Clock.Now(),
	}
	if p.Last != "" {
		pattern.LastDay = &p.Last
	}
	return s.change(ctx, a, "pattern_added", func(ctx context.Context) (string, string, error) {
		if err := s.serves(ctx, p.AccountID, p.SpaceID, Span{later(span.From, a.At), later(span.To, a.At.Add(time.Minute))}); err != nil {
			return "", "", err
		}
		if err := s.Store.AddPattern(ctx, pattern); err != nil {
			return "", "", err
		}
		return pattern.ID, p.SpaceID, s.make(ctx, *pattern, DayOf(a.At, s.Zone).Add(madeAhead))
	})
}

// maxWeeks is the longest rhythm of a weekly shift.
const maxWeeks = 8

// AddOnce puts somebody on duty for one stretch. It is audited.
func (s *Service) AddOnce(ctx context.Context, a account.Actor, accountID, spaceID string, in Span) error {
	if !a.Can(account.ManageStaff) || !reachOf(a, account.ManageStaff).covers(spaceID) {
		return missing()
	}
	if err := s.checkSpan(a, in); err != nil {
		return err
	}
	shift := &Shift{
		ID: id.New(), AccountID: accountID, SpaceID: optional(spaceID), StartsAt: in.From.UTC(), EndsAt: in.To.UTC(), CreatedAt: s.Clock.Now(),
	}
	return s.change(ctx, a, "shift_added", func(ctx context.Context) (string, string, error) {
		if err := s.free(ctx, *shift); err != nil {
			return "", "", err
		}
		return shift.ID, spaceID, s.Store.AddShift(ctx, shift)
	})
}

func (s *Service) checkSpan(a account.Actor, in Span) error {
	var check fault.Check
	check.Require(in.Length() > 0 && in.Length() <= longestShift, "ends", "rota.time_long")
	check.Require(in.To.After(a.At), "starts", "rota.time_past")
	return check.Err()
}

func (s *Service) checkSpace(ctx context.Context, a account.Actor, spaceID string) error {
	if spaceID == "" {
		return nil
	}
	spaces, err := s.Store.Spaces(ctx, reachOf(a, account.ManageStaff))
	if err != nil {
		return err
	}
	var check fault.Check
	check.Require(slices.ContainsFunc(spaces, func(x Space) bool { return x.ID == spaceID }), "space", "rota.space_missing")
	return check.Err()
}

// serves refuses people who have no role there for the whole time.
func (s *Service) serves(ctx context.Context, accountID, spaceID string, in Span) error {
	people, err := s.Store.Workers(ctx, spaceID, in)
	if err != nil {
		return err
	}
	var check fault.Check
	check.Require(slices.ContainsFunc(people, func(p Person) bool { return p.ID == accountID }), "account", "rota.account_missing")
	return check.Err()
}

// free refuses a shift whose person has no role there, is on duty there already, or is away.
func (s *Service) free(ctx context.Context, shift Shift) error {
	if err := s.serves(ctx, shift.AccountID, deref(shift.SpaceID), shift.Span()); err != nil {
		return err
	}
	rest, err := s.room(ctx, shift)
	if err != nil {
		return err
	}
	var check fault.Check
	check.Require(len(rest) == 1 && rest[0] == shift.Span(), "starts", "rota.taken")
	return check.Err()
}

// room is the part of a shift in which its person is neither on duty there already nor away.
func (s *Service) room(ctx context.Context, shift Shift) ([]Span, error) {
	others, err := s.Store.ShiftsOf(ctx, shift.AccountID, shift.StartsAt)
	if err != nil {
		return nil, err
	}
	var taken []Span
	for _, o := range others {
		if o.ID != shift.ID && (o.SpaceID == nil || shift.SpaceID == nil || *o.SpaceID == *shift.SpaceID) {
			taken = append(taken, o.Span())
		}
	}
	away, err := s.Store.Absences(ctx, shift.AccountID, shift.StartsAt)
	if err != nil {
		return nil, err
	}
	for _, x := range away {
		taken = append(taken, x.Span())
	}
	return Subtract([]Span{shift.Span()}, taken), nil
}

// Change moves one shift or gives it to somebody else, whether it was planned alone or made by a weekly pattern. It is
// audited.
func (s *Service) Change(ctx context.Context, a account.Actor, shiftID, accountID string, in Span) error {
	if !a.Can(account.ManageStaff) {
		return missing()
	}
	if err := s.checkSpan(a, in); err != nil {
		return err
	}
	return s.change(ctx, a, "shift_changed", func(ctx context.Context) (string, string, error) {
		shift, err := s.planned(ctx, a, shiftID)
		if err != nil {
			return "", "", err
		}
		shift.AccountID, shift.StartsAt, shift.EndsAt = accountID, in.From.UTC(), in.To.UTC()
		if err := s.free(ctx, *shift); err != nil {
			return "", "", err
		}
		return shift.ID, deref(shift.SpaceID), s.Store.UpdateShift(ctx, shift)
	})
}

// planned is a shift that the actor plans: one for all spaces takes a role for all.
func (s *Service) planned(ctx context.Context, a account.Actor, shiftID string) (*Shift, error) {
	reach := reachOf(a, account.ManageStaff)
	shift, err := s.Store.Shift(ctx, reach, shiftID, a.At)
	if err != nil {
		return nil, err
	}
	if !reach.covers(deref(shift.SpaceID)) {
		return nil, missing()
	}
	return shift, nil
}

// Remove takes a shift off the rota. It is audited.
func (s *Service) Remove(ctx context.Context, a account.Actor, shiftID string) error {
	if !a.Can(account.ManageStaff) {
		return missing()
	}
	return s.change(ctx, a, "shift_removed", func(ctx context.Context) (string, string, error) {
		shift, err := s.planned(ctx, a, shiftID)
		if err != nil {
			return "", "", err
		}
		return shift.ID, deref(shift.SpaceID), s.Store.RemoveShift(ctx, shift.ID)
	})
}

// EndPattern ends a weekly shift: those of its shifts that have not begun go off the rota. It is audited.
func (s *Service) EndPattern(ctx context.Context, a account.Actor, patternID string) error {
	if !a.Can(account.ManageStaff) {
		return missing()
	}
	return s.change(ctx, a, "pattern_ended", func(ctx context.Context) (string, string, error) {
		reach := reachOf(a, account.ManageStaff)
		p, err := s.Store.Pattern(ctx, reach, patternID)
		if err != nil {
			return "", "", err
		}
		if !reach.covers(deref(p.SpaceID)) {
			return "", "", missing()
		}
		if err := s.Store.RemoveMade(ctx, p.ID, a.At); err != nil {
			return "", "", err
		}
		return p.ID, deref(p.SpaceID), s.Store.EndPattern(ctx, p.ID, DayOf(a.At, s.Zone).Add(-1))
	})
}

// Extend makes the shifts of every weekly pattern as far ahead as the rota looks. It is called at intervals, by any
// process.
func (s *Service) Extend(ctx context.Context) error {
	to := DayOf(s.Clock.Now(), s.Zone).Add(madeAhead)
	patterns, err := s.Store.Unmade(ctx, to)
	if err != nil {
		return err
	}
	for _, p := range patterns {
		err := s.Tx.InTx(ctx, func(ctx context.Context) error {
			if err := s.make(ctx, p, to); err != nil {
				return err
			}
			return s.Changed(ctx)
		})
		if err != nil && !fault.Is(err, fault.NotFound) { // another process was first
			return err
		}
	}
	return nil
}

// make makes the shifts of a pattern up to a day: without what its person is on duty for already, and what falls into an
// absence is vacant from the beginning.
func (s *Service) make(ctx context.Context, p Pattern, to Day) error {
	if err := s.Store.Made(ctx, p.ID, p.PlannedTo, to); err != nil {
		return err
	}
	now := s.Clock.Now()
	for _, span := range p.spans(p.PlannedTo.Add(1), to, s.Zone) {
		if !span.To.After(now) {
			continue
		}
		shift := Shift{AccountID: p.AccountID, SpaceID: p.SpaceID, StartsAt: span.From, EndsAt: span.To}
		parts, err := s.room(ctx, shift)
		if err != nil {
			return err
		}
		for _, part := range parts {
			err := s.Store.AddShift(ctx, &Shift{
				ID: id.New(), AccountID: p.AccountID, SpaceID: p.SpaceID, StartsAt: part.From, EndsAt: part.To, PatternID: &p.ID, CreatedAt: now,
			})
			if err != nil {
				return err
			}
		}
		away, err := s.Store.Absences(ctx, p.AccountID, span.From)
		if err != nil {
			return err
		}
		for _, x := range away {
			for _, part := range Intersect([]Span{span}, []Span{x.Span()}) {
				if err := s.vacate(ctx, shift, part, &x.ID, &p.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// vacate records a stretch that lost its person.
func (s *Service) vacate(ctx context.Context, from Shift, in Span, absenceID, patternID *string) error {
	return s.Store.AddVacancy(ctx, &Vacancy{
		ID: id.New(), SpaceID: from.SpaceID, StartsAt: in.From, EndsAt: in.To, AccountID: &from.AccountID, AbsenceID: absenceID,
		PatternID: patternID, CreatedAt: s.Clock.Now(),
	})
}
