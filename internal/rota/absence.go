package rota

import (
	"context"
	"slices"
	"time"

	"samhold/internal/account"
	"samhold/internal/fault"
	"samhold/internal/id"
)

// longestAbsence is how long somebody can be away; whoever is away for longer has no role meanwhile.
const longestAbsence = 366 * 24 * time.Hour

// Away records that somebody is not there: the actor, or whoever the actor plans. Their shifts in that time lose them,
// and wait as vacancies; everybody who could take one is told. It is audited.
func (s *Service) Away(ctx context.Context, a account.Actor, accountID string, in Span) error {
	if err := s.plansFor(ctx, a, accountID); err != nil {
		return err
	}
	var check fault.Check
	check.Require(in.Length() > 0 && in.Length() <= longestAbsence, "away_to", "rota.away_long")
	check.Require(in.To.After(a.At), "away_to", "rota.time_past")
	if err := check.Err(); err != nil {
		return err
	}
	in.From = later(in.From, a.At)
	away := &Absence{ID: id.New(), AccountID: accountID, StartsAt: in.From.UTC(), EndsAt: in.To.UTC(), CreatedAt: s.Clock.Now()}
	return s.change(ctx, a, "absence_added", func(ctx context.Context) (string, string, error) {
		shifts, err := s.Store.ShiftsOf(ctx, accountID, in.From)
		if err != nil {
			return "", "", err
		}
		if err := s.Store.AddAbsence(ctx, away); err != nil {
			return "", "", err
		}
		for _, shift := range shifts {
			if err := s.cut(ctx, shift, away); err != nil {
				return "", "", err
			}
		}
		return away.ID, "", nil
	})
}

// plansFor reports NotFound unless the actor is the person, or plans where that person works.
func (s *Service) plansFor(ctx context.Context, a account.Actor, accountID string) error {
	if accountID == a.Account && a.Can(account.WorkCases) {
		return nil
	}
	if !a.Can(account.ManageStaff) {
		return missing()
	}
	people, err := s.Store.People(ctx, reachOf(a, account.ManageStaff), a.At)
	if err != nil {
		return err
	}
	var check fault.Check
	check.Require(slices.ContainsFunc(people, func(p Person) bool { return p.ID == accountID }), "away", "rota.account_missing")
	return check.Err()
}

// cut takes the absence out of a shift; what was in it is vacant.
func (s *Service) cut(ctx context.Context, shift Shift, away *Absence) error {
	lost := Intersect([]Span{shift.Span()}, []Span{away.Span()})
	if len(lost) == 0 {
		return nil
	}
	if err := s.Store.RemoveShift(ctx, shift.ID); err != nil {
		return err
	}
	for _, part := range Subtract([]Span{shift.Span()}, lost) {
		rest := shift
		rest.ID, rest.StartsAt, rest.EndsAt = id.New(), part.From, part.To
		if err := s.Store.AddShift(ctx, &rest); err != nil {
			return err
		}
	}
	if err := s.vacate(ctx, shift, lost[0], &away.ID, shift.PatternID); err != nil {
		return err
	}
	able, err := s.Store.Workers(ctx, deref(shift.SpaceID), lost[0])
	if err != nil {
		return err
	}
	for _, p := range able {
		if p.ID == shift.AccountID {
			continue
		}
		if err := s.Notifier.Notify(ctx, p.ID, NoticeVacant, ""); err != nil {
			return err
		}
	}
	return nil
}

// Back takes an absence back: what of it nobody has taken yet is the person's again, where they still have the role. It
// is audited.
func (s *Service) Back(ctx context.Context, a account.Actor, absenceID string) error {
	if !a.Can(account.SeeRota) {
		return missing()
	}
	return s.change(ctx, a, "absence_removed", func(ctx context.Context) (string, string, error) {
		all, err := s.Store.Absences(ctx, "", a.At)
		if err != nil {
			return "", "", err
		}
		at := slices.IndexFunc(all, func(x Absence) bool { return x.ID == absenceID })
		if at < 0 || s.plansFor(ctx, a, all[at].AccountID) != nil {
			return "", "", missing()
		}
		vacant, err := s.Store.VacanciesOf(ctx, absenceID, a.At)
		if err != nil {
			return "", "", err
		}
		if err := s.Store.RemoveAbsence(ctx, absenceID); err != nil {
			return "", "", err
		}
		for _, v := range vacant {
			if err := s.fill(ctx, v, all[at].AccountID); err != nil && !fault.Is(err, fault.Invalid) {
				return "", "", err
			}
		}
		return absenceID, "", nil
	})
}

// fill gives a vacancy to somebody who is free. An Invalid fault says that they are not.
func (s *Service) fill(ctx context.Context, v Vacancy, accountID string) error {
	shift := Shift{
		ID: id.New(), AccountID: accountID, SpaceID: v.SpaceID, StartsAt: v.StartsAt, EndsAt: v.EndsAt, PatternID: v.PatternID,
		CreatedAt: s.Clock.Now(),
	}
	if err := s.free(ctx, shift); err != nil {
		return err
	}
	if err := s.Store.RemoveVacancy(ctx, v.ID); err != nil {
		return err
	}
	return s.Store.AddShift(ctx, &shift)
}

// Take gives a vacancy to the actor. It is audited.
func (s *Service) Take(ctx context.Context, a account.Actor, vacancyID string) error {
	if !a.Can(account.WorkCases) {
		return missing()
	}
	return s.change(ctx, a, "vacancy_taken", func(ctx context.Context) (string, string, error) {
		found, err := s.Store.Vacancies(ctx, reachOf(a, account.WorkCases), a.At)
		if err != nil {
			return "", "", err
		}
		at := slices.IndexFunc(found, func(v Vacancy) bool { return v.ID == vacancyID })
		if at < 0 {
			return "", "", missing()
		}
		return vacancyID, deref(found[at].SpaceID), s.fill(ctx, found[at], a.Account)
	})
}
